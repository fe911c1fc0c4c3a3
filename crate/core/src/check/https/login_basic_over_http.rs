//! `https.login.basic-over-http`

use crate::check::prelude::*;
use crate::fact::Challenge;

declare! {
    /// # What is wrong
    ///
    /// A response over http asks the browser for a name and a password (WWW-Authenticate: Basic or
    /// Digest).
    ///
    /// # Why it matters
    ///
    /// With Basic the password itself is sent readable with every request; with Digest its MD5 hash
    /// can be guessed at leisure. Whoever is on the way has both.
    ///
    /// # Example
    ///
    /// ```http
    /// GET http://shop.example/admin/
    /// HTTP/1.1 401 Unauthorized
    /// WWW-Authenticate: Basic realm="admin"
    /// ```
    ///
    /// # How to fix
    ///
    /// Answer http with a redirect only, and ask for the password over https. Change passwords that
    /// were sent this way.
    ///
    /// # When it does not apply
    ///
    /// Nothing of the site came over http. Over https Basic is as good as the password. Negotiate
    /// and Bearer are not looked at.
    id: "https.login.basic-over-http",
    severity: Error,
    title: "A password is asked for over http",
    references: [Cwe(522), Zap("10105"), Rfc(7617, "§4")],
    fix: Remedy { summary: "Redirect to https before asking for the password.", lines: redirects!() },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let findings: Vec<Finding> = facts.challenges_over_http().iter().filter_map(finding).collect();
    if !findings.is_empty() || facts.answers_over_http().next().is_some() {
        return Outcome::from_findings(findings);
    }
    match facts.page() {
        Observed::Unseen(reason) if facts.page_scheme() == Some("http") => {
            Outcome::Unknown(Gap::new(What::PageResponse, reason))
        }
        _ => Outcome::NotApplicable("nothing of the site came over http"),
    }
}

fn finding(challenge: &Challenge<'_>) -> Option<Finding> {
    let readable = ["basic", "digest"];
    let scheme = challenge.schemes.iter().find(|s| readable.contains(&s.to_ascii_lowercase().as_str()))?;
    let url = &challenge.exchange.url;
    Some(
        Finding::new(format!(
            "Everybody on the way to {} gets the password that is typed there.",
            code(url.as_str())
        ))
        .title(format!("{} asks for a password over http", code(scheme)))
        .at(Location::url(url).field("www-authenticate")),
    )
}
