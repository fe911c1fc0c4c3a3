//! The table of demo hosts: each has one thing to show.
//!
//! The names stand under real public suffixes (`.example` is none, so nothing could be said about
//! preloading), are on no browser's preload list except where that is the point, and resolve to this machine
//! only in a browser that was told so.

use crate::authority::Certificate;

/// What the host answers over plain http.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverHttp {
    /// 301 to the same path of the same host over https.
    RedirectsToHttps,
    /// The same page as over https, with its cookies and without HSTS.
    ServesThePage,
}

/// One demo host.
#[derive(Clone, Copy, Debug)]
pub struct Host {
    /// Its name.
    pub name: &'static str,
    /// What it shows, in one sentence; stands on its page.
    pub about: &'static str,
    /// Its certificate.
    pub certificate: Certificate,
    /// What it does over http.
    pub over_http: OverHttp,
    /// Strict-Transport-Security lines of every https response, favicon and errors included.
    pub hsts: &'static [&'static str],
    /// Set-Cookie lines of its page.
    pub cookies: &'static [&'static str],
    /// Other header lines of every response over https, and of pages over http.
    pub headers: &'static [&'static str],
}

/// Every requirement of hstspreload.org met.
const FULL: &[&str] = &["Strict-Transport-Security: max-age=63072000; includeSubDomains; preload"];

/// Where the mixed content comes from; speaks http only.
pub const ASSETS: &str = "plain-assets-demo.net";
/// The redirect chain's first host.
pub const CHAIN_START: &str = "chain-start-demo.org";
/// The redirect chain's last host.
pub const CHAIN_END: &str = "chain-end-demo.org";

/// A host with nothing wrong and nothing special; the table says what differs.
const PLAIN: Host = Host {
    name: "",
    about: "",
    certificate: Certificate::Good,
    over_http: OverHttp::RedirectsToHttps,
    hsts: &[],
    cookies: &[],
    headers: &["X-Content-Type-Options: nosniff", "Cache-Control: no-store"],
};

/// All hosts.
pub const HOSTS: &[Host] = &[
    Host {
        name: "hardened-demo.org",
        about: "Everything right: two years of HSTS with sub-domains and preload, a 301 to https on the same \
                host, one __Host- session cookie.",
        hsts: FULL,
        cookies: &[
            "Set-Cookie: __Host-session=q7Zt0vXw2LrK9sYp4NfB6cHj8mDg1aEu; Path=/; Secure; HttpOnly; SameSite=Lax",
        ],
        headers: &[
            "Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; \
             form-action 'self'; frame-ancestors 'none'",
            "X-Content-Type-Options: nosniff",
            "Referrer-Policy: no-referrer",
            "Permissions-Policy: camera=(), geolocation=(), microphone=()",
            "Cross-Origin-Opener-Policy: same-origin",
            "Cross-Origin-Resource-Policy: same-origin",
            "Cache-Control: no-store",
        ],
        ..PLAIN
    },
    Host {
        name: "www.hardened-demo.org",
        about: "A sub-domain of the hardened host that sends no HSTS of its own.",
        ..PLAIN
    },
    Host {
        name: "no-hsts-demo.org",
        about: "https and a redirect to it, but no HSTS; its session cookie is set well.",
        cookies: &[
            "Set-Cookie: __Host-session=h2Wc5Rz8TnKb1VxQ7dLs4GyM9pJf3aUe; Path=/; Secure; HttpOnly; SameSite=Lax",
        ],
        ..PLAIN
    },
    Host {
        name: "void-hsts-demo.org",
        about: "Strict-Transport-Security fields that browsers throw away: / has an extra word, /duplicate says \
                max-age twice, /nomaxage never, /junk has a stray quote, /comma a comma for a semicolon.",
        hsts: &["Strict-Transport-Security: max-age=31536000 always"],
        ..PLAIN
    },
    Host {
        name: "zero-hsts-demo.org",
        about: "max-age=0: tells browsers to forget the policy.",
        hsts: &["Strict-Transport-Security: max-age=0; includeSubDomains"],
        ..PLAIN
    },
    Host {
        name: "short-hsts-demo.org",
        about: "HSTS for 30 days, for this host only.",
        hsts: &["Strict-Transport-Security: max-age=2592000"],
        ..PLAIN
    },
    Host {
        name: "weak-cookies-demo.org",
        about: "Sign-in and CSRF cookies without Secure, a wide Domain, and cookies that browsers refuse. HSTS \
                covers this host for a year, but no sub-domain.",
        hsts: &["Strict-Transport-Security: max-age=31536000"],
        cookies: &[
            "Set-Cookie: sessionid=t4Yb9Qe2XwLm7Kc5RzVn1HsJ8fGp6dUa; Path=/",
            "Set-Cookie: csrftoken=Zk3Tn8Vb5Xq1Lw7Rm2Yc9Hd4Js6Gf0Pa; Path=/",
            "Set-Cookie: prefs=compact; Path=/; Domain=weak-cookies-demo.org; Max-Age=31536000",
            "Set-Cookie: widget=1; Path=/; SameSite=None",
            "Set-Cookie: __Host-cart=3; Path=/; Secure; Domain=weak-cookies-demo.org",
            "Set-Cookie: __Secure-plan=basic; Path=/",
            "Set-Cookie: region=eu; Path=/; Secure; Domain=org",
            "Set-Cookie: lang=en; Path=/; Secure; SameSite=Sloppy",
        ],
        ..PLAIN
    },
    Host {
        name: "shop-demo.org",
        about: "Fully covered by HSTS, but one harmless cookie lacks Secure.",
        hsts: FULL,
        cookies: &["Set-Cookie: theme=dark; Path=/; SameSite=Lax"],
        ..PLAIN
    },
    Host {
        name: "no-redirect-demo.org",
        about: "Speaks https with good HSTS, but answers http with the page instead of a redirect.",
        over_http: OverHttp::ServesThePage,
        hsts: FULL,
        ..PLAIN
    },
    Host {
        name: "http-only-demo.org",
        about: "Speaks no https at all and sets its session cookie in clear.",
        certificate: Certificate::NoTls,
        over_http: OverHttp::ServesThePage,
        cookies: &["Set-Cookie: sessionid=n6Lx2Wq9TbYr4Kz7Vc1Hm5Js8Gd3Pfa0; Path=/; HttpOnly"],
        ..PLAIN
    },
    Host {
        name: "mixed-demo.org",
        about: "An https page with a script, a frame and an image over http; /passive has the image only, /redirected \
                a script whose https address leads to http.",
        hsts: FULL,
        ..PLAIN
    },
    Host {
        name: ASSETS,
        about: "Where the mixed content comes from; speaks http only.",
        certificate: Certificate::NoTls,
        over_http: OverHttp::ServesThePage,
        ..PLAIN
    },
    Host {
        name: "expired-demo.org",
        about: "Its certificate ended yesterday.",
        certificate: Certificate::Expired,
        hsts: FULL,
        ..PLAIN
    },
    Host {
        name: "not-yet-valid-demo.org",
        about: "Its certificate begins tomorrow.",
        certificate: Certificate::NotYetValid,
        hsts: FULL,
        ..PLAIN
    },
    Host {
        name: "untrusted-demo.org",
        about: "Its certificate comes from an authority that no browser knows.",
        certificate: Certificate::Untrusted,
        hsts: FULL,
        ..PLAIN
    },
    Host {
        name: "self-signed-demo.org",
        about: "It signed its certificate itself.",
        certificate: Certificate::SelfSigned,
        hsts: FULL,
        ..PLAIN
    },
    Host {
        name: "name-mismatch-demo.org",
        about: "Its certificate is made out to another name.",
        certificate: Certificate::NameMismatch,
        hsts: FULL,
        ..PLAIN
    },
    Host {
        name: CHAIN_START,
        about: "Begins a redirect chain: http, https, then http and https of chain-end-demo.org.",
        ..PLAIN
    },
    Host { name: CHAIN_END, about: "Where the redirect chain ends.", hsts: FULL, ..PLAIN },
    Host {
        name: "preloaded-demo.dev",
        about: "On every browser's preload list, as all of .dev is, and sends what the list asks for.",
        hsts: FULL,
        ..PLAIN
    },
    Host {
        name: "bare-demo.dev",
        about: "On every browser's preload list, as all of .dev is, and sends no field of its own.",
        ..PLAIN
    },
    Host {
        name: "django-demo.org",
        about: "Looks like Django behind SECURE_SSL_REDIRECT, with HSTS of an hour and without the Secure cookie \
                settings.",
        hsts: &["Strict-Transport-Security: max-age=3600"],
        cookies: &[
            "Set-Cookie: csrftoken=9hT2vXk5RqLw8Zb3Yn6Mc1Jd7Gs4Pf0a; expires=Sat, 20 Nov 2027 12:00:00 GMT; \
             Max-Age=31449600; Path=/; SameSite=Lax",
            "Set-Cookie: sessionid=w5m2x8q1r7t4y9k3z6v0b2n8c5l1j4hd; HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax",
        ],
        headers: &[
            "X-Frame-Options: DENY",
            "X-Content-Type-Options: nosniff",
            "Referrer-Policy: same-origin",
            "Cross-Origin-Opener-Policy: same-origin",
            "Vary: Cookie",
            "Cache-Control: no-store",
        ],
        ..PLAIN
    },
    Host {
        name: "quirks-demo.org",
        about: "Responses that are easily misread: /204, /download, /redirect-loop, /revalidated, /fresh, /worker.",
        hsts: FULL,
        headers: &["X-Content-Type-Options: nosniff"],
        ..PLAIN
    },
    Host {
        name: "heavy-demo.org",
        about: "Far too much: /heavy?n=20000 sub-resources, /bigheader?bytes=1000000, /cookies?n=5000.",
        hsts: FULL,
        headers: &["X-Content-Type-Options: nosniff"],
        ..PLAIN
    },
];

/// The port that refuses connections to a name: names that a test invents say so themselves, for browsers map names
/// to addresses by patterns (`*closed443*`). `tests/e2e/lib/chromium-launch.mjs` has the same.
pub fn is_closed(name: &str, port: u16) -> bool {
    name.contains(&format!("closed{port}-")) || (name.starts_with("www.wwwclosed-") && port == 443)
}

/// Whether a name has no address at all, as the `www` of `wwwless-…`.
pub fn is_nowhere(name: &str) -> bool {
    name.starts_with("www.wwwless-")
}

/// The host of a name.
pub fn find(name: &str) -> Option<&'static Host> {
    HOSTS.iter().find(|host| host.name == name)
}

/// The certificate of a name; names that are not in the table get a good one, so that a test can invent them.
pub fn certificate_of(name: &str) -> Certificate {
    find(name).map_or(Certificate::Good, |host| host.certificate)
}
