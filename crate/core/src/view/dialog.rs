//! What the audit page asks in a dialog: whether to save evidence, and why a finding is accepted.

use litemap::LiteMap;
use maud::{Markup, html};
use serde::Deserialize;

use super::language::Language;
use super::text::{cut, foreign, sentence};
use crate::evidence::Observed;
use crate::report::ReportFinding;

/// Characters of a file that its preview shows.
const SHOWN: usize = 20_000;
/// Names that a line of the preview lists.
const NAMES: usize = 40;

/// As much of an evidence file as says what it holds.
#[derive(Debug, Clone, Deserialize)]
pub struct Preview {
    visits: Vec<Visit>,
    #[serde(default)]
    earlier: Vec<Exchange>,
    #[serde(default)]
    probe: Option<Visit>,
    jar: Observed<Vec<Cookie>>,
}

#[derive(Debug, Clone, Deserialize)]
struct Visit {
    exchanges: Vec<Exchange>,
}

#[derive(Debug, Clone, Deserialize)]
struct Exchange {
    url: String,
    response: Observed<Response>,
}

#[derive(Debug, Clone, Deserialize)]
struct Response {
    fields: Vec<Field>,
}

#[derive(Debug, Clone, Deserialize)]
struct Field {
    name: String,
}

#[derive(Debug, Clone, Deserialize)]
struct Cookie {
    name: String,
}

impl Preview {
    fn exchanges(&self) -> impl Iterator<Item = &Exchange> {
        let visits = self.visits.iter().chain(&self.probe).flat_map(|visit| &visit.exchanges);
        visits.chain(&self.earlier)
    }
}

/// What an evidence file holds, before it is saved; `text` is the file.
pub fn preview(holds: &Preview, text: &str, language: &Language) -> String {
    let say = |english| language.say(english);
    let (mut hosts, mut fields) = (Names::new(), Names::new());
    for exchange in holds.exchanges() {
        hosts.insert(host(&exchange.url).to_owned(), ());
        for field in exchange.response.as_ref().seen().into_iter().flat_map(|response| &response.fields) {
            fields.insert(field.name.to_ascii_lowercase(), ());
        }
    }
    let mut cookies = Names::new();
    for cookie in holds.jar.as_ref().seen().into_iter().flatten() {
        cookies.insert(cookie.name.clone(), ());
    }
    let counted = |number: usize| number.to_string();
    html! {
        h2 { (say("What the evidence holds")) }
        p { (say("With it anybody can make this very report again. It holds no cookie’s value, no password and no secret field, but it names what you looked at.")) }
        dl.facts {
            dt { (say("Pages")) } dd { (counted(holds.visits.len())) }
            dt { (say("Requests")) } dd { (counted(holds.exchanges().count())) }
            dt { (say("Hosts")) } dd { (names(&hosts)) }
            dt { (say("Header fields")) } dd { (names(&fields)) }
            dt { (say("Cookies in the browser")) } dd { (names(&cookies)) }
            dt { (say("Size")) } dd { (crate::text::grouped(text.len())) " " (say("bytes")) }
        }
        details {
            summary { (say("The file itself")) }
            div.code tabindex="0" role="region" aria-label=(say("The file itself")) { pre { code { (cut(text, SHOWN)) } } }
        }
        div.dialog__actions {
            button."button button--primary" type="button" data-action="save-evidence" { (say("Save evidence")) }
            button.button type="button" data-action="close-dialog" { (say("Cancel")) }
        }
    }
    .into_string()
}

type Names = LiteMap<String, ()>;

fn names(names: &Names) -> Markup {
    html! {
        @if names.is_empty() { "–" }
        @for (n, name) in names.keys().take(NAMES).enumerate() {
            @if n > 0 { ", " }
            (foreign(name, 100))
        }
        @if names.len() > NAMES { ", … (" (names.len()) ")" }
    }
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// Why a finding is accepted, and until when.
pub fn accept(finding: &ReportFinding, language: &Language) -> String {
    let say = |english| language.say(english);
    html! {
        h2 { (say("Accept a finding")) }
        p { (sentence(&finding.title)) br; code { (finding.check) } }
        p.muted { (say("It stays in the report and in its verdict, marked with your reason. The command no longer fails because of it.")) }
        input type="hidden" name="fingerprint" value=(finding.fingerprint);
        p.field {
            label for="accept-why" { (say("Why it is accepted")) }
            input id="accept-why" name="why" type="text" maxlength="500" autocomplete="off" required autofocus;
        }
        p.field {
            label for="accept-until" { (say("Until (the last day; empty for good)")) }
            input id="accept-until" name="until" type="date";
        }
        p role="alert" {}
        div.dialog__actions {
            button."button button--primary" type="button" data-action="accept-now" { (say("Accept")) }
            button.button type="button" data-action="close-dialog" { (say("Cancel")) }
        }
    }
    .into_string()
}

#[cfg(test)]
mod tests {
    use super::{Language, Preview, preview};

    #[test]
    fn a_preview_names_everything_and_breaks_out_of_nothing() {
        let text = r#"{"visits": [{"exchanges": [{"url": "https://a.example/x?y",
            "response": {"seen": {"status": 200, "fields": [{"name": "<b>Server", "value": "x"}]}}}]}],
            "earlier": [{"url": "http://b.example/", "response": {"unseen": "from-cache"}}],
            "jar": {"seen": [{"name": "</dd><script>"}]}}"#;
        let holds: Preview = serde_json::from_str(text).expect("evidence");
        let html = preview(&holds, text, &Language::default());
        for held in ["a.example", "b.example", "&lt;b&gt;server", "&lt;/dd&gt;&lt;script&gt;"] {
            assert!(html.contains(held), "{held}: {html}");
        }
        assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
    }
}
