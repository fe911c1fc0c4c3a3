//! What was not observed: named, with the reason and the way to find out.

use serde::{Deserialize, Serialize};

use super::code;
use crate::evidence::Reason;

/// Something that was not observed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    /// What is missing.
    pub what: What,
    /// Why.
    pub reason: Reason,
}

/// The things that a check can miss. The order is the order in which they are told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The page's own response.
    PageResponse,
    /// The browser's word on the page's connection.
    Connection,
    /// How `http://HOST/` answers.
    HttpAnswer(String),
    /// The Strict-Transport-Security field of this host over https.
    HstsField(String),
    /// Whether a response of this host has the Strict-Transport-Security field more than once.
    RepeatedField(String),
    /// The Set-Cookie fields of the page.
    SetCookies,
    /// The browser's stored cookies.
    CookieJar,
    /// Sub-resources of the page.
    SubResources,
    /// Those of hosts without access, of a page that was itself seen.
    OtherHosts,
    /// Sub-resources over http that the browser blocked or changed to https.
    MixedContent,
    /// What the page's document holds: forms, `http-equiv` elements.
    Document,
    /// How this origin answers scripts of other origins.
    CrossOriginAnswer(String),
    /// TLS version and cipher suite.
    TlsDetails,
    /// What this server (`HOST:PORT`) accepts besides.
    #[cfg(feature = "offers")]
    Offers(String),
    /// The certificate.
    Certificate,
    /// Certificate Transparency.
    Transparency,
    /// Encrypted Client Hello.
    EncryptedClientHello,
    /// Whether `https://www.DOMAIN/` has a certificate that is accepted.
    WwwConnection(String),
    /// What this URL, to which a server redirects, answers.
    RedirectTarget(String),
}

/// A gap in words, as reports hold it; code between back-ticks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unknown {
    /// What is missing.
    pub what: String,
    /// Why.
    pub why: String,
    /// How to find out.
    pub how: String,
}

impl Gap {
    /// A gap.
    pub const fn new(what: What, reason: Reason) -> Self {
        Self { what, reason }
    }

    /// The gap in words.
    pub fn describe(&self) -> Unknown {
        let (what, why) = match (&self.what, self.reason) {
            (What::OtherHosts, Reason::AccessNotGranted) => {
                (What::OtherHosts.words(), "The extension has access to single sites only.")
            }
            (what, reason) => (what.words(), why(reason)),
        };
        Unknown { what, why: why.to_owned(), how: self.how() }
    }

    fn how(&self) -> String {
        use Reason as R;
        use What as W;
        match (&self.what, self.reason) {
            (W::OtherHosts, R::AccessNotGranted) => {
                "Give the extension access to all sites, in the browser's settings of extensions.".into()
            }
            (_, R::AccessNotGranted) => "Give the extension access to this site.".into(),
            (_, R::RestrictedPage) => {
                "No extension can; `curl -siL URL | https-audit audit - --url URL` asks the server.".into()
            }
            (_, R::StillLoading) => "Wait until the page has loaded.".into(),
            (W::HttpAnswer(_) | W::HstsField(_) | W::WwwConnection(_) | W::RedirectTarget(_), R::NotProbed | R::HttpsUpgrade) => {
                "Use `Check redirects` in the extension, which asks it once.".into()
            }
            (W::HttpAnswer(host), R::HiddenByHsts) => format!(
                "Use `Check redirects` in Firefox, or run `curl -sI http://{host}/ | https-audit audit - --url http://{host}/`, which knows no HSTS."
            ),
            #[cfg(feature = "offers")]
            (W::Offers(_), R::LoadFailed | R::Unreadable) => "Run `https-audit live` again, from another network.".into(),
            #[cfg(feature = "offers")]
            (W::Offers(place), _) => format!("Run `nmap --script ssl-enum-ciphers -p PORT HOST` for {place}."),
            (_, R::TimedOut) => "Check again later, or from another network.".into(),
            // A reload of an https page asks no http server, whatever the reason was.
            (W::HttpAnswer(host), _) => format!(
                "Run `curl -sI http://{host}/ | https-audit audit - --url http://{host}/`, which knows no HSTS."
            ),
            (W::HstsField(host), _) => format!("Open https://{host}/ once, past the cache (Shift + reload)."),
            (W::RepeatedField(host), _) => {
                format!("Run `curl -sI https://{host}/ | https-audit audit - --url https://{host}/`, which shows every field.")
            }
            (W::WwwConnection(host), _) => format!("Open https://{host}/ once."),
            (W::RedirectTarget(url), _) => format!("Open {} once.", code(url)),
            (W::TlsDetails | W::Transparency | W::EncryptedClientHello, R::NotExposedByThisBrowser) => {
                "Open the page in Firefox, which tells it.".into()
            }
            (W::Certificate | W::Connection, R::NotExposedByThisBrowser) => "Firefox tells it; Chromium tells the certificate with chrome://flags/#web-request-security-info.".into(),
            (W::Certificate, R::Unreadable) => "Show it with `openssl s_client -connect HOST:443 -showcerts`.".into(),
            (W::CrossOriginAnswer(origin), _) => format!(
                "Run `curl -sI -H 'Origin: https://example.org' {origin}/` and look for Access-Control-Allow-Origin."
            ),
            (W::MixedContent, R::NotExposedByThisBrowser) => {
                "Open the browser's console (F12): it names what was blocked or changed to https.".into()
            }
            (W::Document, R::NotProbed) => "Open the popup on the page, which then reads it.".into(),
            (W::Document, R::OverLimit) => "Look into the page's source: it has too many to be kept.".into(),
            // Response heads hold nothing of these.
            (
                W::CookieJar
                | W::Connection
                | W::TlsDetails
                | W::Certificate
                | W::Transparency
                | W::EncryptedClientHello
                | W::SubResources
                | W::MixedContent
                | W::Document,
                R::NotInInput,
            ) => "Open the site in a browser with the extension.".into(),
            (_, R::NotInInput) => "Record it with the extension, or give the response heads.".into(),
            (_, R::FromCache) => "Reload past the cache (Shift + reload).".into(),
            (_, R::LoadFailed) => "Mend the failure first, then load the page again.".into(),
            (_, R::ServiceWorker) => "Reload past the service worker (Shift + reload).".into(),
            _ => "Reload the page.".into(),
        }
    }
}

impl What {
    fn words(&self) -> String {
        match self {
            Self::PageResponse => "the page's own response".into(),
            Self::Connection => "the browser's word on the connection".into(),
            Self::HttpAnswer(host) => format!("how http://{host}/ answers"),
            Self::HstsField(host) => format!("the Strict-Transport-Security field of {host}"),
            Self::RepeatedField(host) => {
                format!("whether {host} sends Strict-Transport-Security more than once")
            }
            Self::SetCookies => "the Set-Cookie fields of this page".into(),
            Self::CookieJar => "the cookies the browser holds".into(),
            Self::SubResources => "what the page loads".into(),
            Self::OtherHosts => "what the page loads from hosts without access".into(),
            Self::MixedContent => "http sub-resources that the browser blocked or changed to https".into(),
            Self::Document => "what the page's document holds".into(),
            Self::CrossOriginAnswer(_) => "how the site answers scripts of other origins".into(),
            Self::TlsDetails => "TLS version and cipher suite".into(),
            #[cfg(feature = "offers")]
            Self::Offers(place) => format!("which versions and suites of TLS {place} accepts"),
            Self::Certificate => "the certificate".into(),
            Self::Transparency => "Certificate Transparency".into(),
            Self::EncryptedClientHello => "Encrypted Client Hello".into(),
            Self::WwwConnection(host) => format!("whether {host} speaks TLS"),
            Self::RedirectTarget(url) => format!("what {} answers", code(url)),
        }
    }
}

/// The reason as a sentence.
pub const fn why(reason: Reason) -> &'static str {
    match reason {
        Reason::FromCache => "The browser answered from its cache and kept not every field.",
        Reason::ServiceWorker => {
            "The browser told of no answer from a server: most likely the site's own service worker gave it."
        }
        Reason::BackForwardCache => "The page came back by the back or forward button, without a request.",
        Reason::LoadedBeforeInstall => "The page was open before the extension watched.",
        Reason::RestrictedPage => "The browser keeps extensions out of this page.",
        Reason::AccessNotGranted => "The extension has no access to this site.",
        Reason::NotExposedByThisBrowser => "This browser does not tell extensions.",
        Reason::HiddenByHsts => "The browser knew the host's HSTS and asked no http server.",
        Reason::HttpsUpgrade => "The browser itself went to https and asked no http server.",
        Reason::NotProbed => "Nothing asked for it.",
        Reason::LoadFailed => "The load failed before it could be seen.",
        Reason::NotInInput => "The input does not hold it.",
        Reason::OverLimit => "There was more than is kept.",
        Reason::StillLoading => "The page is still loading.",
        Reason::TimedOut => "It was asked, and did not answer in time.",
        Reason::Unreadable => "It is there, but broken: this tool can't read it.",
    }
}
