//! An input with several sites, taken apart: each site gets what concerns it, and nothing else.

use litemap::LiteMap;

use crate::evidence::{Evidence, Exchange, Observed, Reason, Recording, Visit};
use crate::fact::{Site, is_navigation, undotted};
use crate::knowledge::Knowledge;
use crate::order::sorted;
use crate::url::Url;

/// Redirects that are followed from a site to others; browsers give up after 20.
const MAX_HOPS: usize = 20;

/// The evidence, site by site in the order of their first visits: visits of one registrable domain
/// together.
pub(crate) fn by_site(mut evidence: Evidence, knowledge: &Knowledge<'_>) -> Vec<Evidence> {
    let recording = evidence.recording.take_if(|recording| recording.of_any_site);
    if evidence.recording.is_some() {
        // The visits are of one site, and belong together.
        return vec![evidence];
    }
    let mut split = Split { knowledge, places: LiteMap::new(), sites: Vec::new() };
    let sites = if split.is_of_one_site(&evidence) {
        vec![evidence]
    } else {
        for visit in &evidence.visits {
            // In a browser one page is looked at; elsewhere each site on the way to it counts.
            if evidence.recorder.browser.is_none() {
                split.on_the_way(&evidence, visit);
            }
            split.visit(&evidence, &visit.url, visit.clone());
        }
        split.share(&evidence);
        split.follow(&evidence);
        split.sites
    };
    match recording {
        Some(recording) => sites_apart(sites, &recording),
        None => sites,
    }
}

/// Several visits of a site are a session of its own.
fn sites_apart(mut sites: Vec<Evidence>, recording: &Recording) -> Vec<Evidence> {
    let all: usize = sites.iter().map(|of_site| of_site.visits.len()).sum();
    for of_site in &mut sites {
        let elsewhere = u64::try_from(all - of_site.visits.len()).unwrap_or_default();
        if let [first, rest @ ..] = of_site.visits.as_slice()
            && (!rest.is_empty() || recording.dropped > 0)
        {
            let (url, began_at) = (first.url.clone(), first.began_at);
            of_site.recording =
                Some(Recording { url, began_at, elsewhere, of_any_site: false, ..recording.clone() });
        }
    }
    sites
}

struct Split<'k> {
    knowledge: &'k Knowledge<'k>,
    /// Where a site's evidence stands, by registrable domain or host.
    places: LiteMap<String, usize>,
    sites: Vec<Evidence>,
}

impl Split<'_> {
    fn key(&self, address: &str) -> String {
        let site = Site::new(address, self.knowledge);
        site.registrable_domain.unwrap_or_else(|| undotted(&site.host).to_owned())
    }

    /// Whether every visit, and every site on the way to one that counts, is of one site.
    fn is_of_one_site(&self, evidence: &Evidence) -> bool {
        let loads = evidence.visits.iter().flat_map(|visit| &visit.exchanges);
        let hops = loads.filter(|load| evidence.recorder.browser.is_none() && is_navigation(load));
        let addresses = evidence.visits.iter().map(|visit| visit.url.as_str());
        let mut keys = addresses.chain(hops.map(|hop| hop.url.as_str())).map(|address| self.key(address));
        keys.next().is_some_and(|first| keys.all(|key| key == first))
    }

    fn place(&self, address: &str) -> Option<usize> {
        self.places.get(&self.key(address)).copied()
    }

    fn visit(&mut self, evidence: &Evidence, address: &str, visit: Visit) {
        let key = self.key(address);
        let place = *self.places.entry(key).or_insert(self.sites.len());
        if place == self.sites.len() {
            let mut of_site = Evidence::new(evidence.recorder.clone());
            of_site.jar = evidence.jar.as_ref().map(|_| Vec::new());
            #[cfg(feature = "files")]
            {
                of_site.lacks = evidence.lacks;
            }
            self.sites.push(of_site);
        }
        if let Some(of_site) = self.sites.get_mut(place) {
            of_site.visits.push(visit);
        }
    }

    /// A visit of each other site that a page load went through; the last answer there is the
    /// nearest to a page that there is.
    fn on_the_way(&mut self, evidence: &Evidence, visit: &Visit) {
        let page = self.key(&visit.url);
        let mut run: Vec<Exchange> = Vec::new();
        let mut of_run = page.clone();
        let mut hops = visit.exchanges.iter().filter(|exchange| is_navigation(exchange));
        loop {
            let hop = hops.next();
            let key = hop.map(|hop| self.key(hop.url.as_str()));
            if key.as_ref() != Some(&of_run) {
                let exchanges = std::mem::take(&mut run);
                if let Some(last) = exchanges.last().filter(|_| of_run != page) {
                    let url = last.url.to_string();
                    let part = Visit { url: url.clone(), exchanges, ..without_exchanges(visit) };
                    self.visit(evidence, &url, part);
                }
            }
            let (Some(hop), Some(key)) = (hop, key) else { return };
            of_run = key;
            run.push(hop.clone());
        }
    }

    /// What of the rest is of a site's own hosts.
    fn share(&mut self, evidence: &Evidence) {
        for exchange in &evidence.earlier {
            let place = self.place(exchange.url.as_str());
            if let Some(of_site) = place.and_then(|place| self.sites.get_mut(place)) {
                of_site.earlier.push(exchange.clone());
            }
        }
        for of_site in self.sites.iter_mut().filter(|_| evidence.probe.is_some()) {
            of_site.probe.clone_from(&evidence.probe);
        }
        for failure in &evidence.earlier_failures {
            let place = self.place(&failure.url);
            if let Some(of_site) = place.and_then(|place| self.sites.get_mut(place)) {
                of_site.earlier_failures.push(failure.clone());
            }
        }
        #[cfg(feature = "offers")]
        for offers in &evidence.offers {
            let place = self.place(&format!("https://{}/", offers.place()));
            if let Some(of_site) = place.and_then(|place| self.sites.get_mut(place)) {
                of_site.offers.push(offers.clone());
            }
        }
        // Each site looks up its own cookies only.
        for of_site in self.sites.iter_mut().filter(|_| !evidence.jar_changes.is_empty()) {
            of_site.jar_changes.clone_from(&evidence.jar_changes);
        }
        for cookie in evidence.jar.as_ref().seen().into_iter().flatten() {
            let own = self.place(&format!("http://{}/", cookie.domain.trim_start_matches('.')));
            // A partitioned cookie is also of the site that it was set in.
            let above = cookie.partition.as_deref().and_then(|site| self.place(site));
            for place in [own, above.filter(|_| above != own)].into_iter().flatten() {
                if let Some(Evidence { jar: Observed::Seen(jar), .. }) = self.sites.get_mut(place) {
                    jar.push(cookie.clone());
                }
            }
        }
    }

    /// Where a site's own redirects led on other sites.
    fn follow(&mut self, evidence: &Evidence) {
        let loads =
            crate::fact::exchanges(evidence).into_iter().filter(|exchange| is_navigation(exchange)).collect();
        // Of one address the newest is last.
        let loads: Vec<&Exchange> = sorted(loads, |a: &&Exchange, b: &&Exchange| a.url.cmp(&b.url));
        let newest = |url: &Url| {
            let at = loads.partition_point(|exchange| exchange.url <= *url).checked_sub(1)?;
            loads.get(at).filter(|exchange| exchange.url == *url).map(|exchange| (at, *exchange))
        };
        let mut taken: Vec<Option<usize>> = vec![None; loads.len()];
        for place in 0..self.sites.len() {
            let Some(of_site) = self.sites.get(place) else { return };
            let mut led_to: Vec<Exchange> = Vec::new();
            let own = crate::fact::exchanges(of_site).into_iter().filter(|exchange| {
                is_navigation(exchange) && self.place(exchange.url.as_str()) == Some(place)
            });
            for first in own {
                let mut from = first;
                for _ in 0..MAX_HOPS {
                    let Some((at, next)) = from.redirect.as_ref().and_then(|r| newest(&r.to)) else { break };
                    let seen = taken.get_mut(at).is_none_or(|by| by.replace(place) == Some(place));
                    if seen || self.place(next.url.as_str()) == Some(place) {
                        break;
                    }
                    led_to.push(without_cookies(next));
                    from = next;
                }
            }
            if let Some(of_site) = self.sites.get_mut(place) {
                led_to.append(&mut of_site.earlier);
                of_site.earlier = led_to;
            }
        }
    }
}

/// When and how a visit was seen.
fn without_exchanges(visit: &Visit) -> Visit {
    Visit {
        url: String::new(),
        began_at: visit.began_at,
        watched: visit.watched,
        exchanges: Vec::new(),
        dropped: 0,
        failure: None,
        document: Observed::Unseen(Reason::NotInInput),
        unseen_hosts: visit.unseen_hosts,
    }
}

/// The answer of another site, whose cookies its own report tells.
fn without_cookies(exchange: &Exchange) -> Exchange {
    let mut exchange = exchange.clone();
    if let Observed::Seen(response) = &mut exchange.response {
        response.fields.retain(|field| !field.name.eq_ignore_ascii_case("set-cookie"));
    }
    exchange
}
