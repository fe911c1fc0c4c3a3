//! `https.form.insecure-action`

use crate::check::prelude::*;
use crate::evidence::Form;

declare! {
    /// # What is wrong
    ///
    /// A form of an https page sends what is typed into it to an http address.
    ///
    /// # Why it matters
    ///
    /// Everybody on the way can read it, while the page itself looks safe. Browsers warn of it, if
    /// at all, only when the form is sent.
    ///
    /// # Example
    ///
    /// ```html
    /// <form action="http://shop.example/login" method="post">
    /// ```
    ///
    /// # How to fix
    ///
    /// Write https into the action, or leave scheme and host away. `upgrade-insecure-requests` makes
    /// browsers do it for all forms.
    ///
    /// # When it does not apply
    ///
    /// The page is http itself: `https.form.insecure-page`. Unknown as long as nobody read the page; the
    /// extension does when its popup is opened. Frames of other origins are not read, and what a script
    /// sends is no form.
    id: "https.form.insecure-action",
    severity: Error,
    title: "A form of an https page sends over http",
    references: [Cwe(319), Zap("10042"), Guideline("Upgrade Insecure Requests §3.2")],
    fix: Remedy { summary: "Write https into the form's action; until then let browsers upgrade it.", lines: sends!(
            django: django_policy!("\"upgrade-insecure-requests\": True"),
            express: "app.use(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: [] } } }));",
            "Content-Security-Policy", "upgrade-insecure-requests"
        ) },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    if facts.page_scheme() != Some("https") {
        return Outcome::NotApplicable("the page itself is not https");
    }
    let document = match facts.document() {
        Observed::Seen(document) => document,
        Observed::Unseen(reason) => return Outcome::Unknown(Gap::new(What::Document, reason)),
    };
    let upgraded = facts.upgrades_insecure_requests();
    let insecure = document.forms.iter().filter(|form| form.is_insecure());
    let findings: Vec<Finding> = insecure.map(|form| finding(form, upgraded)).collect();
    if findings.is_empty() && document.beyond.forms > 0 {
        return Outcome::Unknown(Gap::new(What::Document, Reason::OverLimit));
    }
    Outcome::from_findings(findings)
}

fn finding(form: &Form, upgraded: bool) -> Finding {
    let action = code(form.action.as_str());
    let what = if form.password { "the password" } else { "what is typed into it" };
    let finding = if upgraded {
        let message = format!(
            "Browsers that obey `upgrade-insecure-requests` change {action} to https; others send {what} in clear."
        );
        Finding::new(message).severity(Severity::Warning)
    } else {
        Finding::new(format!("Everybody on the way to {action} can read {what}."))
    };
    let finding = finding.at(Location::url(&form.action));
    if form.password { finding.title("A form sends a password over http") } else { finding }
}
