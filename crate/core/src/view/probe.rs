//! The redirect check: what it would send, how far it is, what it learnt.

use maud::{Markup, html};

use super::icon::icon;
use super::language::Language;
use super::text::foreign;
use crate::evidence::{ProbeState, RedirectCause};
use crate::report::{HopJson, ProbeJson, Report};
use crate::url::Url;

/// The check of a report's site, as far as it went; nothing where there is nothing to check. There is one button: to
/// begin ([`offer`]), to stop or to begin again.
pub(super) fn probe(report: &Report, starts: &[Url], language: &Language) -> Markup {
    html! {
        @match &report.facts.probe {
            _ if starts.is_empty() => {},
            Some(probe) if probe.state == ProbeState::Running => { (running(probe, starts.len(), language)) },
            Some(probe) => { (ended(probe, starts, language)) },
            None => {},
        }
    }
}

/// The button that begins a check, with what it would send; a row of a box of things that were not observed.
pub(super) fn offer(report: &Report, starts: &[Url], language: &Language) -> Markup {
    html! {
        @if report.facts.probe.is_none() && !starts.is_empty() {
            div.unseen__offer data-probe="none" {
                p.unseen__why { (foreign(&words(starts, language), 400)) }
                button.button type="button" data-action="probe" { (icon("glyph", "g-again")) (language.say("Check redirects")) }
            }
        }
    }
}

/// What the check sends, said before it does.
pub(super) fn words(starts: &[Url], language: &Language) -> String {
    let mut hosts = Vec::new();
    for of_host in starts.chunk_by(|one, next| one.host() == next.host()) {
        let mut schemes = String::new();
        for url in of_host {
            let scheme = url.scheme();
            schemes = match schemes.as_str() {
                "" => scheme.to_owned(),
                before => language.fill("{} and {}", &[before, scheme]),
            };
        }
        let host = of_host.first().map_or("", Url::host);
        hosts.push(language.fill("{} over {}", &[host, &schemes]));
    }
    language.fill("Asks {}, without cookies, then where they lead.", &[&hosts.join(", ")])
}

fn running(probe: &ProbeJson, least: usize, language: &Language) -> Markup {
    let asked = probe.requests.len();
    html! {
        div."unseen unseen--probe" role="status" data-probe=(probe.state.word()) {
            div.unseen__row {
                span.busy {}
                p { b { (language.say("Checking redirects")) } " " span.unseen__why { (language.fill("{} of at least {} answered", &[&asked.to_string(), &least.max(asked).to_string()])) } }
                button.button type="button" data-action="stop-probe" { (language.say("Stop")) }
            }
        }
    }
}

fn ended(probe: &ProbeJson, starts: &[Url], language: &Language) -> Markup {
    let asked = probe.requests.len();
    let failed =
        probe.requests.iter().filter(|request| request.status.is_none() && request.to.is_none()).count();
    let result = match probe.state {
        ProbeState::Stopped => language.say("Check stopped"),
        ProbeState::TimedOut => language.say("Check ended: it took too long"),
        ProbeState::Interrupted => language.say("Check interrupted: the browser ended it"),
        _ if asked == 0 => language.say("Check ended: the browser sent nothing"),
        _ if failed == asked => language.say("No answer: is the network up?"),
        _ => language.say("Redirects checked"),
    };
    html! {
        div."unseen unseen--probe unseen--done" data-probe=(probe.state.word()) {
            div.unseen__row {
                (icon("glyph", "g-again"))
                @if asked == 0 {
                    p role="status" { b { (result) } }
                } @else {
                    details.probed {
                        summary {
                            span role="status" { b { (result) } " " span.unseen__why { (language.count(asked, "{} request", "{} requests")) } }
                            (icon("glyph chevron", "g-chevron"))
                        }
                        dl."facts small" tabindex="0" role="group" aria-label=(language.say("What answered")) {
                            @for request in &probe.requests { (answer(request, language)) }
                        }
                    }
                }
                button.button type="button" data-action="probe" title=(words(starts, language)) { (language.say("Check again")) }
            }
        }
    }
}

fn answer(request: &HopJson, language: &Language) -> Markup {
    html! {
        dt { (foreign(&request.url, 120)) }
        dd {
            @match (request.status, request.cause, &request.to) {
                (Some(status), _, Some(to)) => { (status) " → " (foreign(to, 120)) },
                (Some(status), _, None) => { (status) },
                (None, Some(RedirectCause::Hsts), _) => {
                    (language.say("hidden: this browser knows the host’s HSTS and asked no server; Firefox or curl can."))
                },
                (None, _, _) => {
                    @if let Some(error) = &request.error { (foreign(error, 160)) } @else { (language.say("no answer in time")) }
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, words};
    use crate::url::Url;

    #[test]
    fn what_will_be_asked_is_said_by_host() {
        let said = |starts: &[&str]| {
            words(&starts.iter().filter_map(|url| Url::parse(url)).collect::<Vec<_>>(), &Language::default())
        };
        assert_eq!(
            said(&["http://a.example/", "https://a.example/", "https://www.a.example/"]),
            "Asks a.example over http and https, www.a.example over https, without cookies, then where they lead."
        );
        assert_eq!(
            said(&["http://b.a.example/", "http://a.example/", "https://a.example/"]),
            "Asks b.a.example over http, a.example over http and https, without cookies, then where they lead."
        );
    }
}
