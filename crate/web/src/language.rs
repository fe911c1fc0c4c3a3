//! The language of the pages: the browser's own, as far as the catalogue has it.

use std::cell::OnceCell;

use https_audit_core::view::Language;

use crate::browser::{self, file, warn};

thread_local! {
    static SPOKEN: OnceCell<Language> = const { OnceCell::new() };
}

/// Reads the catalogue, unless the browser is in English: then there is nothing to read. It is asked for at once; the
/// answer is waited for.
pub fn read() -> impl Future<Output = ()> {
    let tag = browser::language();
    let english = tag.split(['-', '_']).next().is_some_and(|part| part.eq_ignore_ascii_case("en"));
    let asked = (!english).then(|| file("data/words.txt"));
    async move {
        let Some(asked) = asked else { return };
        match asked.await {
            Ok(octets) => {
                let language = Language::of(&tag, &String::from_utf8_lossy(&octets));
                // Who asked first has set the same.
                let _ = SPOKEN.with(|spoken| spoken.set(language));
            }
            Err(error) => warn(&format!("https-audit: words: {error:?}")),
        }
    }
}

/// With the language that was read; English before.
pub fn spoken<T>(with: impl FnOnce(&Language) -> T) -> T {
    SPOKEN.with(|spoken| match spoken.get() {
        Some(language) => with(language),
        None => with(&Language::default()),
    })
}
