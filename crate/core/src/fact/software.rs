//! Which software the site runs, as far as its answers tell.

use serde::Serialize;

use super::Facts;
use crate::check::code;
use crate::evidence::{CsrfToken, DebugPage, Document, Observed};
use crate::fix::Software;
use crate::order::sorted;
use crate::words::words;

/// Pieces of evidence that are kept for each.
const MOST: usize = 4;

words! {
    /// How sure a guess is.
    pub enum Confidence {
        /// Others do the same.
        Low = "low",
        /// Few others do the same.
        Medium = "medium",
        /// Nobody else does, unless to mislead.
        High = "high",
    }
}

/// Software that the site seems to run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SoftwareFact {
    /// Which.
    pub software: Software,
    /// How sure that is.
    pub confidence: Confidence,
    /// What tells it; the site's text between back-ticks.
    pub evidence: Vec<String>,
}

use Confidence::{High, Low, Medium};

/// Beginnings of field values, in lower case: field, beginning, what it tells.
const FIELDS: &[(&str, &str, Software, Confidence)] = &[
    ("server", "nginx", Software::Nginx, High),
    ("server", "openresty", Software::Nginx, High),
    ("server", "apache-coyote", Software::Header, Low),
    ("server", "apache", Software::Apache, High),
    ("server", "caddy", Software::Caddy, High),
    ("via", "1.1 caddy", Software::Caddy, High),
    ("server", "microsoft-iis", Software::Iis, High),
    ("server", "kestrel", Software::AspNet, High),
    ("server", "wsgiserver", Software::Django, Low),
    ("x-powered-by", "express", Software::Express, High),
    ("x-powered-by", "php", Software::Php, High),
    ("x-powered-by", "asp.net", Software::AspNet, High),
    ("x-aspnet-version", "", Software::AspNet, High),
    ("x-aspnetmvc-version", "", Software::AspNet, High),
    ("x-runtime", "0.", Software::Rails, Medium),
];

/// Beginnings of cookies' names, in lower case.
const COOKIES: &[(&str, Software, Confidence)] = &[
    ("phpsessid", Software::Php, High),
    ("laravel_session", Software::Php, High),
    (".aspnetcore.", Software::AspNet, High),
    ("asp.net_sessionid", Software::AspNet, High),
    ("connect.sid", Software::Express, Medium),
];

/// What an anti-CSRF token in the document tells.
const fn of_token(token: CsrfToken) -> Option<(Software, Confidence)> {
    match token {
        CsrfToken::Rails => Some((Software::Rails, Medium)),
        CsrfToken::AspNet => Some((Software::AspNet, High)),
        CsrfToken::Laravel => Some((Software::Php, Low)),
        _ => None,
    }
}

/// What a debug page tells.
const fn of_debug_page(page: DebugPage) -> Option<(Software, Confidence)> {
    match page {
        DebugPage::Rails => Some((Software::Rails, High)),
        DebugPage::AspNet => Some((Software::AspNet, High)),
        DebugPage::Symfony => Some((Software::Php, High)),
        DebugPage::Whoops => Some((Software::Php, Medium)),
        _ => None,
    }
}

/// Adds a piece of evidence; the best one says how sure it is.
fn add(found: &mut Vec<SoftwareFact>, software: Software, confidence: Confidence, evidence: String) {
    match found.iter_mut().find(|fact| fact.software == software) {
        Some(fact) => {
            fact.confidence = fact.confidence.max(confidence);
            if fact.evidence.len() < MOST && !fact.evidence.contains(&evidence) {
                fact.evidence.push(evidence);
            }
        }
        None => found.push(SoftwareFact { software, confidence, evidence: vec![evidence] }),
    }
}

impl Facts<'_> {
    /// The software of the page's host, most confident first.
    pub fn software(&self) -> Vec<SoftwareFact> {
        let mut found = Vec::new();
        if let Some(django) = self.django() {
            for evidence in django.evidence {
                add(&mut found, Software::Django, django.confidence, evidence);
            }
        }
        for exchange in self.exchanges().filter(|exchange| exchange.url.host() == self.site.host) {
            let Observed::Seen(response) = &exchange.response else { continue };
            for field in &response.fields {
                let value = String::from_utf8_lossy(&field.value);
                let lower = value.to_ascii_lowercase();
                let mark = FIELDS.iter().find(|(name, start, ..)| {
                    field.name.eq_ignore_ascii_case(name) && lower.starts_with(start)
                });
                if let Some((_, _, software, confidence)) = mark
                    && *software != Software::Header
                {
                    let line = [field.name.as_str(), ": ", &value].concat();
                    add(&mut found, *software, *confidence, code(&line));
                }
            }
        }
        for cookie in self.cookies.iter().filter(|cookie| cookie.first_party) {
            let lower = cookie.name.to_ascii_lowercase();
            if let Some((_, software, confidence)) =
                COOKIES.iter().find(|(start, ..)| lower.starts_with(start))
            {
                add(&mut found, *software, *confidence, ["cookie ", &code(&cookie.name)].concat());
            }
        }
        let documents = self.evidence.visits.iter().filter_map(|visit| visit.document.as_ref().seen());
        for Document { csrf_tokens, debug_pages, .. } in documents {
            for &token in csrf_tokens {
                if let Some((software, confidence)) = of_token(token) {
                    add(&mut found, software, confidence, ["form field ", &code(token.word())].concat());
                }
            }
            for &page in debug_pages {
                if let Some((software, confidence)) = of_debug_page(page) {
                    add(&mut found, software, confidence, "a debug page".to_owned());
                }
            }
        }
        sorted(found, |a, b| b.confidence.cmp(&a.confidence).then(a.software.cmp(&b.software)))
    }
}

/// The order in which fixes are shown: software that was identified first.
pub fn fix_order(identified: &[SoftwareFact]) -> Vec<Software> {
    let mut order: Vec<Software> = identified.iter().map(|fact| fact.software).collect();
    order.extend(
        Software::ALL.iter().filter(|software| !identified.iter().any(|fact| fact.software == **software)),
    );
    order
}

#[cfg(test)]
mod tests {
    use super::{Confidence, Software, SoftwareFact, add, fix_order};

    #[test]
    fn what_is_identified_comes_first() {
        let mut found: Vec<SoftwareFact> = Vec::new();
        add(&mut found, Software::Nginx, Confidence::Low, "one".to_owned());
        add(&mut found, Software::Nginx, Confidence::High, "two".to_owned());
        add(&mut found, Software::Nginx, Confidence::Low, "two".to_owned());
        assert_eq!((found[0].confidence, found[0].evidence.len()), (Confidence::High, 2));
        let order = fix_order(&found);
        assert_eq!(order[..2], [Software::Nginx, Software::Django]);
        assert_eq!(order.len(), Software::ALL.len());
    }
}
