//! `https-audit hsts`

use https_audit_core::field::hsts::{self, Reading};
use https_audit_core::field::json::{HstsReport, hsts_field, hsts_fields};
use https_audit_core::field::octets::isomorphic_decode;
use https_audit_core::field::{Engine, hstspreload};
use serde_json::Value;

use crate::input::{STDIN, json_lines, octets, stdin_once};
use crate::options::{Common, Format, HstsArguments};
use crate::output::{Done, Failure, push_json_line, push_lines};

/// The whole output.
pub fn run(arguments: &HstsArguments, common: &Common) -> Result<Done, Failure> {
    stdin_once(&arguments.fields)?;
    let mut out = String::new();
    for field in &arguments.fields {
        if field == STDIN {
            json_lines(&mut out, |value| report(&value))?;
        } else if common.format == Format::Json {
            push_json_line(&mut out, &hsts_field(field.as_bytes()));
        } else {
            push_text(&mut out, field.as_bytes());
        }
    }
    Ok(Done::without_findings(out))
}

/// One line of input: a field, or the fields of one response.
fn report(value: &Value) -> Result<HstsReport, String> {
    match value {
        Value::String(_) => Ok(hsts_field(&octets(value)?)),
        Value::Array(values) => {
            let fields: Vec<Vec<u8>> = values.iter().map(octets).collect::<Result<_, _>>()?;
            Ok(hsts_fields(&fields.iter().map(Vec::as_slice).collect::<Vec<_>>()))
        }
        _ => Err("neither a string nor an array of strings".to_owned()),
    }
}

fn push_text(out: &mut String, field: &[u8]) {
    let mut lines = vec![format!("Strict-Transport-Security: {}", String::from_utf8_lossy(field))];
    for (engine, name) in [(Engine::Chromium, "Chromium"), (Engine::Firefox, "Firefox")] {
        lines.push(format!("  {name:<16} {}", sentence(&hsts::read(engine, &[field]), field)));
    }
    let parsed = hstspreload::parse(field);
    let preloadable = hstspreload::preloadable(&parsed);
    let verdict = if preloadable.errors.is_empty() { "preloadable" } else { "not preloadable" };
    lines.push(format!("  {:<16} {verdict}", "hstspreload.org"));
    let severities = [("error", &preloadable.errors), ("warning", &preloadable.warnings)];
    for (severity, codes) in severities {
        lines.extend(codes.iter().map(|code| format!("  {:<16} {severity} {code}", "")));
    }
    push_lines(out, &lines);
}

fn sentence(reading: &Reading, field: &[u8]) -> String {
    match reading {
        Reading::Absent => "no field".to_owned(),
        Reading::Delete { .. } => "forgets the host (max-age=0)".to_owned(),
        Reading::InForce { max_age, include_subdomains } => {
            let reach = if *include_subdomains { "with" } else { "without" };
            format!("in force for {max_age} seconds, {reach} sub-domains")
        }
        Reading::Void(void) if void.span.is_empty() => format!("void: {void}"),
        Reading::Void(void) => {
            let culprit = isomorphic_decode(void.span.of(field));
            format!("void: {void}, at octet {}: {culprit:?}", void.span.start + 1)
        }
    }
}
