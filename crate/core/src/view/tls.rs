//! The way to the page, hop by hop, and the connection that it came over.

use maud::{Markup, html};

use super::icon::icon;
use super::page::{Page, clock, day, fact, status_of};
use super::text::{breaking, cut, foreign, sentence};
use crate::evidence::{ProbeState, RedirectCause, Transparency};
use crate::fact::is_hybrid;
use crate::knowledge::tls_guideline;
use crate::report::{CertificateJson, ConnectionJson, HopJson, SeenIn};
use crate::time::parse_rfc3339;
use crate::verdict::Status;

/// Hops of one chain, chains of the redirect check and names of a certificate that are shown.
const SHOWN: usize = 12;

/// The section.
pub(super) fn tls(page: &Page<'_>) -> Markup {
    let facts = &page.report.facts;
    let content = html! {
        @if !facts.redirects.is_empty() {
            (page.heading(1, None, Some("block-title"), &html! { (page.say("This visit")) }))
            (chain(page, &facts.redirects))
        }
        @if let Some(probe) = &facts.probe {
            (page.heading(1, None, Some("block-title"), &html! {
                (page.say("Redirect check")) " "
                span."muted small" { (state(page, probe.state)) ", " (clock(&probe.began_at)) " UTC" }
            }))
            @for hops in chains(&probe.requests).into_iter().take(SHOWN) { (chain(page, hops)) }
            @if probe.requests.is_empty() { p.muted { (page.say("Nothing answered yet.")) } }
        }
        @if facts.redirects.is_empty() && facts.probe.is_none() {
            p.muted { (page.say("The requests that led to the page were not seen.")) }
        }
        div."grid grid--2" { (connection(page)) }
    };
    let lead =
        html! { (page.say("From the address a person types to the page, hop by hop. Times are UTC.")) };
    page.section("tls", page.say("HTTPS & TLS"), &lead, &content)
}

fn state<'p>(page: &'p Page<'_>, state: ProbeState) -> &'p str {
    match state {
        ProbeState::Running => page.language.say("under way"),
        ProbeState::Done => page.language.say("done"),
        ProbeState::Stopped => page.language.say("stopped"),
        ProbeState::TimedOut => page.language.say("ended: it took too long"),
        ProbeState::Interrupted => page.language.say("interrupted: the browser ended it"),
    }
}

/// The check's requests in chains: where one leads to the next, it is the same one.
fn chains(requests: &[HopJson]) -> Vec<&[HopJson]> {
    requests.chunk_by(|before, next| before.to.as_deref() == Some(next.url.as_str())).collect()
}

fn chain(page: &Page<'_>, hops: &[HopJson]) -> Markup {
    html! {
        ol.hops {
            @for (n, hop) in hops.iter().take(SHOWN).enumerate() {
                (self::hop(page, hop, n + 1 < hops.len().min(SHOWN)))
            }
        }
        @if hops.len() > SHOWN {
            p."muted small" { (page.language.count(hops.len() - SHOWN, "and {} more", "and {} more")) }
        }
    }
}

/// One request; an arrow leads on where another one follows.
fn hop(page: &Page<'_>, hop: &HopJson, leads_on: bool) -> Markup {
    let by_browser = hop.cause.filter(|cause| *cause != RedirectCause::Server);
    let is_http = !hop.url.starts_with("https:");
    let (status, word) = match (by_browser, hop.status) {
        (Some(_), _) => (Status::NotApplicable, page.say("Not sent")),
        (None, None) => (Status::Unknown, page.say("No answer")),
        // A page over http is what the chain was to lead away from.
        (None, Some(_)) if is_http && hop.to.is_none() => (Status::Fail, page.say("In clear")),
        (None, Some(_)) if is_http => (Status::Warn, page.say("In clear")),
        (None, Some(_)) => (Status::Pass, page.say("Encrypted")),
    };
    let over = match by_browser {
        Some(RedirectCause::Hsts) => page.say("the browser itself: it knows the host’s HSTS"),
        Some(RedirectCause::HttpsUpgrade) => page.say("the browser itself: it tries https first"),
        Some(_) => page.say("the browser itself, or an extension"),
        None => "",
    };
    let arrow = match (hop.status, by_browser) {
        (_, Some(_)) | (None, _) => page.say("browser").to_owned(),
        (Some(status), None) => status.to_string(),
    };
    html! {
        li.hop data-status=(status.key()) {
            div.hop__head { span { (word) } (icon("icon", &format!("i-{}", status.key()))) }
            div.hop__body {
                p.hop__url { (breaking(&hop.url, 300)) }
                dl.facts {
                    dt { (page.say("Answer")) }
                    dd {
                        @match (hop.status, &hop.error) {
                            _ if !over.is_empty() => { (over) },
                            (Some(status), _) => { (status) },
                            (None, Some(error)) => { (foreign(error, 160)) },
                            (None, None) => { (page.say("not seen")) },
                        }
                    }
                    @if hop.status.is_some() && by_browser.is_none() {
                        dt { (page.say("Cookies")) }
                        dd { @if hop.set_cookies == 0 { (page.say("none set")) } @else { (page.language.count(hop.set_cookies, "{} set", "{} set")) } }
                        dt { (page.say("HSTS")) }
                        dd {
                            @match (&hop.hsts, is_http) {
                                (Some(field), true) => { code { (foreign(field, 120)) } " " (page.say("(void over http)")) },
                                (Some(field), false) => { code { (foreign(field, 120)) } },
                                (None, true) => { (page.say("none, as it should be")) },
                                (None, false) => { (page.say("none")) },
                            }
                        }
                    }
                    @if let (Some(to), false) = (&hop.to, leads_on) {
                        dt { (page.say("Leads to")) }
                        dd { (breaking(to, 300)) }
                    }
                }
                p {
                    span.tag {
                        @match hop.seen_in {
                            SeenIn::Tab => { (page.say("seen in this tab")) },
                            SeenIn::Check => { (page.say("asked by Check redirects")) },
                        }
                        ", " (clock(&hop.at))
                    }
                }
            }
            @if leads_on {
                span.hop__arrow {
                    (arrow)
                    svg viewBox="0 0 64 14" preserveAspectRatio="none" aria-hidden="true" {
                        path d="M4 7h50" {}
                        path.head d="M52 2l8 5-8 5z" {}
                    }
                }
            }
        }
    }
}

/// Both panels of the connection.
fn connection(page: &Page<'_>) -> Markup {
    let certificate = html! { (page.say("Certificate")) };
    let protocol = html! { (page.say("Protocol")) };
    let Some(connection) = &page.report.facts.connection else {
        let over_http = page.report.site.url.starts_with("http:");
        let (status, words) = if over_http {
            (
                Status::NotApplicable,
                page.say("The page came over http: there is neither certificate nor TLS."),
            )
        } else {
            (Status::Unknown, page.say("The page’s connection was not observed."))
        };
        return html! {
            (page.panel("certificate", &certificate, Some(status), &html! { p.muted { (words) } }))
            (page.panel("protocol", &protocol, Some(status), &html! { p.muted { (words) } }))
        };
    };
    let worst = |area: &str| {
        let of = page.report.findings.iter().filter(|finding| finding.check.starts_with(area));
        status_of(of.map(|finding| finding.severity))
    };
    let leaf = connection.certificates.as_ref().and_then(|chain| chain.first());
    let of_certificate = match (leaf, worst("https.certificate."), connection.stated) {
        (None, Status::Pass, false) => Status::Unknown,
        (_, status, _) => status,
    };
    let of_protocol = match (&connection.protocol, worst("https.tls.")) {
        (None, Status::Pass) => Status::Unknown,
        (_, status) => status,
    };
    html! {
        (page.panel("certificate", &certificate, Some(of_certificate), &self::certificate(page, connection)))
        (page.panel("protocol", &protocol, Some(of_protocol), &self::protocol(page, connection)))
    }
}

fn certificate(page: &Page<'_>, connection: &ConnectionJson) -> Markup {
    let chain = connection.certificates.as_deref().unwrap_or_default();
    html! {
        @if let Some(error) = &connection.overridden {
            p.small { (page.say("A person went past the browser’s warning:")) " " code { (foreign(error, 120)) } }
        }
        @match chain {
            [] => {
                p.small {
                    @if connection.overridden.is_none() { (page.say("The page loaded without a certificate error: the browser accepted it.")) " " }
                }
                (missing(connection, page.say("The certificate itself was not observed.")))
            },
            [leaf, above @ ..] => {
                @if leaf.readable {
                    (life(page, leaf))
                    dl.facts {
                        (fact(page.say("Subject"), &leaf.subject))
                        dt { (page.say("Names")) } dd { (names(page, &leaf.names)) }
                        (fact(page.say("Issuer"), &leaf.issuer))
                        (fact(page.say("Key"), &leaf.key))
                        (fact(page.say("Signature"), &leaf.signature))
                        (transparency(page, connection))
                        @for certificate in above.iter().take(SHOWN) {
                            dt { (page.say("Issued by")) }
                            dd {
                                (foreign(if certificate.subject.is_empty() { "–" } else { &certificate.subject }, 200))
                                span."muted small block" {
                                    (cut(&certificate.key, 60)) ", " (page.say("until")) " " (day(&certificate.not_after))
                                    @if certificate.built_in_root == Some(true) { ", " (page.say("a root of the browser")) }
                                }
                            }
                        }
                    }
                } @else { p.muted { (page.say("The certificate can not be read.")) } }
            },
        }
    }
}

fn transparency(page: &Page<'_>, connection: &ConnectionJson) -> Markup {
    let Some(told) = connection.transparency else { return html! {} };
    let words = match told {
        Transparency::Compliant => page.say("the browser’s policy is met"),
        Transparency::NotEnoughTimestamps => page.say("too few timestamps"),
        Transparency::NotDiverse => page.say("timestamps of too few logs"),
        Transparency::NotApplicable => page.say("not asked for here"),
    };
    html! { dt { (page.say("Transparency")) } dd { (words) } }
}

fn names(page: &Page<'_>, names: &[String]) -> Markup {
    html! {
        @for (n, name) in names.iter().take(SHOWN).enumerate() { @if n > 0 { ", " } (foreign(name, 253)) }
        @if names.len() > SHOWN { " " span.muted { (page.language.count(names.len() - SHOWN, "and {} more", "and {} more")) } }
    }
}

/// How much of its time a certificate has lived.
fn life(page: &Page<'_>, leaf: &CertificateJson) -> Markup {
    let ends = (parse_rfc3339(&leaf.not_before), parse_rfc3339(&leaf.not_after), page.now());
    let (Some(from), Some(until), Some(now)) = ends else { return html! {} };
    let whole = until.saturating_sub(from).max(1);
    let used = now.saturating_sub(from).clamp(0, whole).saturating_mul(300) / whole;
    let left = until.saturating_sub(now).div_euclid(86_400);
    let words = match usize::try_from(left) {
        Ok(days) => page.language.count(days, "{} day left", "{} days left"),
        Err(_) => page.say("expired").to_owned(),
    };
    html! {
        svg.life viewBox="0 0 300 8" preserveAspectRatio="none" aria-hidden="true" {
            rect.life__track width="300" height="8" {}
            rect.life__used width=(used) height="8" {}
        }
        p.life__ends { span { (day(&leaf.not_before)) } span { (words) } span { (day(&leaf.not_after)) } }
    }
}

fn protocol(page: &Page<'_>, connection: &ConnectionJson) -> Markup {
    let ech = connection.encrypted_client_hello;
    let row = |label, value: &Option<String>| html! { @if let Some(value) = value { (fact(label, value)) } };
    html! {
        @if connection.protocol.is_some() {
            dl.facts {
                (row(page.say("Version"), &connection.protocol))
                (row(page.say("Cipher suite"), &connection.cipher_suite))
                @if let Some(group) = &connection.key_exchange_group {
                    dt { (page.say("Key exchange")) }
                    dd { (foreign(group, 80)) @if is_hybrid(group) == Some(true) { " " span.tag { (page.say("post-quantum")) } } }
                }
                (row(page.say("Signature"), &connection.signature_scheme))
                @if let Some(used) = ech {
                    dt { (page.say("Hidden name (ECH)")) }
                    dd { @if used { (page.say("used")) } @else { (page.say("not used")) } }
                }
                (fact(page.say("Judged against"), tls_guideline::NAME))
            }
            p.panel__foot { (page.say("What this connection agreed on, as the browser reports it. Other versions that the server offers were not asked for.")) }
        } @else {
            (missing(connection, page.say("Version, cipher suite and key exchange were not observed.")))
        }
    }
}

/// Why the browser does not tell, and which one does. That it was not observed is told once, under the verdict.
fn missing(connection: &ConnectionJson, what: &str) -> Markup {
    let (why, how) = connection.missing().unwrap_or_default();
    html! {
        div.unseen {
            div.unseen__row {
                (icon("icon", "i-unknown"))
                p { b { (what) } " " span.unseen__why { (sentence(why)) " " (sentence(how)) } }
            }
        }
    }
}
