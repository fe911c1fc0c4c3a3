//! Every cookie in a table, each with the address that would send it in clear.

use maud::{Markup, html};

use super::icon::icon;
use super::page::{Page, status_as};
use super::text::{cut, foreign, sentence};
use crate::check::Severity;
use crate::fact::CookieKind;
use crate::field::set_cookie::SameSite;
use crate::report::{CookieJson, ReportFinding};
use crate::time::duration;
use crate::verdict::Status;

/// Cookies of one table that are shown; more are counted.
const SHOWN: usize = 200;

/// The section.
pub(super) fn cookies(page: &Page<'_>) -> Markup {
    let facts = &page.report.facts;
    let refused = facts.cookies.iter().filter(|cookie| cookie.refused.is_some()).count();
    let lead = html! {
        (page.language.count(facts.cookies.len(), "{} seen", "{} seen"))
        @if refused > 0 { ", " (page.language.count(refused, "{} of them refused by a browser", "{} of them refused by a browser")) }
        ". " (page.say("Values are never kept."))
    };
    let content = html! {
        @if facts.cookies.is_empty() { p.panel { (sentence(&page.report.verdicts.cookies.headline)) } } @else {
            (table(page, &facts.cookies, page.say("Cookies of the site")))
        }
        @if !facts.third_party_cookies.is_empty() {
            (page.heading(1, None, Some("block-title"), &html! { (page.say("Cookies of other sites")) }))
            p.section__lead { (page.say("Set by hosts of other sites while the page was open. They change no verdict.")) }
            (table(page, &facts.third_party_cookies, page.say("Cookies of other sites")))
        }
    };
    page.section("cookies", page.say("Cookies"), &lead, &content)
}

fn table(page: &Page<'_>, cookies: &[CookieJson], label: &str) -> Markup {
    let heads = [
        page.say("Name"),
        page.say("Verdict"),
        "Secure",
        "HttpOnly",
        "SameSite",
        page.say("Prefix"),
        page.say("Sent to"),
        page.say("Lifetime"),
        "Partitioned",
    ];
    let body = html! {
        @for cookie in cookies.iter().take(SHOWN) { (row(page, cookie)) }
    };
    html! {
        (page.table(label, "cookies", &heads, &body))
        @if cookies.len() > SHOWN {
            p."muted small" { (page.language.count(cookies.len() - SHOWN, "and {} more", "and {} more")) }
        }
    }
}

fn row(page: &Page<'_>, cookie: &CookieJson) -> Markup {
    let kept = cookie.domain.is_some();
    html! {
        tbody data-cookie=(cut(&cookie.name, 120)) {
            tr {
                th scope="row" rowspan="2" {
                    code { (foreign(cookie.called(), 80)) }
                    @if let Some(kind) = kind(page, cookie.kind) { span."muted small block" { (kind) } }
                    @if let Some(host) = &cookie.third_party { span."muted small block" { (foreign(host, 253)) } }
                }
                td { (verdict(page, cookie)) }
                @if kept {
                    // What matters for every cookie is a no; what only some need is a plain word.
                    td { (flag(page, cookie.secure, true)) }
                    td { (flag(page, cookie.http_only, cookie.kind == CookieKind::Session)) }
                    td {
                        @match cookie.same_site {
                            Some(SameSite::Strict) => "Strict",
                            Some(SameSite::Lax) => "Lax",
                            Some(SameSite::None) => "None",
                            Some(SameSite::Unspecified) | None => span.unset { (page.say("not set")) },
                        }
                    }
                    td { @if let Some(prefix) = prefix(&cookie.name) { (prefix) } @else { span.unset { (page.say("none")) } } }
                    td { (sent_to(page, cookie)) }
                    td.nowrap { (lifetime(page, cookie)) }
                    td { (flag(page, cookie.partitioned, false)) }
                } @else {
                    td colspan="7" { (sentence(&cookie.attributes())) }
                }
            }
            tr.proof { td colspan="8" { (proof(page, cookie)) } }
        }
    }
}

fn kind<'p>(page: &'p Page<'_>, kind: CookieKind) -> Option<&'p str> {
    match kind {
        CookieKind::Session => Some(page.language.say("session")),
        CookieKind::SignIn => Some(page.language.say("sign-in")),
        CookieKind::Csrf => Some(page.language.say("anti-CSRF")),
        CookieKind::Other => None,
    }
}

/// The worst that was found of it. Where findings were folded because there are many, what was not found by name is open.
fn verdict(page: &Page<'_>, cookie: &CookieJson) -> Markup {
    let of_cookies = || page.report.findings.iter().filter(|finding| finding.check.starts_with("cookie."));
    let named = |finding: &&ReportFinding| finding.location.cookie.as_deref() == Some(cookie.name.as_str());
    let worst = of_cookies().filter(named).map(|finding| finding.severity).max();
    let folded =
        of_cookies().any(|finding| finding.location.cookie.is_none() && finding.severity > Severity::Note);
    match worst {
        Some(severity) => page.severity(severity),
        None if folded => status_as(Status::Unknown, page.say("See findings")),
        None => page.status(Status::Pass),
    }
}

fn flag(page: &Page<'_>, set: Option<bool>, is_wanted: bool) -> Markup {
    match set {
        Some(true) => html! { span.yes { (icon("glyph", "g-check")) (page.say("yes")) } },
        Some(false) if is_wanted => html! { span.no { (icon("glyph", "g-cross")) (page.say("no")) } },
        Some(false) => html! { span."no no--fine" { (page.say("no")) } },
        None => html! { span.unset { (page.say("not seen")) } },
    }
}

/// The prefix of a name, which browsers hold to its rules whatever its case.
fn prefix(name: &str) -> Option<&'static str> {
    let known = ["__Host-Http-", "__Host-", "__Http-", "__Secure-"];
    known
        .into_iter()
        .find(|prefix| name.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix)))
}

fn sent_to(page: &Page<'_>, cookie: &CookieJson) -> Markup {
    html! {
        (foreign(cookie.domain.as_deref().unwrap_or_default(), 253))
        @if cookie.host_only == Some(false) { ", " (page.say("all sub-domains")) }
        @if let Some(path) = cookie.path.as_deref().filter(|path| *path != "/") { span."muted small block" { (foreign(path, 80)) } }
    }
}

fn lifetime(page: &Page<'_>, cookie: &CookieJson) -> String {
    match (cookie.expires_at, page.now()) {
        (None, _) => page.say("session").to_owned(),
        (Some(end), Some(now)) => match u64::try_from(end.saturating_sub(now)) {
            Ok(left) => duration(left),
            Err(_) => page.say("over").to_owned(),
        },
        (Some(_), None) => page.say("not seen").to_owned(),
    }
}

/// The address that would send it in clear, or why there is none.
fn proof(page: &Page<'_>, cookie: &CookieJson) -> Markup {
    html! {
        @match (&cookie.clear_text_url, &cookie.never_in_clear) {
            (Some(url), _) => {
                (page.say("Goes in clear to")) " "
                span.no { (icon("glyph", "g-cross")) code { (foreign(url, 200)) } }
            },
            (None, Some(why)) => { (page.say("Never in clear:")) " " (sentence(why)) },
            (None, None) if cookie.domain.is_some() => { (page.say("In clear once the HSTS policy is over.")) },
            (None, None) => { (page.say("It is not kept, so it is never sent.")) },
        }
        @if let Some(refused) = &cookie.refused {
            " " (page.fill("Refused by {}:", &[refused.by()])) " " (sentence(&refused.why)) "."
        }
        @if let Some(origin) = cookie.origin() { " " span.tag { (origin) } }
        @if let Some(changed) = cookie.changed() { " " span.tag data-changed { (sentence(&changed)) } }
    }
}
