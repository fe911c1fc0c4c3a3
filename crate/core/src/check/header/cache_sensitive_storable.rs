//! `header.cache.sensitive-storable`

use super::common::{cut, judged, page};
use crate::check::prelude::*;
use crate::fact::CookieKind;
use crate::field::policy::{directive, has_directive};

declare! {
    /// # What is wrong
    ///
    /// The page sets a session or sign-in cookie, or is shown to somebody who is signed in, and nothing
    /// keeps caches from storing it.
    ///
    /// # Why it matters
    ///
    /// A shared cache (a proxy, a content network) can hand one person's page, and the session cookie in
    /// it, to the next. On a shared computer the page stays on the disk after signing out.
    ///
    /// # Example
    ///
    /// ```http
    /// GET https://shop.example/login
    /// HTTP/1.1 200 OK
    /// Cache-Control: public, max-age=600
    /// Set-Cookie: sessionid=…; Secure; HttpOnly
    /// ```
    ///
    /// # How to fix
    ///
    /// Send `Cache-Control: no-store` with every page that belongs to one person.
    ///
    /// In nginx, `always` sends the field on errors too, and one `add_header` inside a `location` drops all
    /// those of the `server` block: repeat them there. In Apache, `Header always` covers errors too.
    ///
    /// # When it does not apply
    ///
    /// `no-store` is there; the method or status lets nothing be stored (RFC 9111 §3). It is a note where
    /// `private`, `no-cache` or `max-age=0` keeps shared caches from giving it away: then it stays in the
    /// person's own browser only. Being signed in is told by the name of a stored cookie, which is a guess,
    /// and a note.
    id: "header.cache.sensitive-storable",
    severity: Warning,
    title: "A response made for one person may be stored",
    references: [Cwe(525), Asvs("V14.3.2"), Zap("10015"), Rfc(9111, "§3"), Rfc(9111, "§5.2.2.5")],
    fix: Remedy {
        summary: "Send `Cache-Control: no-store` with every page that belongs to one person.",
        lines: &[
            (Software::Django, "from django.views.decorators.cache import never_cache\n@never_cache\ndef account(request): ..."),
            (Software::Nginx, "proxy_hide_header Cache-Control;\nadd_header Cache-Control \"no-store\" always;"),
            (Software::Apache, "Header always set Cache-Control \"no-store\""),
            (Software::Caddy, "header Cache-Control \"no-store\""),
            (Software::Express, "res.set(\"Cache-Control\", \"no-store\");"),
            (Software::Rails, "before_action :no_store"),
            (Software::AspNet, "[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]"),
            (Software::Php, "session_cache_limiter('nocache');\nheader('Cache-Control: no-store');"),
            (Software::Iis, "<system.webServer><httpProtocol><customHeaders><add name=\"Cache-Control\" value=\"no-store\" /></customHeaders></httpProtocol></system.webServer>"),
            (Software::Header, "Cache-Control: no-store"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let page = match page(facts) {
        Ok(page) => page,
        Err(outcome) => return outcome,
    };
    let secret = |kind| matches!(kind, CookieKind::Session | CookieKind::SignIn);
    let mine = facts.cookies.iter().filter(|cookie| cookie.first_party && secret(cookie.kind));
    let (mut sets, mut signed_in) = (false, false);
    for cookie in mine {
        sets |= cookie.settings.iter().any(|setting| std::ptr::eq(setting.exchange, page.exchange));
        // One that was set later says nothing of this page.
        let was_there = cookie.settings.first().is_none_or(|setting| setting.exchange.at <= page.exchange.at);
        signed_in |= cookie.kind == CookieKind::SignIn && cookie.in_jar.is_some() && was_there;
    }
    if !sets && !signed_in {
        return match facts.set_cookie_gap() {
            Some(gap) => Outcome::Unknown(gap),
            None => Outcome::NotApplicable("nothing tells that the page belongs to one person"),
        };
    }
    let lines = page.lines("cache-control");
    let has = |name| has_directive(&lines, name);
    // RFC 9111 §3; a POST is stored by no browser and hardly by a cache.
    let lasts = has("max-age") || has("s-maxage") || has("public") || page.line("expires").is_some();
    let by_itself = matches!(page.response.status, 200 | 203 | 300 | 301 | 308 | 404 | 405 | 410 | 414 | 501);
    if has("no-store") || page.exchange.method != "GET" || !(lasts || by_itself) {
        return Outcome::Pass;
    }
    if !page.is_whole() {
        return cut();
    }
    let own = has("private") || has("no-cache") || directive(&lines, "max-age") == Some(b"0");
    let bad = match (sets, own) {
        (true, false) => {
            (CHECK.severity, "It sets a session, and a shared cache may hand it to somebody else.")
        }
        (true, true) => {
            (Severity::Note, "It sets a session, and stays in the browser's cache after signing out.")
        }
        (false, _) => (Severity::Note, "The person seems to be signed in, and the page may be stored."),
    };
    judged(page, "cache-control", Some(bad))
}
