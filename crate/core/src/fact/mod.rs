//! Facts: what follows from the evidence, derived once per audit.
//!
//! Checks read facts and nothing else. A fact that the evidence does not hold is
//! [`Observed::Unseen`] with the reason, never a default.

mod certificate;
mod challenge;
mod cookie;
mod cookie_kind;
mod cover;
mod csp;
mod django;
mod document;
mod failure;
mod framing;
mod hsts;
mod mixed;
mod preload;
mod reach;
mod redirect;
mod rejection;
mod sign_in;
mod sign_out;
mod site;
mod software;
mod tls;

pub use certificate::{CertificateFact, KeyKind, SignatureHash, X509};
pub use challenge::Challenge;
pub use cookie::{CookieFact, CookieRefusal, Setting, Stored};
pub use cookie_kind::CookieKind;
pub use cover::Cover;
pub use csp::{Csp, PagePolicy, allows, matches};
pub use django::{DeployCheck, DjangoFact, State};
pub use failure::{CertificateCause, TlsFailure, certificate_cause};
pub use framing::Framing;
pub use hsts::{FIELD as HSTS_FIELD, HostPolicy, HstsFacts, Own};
pub use mixed::InsecureRequest;
pub use preload::{PreloadFact, RAMP, RampStep, Requirement, Standing, Step, StepResult};
pub use reach::Reach;
pub use redirect::{Chain, Ending, Hop, HttpChain, InsecureHop};
pub use rejection::{Refusal, Rejection};
pub use site::{Site, SiteKind};
pub(crate) use site::{is_at_or_below, undotted};
pub use software::{Confidence, SoftwareFact, fix_order};
#[cfg(feature = "offers")]
pub use tls::offered_weakness;
pub use tls::{TlsVersion, is_hybrid, suite_weakness};

use crate::evidence::{Connection, Evidence, Exchange, Observed, Reason, ResourceKind, Visit};
use crate::field::Engine;
use crate::knowledge::Knowledge;
use crate::options::{Options, Thresholds};
use crate::url::Url;

/// Everything that checks may look at.
pub struct Facts<'a> {
    /// The evidence, for what is raw already.
    pub evidence: &'a Evidence,
    /// The lists.
    pub knowledge: &'a Knowledge<'a>,
    /// Seconds since the epoch; the only clock there is.
    pub now: i64,
    /// What whoever reads the report chose.
    pub options: Options,
    /// Whose reading of a field counts first.
    pub engine: Engine,
    /// What the audit is about.
    pub site: Site,
    /// Every exchange, in order.
    exchanges: Vec<&'a Exchange>,
    /// The page: the last visit, or the one that is looked at of a session. None in evidence without a visit.
    pub visit: Option<&'a Visit>,
    /// How the page was reached.
    pub chain: Chain<'a>,
    /// Strict-Transport-Security, host by host.
    pub hsts: HstsFacts<'a>,
    /// The requirements of hstspreload.org, step by step, and the lists.
    pub preload: PreloadFact,
    /// Every cookie seen set or stored.
    pub cookies: Vec<CookieFact<'a>>,
    /// Sub-resources that an https page asked for over http.
    pub insecure_requests: Vec<InsecureRequest<'a>>,
    /// The page's certificates, leaf first.
    pub certificates: Observed<Vec<CertificateFact>>,
    /// The page's Content-Security-Policies.
    pub csp: Csp<'a>,
    /// A certificate of the page's host that the browser refused, or that was accepted all the same.
    pub rejection: Option<Rejection<'a>>,
}

impl<'a> Facts<'a> {
    /// Derives all facts.
    pub fn new(evidence: &'a Evidence, knowledge: &'a Knowledge<'a>, now: i64) -> Self {
        let visit = main_visit(evidence);
        let site = Site::new(visit.map_or("", |visit| visit.url.as_str()), knowledge);
        let exchanges = exchanges(evidence);
        let hsts = HstsFacts::new(evidence, visit, &exchanges);
        let mut facts = Self {
            evidence,
            knowledge,
            now,
            options: knowledge.options,
            engine: evidence.engine(),
            exchanges,
            chain: Chain::default(),
            insecure_requests: Vec::new(),
            certificates: Observed::Unseen(Reason::NotInInput),
            csp: Csp::default(),
            rejection: None,
            preload: PreloadFact::unjudged(&site, knowledge),
            cookies: Vec::new(),
            site,
            visit,
            hsts,
        };
        facts.look();
        facts.preload = PreloadFact::new(&facts);
        facts.cookies = cookie::cookies(&facts);
        facts
    }

    /// Looks at another page of a session: what is derived of one page is derived anew, what is derived of the site and
    /// its hosts stays.
    pub fn turn_to(&mut self, visit: &'a Visit) {
        self.visit = Some(visit);
        self.site = Site::new(&visit.url, self.knowledge);
        self.look();
    }

    fn look(&mut self) {
        self.chain = Chain::new(self.visit);
        self.insecure_requests = mixed::insecure_requests(self.visit);
        self.certificates = certificate::certificates(self.connection());
        self.csp = Csp::new(self);
        self.rejection = rejection::rejection(self);
    }

    /// What is asked for, where authorities differ.
    pub fn thresholds(&self) -> Thresholds {
        self.options.profile.thresholds()
    }

    /// Every exchange: of earlier visits first, then of all visits, and of the redirect check, in order.
    pub fn exchanges(&self) -> impl Iterator<Item = &'a Exchange> {
        self.exchanges.iter().copied()
    }

    /// The page's own exchange: the last main-frame one of the visit that is no redirect.
    pub fn page(&self) -> Observed<&'a Exchange> {
        let Some(visit) = self.visit else { return Observed::Unseen(Reason::NotInInput) };
        match self.chain.hops.last() {
            Some(hop) if redirect::leads_on_unread(hop.exchange) => Observed::Unseen(Reason::Unreadable),
            Some(hop) if hop.exchange.redirect.is_none() => Observed::Seen(hop.exchange),
            _ => Observed::Unseen(self.why_unwatched(visit)),
        }
    }

    /// Whether what was seen of the page's load ends with a server's redirect: no page, then.
    pub fn leads_on(&self) -> bool {
        self.chain.hops.last().is_some_and(|hop| {
            redirect::server_target(hop.exchange).is_some() || redirect::leads_on_unread(hop.exchange)
        })
    }

    /// The browser does not even tell which page it is, for want of access.
    pub fn address_hidden(&self) -> bool {
        let hidden = Observed::Unseen(Reason::AccessNotGranted);
        self.site.address.is_empty() && self.visit.is_some_and(|visit| visit.watched == hidden)
    }

    /// Scheme of the page's address.
    pub fn page_scheme(&self) -> Option<&str> {
        self.site.url.as_ref().map(crate::url::Url::scheme)
    }

    /// The browser's word on the page's connection.
    pub fn connection(&self) -> Observed<&'a Connection> {
        self.page().and_then(|page| page.connection.as_ref())
    }

    /// How `http://host/` answered the browser itself: the newest http response of a page
    /// load (or of a redirect check) that came from a server. A redirect from the cache
    /// counts too: it is the server's own of an earlier time, which the browser still obeys.
    pub fn http_answer(&self, host: &str) -> Observed<&'a Exchange> {
        let mut reason = match self.visit {
            None => Reason::NotInInput,
            Some(visit) => match visit.watched {
                Observed::Unseen(reason) => reason,
                Observed::Seen(()) if self.evidence.recorder.browser.is_none() => Reason::NotInInput,
                Observed::Seen(()) => Reason::NotProbed,
            },
        };
        let mut answer = None;
        let mut before: Option<&Exchange> = None;
        for exchange in self.exchanges().filter(|e| is_navigation(e) && e.url.scheme() == "http") {
            // What answers on another port is another service, except the page itself.
            let own = self.site.url.as_ref().is_some_and(|url| url.origin() == exchange.url.origin());
            if undotted(exchange.url.host()) != undotted(host) || (exchange.url.port().is_some() && !own) {
                continue;
            }
            // The chain is judged from its first answer: what that one led to is no start.
            let led = before.replace(exchange).and_then(|before| before.redirect.as_ref());
            if answer.is_some() && led.is_some_and(|redirect| redirect.to == exchange.url) {
                continue;
            }
            match redirect::hidden_by(exchange) {
                Some(why) => reason = why,
                None if exchange.response.is_seen()
                    && (!exchange.from_cache || exchange.redirect.is_some()) =>
                {
                    answer = Some(exchange);
                }
                None => {}
            }
        }
        answer.map_or(Observed::Unseen(reason), Observed::Seen)
    }

    /// Whether the Set-Cookie fields of the page were seen.
    pub fn set_cookies_seen(&self) -> Observed<()> {
        #[cfg(feature = "files")]
        if self.evidence.lacks.set_cookies {
            return Observed::Unseen(Reason::NotInInput);
        }
        self.page().and_then(|page| match &page.response {
            // Browsers keep no Set-Cookie in their cache.
            Observed::Seen(_) if page.from_cache => Observed::Unseen(Reason::FromCache),
            // The attributes of a line that was cut are lost, and so is a line beyond the bound.
            Observed::Seen(response)
                if response.dropped > 0 || response.fields.iter().any(is_cut_set_cookie) =>
            {
                Observed::Unseen(Reason::OverLimit)
            }
            Observed::Seen(_) => Observed::Seen(()),
            Observed::Unseen(reason) => Observed::Unseen(*reason),
        })
    }

    fn why_unwatched(&self, visit: &Visit) -> Reason {
        match (&visit.watched, &visit.failure) {
            (Observed::Unseen(reason), _) => *reason,
            (Observed::Seen(()), Some(_)) => Reason::LoadFailed,
            (Observed::Seen(()), None) if self.evidence.recorder.browser.is_some() => Reason::StillLoading,
            (Observed::Seen(()), None) => Reason::NotInInput,
        }
    }
}

/// The visit that stands for all: the last one; of a session the first that was seen of the host where it began.
fn main_visit(evidence: &Evidence) -> Option<&Visit> {
    let visits = &evidence.visits;
    let Some(recording) = &evidence.recording else { return visits.last() };
    let host = |url: &str| Url::parse(url).map(|url| url.host().to_owned());
    let began = host(&recording.url);
    let is_there =
        |visit: &&Visit| visit.watched.is_seen() && visit.failure.is_none() && host(&visit.url) == began;
    visits.iter().find(is_there).or_else(|| visits.first())
}

/// Every exchange of the evidence in order: of earlier visits first, then of all visits. The redirect check as a whole
/// came before a visit, or after it. A list and no chain of iterators, which would be compiled anew for
/// everyone who walks along it.
pub(crate) fn exchanges(evidence: &Evidence) -> Vec<&Exchange> {
    let mut probe = evidence.probe.as_ref();
    let last = evidence.visits.len().saturating_sub(1);
    // The memory of earlier loads holds a session's own answers too.
    let in_session = |earlier: &&Exchange| {
        let mut own = evidence.visits.iter().flat_map(|visit| &visit.exchanges);
        evidence.recording.is_some() && own.any(|own| own.at == earlier.at && own.url == earlier.url)
    };
    let mut all: Vec<&Exchange> = evidence.earlier.iter().filter(|earlier| !in_session(earlier)).collect();
    for (n, visit) in evidence.visits.iter().enumerate() {
        // Of a file with visits of many sites the last one alone decides.
        let decides = n == last || evidence.recording.is_some();
        if let Some(before) = probe.take_if(|probe| decides && probe.began_at < visit.began_at) {
            all.extend(&before.exchanges);
        }
        all.extend(&visit.exchanges);
    }
    all.extend(probe.into_iter().flat_map(|probe| &probe.exchanges));
    all
}

/// A Set-Cookie line of which less is kept than decides; a name and value over the browsers' own
/// limit decide already.
fn is_cut_set_cookie(field: &crate::evidence::Field) -> bool {
    field.cut_from.is_some()
        && field.name.eq_ignore_ascii_case("set-cookie")
        && !crate::field::set_cookie::parts(&field.value).is_too_large()
}

/// A page load, or a request of the redirect check.
pub(crate) fn is_navigation(exchange: &Exchange) -> bool {
    exchange.kind == ResourceKind::MainFrame
}
