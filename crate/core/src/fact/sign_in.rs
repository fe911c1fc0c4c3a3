//! Requests that look like signing in.

use super::Facts;
use crate::evidence::{Exchange, FormMethod, Observed};
use crate::url::Url;

/// What the last part of such an address is, without `-` and `_`.
const WORDS: [&str; 8] =
    ["login", "logon", "signin", "session", "sessions", "auth", "authenticate", "authentication"];

impl<'a> Facts<'a> {
    /// The first POST to the site that looks like signing in and that was answered by a redirect: a refused password
    /// mostly brings the form again. By its address, or by a form with a password field that leads there.
    pub fn sign_in(&self) -> Option<&'a Exchange> {
        // Of what is remembered of earlier loads the Set-Cookie fields are not kept.
        self.evidence.visits.iter().flat_map(|visit| &visit.exchanges).find(|exchange| {
            let led_on = matches!(&exchange.response, Observed::Seen(response) if (300..400).contains(&response.status));
            led_on
                && exchange.method == "POST"
                && super::is_navigation(exchange)
                && self.site.holds(exchange.url.host())
                && (signs_in(&exchange.url) || self.takes_password(&exchange.url))
        })
    }

    fn takes_password(&self, url: &Url) -> bool {
        let address = url.as_str().split('?').next();
        let read = self.evidence.visits.iter().filter_map(|visit| visit.document.as_ref().seen());
        read.flat_map(|document| &document.forms).any(|form| {
            form.password && form.method == FormMethod::Post && Some(form.action.as_str()) == address
        })
    }
}

fn signs_in(url: &Url) -> bool {
    let last = url.path().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let name = last.split('.').next().unwrap_or_default();
    let bare: String = name.chars().filter(|c| !matches!(c, '-' | '_')).collect();
    WORDS.contains(&bare.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::{Url, signs_in};

    #[test]
    fn by_the_address() {
        for (url, expected) in [
            ("https://a.test/accounts/login/", true),
            ("https://a.test/users/sign_in?next=/", true),
            ("https://a.test/Log-In.php", true),
            ("https://a.test/session", true),
            ("https://a.test/logins", false),
            ("https://a.test/login/help", false),
            ("https://a.test/", false),
        ] {
            assert_eq!(signs_in(&Url::parse(url).expect("a URL")), expected, "{url}");
        }
    }
}
