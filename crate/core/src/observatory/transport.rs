//! Its reading of Strict-Transport-Security and of where http leads.

use super::text::{is_space, trim};
use super::{Outcome, Seen};
use crate::evidence::Exchange;
use crate::fact::{Facts, is_navigation};
use crate::url::Url;

/// 180 days, in seconds.
const SIX_MONTHS: i64 = 15_552_000;
/// Requests of a chain that are followed.
const MOST: usize = 20;

/// Strict-Transport-Security of the last answer over https. That the host is preloaded comes before all else.
pub(super) fn hsts(seen: &Seen<'_, '_>) -> Outcome {
    let facts = seen.facts;
    let host = &facts.site.host;
    let code = if seen.https {
        if facts.rejection.is_some() {
            "hsts-invalid-cert"
        } else {
            field(seen.field("strict-transport-security").seen()?.as_deref())
        }
    } else {
        // Without https it looks at nothing else, the list included.
        let failure = facts.tls_failure(host, None)?;
        if !failure.is_certificate {
            return Some("hsts-not-implemented-no-https");
        }
        "hsts-invalid-cert"
    };
    Some(if is_preloaded(facts, host) { "hsts-preloaded" } else { code })
}

fn field(value: Option<&str>) -> &'static str {
    let Some(value) = value else { return "hsts-not-implemented" };
    let value: String = value.chars().take(1024).collect();
    let mut max_age = None;
    for parameter in value.split(';').map(|parameter| trim(parameter).to_lowercase()) {
        if let Some(number) = parameter.strip_prefix("max-age=") {
            max_age = Some(parse_int(number));
        }
    }
    match max_age {
        _ if value.contains(',') => "hsts-header-invalid",
        None => "hsts-header-invalid",
        Some(Some(seconds)) if seconds < SIX_MONTHS => "hsts-implemented-max-age-less-than-six-months",
        // What is no number is not less.
        Some(_) => "hsts-implemented-max-age-at-least-six-months",
    }
}

/// `parseInt` of the first 120 characters, at most what 64 bits hold; none for `NaN`.
fn parse_int(text: &str) -> Option<i64> {
    let text = text.trim_start_matches(is_space);
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut number: Option<i64> = None;
    for digit in digits.chars().take(120).map_while(|c| c.to_digit(10)) {
        number = Some(number.unwrap_or(0).saturating_mul(10).saturating_add(i64::from(digit)));
    }
    number.map(|number| if negative { -number } else { number })
}

/// It takes the policy for one that protects.
pub(super) fn holds(code: &str) -> bool {
    matches!(code, "hsts-preloaded" | "hsts-implemented-max-age-at-least-six-months")
}

/// On the list that is compiled into Chromium.
fn is_preloaded(facts: &Facts<'_>, host: &str) -> bool {
    facts.knowledge.preload.lookup(host).chromium.listed
}

/// Where `http://HOST/` leads.
pub(super) fn redirection(seen: &Seen<'_, '_>) -> Outcome {
    let facts = seen.facts;
    let host = &facts.site.host;
    let Some(start) = start(facts, host) else {
        return facts.http_refused(host, None).is_some().then_some("redirection-not-needed-no-http");
    };
    let route = route(facts, start)?;
    let last = route.last()?;
    if last.is_https() && facts.rejection.is_some() && last.host() == host {
        return Some("redirection-invalid-cert");
    }
    if route.iter().all(|url| is_preloaded(facts, url.host())) {
        return Some("redirection-all-redirects-preloaded");
    }
    let Some(second) = route.get(1) else { return Some("redirection-missing") };
    Some(if !last.is_https() {
        "redirection-not-to-https"
    } else if second.is_http() {
        "redirection-not-to-https-on-initial-redirection"
    } else if start.url.host() != second.host() {
        "redirection-off-host-from-http"
    } else {
        "redirection-to-https"
    })
}

/// The newest answer over http of this host that no redirect led to.
fn start<'a>(facts: &Facts<'a>, host: &str) -> Option<&'a Exchange> {
    let led = |to: &Exchange| {
        let mut from =
            facts.exchanges().filter(|e| is_navigation(e) && e.at <= to.at && !std::ptr::eq(*e, to));
        from.any(|e| e.redirect.as_ref().is_some_and(|redirect| redirect.to == to.url))
    };
    let of_host = |e: &&Exchange| e.url.is_http() && e.url.host() == host && e.url.port().is_none();
    let answers = facts.exchanges().filter(|e| is_navigation(e) && e.response.is_seen()).filter(of_host);
    answers.filter(|e| !led(e)).last()
}

/// The addresses of a chain; none where its end was not seen.
fn route<'a>(facts: &Facts<'a>, start: &'a Exchange) -> Option<Vec<&'a Url>> {
    let mut urls = vec![&start.url];
    let mut current = start;
    while let Some(redirect) = current.redirect.as_ref() {
        let to = &redirect.to;
        let next = facts
            .exchanges()
            .filter(|e| is_navigation(e) && e.url == *to && e.at >= current.at && !std::ptr::eq(*e, current))
            .min_by_key(|e| e.at);
        // An https address that was refused for its certificate has no answer, and is the end all the same.
        let Some(next) = next else {
            urls.push(to);
            let refused = facts.rejection.is_some() && to.is_https() && to.host() == facts.site.host;
            return refused.then_some(urls);
        };
        if urls.len() > MOST {
            return None;
        }
        urls.push(&next.url);
        current = next;
    }
    current.response.is_seen().then_some(urls)
}
