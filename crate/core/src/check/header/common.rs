//! What several checks of header fields answer alike; the areas content and disclosure use it too.

use crate::check::prelude::*;
use crate::evidence::{Field, Response};
use crate::fact::SiteKind;
use crate::field::policy::media_type;

/// A request and the response to it.
#[derive(Clone, Copy)]
pub(in crate::check) struct Answer<'a> {
    /// The request.
    pub exchange: &'a Exchange,
    /// The response.
    pub response: &'a Response,
}

impl<'a> Answer<'a> {
    fn of(exchange: &'a Exchange) -> Option<Self> {
        Some(Self { exchange, response: exchange.response.as_ref().seen()? })
    }

    /// The lines of a field; `name` in lower case.
    pub fn lines(self, name: &str) -> Vec<&'a [u8]> {
        let named = |field: &&Field| field.name.eq_ignore_ascii_case(name);
        self.response.fields.iter().filter(named).map(|field| field.value.as_slice()).collect()
    }

    /// The first line of a field.
    pub fn line(self, name: &str) -> Option<&'a [u8]> {
        self.lines(name).first().copied()
    }

    /// Where the response is.
    pub fn place(self) -> Location {
        Location::url(&self.exchange.url)
    }

    /// The field as it was sent, its lines with a comma between them.
    pub fn at(self, name: &str) -> Location {
        let place = self.place().field(name);
        let lines = self.lines(name);
        if lines.is_empty() { place } else { place.value(&lines.join(&b", "[..]), None) }
    }

    /// Nothing of it was dropped or cut, and it is no 304: such a one need not repeat what the browser holds already.
    /// Only then is a field that it does not have missing.
    pub fn is_whole(self) -> bool {
        let Response { status, fields, dropped } = self.response;
        *dropped == 0 && *status != 304 && fields.iter().all(|field| field.cut_from.is_none())
    }

    /// It is no redirect and not without content: browsers read it.
    pub fn has_content(self) -> bool {
        !matches!(self.response.status, 100..=199 | 204 | 205 | 300..=399)
    }
}

/// The page's own response; else the check's answer.
pub(in crate::check) fn page<'a>(facts: &Facts<'a>) -> Result<Answer<'a>, Outcome> {
    if facts.site.kind == SiteKind::BrowserPage && !facts.address_hidden() {
        return Err(Outcome::NotApplicable("not a page of the web"));
    }
    let unseen = |reason| Err(Outcome::Unknown(Gap::new(What::PageResponse, reason)));
    match facts.page() {
        Observed::Unseen(reason) => unseen(reason),
        Observed::Seen(exchange) => match &exchange.response {
            Observed::Unseen(reason) => unseen(*reason),
            Observed::Seen(response) => Ok(Answer { exchange, response }),
        },
    }
}

/// The page's own response where it is a document of HTML, or may be one; else the check's answer.
pub(in crate::check) fn document_page<'a>(facts: &Facts<'a>) -> Result<Answer<'a>, Outcome> {
    let page = page(facts)?;
    match media_type(&page.lines("content-type")) {
        Some(media) if !matches!(media.essence.as_str(), "text/html" | "application/xhtml+xml") => {
            Err(Outcome::NotApplicable("the page is no HTML document"))
        }
        _ if matches!(page.response.status, 204 | 205) => {
            Err(Outcome::NotApplicable("the answer has no content"))
        }
        _ => Ok(page),
    }
}

/// The same where browsers take it for a secure context; else the check's answer.
pub(super) fn secure_page<'a>(facts: &Facts<'a>) -> Result<Answer<'a>, Outcome> {
    let page = document_page(facts)?;
    if page.exchange.url.is_potentially_trustworthy() {
        Ok(page)
    } else {
        Err(Outcome::NotApplicable("browsers read the field over https only"))
    }
}

/// The lines of a field of the page; else the check's answer: another check says that it is missing.
pub(super) fn sent<'a>(
    page: Result<Answer<'a>, Outcome>,
    name: &str,
) -> Result<(Answer<'a>, Vec<&'a [u8]>), Outcome> {
    let page = page?;
    let lines = page.lines(name);
    if !lines.is_empty() {
        Ok((page, lines))
    } else if page.is_whole() {
        Err(Outcome::NotApplicable("the page has no such field"))
    } else {
        Err(cut())
    }
}

/// Fails where the page has none of these fields; the first name is the one that is told.
pub(super) fn missing(page: Result<Answer<'_>, Outcome>, names: &[&str], message: &'static str) -> Outcome {
    let page = match page {
        Ok(page) => page,
        Err(outcome) => return outcome,
    };
    if names.iter().any(|name| page.line(name).is_some()) {
        return Outcome::Pass;
    }
    if !page.is_whole() {
        return cut();
    }
    Outcome::fail(Finding::new(message).at(page.at(names.first().copied().unwrap_or_default())))
}

/// Fails where responses have one of these fields.
pub(in crate::check) fn present(
    facts: &Facts<'_>,
    severity: Severity,
    names: &[&'static str],
    message: &'static str,
) -> Outcome {
    each_host(facts, &|answer| {
        let field = names.iter().find(|name| answer.line(name).is_some())?;
        Some(Bad { field, severity, message })
    })
}

/// The answer where there was more than is kept.
pub(super) fn cut() -> Outcome {
    Outcome::Unknown(Gap::new(What::PageResponse, Reason::OverLimit))
}

/// The answer of a check that found something in a field of the page, or nothing.
pub(super) fn judged(page: Answer<'_>, name: &str, bad: Option<(Severity, &'static str)>) -> Outcome {
    match bad {
        None => Outcome::Pass,
        Some((severity, message)) => {
            Outcome::fail(Finding::new(message).severity(severity).at(page.at(name)))
        }
    }
}

/// What is bad about a response.
pub(in crate::check) struct Bad {
    /// The field, in lower case.
    pub field: &'static str,
    /// How bad.
    pub severity: Severity,
    /// Why.
    pub message: &'static str,
}

/// Asks about every response of the site's hosts in this visit, the page's own first. What is bad is told once a host,
/// where it is worst, with the number of times. Without a finding the page decides.
pub(in crate::check) fn each_host<'a>(facts: &Facts<'a>, ask: &dyn Fn(Answer<'a>) -> Option<Bad>) -> Outcome {
    let page = page(facts);
    let own = page.as_ref().ok().map(|page| page.exchange);
    let all = facts.visit.map_or(&[][..], |visit| &visit.exchanges);
    let others = all.iter().filter(|exchange| own.is_none_or(|own| !std::ptr::eq(own, *exchange)));
    let mut found: Vec<(Answer<'a>, Bad, usize)> = Vec::new();
    for exchange in own.into_iter().chain(others) {
        let Some(answer) = Answer::of(exchange) else { continue };
        let host = exchange.url.host();
        if !facts.site.holds(host) {
            continue;
        }
        let Some(bad) = ask(answer) else { continue };
        match found.iter_mut().find(|(known, ..)| known.exchange.url.host() == host) {
            None => found.push((answer, bad, 1)),
            Some((known, worst, times)) => {
                *times += 1;
                if bad.severity > worst.severity {
                    (*known, *worst) = (answer, bad);
                }
            }
        }
    }
    let findings: Vec<Finding> =
        found.iter().map(|(answer, bad, times)| tell(*answer, bad, *times)).collect();
    match page {
        Err(outcome) if findings.is_empty() => outcome,
        _ => Outcome::from_findings(findings),
    }
}

fn tell(answer: Answer<'_>, bad: &Bad, times: usize) -> Finding {
    let mut finding = Finding::new(bad.message).severity(bad.severity).at(answer.at(bad.field));
    finding.times = (times > 1).then_some(times);
    finding
}
