//! One request with all its hops, folded from the events that bear its id.

use serde::{Deserialize, Serialize};

use super::event::RequestDetails;
use super::{address, head, millis, security};
use crate::evidence::{Exchange, Observed, Reason, Redirect, RedirectCause, ResourceKind};
use crate::field::{Engine, location};
use crate::url::Url;

/// Hops kept of one chain; browsers follow 20.
const MAX_HOPS: usize = 24;
/// Octets kept of an origin, an address, an error text.
const MAX_WORD: usize = 300;

/// The rank of what says least.
const LEAST: u8 = 3;

/// How little an exchange says.
pub(crate) fn rank(hop: &Exchange) -> u8 {
    let has = |name: &str| matches!(&hop.response, Observed::Seen(response) if response.values(name).next().is_some());
    match hop.url.scheme() {
        "http" | "ws" => 0,
        _ if has("set-cookie") => 1,
        _ if has("strict-transport-security") => 2,
        _ => LEAST,
    }
}

/// A request, from its first address to where its redirects led.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Request {
    /// One exchange a hop. A missing response says [`Reason::StillLoading`] until it ended.
    pub hops: Vec<Exchange>,
    /// The document that asked, where the browser tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The frame that asked; 0 is the page.
    pub frame: i64,
    /// How little it says, from 0: see [`Request::weigh`].
    pub rank: u8,
    /// The response began: whether it came from the cache is known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub started: bool,
    /// No further event will come.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ended: bool,
}

impl Request {
    /// The request that this first event of it is about; `None` where its address can't be read.
    pub(super) fn begun(details: &RequestDetails) -> Option<Self> {
        let hop = hop(details)?;
        let document = details.document_id.clone();
        Some(Self {
            hops: vec![hop],
            document,
            frame: details.frame_id,
            rank: LEAST,
            started: false,
            ended: false,
        })
    }

    /// Notes how little a sub-resource request says: what went, or failed, in the clear says
    /// most, then what set a cookie, then what sent a policy.
    pub(super) fn weigh(&mut self) {
        self.rank = self.hops.iter().map(rank).min().unwrap_or(LEAST);
    }

    /// When it began, in milliseconds since the epoch.
    pub(super) fn at(&self) -> i64 {
        self.hops.first().map_or(0, |hop| hop.at)
    }

    /// Where it led in the end.
    pub(super) fn last(&self) -> Option<&Exchange> {
        self.hops.last()
    }

    /// The hop that an event is about: the newest, unless that one was sent on already.
    fn current(&mut self, details: &RequestDetails) -> Option<&mut Exchange> {
        let last = self.hops.last_mut()?;
        if last.redirect.is_none() && last.url.as_str() != details.url {
            // The worker may be ended before it wrote down that this hop was sent on. Then the address of
            // what follows tells it.
            let to = address(&details.url)?;
            if to != last.url {
                let server = led_by(last).is_some_and(|led| led == to);
                let cause = if server { RedirectCause::Server } else { RedirectCause::Browser };
                last.redirect = Some(Redirect { to, cause });
            }
        }
        if last.redirect.is_some() {
            if self.hops.len() >= MAX_HOPS {
                return None;
            }
            let next = hop(details)?;
            self.hops.push(next);
        }
        self.hops.last_mut()
    }

    /// `onHeadersReceived`. Firefox tells it twice for one hop after a 304; the second time
    /// it is the response as the page gets it.
    pub(super) fn headers_received(&mut self, details: &RequestDetails, engine: Engine) {
        let Some(hop) = self.current(details) else { return };
        note(hop, details);
        if let Some(headers) = &details.response_headers {
            let page = matches!(hop.kind, ResourceKind::MainFrame | ResourceKind::SubFrame);
            hop.response = Observed::Seen(head::response(details.status_code, headers, engine, page));
        }
    }

    /// The browser's word on the connection of the hop whose head was received just now.
    pub(super) fn security_info(&mut self, details: &RequestDetails, engine: Engine) {
        let missed = self.last().is_none_or(|hop| hop.redirect.is_some() || !hop.response.is_seen());
        if missed && details.response_headers.is_some() {
            self.headers_received(details, engine);
        }
        let Some(info) = &details.security_info else { return };
        let host_has_hsts = info.hsts;
        let Some(hop) = self.hops.iter_mut().rfind(|hop| hop.url.as_str() == address_text(&details.url))
        else {
            return;
        };
        if let Some(connection) = security::stated(info) {
            hop.connection = Observed::Seen(connection);
        }
        // Firefox's own upgrade looks the same whatever made it; whether the host had an HSTS
        // policy before this answer could have set one tells which it was.
        if host_has_hsts == Some(true)
            && let [.., before, _] = self.hops.as_mut_slice()
            && before.redirect.as_ref().is_some_and(|r| r.cause == RedirectCause::HttpsUpgrade)
        {
            before.response = Observed::Unseen(Reason::HiddenByHsts);
            if let Some(redirect) = &mut before.redirect {
                redirect.cause = RedirectCause::Hsts;
            }
        }
    }

    /// `onBeforeRedirect`: by the server, or by the browser without asking it.
    pub(super) fn before_redirect(&mut self, details: &RequestDetails, engine: Engine) {
        let Some(to) = address(&details.redirect_url) else { return };
        let Some(hop) = self.current(details) else { return };
        note(hop, details);
        let headers = details.response_headers.as_deref().unwrap_or_default();
        let cause = cause(hop, &to, details, head::text(headers, "non-authoritative-reason"));
        match cause {
            RedirectCause::Server => {
                if !hop.response.is_seen() {
                    hop.response = Observed::Seen(head::response(details.status_code, headers, engine, true));
                }
            }
            RedirectCause::Hsts => hop.response = Observed::Unseen(Reason::HiddenByHsts),
            RedirectCause::HttpsUpgrade => hop.response = Observed::Unseen(Reason::HttpsUpgrade),
            // Firefox says so when the site's service worker answers.
            RedirectCause::Browser if to == hop.url => {
                hop.response = Observed::Unseen(Reason::ServiceWorker);
                self.ended = true;
                return;
            }
            RedirectCause::Browser => hop.response = Observed::Unseen(Reason::NotExposedByThisBrowser),
        }
        hop.redirect = Some(Redirect { to, cause });
    }

    /// `onResponseStarted` and `onCompleted`.
    pub(super) fn answered(&mut self, details: &RequestDetails, completed: bool) {
        let Some(hop) = self.current(details) else { return };
        note(hop, details);
        if completed && !hop.response.is_seen() {
            let reason = if hop.from_cache { Reason::FromCache } else { Reason::NotExposedByThisBrowser };
            hop.response = Observed::Unseen(reason);
        }
        self.started = true;
        self.ended |= completed;
    }

    /// `onErrorOccurred`.
    pub(super) fn failed(&mut self, details: &RequestDetails) {
        let Some(hop) = self.current(details) else { return };
        note(hop, details);
        if !hop.response.is_seen() {
            hop.response = Observed::Unseen(Reason::LoadFailed);
        }
        // Firefox tells of the redirect that is one too many by an error alone.
        if let Some(to) = led_by(hop) {
            hop.redirect = Some(Redirect { to, cause: RedirectCause::Server });
        }
        hop.error = Some(word(&details.error));
        self.ended = true;
    }

    /// The hops that the server itself answered, now, and not the browser or its cache.
    pub(super) fn fresh(&self) -> impl Iterator<Item = Exchange> {
        let settled = self.started || self.ended;
        self.exchanges().filter(move |hop| {
            hop.response.is_seen() && !hop.from_cache && (settled || hop.redirect.is_some())
        })
    }

    /// The hops as evidence: what no browser said of a connection, and follows, is filled in.
    pub(super) fn exchanges(&self) -> impl Iterator<Item = Exchange> {
        self.hops.iter().map(|hop| {
            let mut hop = hop.clone();
            if !hop.connection.is_seen() {
                hop.connection = match &hop.response {
                    Observed::Seen(_) => Observed::Seen(security::inferred(&hop.url)),
                    Observed::Unseen(reason) => Observed::Unseen(*reason),
                };
            }
            hop
        })
    }
}

/// Where the server's answer sends the browser.
pub(super) fn led_by(hop: &Exchange) -> Option<Url> {
    let response = hop.response.as_ref().seen().filter(|response| (300..400).contains(&response.status))?;
    location::target(&hop.url, response.values("location").next()?)
}

/// Who sent the browser from `hop` on.
fn cause(hop: &Exchange, to: &Url, details: &RequestDetails, reason: Option<&str>) -> RedirectCause {
    // Chromium names its own redirects in a field that no server's response keeps.
    match reason {
        Some("HSTS") => return RedirectCause::Hsts,
        Some("HttpsUpgrades") => return RedirectCause::HttpsUpgrade,
        Some(_) if !hop.response.is_seen() => return RedirectCause::Browser,
        _ => {}
    }
    if details.status_code != 0 {
        return RedirectCause::Server;
    }
    // Firefox: its own redirects have no status. HSTS becomes known with the next hop.
    let rest = |url: &Url| url.as_str().split_once(':').map(|(_, rest)| rest.to_owned());
    let twin = matches!((hop.url.scheme(), to.scheme()), ("http", "https") | ("ws", "wss"));
    if twin && rest(&hop.url) == rest(to) { RedirectCause::HttpsUpgrade } else { RedirectCause::Browser }
}

/// What any event may add to a hop.
fn note(hop: &mut Exchange, details: &RequestDetails) {
    hop.from_cache |= details.from_cache;
    if let Some(ip) = &details.ip {
        hop.address = Some(word(ip));
    }
}

fn hop(details: &RequestDetails) -> Option<Exchange> {
    let initiator = details.initiator.clone().or_else(|| {
        let origin = Url::parse(details.origin_url.as_deref()?)?.origin();
        Some(origin)
    });
    Some(Exchange {
        url: address(&details.url)?,
        method: word(&details.method),
        kind: kind(&details.kind),
        at: millis(details.time_stamp),
        initiator: initiator.map(|origin| word(&origin)),
        response: Observed::Unseen(Reason::StillLoading),
        redirect: None,
        connection: Observed::Unseen(Reason::StillLoading),
        address: None,
        from_cache: false,
        error: None,
    })
}

fn address_text(url: &str) -> String {
    address(url).map(String::from).unwrap_or_default()
}

/// A short text of the browser's.
pub(super) fn word(text: &str) -> String {
    text.chars().take(MAX_WORD).collect()
}

/// `webRequest.ResourceType`: Chromium's and Firefox's.
pub(super) fn kind(name: &str) -> ResourceKind {
    match name {
        "main_frame" => ResourceKind::MainFrame,
        "sub_frame" => ResourceKind::SubFrame,
        "script" => ResourceKind::Script,
        "stylesheet" | "xslt" => ResourceKind::Stylesheet,
        "image" | "imageset" => ResourceKind::Image,
        "font" => ResourceKind::Font,
        "media" => ResourceKind::Media,
        "object" | "object_subrequest" => ResourceKind::Object,
        "xmlhttprequest" => ResourceKind::Fetch,
        "ping" | "beacon" => ResourceKind::Ping,
        "websocket" => ResourceKind::WebSocket,
        _ => ResourceKind::Other,
    }
}
