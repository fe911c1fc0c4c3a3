//! HSTS: what browsers make of the values that are configured.

use https_audit_core::check::{Severity, code};
use https_audit_core::field::Engine;
use https_audit_core::field::hsts::{Reading, read};
use https_audit_core::field::hstspreload;

use super::{At, Out, Site};
use crate::nginx::catalogue::{
    HSTS_BELOW_ONE_YEAR, HSTS_BELOW_SIX_MONTHS, HSTS_VOID, HSTS_WITHOUT_PRELOAD, HSTS_WITHOUT_SUBDOMAINS,
    HSTS_ZERO,
};
use crate::nginx::config::Server;

const SIX_MONTHS: u64 = 15_552_000;
const YEAR: u64 = 31_536_000;

/// Judges every value that a context of the server sends.
pub fn check(site: &Site, server: &Server, out: &mut Out<'_>) {
    let tree = &site.tree;
    for id in std::iter::once(server.scope).chain(tree.below(server.scope)) {
        for header in tree.headers(id).named(super::hsts::FIELD) {
            match tree.texts(id, server.transport, header.value) {
                Some(texts) => {
                    for text in texts.iter().filter(|text| !text.is_empty()) {
                        value(text, header.at, out);
                    }
                }
                None => out.unknown(
                    "the value of `Strict-Transport-Security`",
                    format!("{} holds a variable that the given files do not decide", code(header.value)),
                    "ask the site for it",
                    Some(header.at),
                ),
            }
        }
    }
}

fn value(text: &str, at: At, out: &mut Out<'_>) {
    let field = text.as_bytes();
    let readings: Vec<(Engine, Reading)> =
        Engine::ALL.iter().map(|&engine| (engine, read(engine, &[field]))).collect();
    let void: Vec<(Engine, String)> = readings
        .iter()
        .filter_map(|(engine, reading)| match reading {
            Reading::Void(void) => Some((*engine, void.to_string())),
            _ => None,
        })
        .collect();
    if let Some((engine, why)) = void.first() {
        let all = void.len() == Engine::ALL.len();
        let who = if all { "Browsers ignore" } else { "One browser ignores" };
        let only = if all { String::new() } else { format!(" (only {})", engine.name()) };
        // The reason quotes the value.
        let message = format!("{who} {} as a whole{only}: {}.", code(text), code(why));
        let severity = if all { Severity::Error } else { Severity::Warning };
        out.find_as(HSTS_VOID, severity, Some(at), message, Some(fix("31536000")));
        return;
    }
    if readings.iter().any(|(_, reading)| matches!(reading, Reading::Delete { .. })) {
        let message = "A browser that reads it deletes what it knew of the host, and uses http again.";
        out.find(HSTS_ZERO, Some(at), message, Some(fix("31536000")));
        return;
    }
    let policies: Vec<(u64, bool)> = readings.iter().filter_map(|(_, reading)| reading.in_force()).collect();
    let Some(&(max_age, subdomains)) = policies.iter().min() else { return };
    if max_age < SIX_MONTHS {
        let message = format!(
            "{max_age} s are less than the 180 days of MDN Observatory; ASVS and hstspreload.org want a year. As a step on the way up it is right."
        );
        out.find(HSTS_BELOW_SIX_MONTHS, Some(at), message, Some(fix("31536000")));
    } else if max_age < YEAR {
        let message = format!("{max_age} s are less than the year that ASVS and hstspreload.org want.");
        out.find(HSTS_BELOW_ONE_YEAR, Some(at), message, Some(fix("31536000")));
    }
    if !subdomains {
        let message = "Sub-domains can still be reached over http, and set cookies for this domain. Add `includeSubDomains` once all of them serve https.";
        out.find(HSTS_WITHOUT_SUBDOMAINS, Some(at), message, Some(fix("31536000; includeSubDomains")));
    } else if hstspreload::preloadable(&hstspreload::parse(field))
        .errors
        .contains(&"header.preloadable.preload.missing")
    {
        let message = "Needed only where the domain is to be on the browsers' lists; hstspreload.org itself no longer recommends that to everyone.";
        out.find(HSTS_WITHOUT_PRELOAD, Some(at), message, None);
    }
}

fn fix(policy: &str) -> String {
    format!("add_header Strict-Transport-Security \"max-age={policy}\" always;")
}
