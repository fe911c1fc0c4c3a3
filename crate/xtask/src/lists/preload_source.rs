//! Browsers' preload lists in the forms they are published in, told apart by their content.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use https_audit_core::knowledge::{INCLUDE_SUBDOMAINS, NOT_HSTS};
use serde::Deserialize;

use super::source::{List, Stated, ascii};

/// Reads Chromium's JSON, Firefox's `.inc` or CSV.
pub(super) fn parse(text: &str) -> anyhow::Result<List> {
    let list = if text.lines().any(|line| line.trim() == "%%") {
        firefox_inc(text)?
    } else if text.lines().map(str::trim_start).any(|line| line.starts_with('{')) {
        chromium_json(text)?
    } else {
        csv(text)?
    };
    if list.entries.is_empty() {
        bail!("the list has no entries");
    }
    Ok(list)
}

/// `host,1` a line, 1 for includeSubDomains; before them `# key: value` about the list.
fn csv(text: &str) -> anyhow::Result<List> {
    let (mut entries, mut stated) = (BTreeMap::new(), Stated::default());
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(comment) = line.strip_prefix('#') {
            let (key, value) = comment.split_once(':').unwrap_or((comment, ""));
            let value = Some(value.trim().to_owned());
            match key.trim() {
                "source" => stated.source = value,
                "version" => stated.version = value,
                "date" => stated.date = value,
                _ => {}
            }
        } else {
            host_and_flag(line, &mut entries).with_context(|| format!("line {number}"))?;
        }
    }
    Ok(List { entries, stated })
}

/// nsSTSPreloadList.inc: `host, 1` between two lines of `%%`.
///
/// The file says when it expires, not when it was made: 18 weeks before (`MINIMUM_REQUIRED_MAX_AGE` of
/// getHSTSPreloadList.js).
fn firefox_inc(text: &str) -> anyhow::Result<List> {
    const WEEKS_18: i64 = 18 * 7 * 24 * 60 * 60;
    let mut entries = BTreeMap::new();
    let (mut sections, mut date) = (0, None);
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim() == "%%" {
            sections += 1;
        } else if sections == 1 {
            host_and_flag(line, &mut entries).with_context(|| format!("line {number}"))?;
        } else if let Some((_, expiry)) = line.split_once("gPreloadListExpirationTime = INT64_C(") {
            let micros: i64 = expiry
                .trim_end_matches([')', ';', ' '])
                .parse()
                .with_context(|| format!("line {number}: expiration time"))?;
            let made = time::OffsetDateTime::from_unix_timestamp(micros / 1_000_000 - WEEKS_18)?;
            date = Some(made.date().to_string());
        }
    }
    if sections != 2 {
        bail!("the list does not lie between two lines of %%: the file is cut off");
    }
    Ok(List { entries, stated: Stated { source: Some("firefox".to_owned()), version: None, date } })
}

fn host_and_flag(line: &str, entries: &mut BTreeMap<String, u8>) -> anyhow::Result<()> {
    let (host, flag) = line.split_once(',').context("not `host,includeSubDomains`")?;
    let flags = match flag.trim() {
        "1" | "true" => INCLUDE_SUBDOMAINS,
        "0" | "false" => 0,
        other => bail!("includeSubDomains is `{other}`, not 0 or 1"),
    };
    add(host.trim(), flags, entries)
}

fn add(host: &str, flags: u8, entries: &mut BTreeMap<String, u8>) -> anyhow::Result<()> {
    match entries.insert(ascii(host)?, flags) {
        None => Ok(()),
        Some(_) => bail!("`{host}` is there twice"),
    }
}

#[derive(Deserialize)]
struct TransportSecurityState {
    entries: Vec<StateEntry>,
}

/// An entry of Chromium's list; without `mode` it pins keys only.
#[derive(Deserialize)]
struct StateEntry {
    name: String,
    #[serde(default)]
    mode: String,
    #[serde(default)]
    include_subdomains: bool,
}

/// `transport_security_state_static.json`: JSON with whole lines of `//` comments.
///
/// An entry that does not force HTTPS is kept only where one above it does for its sub-domains: Chromium
/// decides by the most specific entry, so there it takes names out of the reach of the one above.
fn chromium_json(text: &str) -> anyhow::Result<List> {
    // Comments become empty lines, so that serde's line numbers are the file's.
    let json: String = text
        .lines()
        .map(|line| if line.trim_start().starts_with("//") { "\n".to_owned() } else { format!("{line}\n") })
        .collect();
    let state: TransportSecurityState = serde_json::from_str(&json)?;
    let (mut entries, mut others) = (BTreeMap::new(), Vec::new());
    for entry in state.entries {
        let subdomains = if entry.include_subdomains { INCLUDE_SUBDOMAINS } else { 0 };
        match entry.mode.as_str() {
            "force-https" => add(&entry.name, subdomains, &mut entries)?,
            "" => others.push((entry.name, subdomains | NOT_HSTS)),
            other => bail!("`{}` has the unknown mode `{other}`", entry.name),
        }
    }
    for (name, flags) in others {
        let above = name.match_indices('.').filter_map(|(dot, _)| name.get(dot + 1..));
        if above.filter_map(|parent| entries.get(parent)).any(|parent| parent & INCLUDE_SUBDOMAINS != 0) {
            add(&name, flags, &mut entries)?;
        }
    }
    let stated = Stated { source: Some("chromium".to_owned()), ..Stated::default() };
    Ok(List { entries, stated })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Vec<(String, u8)> {
        parse(text).expect("a sound list").entries.into_iter().collect()
    }

    fn pairs(expected: &[(&str, u8)]) -> Vec<(String, u8)> {
        expected.iter().map(|(name, flags)| ((*name).to_owned(), *flags)).collect()
    }

    #[test]
    fn csv_with_its_header() {
        let text = "# source: chromium\n# version: 156\n# date: 2026-11\nb.example,0\na.example,1\n";
        assert_eq!(entries(text), pairs(&[("a.example", 1), ("b.example", 0)]));
        let stated = parse(text).expect("sound").stated;
        assert_eq!(stated.source.as_deref(), Some("chromium"));
        assert_eq!((stated.version.as_deref(), stated.date.as_deref()), (Some("156"), Some("2026-11")));
    }

    #[test]
    fn chromium_json_keeps_what_hides_an_entry_above() {
        let text = r#"
// A comment.
{
  "pinsets": [{"name": "test", "static_spki_hashes": []}],
  // Another { comment
  "entries": [
    {"name": "dev", "policy": "public-suffix", "mode": "force-https", "include_subdomains": true},
    {"name": "one.example", "policy": "bulk-1-year", "mode": "force-https"},
    {"name": "pins.dev", "policy": "custom", "pins": "test", "include_subdomains": true},
    {"name": "pins.example", "policy": "custom", "pins": "test"}
  ]
}"#;
        assert_eq!(entries(text), pairs(&[("dev", 1), ("one.example", 0), ("pins.dev", 3)]));
    }

    #[test]
    fn firefox_inc_with_its_date() {
        let text = "/* generated */\n#include <stdint.h>\n\
            const PRTime gPreloadListExpirationTime = INT64_C(1800576000000000);\n\
            %%\na.example, 1\nb.example, 0\n%%\n";
        assert_eq!(entries(text), pairs(&[("a.example", 1), ("b.example", 0)]));
        assert_eq!(parse(text).expect("sound").stated.date.as_deref(), Some("2026-09-18"));
    }

    #[test]
    fn bad_sources_are_refused_with_their_line() {
        for (text, message) in [
            ("a.example,1\nb.example\n", "line 2"),
            ("a.example,yes\n", "line 1"),
            ("a.example,1\na.example,0\n", "line 2"),
            ("a b,1\n", "line 1"),
            ("%%\na.example, 1\n", "cut off"),
            ("%%\n%%\n", "no entries"),
            ("{\n\"entries\": [1]}", "line 2"),
            ("", "no entries"),
        ] {
            let error = parse(text).err().map(|error| format!("{error:#}")).unwrap_or_default();
            assert!(error.contains(message), "{text:?}: {error:?}");
        }
    }
}
