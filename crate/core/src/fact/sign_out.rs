//! Requests that look like signing out.

use super::Facts;
use crate::evidence::{Exchange, Observed};
use crate::url::Url;

/// What the last part of such an address is, or an `action` in its query, without `-` and `_`.
const WORDS: [&str; 4] = ["logout", "logoff", "signout", "signoff"];

impl<'a> Facts<'a> {
    /// Page loads of the site in this visit whose address looks like signing out, and that succeeded.
    pub fn sign_outs(&self) -> impl Iterator<Item = &'a Exchange> {
        let all = self.visit.map_or(&[][..], |visit| &visit.exchanges);
        all.iter().filter(|exchange| {
            let done = matches!(&exchange.response, Observed::Seen(response) if (200..400).contains(&response.status));
            done && super::is_navigation(exchange)
                && self.site.holds(exchange.url.host())
                && signs_out(&exchange.url)
        })
    }
}

fn signs_out(url: &Url) -> bool {
    let last = url.path().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let is_word = |text: &str| {
        let bare: String = text.chars().filter(|c| !matches!(c, '-' | '_')).collect();
        WORDS.contains(&bare.to_ascii_lowercase().as_str())
    };
    let in_query =
        |query: &str| query.split('&').any(|part| part.strip_prefix("action=").is_some_and(is_word));
    is_word(last.split('.').next().unwrap_or_default()) || url.query().is_some_and(in_query)
}

#[cfg(test)]
mod tests {
    use super::{Url, signs_out};

    #[test]
    fn by_the_address() {
        for (url, expected) in [
            ("https://a.test/accounts/logout/", true),
            ("https://a.test/Log-Out.php?next=/", true),
            ("https://a.test/users/sign_out", true),
            ("https://a.test/wp-login.php?x=1&action=logout", true),
            ("https://a.test/docs/logout/how-to", false),
            ("https://a.test/logouts", false),
            ("https://a.test/", false),
        ] {
            assert_eq!(signs_out(&Url::parse(url).expect("a URL")), expected, "{url}");
        }
    }
}
