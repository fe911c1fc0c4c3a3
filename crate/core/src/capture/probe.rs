//! The redirect check: requests that the person told the extension to make, and what came back.
//!
//! It asks what hstspreload.org asks, in an order that hides nothing: every http address first, since a browser that
//! has met a host's HSTS over https makes no http request to it any more, then https. Each request is made by itself
//! and follows no redirect; where a server redirects to is asked next. Nothing here sends anything:
//! [`Probes::next`] says what to ask, and the browser's events about it are folded in.

use serde::{Deserialize, Serialize};

use super::event::RequestDetails;
use super::memory::{is_abort, slim};
use super::request::{Request, word};
use super::{address, security};
use crate::evidence::{Exchange, Failure, Observed, Probe, ProbeState, Reason, Redirect, RedirectCause};
use crate::fact::{Site, SiteKind, undotted};
use crate::field::location;
use crate::url::{HostKind, Url};

/// Sites whose check is kept.
const MAX_PROBES: usize = 8;
/// Requests of one check.
const MAX_ASKED: usize = 16;
/// Redirects that are followed from one address: hstspreload.org allows three, and one more is too many.
const MAX_HOPS: usize = 4;
/// Milliseconds after which a check that has not ended asks nothing more.
pub const PROBE_LASTS: i64 = 60_000;

/// The addresses that a check of a site begins with; none where there is nothing to check.
pub fn probe_starts(site: &Site) -> Vec<Url> {
    let Some(url) = &site.url else { return Vec::new() };
    if matches!(site.kind, SiteKind::Local | SiteKind::BrowserPage) {
        return Vec::new();
    }
    let host = undotted(url.host());
    let mut starts = vec![format!("http://{host}/")];
    if let Some(domain) = site.registrable_domain.as_deref() {
        if domain != host {
            starts.push(format!("http://{domain}/"));
        }
        starts.push(format!("https://{domain}/"));
        starts.push(format!("https://www.{domain}/"));
    }
    starts.iter().filter_map(|start| Url::parse(start)).collect()
}

/// The checks of the sites that were checked last.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Probes {
    /// Oldest first.
    probes: Vec<Check>,
}

/// The check of one site.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Check {
    /// The registrable domain, or the host.
    site: String,
    /// The host of the page.
    host: String,
    /// Milliseconds since the epoch.
    began_at: i64,
    state: ProbeState,
    starts: Vec<Url>,
    asked: Vec<Asked>,
}

/// One request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Asked {
    url: Url,
    /// The browser's name for it, once it told of it.
    id: String,
    request: Option<Request>,
    /// Whoever made the request waits no longer.
    over: bool,
    /// It was ended for taking too long.
    late: bool,
}

impl Asked {
    fn is_answered(&self) -> bool {
        self.over || self.request.as_ref().is_some_and(|request| request.ended)
    }

    /// Where the server sent whoever asked.
    fn led_to(&self) -> Option<&Url> {
        let hop = self.request.as_ref()?.hops.first()?;
        hop.redirect
            .as_ref()
            .filter(|redirect| redirect.cause == RedirectCause::Server)
            .map(|redirect| &redirect.to)
    }
}

/// The name under which a site's check is kept.
fn name(site: &Site) -> &str {
    site.registrable_domain.as_deref().unwrap_or_else(|| undotted(&site.host))
}

impl Probes {
    /// Begins a check, in the place of an earlier one. False where there is nothing to check, or one is under way.
    pub fn begin(&mut self, site: &Site, now: i64) -> bool {
        let starts = probe_starts(site);
        let name = name(site);
        let runs = |check: &Check| check.site == name && check.state == ProbeState::Running;
        if starts.is_empty() || self.probes.iter().any(runs) {
            return false;
        }
        self.probes.retain(|check| check.site != name);
        while self.probes.len() >= MAX_PROBES {
            self.probes.remove(0);
        }
        let host = undotted(&site.host).to_owned();
        let (site, asked) = (name.to_owned(), Vec::new());
        self.probes.push(Check { site, host, began_at: now, state: ProbeState::Running, starts, asked });
        true
    }

    /// What to ask next. Without anything left the check is done.
    pub fn next(&mut self, site: &Site, now: i64) -> Option<Url> {
        let check = self.running(site)?;
        let next = check.next().filter(|_| check.asked.len() < MAX_ASKED);
        let Some(url) = next else {
            check.state = ProbeState::Done;
            return None;
        };
        if now - check.began_at >= PROBE_LASTS {
            check.state = ProbeState::TimedOut;
            return None;
        }
        let (id, url_asked) = (String::new(), url.clone());
        check.asked.push(Asked { url: url_asked, id, request: None, over: false, late: false });
        Some(url)
    }

    /// Whether the newest request was answered, as far as the browser told.
    pub fn is_answered(&mut self, site: &Site) -> bool {
        self.running(site).and_then(|check| check.asked.last()).is_none_or(Asked::is_answered)
    }

    /// Nothing more will be told of the newest request; `late` if it was ended for taking too long.
    pub fn over(&mut self, site: &Site, late: bool) {
        if let Some(asked) = self.running(site).and_then(|check| check.asked.last_mut()) {
            asked.late = late && !asked.is_answered();
            asked.over = true;
        }
    }

    /// Ends a check that is under way.
    pub fn end(&mut self, site: &Site, state: ProbeState) {
        if let Some(check) = self.running(site) {
            check.state = state;
        }
    }

    /// Ends every check that is under way: who made its requests is gone. Returns whether there was one.
    pub fn interrupt(&mut self) -> bool {
        let mut any = false;
        for check in self.probes.iter_mut().filter(|check| check.state == ProbeState::Running) {
            check.state = ProbeState::Interrupted;
            any = true;
        }
        any
    }

    fn running(&mut self, site: &Site) -> Option<&mut Check> {
        let name = name(site);
        self.probes.iter_mut().find(|check| check.site == name && check.state == ProbeState::Running)
    }

    /// Folds an event in, if it is about a request of a check; then the request, as far as it is known.
    pub fn fold(&mut self, details: &RequestDetails, fold: impl FnOnce(&mut Request)) -> Option<&Request> {
        let from = details.initiator.as_deref().or(details.origin_url.as_deref()).unwrap_or_default();
        if !(from.starts_with("chrome-extension:") || from.starts_with("moz-extension:")) {
            return None;
        }
        let url = address(&details.url)?;
        let mut all = self.probes.iter_mut().flat_map(|check| &mut check.asked);
        let asked = all.find(|asked| {
            asked.id == details.request_id
                || (asked.id.is_empty() && (asked.late || !asked.over) && asked.url == url)
        })?;
        asked.id = word(&details.request_id);
        let request = match &mut asked.request {
            Some(request) => request,
            none => none.insert(Request::begun(details)?),
        };
        if let Some(hop) = request.hops.last_mut()
            && let Some(redirect) = &hop.redirect
        {
            // Nobody follows a server's redirect here, though Firefox goes on telling of the request. Chromium gives up
            // what it redirected itself; Firefox follows that.
            let over = redirect.cause == RedirectCause::Server || is_abort(&details.error);
            if let Some(connection) =
                details.security_info.as_ref().and_then(security::stated).filter(|_| over)
            {
                hop.connection = Observed::Seen(connection);
            }
            if over {
                request.ended = true;
                return Some(request);
            }
        }
        fold(request);
        // Browsers try https on their own for pages only: what sends the check there is HSTS.
        for hop in &mut request.hops {
            if let Some(redirect) = hop.redirect.as_mut().filter(|r| r.cause == RedirectCause::HttpsUpgrade) {
                redirect.cause = RedirectCause::Hsts;
                hop.response = Observed::Unseen(Reason::HiddenByHsts);
            }
        }
        // Firefox does not tell of a redirect that nobody follows.
        if let Some(hop) = request.hops.last_mut()
            && hop.redirect.is_none()
            && let Observed::Seen(response) = &hop.response
            && let Some(to) = location::of(response).and_then(|value| location::target(&hop.url, value))
        {
            hop.redirect = Some(Redirect { to, cause: RedirectCause::Server });
            request.ended = true;
        }
        Some(request)
    }

    /// What is known of the check of a site.
    pub fn evidence(&self, wanted: &dyn Fn(&str) -> bool, now_shown: Option<&str>) -> Option<Probe> {
        let of_host = |check: &&Check| now_shown.is_some_and(|host| undotted(host) == check.host);
        let of_site = |check: &&Check| wanted(&check.host);
        let check = self.probes.iter().find(of_host).or_else(|| self.probes.iter().rfind(of_site))?;
        let mut probe = Probe {
            began_at: check.began_at,
            state: check.state,
            starts: check.starts.clone(),
            exchanges: Vec::new(),
            failures: Vec::new(),
        };
        for asked in &check.asked {
            let Some(request) = &asked.request else { continue };
            for hop in request.exchanges() {
                if let Some(error) = hop.error.as_ref().filter(|error| !is_abort(error)) {
                    let url = hop.url.as_str().to_owned();
                    probe.failures.push(Failure { url, error: error.clone(), at: hop.at });
                }
                probe.exchanges.push(if asked.late { late(hop) } else { slim(hop) });
            }
        }
        Some(probe)
    }
}

impl Check {
    fn asked(&self, url: &Url) -> Option<&Asked> {
        self.asked.iter().find(|asked| asked.url == *url)
    }

    /// An address that was not asked yet: over http as long as there is one.
    fn next(&self) -> Option<Url> {
        ["http", "https"].into_iter().find_map(|scheme| {
            let open = |url: &&Url| url.scheme() == scheme && self.asked(url).is_none();
            let start = self.starts.iter().find(open);
            start.or_else(|| self.starts.iter().find_map(|start| self.led_to(start).find(open))).cloned()
        })
    }

    /// Where the redirects from an address lead, one after the other.
    fn led_to<'c>(&'c self, start: &Url) -> impl Iterator<Item = &'c Url> + use<'c> {
        let first = self.asked(start).and_then(Asked::led_to);
        std::iter::successors(first, |url| self.asked(url).and_then(Asked::led_to))
            .take(MAX_HOPS)
            .take_while(|url| self.may_ask(url))
    }

    /// A redirect is followed to names only: no site may point the check at addresses inside the person's network.
    fn may_ask(&self, url: &Url) -> bool {
        (url.is_http() || url.is_https())
            && !url.is_loopback()
            && (url.host_kind() == HostKind::Domain || url.host() == self.host)
    }
}

/// A request that was ended for taking too long says no more than that.
fn late(hop: Exchange) -> Exchange {
    let mut hop = slim(hop);
    if !hop.response.is_seen() {
        hop.response = Observed::Unseen(Reason::TimedOut);
        hop.connection = Observed::Unseen(Reason::TimedOut);
        hop.error = None;
    }
    hop
}
