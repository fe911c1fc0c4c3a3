//! `https.mixed.active`

use super::common::mixed;
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// A script, frame, style sheet or other active part of an https page has an http address.
    ///
    /// # Why it matters
    ///
    /// Whoever changes it on the way controls the page, as if it were http itself. Browsers
    /// therefore block it, and part of the page does not work.
    ///
    /// # Example
    ///
    /// ```html
    /// <script src="http://cdn.example/app.js"></script>
    /// ```
    ///
    /// # How to fix
    ///
    /// Use the https address, or one without a scheme. `upgrade-insecure-requests` makes browsers
    /// do it for all of them.
    ///
    /// # When it does not apply
    ///
    /// The page is http itself. Browsers block such content before an extension hears of it, so
    /// that without a finding this stays unknown there; their console names what was blocked.
    id: "https.mixed.active",
    severity: Error,
    title: "An https page asks for active content over http",
    references: [Cwe(311), Asvs("V12.2.1"), Zap("10040")],
    fix: Remedy { summary: "Write https into the address; until then let browsers upgrade it.", lines: sends!(
            django: django_policy!("\"upgrade-insecure-requests\": True"),
            express: "app.use(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: [] } } }));",
            "Content-Security-Policy", "upgrade-insecure-requests"
        ) },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    mixed(facts, true, |request, more| {
        let url = code(request.url.as_str());
        let (message, severity) = if request.upgraded {
            (
                format!("This browser changed {url} to https before it asked; others block it.{more}"),
                Severity::Warning,
            )
        } else if request.blocked {
            (format!("Browsers refuse {url}, so that part of the page does not work.{more}"), Severity::Error)
        } else {
            (format!("Whoever changes {url} on the way controls this page.{more}"), Severity::Error)
        };
        Finding::new(message)
            .title(format!("The page asks for {} over http", request.what()))
            .severity(severity)
    })
}
