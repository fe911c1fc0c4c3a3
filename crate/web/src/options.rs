//! What was chosen on the page of options (`extension/options.js`), or by the organisation, which counts first.

use https_audit_core::options::Options;

use crate::browser::settings::{self, Words};

/// Where `extension/options.js` keeps it.
const KEY: &str = "options";

/// What stands on the toolbar button beside its icon.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Badge {
    /// How many errors and warnings there are.
    #[default]
    Number,
    /// A sign for the status.
    Symbol,
    /// Nothing.
    None,
}

/// Everything that is chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Chosen {
    /// What an audit takes.
    pub options: Options,
    /// What the button shows.
    pub badge: Badge,
}

/// Reads it. The browser is asked at once; the answers are waited for. What is not known is as if it were not chosen.
pub fn read() -> impl Future<Output = Chosen> {
    let own = settings::own(KEY);
    let managed = settings::managed(&["badge", "software", "profile"]);
    async move { chosen(&managed.await, &own.await) }
}

fn chosen(managed: &Words, own: &Words) -> Chosen {
    let word = |name, known: fn(&str) -> bool| {
        let valid = |word: &String| known(word);
        managed.of(name).filter(valid).or_else(|| own.of(name).filter(valid)).unwrap_or_default()
    };
    // An organisation's word that is not known locks nothing, here as on the page of options.
    let software = word("software", |word| word == "auto" || Options::of(word, "").software.is_some());
    let profile = word("profile", |word| Options::of("", word).profile.word() == word);
    let badge = word("badge", |word| ["number", "symbol", "none"].contains(&word));
    Chosen {
        options: Options::of(&software, &profile),
        badge: match badge.as_str() {
            "symbol" => Badge::Symbol,
            "none" => Badge::None,
            _ => Badge::Number,
        },
    }
}
