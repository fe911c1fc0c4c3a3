//! What do the page's Content-Security-Policies let an attacker do?
//!
//! Judged is what all enforced policies allow together. Policies in `meta` elements can only forbid more; as long as
//! nobody read the document, a finding of a missing restriction says so. Severities are those of Google's
//! csp-evaluator: its HIGH is an error, its MEDIUM a warning, everything else a note.

pub mod base_unrestricted;
pub mod directive_deprecated;
pub mod directive_repeated;
pub mod directive_unknown;
pub mod form_unrestricted;
pub mod frame_ancestors_missing;
pub mod http_source;
pub mod object_unrestricted;
pub mod policy_missing;
pub mod policy_report_only;
pub mod policy_unparsable;
pub mod reporting_missing;
pub mod script_bypassable_host;
pub mod script_ip_source;
pub mod script_no_strict_dynamic;
pub mod script_nonce_too_short;
pub mod script_scheme_only;
pub mod script_unsafe_eval;
pub mod script_unsafe_inline;
pub mod script_wildcard;
pub mod style_unsafe_inline;
pub mod trusted_types_absent;
pub mod upgrade_insecure_requests_absent;

use super::prelude::*;
use crate::fact::{Csp, PagePolicy, SiteKind};
use crate::field::Span;
use crate::field::csp::{Directive, State};

const FIELD: &str = "content-security-policy";

/// The answer of a check whose question is another check's.
const TOLD_ELSEWHERE: &str = "no policy restricts scripts, which csp.script.wildcard tells";

/// What limits the word on something that is missing.
const UNREAD: &str = " A meta element could say it; nobody read the document.";

/// The page's policies, whether or not there is one; else the check's answer.
fn seen<'f, 'a>(facts: &'f Facts<'a>) -> Result<&'f Csp<'a>, Outcome> {
    if facts.site.kind == SiteKind::BrowserPage {
        return Err(Outcome::NotApplicable("not a page of the web"));
    }
    if let Some(reason) = facts.csp.unseen {
        return Err(Outcome::Unknown(Gap::new(What::PageResponse, reason)));
    }
    if facts.csp.no_document {
        return Err(Outcome::NotApplicable("the response is no document"));
    }
    Ok(&facts.csp)
}

/// The page's policies, at least one of them enforced; else the check's answer.
fn enforced<'f, 'a>(facts: &'f Facts<'a>) -> Result<&'f Csp<'a>, Outcome> {
    let csp = seen(facts)?;
    match csp.metas_unseen {
        _ if !csp.enforced.is_empty() => Ok(csp),
        Some(reason) => Err(Outcome::Unknown(Gap::new(What::Document, reason))),
        None => Err(Outcome::NotApplicable("no policy is enforced")),
    }
}

/// The answer of a check that looks at each policy by itself.
fn of_each(csp: &Csp<'_>, findings: Vec<Finding>) -> Outcome {
    match csp.metas_unseen {
        Some(reason) if findings.is_empty() => Outcome::Unknown(Gap::new(What::Document, reason)),
        None if findings.is_empty() && csp.all().next().is_none() => {
            Outcome::NotApplicable("there is no policy")
        }
        _ => Outcome::from_findings(findings),
    }
}

/// Where a policy stands, with the octets that offend.
fn place(facts: &Facts<'_>, policy: &PagePolicy<'_>, mark: Option<Span>) -> Location {
    let name = policy.field.name.to_ascii_lowercase();
    let mark = mark.map(|span| (span.start, span.end));
    Location::url(&facts.site.address).field(&name).value(policy.octets(), mark)
}

/// A finding about a part of a directive: its name, the part, and what is to be said.
fn about(
    facts: &Facts<'_>,
    policy: &PagePolicy<'_>,
    directive: &Directive,
    part: Span,
    says: &str,
) -> Finding {
    let mut message = code(&policy.text(directive.name).to_ascii_lowercase());
    if part != directive.name {
        message.push_str(" with ");
        message.push_str(&code(&policy.text(part)));
    }
    message.push(' ');
    message.push_str(says);
    let finding = Finding::new(message).at(place(facts, policy, Some(part)));
    let (name, part) = (policy.text(directive.name), policy.text(part));
    // A nonce is another one in each response.
    let part = if part.starts_with("'nonce-") { "" } else { &*part };
    finding.subject(format!("{name} {part}").to_ascii_lowercase())
}

/// A question about what the policies leave open.
struct Question {
    /// The directives that it is about: first the one that the others fall back to.
    names: &'static [&'static str],
    /// What must not be open ([`crate::fact::allows`]).
    bits: u16,
    /// What an expression that opens one of `bits` must not open as well.
    not: u16,
    /// What an expression does, after the name of its directive.
    says: &'static str,
    /// What it means that no policy has such a directive; without it another check tells.
    missing: Option<&'static str>,
}

/// What all enforced policies leave open, a finding for each directive of one of them that says so.
fn open(facts: &Facts<'_>, question: &Question) -> Result<Vec<Finding>, Outcome> {
    let csp = enforced(facts)?;
    let mut findings = Vec::new();
    let mut elsewhere = false;
    for (n, name) in question.names.iter().enumerate() {
        // What falls back to the first one is told there.
        if n > 0 && !csp.has(name) {
            continue;
        }
        let bits = csp.open(name) & question.bits;
        if bits == 0 {
            continue;
        }
        let before = findings.len();
        let mut answered = false;
        for policy in &csp.enforced {
            let Some(directive) = policy.answers(name) else { continue };
            answered = true;
            if let Some(part) = policy.witness(directive, bits, question.not) {
                findings.push(about(facts, policy, directive, part, question.says));
                break;
            }
        }
        if findings.len() == before && !answered {
            match (question.missing, csp.enforced.first()) {
                (Some(missing), Some(policy)) => {
                    let mut message = code(name);
                    message.push_str(missing);
                    // In a meta element that one has no effect.
                    if csp.metas_unseen.is_some() && *name != "frame-ancestors" {
                        message.push_str(UNREAD);
                    }
                    findings.push(Finding::new(message).at(place(facts, policy, None)));
                }
                _ => elsewhere = true,
            }
        }
    }
    if findings.is_empty() && elsewhere {
        return Err(Outcome::NotApplicable(TOLD_ELSEWHERE));
    }
    Ok(findings)
}

/// The answer to a question.
fn answer(facts: &Facts<'_>, question: &Question) -> Outcome {
    open(facts, question).map_or_else(|outcome| outcome, Outcome::from_findings)
}

/// A finding for each directive that is so, of all policies.
fn directives(facts: &Facts<'_>, is: fn(&PagePolicy<'_>, &Directive) -> bool, says: &str) -> Outcome {
    let csp = match seen(facts) {
        Ok(csp) => csp,
        Err(outcome) => return outcome,
    };
    let mut findings = Vec::new();
    for policy in csp.all() {
        for directive in &policy.policy.directives {
            if is(policy, directive) {
                findings.push(about(facts, policy, directive, directive.name, says));
            }
        }
    }
    of_each(csp, findings)
}

/// A finding for the first part that is so of each directive that counts, of all enforced policies.
fn parts(
    facts: &Facts<'_>,
    find: fn(&Csp<'_>, &PagePolicy<'_>, &Directive) -> Option<Span>,
    says: &str,
) -> Outcome {
    let csp = match seen(facts) {
        Ok(csp) => csp,
        Err(outcome) => return outcome,
    };
    let mut findings = Vec::new();
    for policy in &csp.enforced {
        for directive in policy.policy.directives.iter().filter(|d| d.state == State::Counts) {
            if let Some(part) = find(csp, policy, directive) {
                findings.push(about(facts, policy, directive, part, says));
            }
        }
    }
    of_each(csp, findings)
}

/// Fails where no enforced policy has one of these directives.
fn absent(facts: &Facts<'_>, names: &[&str], says: &'static str) -> Outcome {
    let csp = match enforced(facts) {
        Ok(csp) => csp,
        Err(outcome) => return outcome,
    };
    if names.iter().any(|name| csp.has(name)) {
        return Outcome::Pass;
    }
    match (csp.metas_unseen, csp.enforced.first()) {
        (None, Some(policy)) => Outcome::fail(Finding::new(says).at(place(facts, policy, None))),
        (Some(reason), _) => Outcome::Unknown(Gap::new(What::Document, reason)),
        (None, None) => Outcome::Pass,
    }
}
