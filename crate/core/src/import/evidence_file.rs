//! Evidence JSON, as the extension exports it.

use serde::Deserialize;

use super::Unreadable;
use crate::evidence::{Evidence, Exchange, Field, Observed, SCHEMA};
use crate::url::{Url, text_without_secrets};

/// Earlier failures that are read: each answer is held against them.
const MAX_FAILURES: usize = 1_000;

/// What tells kinds of JSON file apart.
#[derive(Deserialize)]
struct Marks {
    schema: Option<serde_json::Value>,
    log: Option<serde::de::IgnoredAny>,
}

/// Reads an evidence file. Secrets that another program may have left in it are cut as if
/// they came from a browser.
pub fn read_evidence(octets: &[u8]) -> Result<Evidence, Unreadable> {
    let marks: Marks = serde_json::from_slice(octets).map_err(|e| unreadable_json(&e))?;
    match marks.schema {
        Some(serde_json::Value::String(schema)) if schema == SCHEMA => {}
        Some(other) => {
            // What stands in the wrong place may be long, or a secret.
            let named = other
                .as_str()
                .map_or_else(|| "not a string".to_owned(), |name| name.chars().take(80).collect());
            return Err(Unreadable::Schema(named));
        }
        None if marks.log.is_some() => return Err(Unreadable::Har),
        None => {
            return Err(Unreadable::Json {
                line: 1,
                column: 1,
                what: format!("no \"schema\": \"{SCHEMA}\""),
            });
        }
    }
    let mut evidence: Evidence = serde_json::from_slice(octets).map_err(|e| unreadable_json(&e))?;
    cut_secrets(&mut evidence);
    Ok(evidence)
}

/// Reads evidence whose JSON was parsed already, by the browser say: as [`read_evidence`], but the error names no place.
pub fn evidence_from<'de, D: serde::Deserializer<'de>>(parsed: D) -> Result<Evidence, String> {
    let mut evidence = Evidence::deserialize(parsed).map_err(|error| without_value(&error.to_string()))?;
    if evidence.schema != SCHEMA {
        return Err(format!("the schema is not \"{SCHEMA}\""));
    }
    cut_secrets(&mut evidence);
    Ok(evidence)
}

fn cut_secrets(evidence: &mut Evidence) {
    // No recorder of ours keeps more; the newest are last.
    let beyond = evidence.earlier_failures.len().saturating_sub(MAX_FAILURES);
    evidence.earlier_failures.drain(..beyond);
    for visit in &mut evidence.visits {
        visit.url = text_without_secrets(&visit.url);
    }
    let failures = evidence.visits.iter_mut().filter_map(|visit| visit.failure.as_mut());
    let probe = evidence.probe.as_mut();
    let probed = probe.into_iter().flat_map(|probe| &mut probe.failures);
    for failure in evidence.earlier_failures.iter_mut().chain(probed).chain(failures) {
        failure.url = text_without_secrets(&failure.url);
    }
    if let Observed::Seen(jar) = &mut evidence.jar {
        for site in jar.iter_mut().filter_map(|cookie| cookie.partition.as_mut()) {
            *site = origin(site);
        }
    }
    let visits = evidence.visits.iter_mut().flat_map(|visit| &mut visit.exchanges);
    let probed = evidence.probe.iter_mut().flat_map(|probe| &mut probe.exchanges);
    evidence.earlier.iter_mut().chain(probed).chain(visits).for_each(cut_secrets_of);
    for start in evidence.probe.iter_mut().flat_map(|probe| &mut probe.starts) {
        *start = start.without_secrets();
    }
}

/// An origin has nothing else; what is none is cut as an address.
fn origin(text: &str) -> String {
    let origin = Url::parse(text).map(|url| url.origin()).filter(|origin| origin != "null");
    origin.unwrap_or_else(|| text_without_secrets(text))
}

fn cut_secrets_of(exchange: &mut Exchange) {
    exchange.url = exchange.url.without_secrets();
    if let Some(redirect) = &mut exchange.redirect {
        redirect.to = redirect.to.without_secrets();
    }
    exchange.initiator = exchange.initiator.as_deref().map(origin);
    if let Observed::Seen(response) = &mut exchange.response {
        for field in &mut response.fields {
            let cut_from = field.cut_from;
            *field = Field::received(&field.name, &field.value);
            field.cut_from = field.cut_from.or(cut_from);
        }
    }
}

/// What the parser says, with its place.
pub(crate) fn unreadable_json(error: &serde_json::Error) -> Unreadable {
    Unreadable::Json { line: error.line().max(1), column: error.column().max(1), what: what_is_wrong(error) }
}

/// The parser's own words, its place taken out of the sentence, and the values that it quotes: what stands in
/// the wrong place may be a secret.
pub(super) fn what_is_wrong(error: &serde_json::Error) -> String {
    let what = error.to_string();
    let what = what.rfind(" at line ").and_then(|at| what.get(..at)).unwrap_or(&what);
    let what = without_value(what);
    if error.is_eof() { format!("the file is cut off: {what}") } else { what }
}

/// Serde's sentences that quote are `invalid type: string "…", expected …`, `invalid value: integer `…`, expected …`,
/// ``unknown variant `…`, expected …`` and the like. What stands behind the last `expected` is ours.
fn without_value(what: &str) -> String {
    for (beginning, quote) in
        [("invalid ", ": string \""), ("invalid ", " `"), ("unknown variant", " `"), ("unknown field", " `")]
    {
        let end = if quote.ends_with('"') { "\", " } else { "`, " };
        if let (true, Some((before, _)), Some((_, ours))) =
            (what.starts_with(beginning), what.split_once(quote), what.rsplit_once(end))
        {
            let a = if quote.ends_with('"') { ": a string" } else { "" };
            return format!("{before}{a}, {ours}");
        }
    }
    what.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Recorder;

    #[test]
    fn a_cut_off_file_is_told_with_its_place() {
        let whole =
            serde_json::to_string_pretty(&Evidence::new(Recorder { name: "test".into(), browser: None }))
                .expect("evidence is JSON");
        assert!(read_evidence(whole.as_bytes()).is_ok());
        for end in 1..whole.len() {
            let Err(error) = read_evidence(&whole.as_bytes()[..end]) else {
                panic!("{end} octets were read")
            };
            assert!(error.to_string().contains(':'), "{error}");
        }
    }

    #[test]
    fn secrets_in_addresses_are_not_kept() {
        let secret = "https://user:geheim@shop-demo.com/#access_token=a";
        let unseen = serde_json::json!({"unseen": "not-in-input"});
        let exchange = serde_json::json!({
            "url": secret, "method": "GET", "kind": "main-frame", "at": 1, "initiator": secret,
            "response": {"seen": {"status": 302, "fields": [{"name": "Location", "value": secret}]}},
            "redirect": {"to": secret, "cause": "server"}, "connection": unseen,
        });
        let failure = serde_json::json!({"url": secret, "error": "net::ERR_CERT_DATE_INVALID", "at": 1});
        let cookie = serde_json::json!({
            "name": "sid", "value_length": 4, "domain": "shop-demo.com", "host_only": true, "path": "/",
            "secure": true, "http_only": true, "same_site": "lax", "partition": secret,
        });
        let document = [
            format!("form post {secret} password"),
            format!("meta refresh 0; url={secret}"),
            format!("part script {secret}"),
            format!("insecure script {secret}"),
        ];
        let file = serde_json::json!({
            "schema": SCHEMA, "recorder": {"name": "test"}, "earlier": [exchange],
            "earlier_failures": [failure], "jar": {"seen": [cookie]},
            "visits": [{
                "url": secret, "began_at": 1, "watched": {"seen": null}, "exchanges": [exchange],
                "failure": failure, "document": {"seen": document},
            }],
        });
        let evidence = read_evidence(file.to_string().as_bytes()).expect("readable");
        let initiator = evidence.earlier.first().and_then(|exchange| exchange.initiator.as_deref());
        assert_eq!(initiator, Some("https://shop-demo.com"));
        let lists = crate::knowledge::embedded().expect("the lists");
        let report = crate::report::to_json(&crate::audit(&evidence, &lists, 1)).expect("JSON");
        for text in [serde_json::to_string(&evidence).expect("JSON"), report] {
            assert!(text.contains("https://shop-demo.com/\""), "{text}");
            assert!(!text.contains("geheim") && !text.contains("access_token"), "{text}");
        }
    }

    #[test]
    fn no_message_quotes_a_value() {
        let whole = serde_json::to_string(&Evidence::new(Recorder { name: "test".into(), browser: None }))
            .expect("evidence is JSON");
        for jar in [r#"{"seen": ["sid=hunter2\", expected "]}"#, r#"{"seen": "hunter2"}"#, r#""hunter2""#] {
            let text = whole.replace(r#"{"unseen":"not-in-input"}"#, jar);
            let error = read_evidence(text.as_bytes()).expect_err("the jar is no jar").to_string();
            assert!(error.contains("a string, expected") && !error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn other_files_are_told_apart() {
        assert_eq!(read_evidence(br#"{"log": {"version": "1.2"}}"#), Err(Unreadable::Har));
        assert_eq!(
            read_evidence(br#"{"schema": "https-audit/evidence@9"}"#),
            Err(Unreadable::Schema("https-audit/evidence@9".into()))
        );
    }
}
