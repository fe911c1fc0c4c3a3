//! MDN HTTP Observatory's tests, as its analysers read a site.
//!
//! People compare, so the same evidence gives the same result codes here. These readings are the Observatory's and
//! nobody else's: where it reads a field as no browser does, so does this module; our checks do not look here. What is
//! known of such differences stands in `docs/differences.md`.
//!
//! The Observatory asks `http://HOST/` and `https://HOST/` itself, reads the HTML as the server sends it, and asks once
//! more with an `Origin`. Of evidence that does not hold one of these, the code is none.

mod cookies;
mod cross_origin;
mod csp;
mod fields;
mod integrity;
mod scores;
mod text;
mod transport;

pub use scores::{Algorithm, CODES, Test};
pub(crate) use scores::{extremes, modifier};

use crate::evidence::{Exchange, Observed, Response};
use crate::fact::Facts;

/// What came of one test: its result code; none where the evidence does not hold it.
pub type Outcome = Option<&'static str>;

/// What came of every test, in the order of [`Test::ALL`]; none where the Observatory grades nothing: no page was
/// seen, or its status is an error.
pub fn outcomes(facts: &Facts<'_>) -> Option<[Outcome; Test::ALL.len()]> {
    let seen = Seen::new(facts)?;
    let hsts = transport::hsts(&seen);
    let policy = csp::test(&seen);
    Some(Test::ALL.map(|test| match test {
        Test::Csp => policy.map(|policy| policy.code),
        Test::Cookies => cookies::test(&seen, hsts.map(transport::holds)),
        Test::Cors => cross_origin::sharing(&seen),
        Test::Redirection => transport::redirection(&seen),
        Test::Referrer => fields::referrer(&seen),
        Test::Hsts => hsts,
        Test::Integrity => integrity::test(&seen),
        Test::ContentType => fields::content_type_options(&seen),
        Test::Framing => fields::framing(&seen, policy.map(|policy| policy.has_frame_ancestors)),
        Test::Corp => cross_origin::resource_policy(&seen),
        Test::Coop => cross_origin::opener_policy(&seen),
        Test::Coep => cross_origin::embedder_policy(&seen),
    }))
}

/// What its analysers look at.
struct Seen<'f, 'a> {
    facts: &'f Facts<'a>,
    page: &'a Exchange,
    response: &'a Response,
    /// Its own session is over https.
    https: bool,
}

impl<'f, 'a> Seen<'f, 'a> {
    fn new(facts: &'f Facts<'a>) -> Option<Self> {
        let page = facts.page().seen()?;
        let response = page.response.as_ref().seen()?;
        let graded = matches!(response.status, 200..=399 | 401 | 403);
        graded.then_some(Self { facts, page, response, https: page.url.is_https() })
    }

    /// A field as its HTTP client hands it over: repeated ones joined, of Content-Type the first. Of one that was cut,
    /// or may be among those that were not kept, nothing is known.
    fn field(&self, name: &str) -> Observed<Option<String>> {
        text::field(self.response, name)
    }

    /// It reads the content as HTML.
    fn is_html(&self) -> Observed<bool> {
        self.field("content-type").map(|value| {
            let value = value.unwrap_or_default();
            let kind = value.split(';').next().unwrap_or_default();
            kind == "text/html" || kind == "application/xhtml+xml"
        })
    }

    /// Values of the `meta` elements of a name in its HTML, of which none are in what is no HTML.
    fn metas(&self, name: &str) -> Option<Vec<String>> {
        if !self.is_html().seen()? {
            return Some(Vec::new());
        }
        let document = self.facts.document().seen()?;
        if document.beyond.metas > 0 {
            return None;
        }
        let of_name = document.metas.iter().filter(|meta| meta.name == name && !meta.value.is_empty());
        Some(of_name.map(|meta| text::decoded(&meta.value)).collect())
    }
}
