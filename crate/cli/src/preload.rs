//! `https-audit preload`

use https_audit_core::knowledge::{Knowledge, Listing, Listings};
use serde::Serialize;
use serde_json::Value;

use crate::domain::{domain_name, without_user};
use crate::input::{STDIN, json_lines, stdin_once};
use crate::options::{Common, Format, PreloadArguments};
use crate::output::{Done, Failure, push_json_line};

/// What the lists say about one domain.
#[derive(Serialize)]
struct Report {
    /// In the form that lists have: A-labels, lower case, without a final dot.
    domain: String,
    chromium: Listing,
    firefox: Listing,
}

/// The whole output.
pub fn run(
    arguments: &PreloadArguments,
    common: &Common,
    knowledge: &Knowledge<'_>,
) -> Result<Done, Failure> {
    stdin_once(&arguments.domains)?;
    let mut out = String::new();
    for domain in &arguments.domains {
        if domain == STDIN {
            json_lines(&mut out, |value| line(&value, knowledge))?;
            continue;
        }
        let report = look_up(domain, knowledge).map_err(|what| Failure::of(without_user(domain), what))?;
        if common.format == Format::Json {
            push_json_line(&mut out, &report);
        } else {
            push_text(&mut out, &report);
        }
    }
    Ok(Done::without_findings(out))
}

fn line(value: &Value, knowledge: &Knowledge<'_>) -> Result<Report, String> {
    look_up(value.as_str().ok_or("not a string")?, knowledge)
}

fn look_up(domain: &str, knowledge: &Knowledge<'_>) -> Result<Report, String> {
    let domain = domain_name(domain)?;
    let Listings { chromium, firefox } = knowledge.preload.lookup(&domain);
    Ok(Report { domain, chromium, firefox })
}

fn push_text(out: &mut String, report: &Report) {
    out.push_str(&report.domain);
    out.push('\n');
    for (name, listing) in [("Chromium", &report.chromium), ("Firefox", &report.firefox)] {
        let says = match &listing.entry {
            Some(entry) if *entry == report.domain => "listed".to_owned(),
            Some(entry) => format!("listed by the entry {entry}"),
            None => "not listed".to_owned(),
        };
        let reach = match (listing.listed, listing.include_subdomains) {
            (false, _) => "",
            (true, true) => ", with sub-domains",
            (true, false) => ", without sub-domains",
        };
        out.extend([format!("  {name:<9} {says}{reach} ({})", listing.list), "\n".to_owned()]);
    }
}
