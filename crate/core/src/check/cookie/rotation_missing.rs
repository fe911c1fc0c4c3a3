//! `cookie.rotation.missing`

use super::about;
use crate::check::prelude::*;
use crate::evidence::Recording;
use crate::fact::{CookieFact, CookieKind};

declare! {
    /// # What is wrong
    ///
    /// A session cookie was there before a sign-in, and neither the answer to the sign-in nor anything after
    /// it set the cookie again: the session goes on under the name that it had before.
    ///
    /// # Why it matters
    ///
    /// Whoever gave the visitor that cookie, or read it before, is signed in along with the visitor (session
    /// fixation).
    ///
    /// # Example
    ///
    /// ```http
    /// POST https://shop.example/login
    /// HTTP/1.1 302 Found
    /// Location: /account
    /// ```
    ///
    /// # How to fix
    ///
    /// Give the session a new identifier when somebody signs in, and send it in a new Set-Cookie field.
    ///
    /// # When it does not apply
    ///
    /// Nothing looked like a sign-in: a POST to an address that ends in `login`, `session` and the like, or from
    /// a form with a password field, that was answered by a redirect. Values of cookies are never kept, so a
    /// cookie that is set again counts as changed, even to the same value. A guess, and a note.
    id: "cookie.rotation.missing",
    severity: Note,
    title: "A session cookie outlives a sign-in",
    references: [Cwe(384), Asvs("V7.2.4")],
    fix: Remedy {
        summary: "Give the session a new identifier when somebody signs in.",
        lines: &[
            (Software::Django, "django.contrib.auth.login(request, user)  # gives the session a new key; request.session.cycle_key() where you sign in yourself"),
            (Software::Express, "req.session.regenerate(next);"),
            (Software::Rails, "reset_session  # before the user is stored in it"),
            (Software::Php, "session_regenerate_id(true);"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let Some(sign_in) = facts.sign_in() else {
        return Outcome::NotApplicable("nothing here looks like signing in");
    };
    let is_session = |cookie: &&CookieFact<'_>| {
        cookie.first_party && cookie.kind == CookieKind::Session && cookie.stored.is_some()
    };
    let whole = |recording: &Recording| recording.dropped == 0 && recording.elsewhere == 0;
    let all_seen = facts.evidence.recording.as_ref().is_some_and(whole)
        && facts
            .evidence
            .visits
            .iter()
            .all(|visit| visit.watched.is_seen() && visit.dropped == 0 && visit.unseen_hosts.is_none());
    let mut findings = Vec::new();
    let mut unseen = None;
    let mut any = false;
    for cookie in facts.cookies.iter().filter(is_session) {
        any = true;
        if cookie.settings.iter().any(|setting| setting.exchange.at >= sign_in.at) {
            continue;
        }
        // It was set more often than by the answers that were seen: perhaps now. Only answers set what is `HttpOnly`,
        // and of a session all of them were seen.
        let set = cookie.change.map_or(0, |change| change.set as usize);
        let explained = all_seen && cookie.stored.as_ref().is_some_and(|stored| stored.http_only);
        if set > cookie.settings.len() && !explained {
            unseen = Some(Outcome::Unknown(Gap::new(What::SetCookies, Reason::NotExposedByThisBrowser)));
            continue;
        }
        findings.push(about(
            Finding::new("It was there before the sign-in, and nothing set it again since: whoever knew it then is signed in too.")
                .title(format!("{} outlives a sign-in", cookie.called()))
                .at(Location::url(&sign_in.url).cookie(&cookie.name)),
            cookie,
        ));
    }
    match unseen {
        _ if !any => Outcome::NotApplicable("no session cookie was seen"),
        Some(unknown) if findings.is_empty() => unknown,
        _ => Outcome::from_findings(findings),
    }
}
