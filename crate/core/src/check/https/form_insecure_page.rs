//! `https.form.insecure-page`

use super::common::{of_the_network, page};
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// A page that came over http has a form, or a password field.
    ///
    /// # Why it matters
    ///
    /// Whoever is on the way can change the form, and so gets what is typed into it, also where its action
    /// is an https address. Browsers say so next to the field.
    ///
    /// # Example
    ///
    /// ```html
    /// <form action="https://shop.example/login" method="post"><input type="password">
    /// ```
    ///
    /// # How to fix
    ///
    /// Serve the page over https and redirect http to it.
    ///
    /// # When it does not apply
    ///
    /// The page is https, or of this very computer. Unknown as long as nobody read the page; the extension
    /// does when its popup is opened. Frames of other origins are not read.
    id: "https.form.insecure-page",
    severity: Warning,
    title: "A page with a form is not encrypted",
    references: [Cwe(319), Zap("10041")],
    fix: Remedy { summary: "Serve the page over https, and redirect http there.", lines: redirects!() },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    if facts.page_scheme() != Some("http") {
        return Outcome::NotApplicable("the page is not http");
    }
    if let Err(outcome) = of_the_network(facts) {
        return outcome;
    }
    let document = match facts.document() {
        Observed::Seen(document) => document,
        Observed::Unseen(reason) => return Outcome::Unknown(Gap::new(What::Document, reason)),
    };
    let finding = |message: &'static str| Finding::new(message).at(page(facts));
    if document.password_fields > 0 {
        let message = "Whoever is on the way can read or redirect the password that is typed here.";
        Outcome::fail(finding(message).title("A page with a password field is not encrypted"))
    } else if document.forms.is_empty() {
        Outcome::Pass
    } else {
        Outcome::fail(finding(
            "Whoever is on the way can change the form, and so gets what is typed into it.",
        ))
    }
}
