//! Sub-resources that an https page asked for over http.

use super::Facts;
use crate::evidence::{Exchange, Observed, Reason, RedirectCause, Reference, ResourceKind, Visit};
use crate::field::Engine;
use crate::url::Url;

/// A request for an http URL from an https page.
#[derive(Debug, Clone, Copy)]
pub struct InsecureRequest<'a> {
    /// What it was for.
    pub kind: ResourceKind,
    /// The http address.
    pub url: &'a Url,
    /// It is blockable mixed content (Mixed Content §3.2): a changed copy takes over the page.
    pub active: bool,
    /// The browser changed it to https before it left.
    pub upgraded: bool,
    /// It got no answer: the browser refused to send it, or the load failed.
    pub blocked: bool,
}

impl InsecureRequest<'_> {
    /// What it is, with its article.
    pub const fn what(&self) -> &'static str {
        match self.kind {
            ResourceKind::Script => "a script",
            ResourceKind::SubFrame | ResourceKind::MainFrame => "a frame",
            ResourceKind::Stylesheet => "a style sheet",
            ResourceKind::Image => "an image",
            ResourceKind::Font => "a font",
            ResourceKind::Media => "audio or video",
            ResourceKind::Object => "plug-in content",
            ResourceKind::Fetch => "a request of a script",
            ResourceKind::Ping => "a beacon",
            ResourceKind::WebSocket => "a WebSocket",
            ResourceKind::Other => "a resource",
        }
    }
}

pub(super) fn insecure_requests(visit: Option<&Visit>) -> Vec<InsecureRequest<'_>> {
    let Some(visit) = visit else { return Vec::new() };
    if Url::parse(&visit.url).is_none_or(|url| !url.is_https()) {
        return Vec::new();
    }
    let is_insecure = |url: &Url| matches!(url.scheme(), "http" | "ws") && !url.is_potentially_trustworthy();
    let parts = || visit.exchanges.iter().filter(|exchange| !super::is_navigation(exchange));
    let asked = parts().filter(|exchange| is_insecure(&exchange.url)).map(|exchange| {
        let upgraded = exchange
            .redirect
            .as_ref()
            .is_some_and(|r| matches!(r.cause, RedirectCause::Hsts | RedirectCause::HttpsUpgrade));
        InsecureRequest {
            kind: exchange.kind,
            url: &exchange.url,
            active: exchange.kind.is_blockable(),
            upgraded,
            blocked: !upgraded
                && (exchange.error.is_some() && !matches!(exchange.response, Observed::Seen(_))
                    || is_without_answer(exchange)),
        }
    });
    // An https address that leads to http is mixed content too (Fetch checks each redirect);
    // where the next request is seen, that one is told.
    let led = parts().filter(|exchange| !is_insecure(&exchange.url)).filter_map(|exchange| {
        let to = &exchange.redirect.as_ref().filter(|r| r.cause == RedirectCause::Server)?.to;
        let followed = parts().any(|other| other.url == *to);
        (is_insecure(to) && !followed).then_some(InsecureRequest {
            kind: exchange.kind,
            url: to,
            active: exchange.kind.is_blockable(),
            upgraded: false,
            blocked: true,
        })
    });
    // What the page's elements name and nobody saw go out was refused or changed before.
    let read = visit.document.as_ref().seen();
    let named = read.into_iter().flat_map(|document| &document.insecure_references).filter_map(|reference| {
        let Reference { url, kind } = reference;
        let asked = parts().any(|other| other.url == *url || led_to(other, url));
        (is_insecure(url) && !asked).then(|| {
            let upgraded = parts().any(|other| is_https_twin(&other.url, url));
            InsecureRequest { kind: *kind, url, active: kind.is_blockable(), upgraded, blocked: !upgraded }
        })
    });
    asked.chain(led).chain(named).collect()
}

/// A HAR file may hold a request without an answer, and without a word on why.
#[cfg(feature = "files")]
const fn is_without_answer(exchange: &Exchange) -> bool {
    matches!(exchange.response, Observed::Unseen(Reason::NotInInput))
}

#[cfg(not(feature = "files"))]
const fn is_without_answer(_: &Exchange) -> bool {
    false
}

fn led_to(exchange: &Exchange, url: &Url) -> bool {
    exchange.redirect.as_ref().is_some_and(|redirect| redirect.to == *url)
}

/// Whether it is the same address over https.
fn is_https_twin(https: &Url, http: &Url) -> bool {
    let rest = https.as_str().strip_prefix("https:");
    rest.is_some() && rest == http.as_str().strip_prefix("http:")
}

impl Facts<'_> {
    /// Why sub-resources of some hosts were out of sight, of a page that was itself seen.
    pub fn unseen_hosts(&self) -> Option<Reason> {
        self.page().seen().and(self.visit?.unseen_hosts)
    }

    /// Whether every http sub-resource of this sort would have been seen. Browsers block active
    /// ones, and Chromium changes passive ones to https, before any extension hears of them.
    pub fn mixed_content_seen(&self, active: bool) -> Observed<()> {
        let Some(visit) = self.visit else { return Observed::Unseen(Reason::NotInInput) };
        match self.page() {
            Observed::Unseen(reason) => return Observed::Unseen(reason),
            Observed::Seen(page) if !page.response.is_seen() => return page.response.as_ref().map(|_| ()),
            Observed::Seen(_) => {}
        }
        #[cfg(feature = "files")]
        if self.evidence.lacks.refused {
            return Observed::Unseen(Reason::NotInInput);
        }
        match self.evidence.recorder.browser.as_ref().map(|browser| browser.engine) {
            // A file with sub-resources holds those that were blocked, too.
            None if visit.exchanges.iter().any(|e| !super::is_navigation(e)) => Observed::Seen(()),
            None => Observed::Unseen(Reason::NotInInput),
            Some(_) if active => Observed::Unseen(Reason::NotExposedByThisBrowser),
            Some(Engine::Chromium) => Observed::Unseen(Reason::NotExposedByThisBrowser),
            Some(Engine::Firefox) if let Some(reason) = visit.unseen_hosts => Observed::Unseen(reason),
            Some(Engine::Firefox) if visit.dropped > 0 => Observed::Unseen(Reason::OverLimit),
            Some(Engine::Firefox) => Observed::Seen(()),
        }
    }
}
