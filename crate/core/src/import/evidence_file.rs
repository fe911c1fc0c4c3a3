//! Evidence JSON, as the extension exports it.

use serde::Deserialize;

use super::Unreadable;
use crate::evidence::{Evidence, Exchange, Field, Observed, SCHEMA};

/// What tells kinds of JSON file apart.
#[derive(Deserialize)]
struct Marks {
    schema: Option<serde_json::Value>,
    log: Option<serde::de::IgnoredAny>,
}

/// Reads an evidence file. Secrets that another program may have left in it are cut as if
/// they came from a browser.
pub fn read_evidence(octets: &[u8]) -> Result<Evidence, Unreadable> {
    let marks: Marks = serde_json::from_slice(octets).map_err(|e| json(&e))?;
    match marks.schema {
        Some(serde_json::Value::String(schema)) if schema == SCHEMA => {}
        Some(other) => {
            return Err(Unreadable::Schema(other.as_str().map_or_else(|| other.to_string(), str::to_owned)));
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
    let mut evidence: Evidence = serde_json::from_slice(octets).map_err(|e| json(&e))?;
    let visits = evidence.visits.iter_mut().flat_map(|visit| &mut visit.exchanges);
    evidence.earlier.iter_mut().chain(visits).for_each(cut_secrets);
    Ok(evidence)
}

fn cut_secrets(exchange: &mut Exchange) {
    exchange.url = exchange.url.without_secrets();
    if let Observed::Seen(response) = &mut exchange.response {
        for field in &mut response.fields {
            let cut_from = field.cut_from;
            *field = Field::received(&field.name, &field.value);
            field.cut_from = field.cut_from.or(cut_from);
        }
    }
}

/// The parser's own words, its place taken out of the sentence.
fn json(error: &serde_json::Error) -> Unreadable {
    let what = error.to_string();
    let what = what.rfind(" at line ").and_then(|at| what.get(..at)).unwrap_or(&what).to_owned();
    let what = if error.is_eof() { format!("the file is cut off: {what}") } else { what };
    Unreadable::Json { line: error.line().max(1), column: error.column().max(1), what }
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
    fn other_files_are_told_apart() {
        assert_eq!(read_evidence(br#"{"log": {"version": "1.2"}}"#), Err(Unreadable::Har));
        assert_eq!(
            read_evidence(br#"{"schema": "https-audit/evidence@9"}"#),
            Err(Unreadable::Schema("https-audit/evidence@9".into()))
        );
    }
}
