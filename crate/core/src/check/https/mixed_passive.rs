//! `https.mixed.passive`

use super::common::mixed;
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// An image, audio or video of an https page has an http address.
    ///
    /// # Why it matters
    ///
    /// Everybody on the way sees what is looked at, and can show another picture. Current browsers
    /// change the address to https by themselves, and show nothing where that fails.
    ///
    /// # Example
    ///
    /// ```html
    /// <img src="http://images.example/logo.png">
    /// ```
    ///
    /// # How to fix
    ///
    /// Use the https address, or one without a scheme. `upgrade-insecure-requests` makes browsers
    /// do it for all of them.
    ///
    /// # When it does not apply
    ///
    /// The page is http itself. Chromium changes the address before an extension hears of it, so
    /// that without a finding this stays unknown there; its console names what was changed.
    id: "https.mixed.passive",
    severity: Warning,
    title: "An https page asks for images or media over http",
    references: [Cwe(311), Zap("10040")],
    fix: Remedy { summary: "Write https into the address; until then let browsers upgrade it.", lines: sends!(
            django: django_policy!("\"upgrade-insecure-requests\": True"),
            express: "app.use(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: [] } } }));",
            "Content-Security-Policy", "upgrade-insecure-requests"
        ) },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    mixed(facts, false, |request, more| {
        let url = code(request.url.as_str());
        Finding::new(if request.upgraded {
            format!("This browser changed {url} to https before it asked; older ones load it readable.{more}")
        } else if request.blocked {
            format!("The page names {url}, and browsers that do not change it to https leave it out.{more}")
        } else {
            format!("Everybody on the way can see {url}, and put another in its place.{more}")
        })
        .title(format!("The page asks for {} over http", request.what()))
    })
}
