//! The redirect check: what hstspreload.org asks, of the page's host, its registrable domain and `www` below it.
//!
//! A server that is asked directly hides nothing, so that, unlike in a browser, the order is free: both schemes of each
//! host, one after the other, and where a server redirects to. What the visit asked is not asked again.

use https_audit_core::evidence::{Evidence, Exchange, Failure, Observed, Probe, ProbeState};
use https_audit_core::fact::{Site, SiteKind};
use https_audit_core::url::Url;

use crate::context::Context;
use crate::request::ask;
use crate::visit::led_to;

/// Requests of one check.
const MAX_ASKED: usize = 24;
/// Redirects that are followed from one address: hstspreload.org allows three, and one more is too many.
const MAX_HOPS: usize = 4;

/// Checks the sites of a visit. None where there is nothing to check: pages of this computer.
pub fn steps(context: &Context<'_>, sites: &[Site], evidence: &Evidence) -> Option<Probe> {
    let visited: Vec<&Exchange> = evidence.visits.iter().flat_map(|visit| &visit.exchanges).collect();
    let mut starts: Vec<Url> = Vec::new();
    for start in sites.iter().flat_map(addresses) {
        if !starts.contains(&start) && !visited.iter().any(|asked| asked.url == start) {
            starts.push(start);
        }
    }
    if starts.is_empty() && !sites.iter().any(|site| !addresses(site).is_empty()) {
        return None;
    }
    let mut probe = Probe {
        began_at: context.clock.at(),
        state: ProbeState::Done,
        starts,
        exchanges: Vec::new(),
        failures: Vec::new(),
    };
    for start in probe.starts.clone() {
        let mut next = Some(start);
        for _ in 0..=MAX_HOPS {
            let Some(url) = next.take() else { break };
            let asked = probe.exchanges.iter().chain(visited.iter().copied()).any(|asked| asked.url == url);
            if asked || probe.exchanges.len() >= MAX_ASKED {
                break;
            }
            let exchange = ask(context, &url);
            next = led_to(&exchange).cloned();
            take(context, &mut probe, exchange);
        }
    }
    Some(probe)
}

fn take(context: &Context<'_>, probe: &mut Probe, exchange: Exchange) {
    if let (Some(error), Observed::Unseen(_)) = (&exchange.error, &exchange.response) {
        let (url, error) = (exchange.url.to_string(), error.clone());
        probe.failures.push(Failure { url, error, at: context.clock.at() });
    }
    probe.exchanges.push(exchange);
}

/// The addresses that a check of a site begins with.
fn addresses(site: &Site) -> Vec<Url> {
    let Some(url) = &site.url else { return Vec::new() };
    if matches!(site.kind, SiteKind::Local | SiteKind::BrowserPage) {
        return Vec::new();
    }
    let mut hosts = vec![url.host().strip_suffix('.').unwrap_or(url.host()).to_owned()];
    if let Some(domain) = &site.registrable_domain {
        hosts.extend([domain.clone(), format!("www.{domain}")]);
    }
    let all = hosts.iter().flat_map(|host| [format!("http://{host}/"), format!("https://{host}/")]);
    let mut addresses: Vec<Url> = Vec::new();
    for address in all.filter_map(|address| Url::parse(&address)) {
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    addresses
}
