//! Whether the site is Django, and which of its responses Django made.

mod lens;

pub use lens::{DeployCheck, State};

use super::{Confidence, Facts};
use crate::check::code;
use crate::evidence::{CsrfToken, DebugPage, Document, Exchange, Observed, Response, Visit};
use crate::field::set_cookie::{self, AttributeKind};
use crate::order::sorted;

/// What tells that the site is Django.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DjangoFact {
    /// How sure that is.
    pub confidence: Confidence,
    /// What tells it, the best first; the site's text between back-ticks.
    pub evidence: Vec<String>,
}

impl DjangoFact {
    /// Whether it is sure enough to speak of Django's settings.
    pub fn is_identified(&self) -> bool {
        self.confidence > Confidence::Low
    }
}

/// Seconds that Django keeps its anti-CSRF cookie: a year of 52 weeks, as nobody else counts.
const CSRF_AGE: &[u8] = b"31449600";

/// Fields in the order in which Django writes them (its default middleware): what a proxy adds comes behind.
const WRITTEN: [&str; 6] = [FRAME_OPTIONS, HSTS, NOSNIFF, REFERRER, OPENER, "set-cookie"];
const FRAME_OPTIONS: &str = "x-frame-options";
const HSTS: &str = "strict-transport-security";
const NOSNIFF: &str = "x-content-type-options";
const REFERRER: &str = "referrer-policy";
const OPENER: &str = "cross-origin-opener-policy";

/// A response that Django made.
#[derive(Debug, Clone, Copy)]
struct Made<'a> {
    exchange: &'a Exchange,
    response: &'a Response,
    /// It went through the whole middleware: it sets a cookie of Django's.
    whole: bool,
}

impl<'a> Facts<'a> {
    /// What tells that the page's host is Django; none where nothing does.
    pub fn django(&self) -> Option<DjangoFact> {
        let mut evidence: Vec<(Confidence, String)> = Vec::new();
        let mut add = |confidence, text: String| {
            if !evidence.iter().any(|(_, known)| *known == text) {
                evidence.push((confidence, text));
            }
        };
        for document in self.documents() {
            if is_debug_page(document) {
                add(Confidence::High, "Django's debug page".to_owned());
            }
            if document.csrf_tokens.contains(&CsrfToken::Django) {
                add(Confidence::High, ["form field ", &code(CsrfToken::Django.word())].concat());
            }
        }
        for made in self.made_by_django() {
            for line in made.response.values("set-cookie") {
                if has_csrf_age(line) {
                    add(Confidence::High, "an anti-CSRF cookie with `Max-Age=31449600`".to_owned());
                }
            }
            if defaults(made.response) {
                add(Confidence::Medium, "Django's default header fields".to_owned());
            }
        }
        for cookie in self.cookies.iter().filter(|cookie| cookie.first_party) {
            let confidence = match bare(&cookie.name) {
                "csrftoken" => Confidence::Medium,
                "sessionid" => Confidence::Low,
                _ => continue,
            };
            add(confidence, ["cookie ", &code(&cookie.name)].concat());
        }
        let evidence = sorted(evidence, |(a, _), (b, _)| b.cmp(a));
        let confidence = evidence.first()?.0;
        Some(DjangoFact { confidence, evidence: evidence.into_iter().map(|(_, text)| text).collect() })
    }

    /// Documents that were read.
    fn documents(&self) -> impl Iterator<Item = &'a Document> {
        self.evidence.visits.iter().filter_map(|visit| visit.document.as_ref().seen())
    }

    /// Responses of the page's host that Django made, in order.
    fn made_by_django(&self) -> Vec<Made<'a>> {
        let mut made = Vec::new();
        let read: Vec<_> = self.evidence.visits.iter().filter_map(brought).collect();
        for exchange in self.exchanges() {
            let Observed::Seen(response) = &exchange.response else { continue };
            if exchange.from_cache || exchange.url.host() != self.site.host {
                continue;
            }
            let whole = response.values("set-cookie").any(is_djangos);
            let shows = read.iter().any(|(page, document)| {
                std::ptr::eq(*page, exchange)
                    && (is_debug_page(document) || document.csrf_tokens.contains(&CsrfToken::Django))
            });
            if whole || shows || defaults(response) || in_order(response) {
                made.push(Made { exchange, response, whole });
            }
        }
        made
    }
}

/// The document that was read of a visit, and the exchange that brought it.
fn brought(visit: &Visit) -> Option<(&Exchange, &Document)> {
    let document = visit.document.as_ref().seen()?;
    let page = visit.exchanges.iter().rfind(|e| super::is_navigation(e) && e.redirect.is_none())?;
    Some((page, document))
}

fn is_debug_page(document: &Document) -> bool {
    document.debug_pages.iter().any(|page| matches!(page, DebugPage::Django404 | DebugPage::Django500))
}

/// A cookie's name without the prefix that gives it rules.
fn bare(name: &str) -> &str {
    name.strip_prefix("__Host-").or_else(|| name.strip_prefix("__Secure-")).unwrap_or(name)
}

fn is_djangos(line: &[u8]) -> bool {
    let name = set_cookie::parts(line).name.map(|name| String::from_utf8_lossy(name.of(line)).into_owned());
    name.is_some_and(|name| matches!(bare(&name), "csrftoken" | "sessionid")) || has_csrf_age(line)
}

fn has_csrf_age(line: &[u8]) -> bool {
    let parts = set_cookie::parts(line);
    parts.attributes.iter().any(|it| it.kind == AttributeKind::MaxAge && it.value_in(line) == CSRF_AGE)
}

/// The first field of this name.
fn value<'a>(response: &'a Response, name: &str) -> Option<&'a [u8]> {
    let field = response.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name))?;
    Some(field.value.trim_ascii())
}

fn says(response: &Response, name: &str, word: &str) -> bool {
    value(response, name).is_some_and(|value| value.eq_ignore_ascii_case(word.as_bytes()))
}

/// The fields of a project that changed nothing; a redirect of `SecurityMiddleware` has not the first.
fn defaults(response: &Response) -> bool {
    says(response, NOSNIFF, "nosniff")
        && says(response, REFERRER, "same-origin")
        && (says(response, FRAME_OPTIONS, "DENY") || says(response, OPENER, "same-origin"))
}

/// Two at least of the middleware's fields, in Django's order, in which few proxies would write them.
fn in_order(response: &Response) -> bool {
    let ranks: Vec<usize> = response.fields.iter().filter_map(|field| rank(&field.name)).collect();
    let last = WRITTEN.len() - 1;
    ranks.is_sorted() && ranks.iter().filter(|rank| **rank != last).count() > 1
}

fn rank(name: &str) -> Option<usize> {
    WRITTEN.iter().position(|known| name.eq_ignore_ascii_case(known))
}

/// The field stands where Django writes it: before what Django writes later, and behind nothing of that.
fn is_own(response: &Response, name: &str) -> bool {
    let Some(own) = rank(name) else { return false };
    let (mut met, mut followed) = (false, false);
    for of_field in response.fields.iter().filter_map(|field| rank(&field.name)) {
        if of_field == own {
            met = true;
        } else if of_field > own {
            if !met {
                return false;
            }
            followed = true;
        }
    }
    met && followed
}
