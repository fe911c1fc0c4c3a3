//! One sentence a verdict, and one for the page.

use super::{Report, ReportFinding};
use crate::check::cookie::reach_clear_text;
use crate::check::https::{
    certificate_expired, certificate_name_mismatch, certificate_not_yet_valid, certificate_rejected,
    certificate_self_signed, certificate_untrusted, page_insecure,
};
use crate::check::preload::{
    field_requirement_not_met, field_sent_but_not_listed, redirect_requirement_not_met,
};
use crate::check::{Check, Severity};
use crate::evidence::Observed;
use crate::fact::{CookieFact, Cover, Facts, SiteKind, StepResult};
use crate::time::duration;
use crate::verdict::{Status, VerdictKind};

/// Requirements of hstspreload.org.
const REQUIREMENTS: &[&Check] = &[&field_requirement_not_met::CHECK, &redirect_requirement_not_met::CHECK];

/// Refused certificates. That one is weak or soon at its end is no doubt of who answers.
const REFUSALS: &[&Check] = &[
    &certificate_expired::CHECK,
    &certificate_name_mismatch::CHECK,
    &certificate_not_yet_valid::CHECK,
    &certificate_rejected::CHECK,
    &certificate_self_signed::CHECK,
    &certificate_untrusted::CHECK,
];

/// The sentence of one verdict; code between back-ticks.
pub(super) fn headline(
    kind: VerdictKind,
    status: Status,
    facts: &Facts<'_>,
    of_kind: &[&ReportFinding],
) -> String {
    match status {
        Status::NotApplicable => not_applicable(kind, facts),
        Status::Fail | Status::Warn => troubled(kind, facts, of_kind),
        Status::Unknown if facts.evidence.recording.is_some() => {
            "Nothing bad was seen in the session, and not everything that decides was seen.".to_owned()
        }
        Status::Pass | Status::Unknown => match kind {
            VerdictKind::Https => https(facts, status),
            VerdictKind::HstsPreload => hsts_preload(facts, status),
            VerdictKind::Cookies => cookies(facts, status),
        },
    }
}

fn not_applicable(kind: VerdictKind, facts: &Facts<'_>) -> String {
    match (kind, facts.site.kind) {
        (_, SiteKind::BrowserPage) => "A page of the browser itself, not of the web.",
        (VerdictKind::Https, _) => "Not encrypted, and it never leaves this computer.",
        (_, SiteKind::PublicSuffix) => {
            "This host is a public suffix; preloading is for the domains below it."
        }
        _ => "Only public domain names can be on a list.",
    }
    .to_owned()
}

/// The worst finding's title, and how many more there are.
fn troubled(kind: VerdictKind, facts: &Facts<'_>, of_kind: &[&ReportFinding]) -> String {
    if kind == VerdictKind::Cookies {
        let clear = facts.own_cookies().filter(|(cookie, _)| can_travel_in_clear(cookie)).count();
        let own = facts.own_cookies().count();
        match (clear, own) {
            (0, _) => {}
            (1, 1) => return "The site's only cookie can be sent unencrypted.".to_owned(),
            (clear, own) => return format!("{clear} of {own} cookies can be sent unencrypted."),
        }
    }
    if kind == VerdictKind::HstsPreload
        && let Some(sentence) = not_ready(facts, of_kind)
    {
        return sentence;
    }
    let Some(worst) = of_kind.first() else { return String::new() };
    let more = of_kind.iter().skip(1).filter(|f| f.severity > Severity::Note).count();
    match more {
        0 => format!("{}.", worst.title),
        1 => format!("{}; and one thing more.", worst.title),
        n => format!("{}; and {n} things more.", worst.title),
    }
}

/// Whether one of these checks found it.
fn is_of(finding: &ReportFinding, checks: &[&Check]) -> bool {
    checks.iter().any(|check| check.id == finding.check)
}

fn https(facts: &Facts<'_>, status: Status) -> String {
    let rest = match facts.unseen_hosts() {
        Some(_) => "what comes from hosts without access was not seen",
        None => "nothing seen over http",
    };
    match (status, facts.connection()) {
        (Status::Pass, Observed::Seen(connection)) if connection.stated => {
            let mut words = "Certificate accepted".to_owned();
            if let Observed::Seen(protocol) = &connection.protocol {
                words = format!("{words}, {protocol}");
            }
            format!("{words}; {rest}.")
        }
        (Status::Pass, _) => format!("No certificate error; {rest}."),
        _ if facts.page_scheme() == Some("https") => {
            "The address is https; its certificate was not seen.".to_owned()
        }
        _ => "The page's load was not seen.".to_owned(),
    }
}

/// Nothing worse than requirements of hstspreload.org that are not met.
fn not_ready(facts: &Facts<'_>, of_kind: &[&ReportFinding]) -> Option<String> {
    let bad: Vec<_> = of_kind.iter().filter(|finding| finding.severity > Severity::Note).collect();
    let requirements: Vec<_> = bad.iter().filter(|finding| is_of(finding, REQUIREMENTS)).collect();
    let consent = &[&field_sent_but_not_listed::CHECK];
    if requirements.is_empty() || bad.iter().any(|f| !is_of(f, REQUIREMENTS) && !is_of(f, consent)) {
        return None;
    }
    let domain = facts.site.registrable_domain.as_deref()?;
    let in_force = facts.cover(domain).is_some();
    Some(match (requirements.as_slice(), in_force) {
        ([one], true) => format!("In force, but not ready for the preload lists: {}.", inside(&one.title)),
        ([one], false) => format!("Not ready for the preload lists: {}.", inside(&one.title)),
        (many, true) => {
            format!("In force, but {} requirements for the preload lists are not met.", many.len())
        }
        (many, false) => format!("{} requirements for the preload lists are not met.", many.len()),
    })
}

/// A title in the middle of a sentence; names keep their capitals.
fn inside(title: &str) -> String {
    match title.split_once(' ') {
        Some((first @ ("The" | "No" | "More" | "A"), rest)) => {
            format!("{} {rest}", first.to_ascii_lowercase())
        }
        _ => title.to_owned(),
    }
}

fn hsts_preload(facts: &Facts<'_>, status: Status) -> String {
    let preload = &facts.preload;
    let Some(domain) = preload.domain.as_deref() else {
        return "The page's address was not seen.".to_owned();
    };
    let lists = match (preload.chromium.listed, preload.firefox.listed) {
        (true, true) => "On the preload lists of Chromium and Firefox",
        (true, false) => "On Chromium's preload list",
        (false, true) => "On Firefox's preload list",
        (false, false) => {
            return match (status, facts.cover(domain)) {
                (Status::Pass, _) if preload.eligible() == StepResult::Eligible => {
                    "In force, and every requirement for the preload lists is met.".to_owned()
                }
                (Status::Pass, _) => {
                    "In force, and no requirement for the preload lists is known to fail.".to_owned()
                }
                (_, Some(Cover::Policy { max_age, .. })) => {
                    let missing = match preload.gap("header") {
                        Some(_) => "what the domain itself sends",
                        None => "how http answers",
                    };
                    format!("In force for {}; {missing} was not seen.", duration(max_age))
                }
                _ => format!("On no preload list; the policy of `{domain}` was not seen."),
            };
        }
    };
    match preload.chromium.entry.as_deref().or(preload.firefox.entry.as_deref()) {
        Some(entry) if entry != domain => format!("{lists} by the entry `{entry}`."),
        _ => format!("{lists}."),
    }
}

/// In the recording browser, as things stand.
fn can_travel_in_clear(cookie: &CookieFact<'_>) -> bool {
    cookie.reach.as_ref().is_some_and(|reach| reach.clear_text_url().is_some())
}

/// Neither an error nor a warning: how many cookies there are, and what was seen of them.
fn cookies(facts: &Facts<'_>, status: Status) -> String {
    let own = facts.own_cookies().count();
    let all_secure = facts.own_cookies().all(|(_, stored)| stored.secure);
    let what = counted(own, "cookie");
    let jar = facts.evidence.jar.is_seen();
    match (own, status, jar, facts.set_cookies_seen().is_seen()) {
        (0, Status::Pass, ..) => "The site sets no cookie.".to_owned(),
        (0, _, true, _) => {
            "The browser holds no cookie of the site; what the page sets was not seen.".to_owned()
        }
        (0, _, false, true) => "The page sets no cookie; what the browser holds was not seen.".to_owned(),
        (0, _, false, false) => "Cookies were not seen.".to_owned(),
        (1, Status::Pass, ..) if all_secure => "1 cookie, sent over https only.".to_owned(),
        (_, Status::Pass, ..) if all_secure => format!("{what}, all sent over https only."),
        (_, Status::Pass, ..) if facts.site.kind == SiteKind::Local => {
            format!("{what}, which never leave this computer.")
        }
        (_, Status::Pass, ..) => format!("{what}; none is sent unencrypted while HSTS is in force."),
        (_, _, true, _) if all_secure => format!("{what} stored, Secure; what the page sets was not seen."),
        (_, _, true, _) => format!("{what} stored; what the page sets was not seen."),
        (_, _, false, _) if all_secure => format!("{what} set, Secure; what the browser holds was not seen."),
        (_, _, false, _) => format!("{what} set; what the browser holds was not seen."),
    }
}

fn counted(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

/// The page in one sentence: what the popup says first.
pub fn summary(report: &Report) -> String {
    let verdicts = &report.verdicts;
    let (https, hsts, cookies) =
        (verdicts.https.status, verdicts.hsts_preload.status, verdicts.cookies.status);
    match (https, hsts, cookies) {
        (Status::NotApplicable, Status::NotApplicable, Status::NotApplicable) => {
            "Nothing to check: this is a page of the browser."
        }
        (Status::Fail, _, _) if report.has(&page_insecure::CHECK) => {
            "This page is not encrypted: anyone on the way can read and change it."
        }
        (Status::Fail, _, _) if report.findings.iter().any(|f| is_of(f, REFUSALS)) => {
            "The server could not prove that it is this site."
        }
        (Status::Fail, _, _) => "The page is encrypted, but not all of it holds.",
        (Status::Unknown, Status::Fail, Status::Fail) => {
            "Nothing makes browsers insist on encryption, and a cookie that matters is not protected."
        }
        (Status::Unknown, Status::Fail, _) => "Nothing makes browsers insist on encryption.",
        (Status::Unknown, _, Status::Fail) if report.has_clear_cookie() => {
            "A cookie that matters can be sent unencrypted."
        }
        (Status::Unknown, _, Status::Fail) => "A cookie that matters lacks protection.",
        (Status::Unknown, _, _) => "Not everything was seen: whether this page is really encrypted is open.",
        (Status::NotApplicable, _, _) => "Not encrypted, and it never leaves this computer.",
        (_, _, Status::Fail) if report.has_clear_cookie() => {
            "The page is encrypted, but a cookie that matters can be sent unencrypted."
        }
        (_, _, Status::Fail) => "The page is encrypted, but a cookie that matters lacks protection.",
        (_, Status::Fail, _) => "The page is encrypted, but nothing makes browsers insist on it.",
        (Status::Warn, _, _) => "The page is encrypted, with a weakness.",
        (_, _, Status::Warn) => "The page is encrypted; its cookies could be set with more care.",
        (_, Status::Warn, _) => "The page is encrypted; browsers do not insist on it everywhere.",
        (_, Status::Unknown, _) | (_, _, Status::Unknown) => {
            "The page is encrypted; not everything about the site was seen."
        }
        (Status::Pass, Status::NotApplicable, _) => {
            "The page is encrypted. Preloading does not apply to this address."
        }
        (Status::Pass, _, _) => "Everything seen here was encrypted, and browsers insist on it.",
    }
    .to_owned()
}

impl Report {
    /// Whether a cookie that matters can travel in clear.
    fn has_clear_cookie(&self) -> bool {
        self.findings.iter().any(|f| is_of(f, &[&reach_clear_text::CHECK]) && f.severity == Severity::Error)
    }

    /// Whether a check found something.
    pub fn has(&self, check: &Check) -> bool {
        self.findings.iter().any(|finding| is_of(finding, &[check]))
    }
}
