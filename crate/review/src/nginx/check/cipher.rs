//! The suites that `ssl_ciphers` chooses, against the guideline.

use std::collections::BTreeMap;

use https_audit_core::check::{Severity, code};
use https_audit_core::knowledge::tls_guideline;

use super::{Out, Site, beginning, tls};
use crate::nginx::catalogue::{TLS_DEFAULT_CIPHERS, TLS_SECLEVEL, TLS_WEAK_CIPHER};
use crate::nginx::cipher::{DEFAULT, Expanded, Suite, Weakness, expand};
use crate::nginx::config::{At, Server};
use crate::nginx::syntax::Directive;

/// The suites of the guideline for TLS 1.2, by OpenSSL's names.
const FIX: &str = "ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;";

pub fn check(site: &Site, out: &mut Out<'_>) {
    // Where every server that goes by a list speaks TLS 1.3 only, the list does nothing.
    let mut idle: BTreeMap<At, bool> = BTreeMap::new();
    for server in site.servers.iter().filter(|server| server.serves_tls()) {
        if let Some(directive) = site.tree.value(server.scope, "ssl_ciphers") {
            let only_13 = only_tls13(site, server);
            idle.entry(directive.at()).and_modify(|all| *all &= only_13).or_insert(only_13);
        }
    }
    for directive in tls::relevant(site, "ssl_ciphers") {
        if idle.get(&directive.at()) != Some(&true) {
            chosen(site, directive, out);
        }
    }
    default(site, out);
}

fn only_tls13(site: &Site, server: &Server) -> bool {
    site.tree
        .value(server.scope, "ssl_protocols")
        .is_some_and(|d| d.args.iter().all(|version| version == "TLSv1.3"))
}

fn chosen(site: &Site, directive: &Directive, out: &mut Out<'_>) {
    let at = Some(directive.at());
    let expanded = expand(directive.arg(0));
    for word in &expanded.unknown {
        let why = format!(
            "{} is no word of a cipher string that is known here; OpenSSL skips what it does not know",
            code(word)
        );
        let how = "ask the OpenSSL of the server: `openssl ciphers -V 'STRING'`";
        out.unknown("`ssl_ciphers`", why, how, at);
    }
    if expanded.level == Some(0) {
        let message = "`@SECLEVEL=0` allows keys, digests and versions that OpenSSL refuses otherwise.";
        out.find(TLS_SECLEVEL, at, message, Some(FIX.to_owned()));
    }
    if let Some((severity, mut message)) = outside(&expanded) {
        let by_it = site.servers.iter().filter(|server| {
            server.serves_tls()
                && site.tree.value(server.scope, "ssl_ciphers").is_some_and(|d| d.at() == directive.at())
        });
        let client = by_it.clone().count() > 0
            && by_it.clone().all(|server| !site.tree.is_on(server.scope, "ssl_prefer_server_ciphers", false));
        if client && severity != Severity::Note {
            message.push_str(" The client's order decides (`ssl_prefer_server_ciphers` is off).");
        }
        out.find_as(TLS_WEAK_CIPHER, severity, at, message, Some(FIX.to_owned()));
    }
}

/// What is outside the guideline, in words, and how bad it is.
fn outside(expanded: &Expanded) -> Option<(Severity, String)> {
    let mut groups: BTreeMap<(bool, Weakness), Vec<&Suite>> = BTreeMap::new();
    for suite in expanded.suites.iter().filter(|suite| suite.is_usable()) {
        if let Some(weakness) = suite.weakness() {
            groups.entry((suite.is_left_out(), weakness)).or_default().push(suite);
        }
    }
    let offered = groups.keys().filter(|(left_out, _)| !left_out).map(|&(_, weakness)| weakness).max();
    let severity = match offered {
        Some(Weakness::Broken) => Severity::Error,
        Some(Weakness::NotListed) if groups.keys().all(|(left_out, _)| !left_out) => Severity::Note,
        Some(Weakness::NotListed) | None if groups.is_empty() => return None,
        _ => Severity::Warning,
    };
    let parts: Vec<String> = groups
        .iter()
        .rev()
        .map(|((left_out, weakness), suites)| {
            let what = match weakness {
                Weakness::Broken => "not safe",
                Weakness::Weak => "CBC or no forward secrecy",
                Weakness::NotListed => "not on its list",
            };
            let built = if *left_out { ", where OpenSSL is built to have them" } else { "" };
            let names: Vec<&str> = suites.iter().map(|suite| suite.openssl).collect();
            format!("{what}{built}: `{}`", names.join("`, `"))
        })
        .collect();
    Some((severity, format!("Outside {}: {}.", tls_guideline::NAME, parts.join("; "))))
}

/// Servers that say nothing go by nginx's own list; told once.
fn default(site: &Site, out: &mut Out<'_>) {
    let without = site.servers.iter().filter(|server| {
        server.serves_tls()
            && site.tree.value(server.scope, "ssl_ciphers").is_none()
            && !only_tls13(site, server)
            && !tls::is_open(site, server)
            && site.tree.beyond_http(server.scope).is_none()
    });
    let Some(server) = without.min_by_key(|server| server.scope) else { return };
    let Some((_, message)) = outside(&expand(DEFAULT)) else { return };
    let message = format!("`ssl_ciphers` is not set: nginx takes {}. {message}", code(DEFAULT));
    out.find(TLS_DEFAULT_CIPHERS, beginning(&site.tree, server.scope), message, Some(FIX.to_owned()));
}
