//! `https.certificate.expiring`

use super::common::{leaf, page};
use crate::check::prelude::*;
use crate::time::{duration, rfc3339};

declare! {
    /// # What is wrong
    ///
    /// Less than a third of the lifetime of the certificate is left, so the automatic renewal has
    /// failed or there is none.
    ///
    /// # Why it matters
    ///
    /// On its last day the site is gone for everybody, behind a warning that with HSTS nobody can
    /// pass.
    ///
    /// # Example
    ///
    /// ```text
    /// valid for 90 days, 17 left
    /// ```
    ///
    /// # How to fix
    ///
    /// Look at why the renewal did not run, and run it. Certificates are renewed when a third of
    /// their lifetime is left; that leaves time to mend what fails.
    ///
    /// # When it does not apply
    ///
    /// The certificate is not valid at all, which is another check, or the browser shows no
    /// certificate. An error from three days on; for a certificate of few days from a tenth of its
    /// lifetime on.
    id: "https.certificate.expiring",
    severity: Warning,
    title: "The certificate ends soon",
    references: [Cwe(298), Guideline("Let's Encrypt renewal practice")],
    fix: Remedy { summary: "Renew it now, and let a machine do it when a third of its lifetime is left.", lines: &[(Software::Nginx, "# certbot renew --deploy-hook \"nginx -s reload\""), (Software::Apache, "# certbot renew --deploy-hook \"apachectl graceful\"")] },
    since: "0.1.0",
}

/// Three days, in seconds.
const LAST_CALL: i64 = 3 * 86_400;

fn run(facts: &Facts<'_>) -> Outcome {
    let leaf = match leaf(facts) {
        Ok(leaf) => leaf,
        Err(outcome) => return outcome,
    };
    if facts.now < leaf.not_before || facts.now > leaf.not_after {
        return Outcome::NotApplicable("the certificate is not valid now");
    }
    let (left, lifetime) = (leaf.not_after.saturating_sub(facts.now), leaf.lifetime());
    if left >= lifetime / 3 {
        return Outcome::Pass;
    }
    // Three days are half the life of a six-day certificate: a share counts there.
    let severity = if left < LAST_CALL.min(lifetime / 10) { Severity::Error } else { Severity::Warning };
    Outcome::fail(
        Finding::new(format!(
            "It is valid until {}; of {} only {} are left, and then browsers refuse the site.",
            rfc3339(leaf.not_after),
            span(lifetime),
            span(left)
        ))
        .title(format!("The certificate ends in {}", span(left)))
        .severity(severity)
        .at(page(facts)),
    )
}

fn span(seconds: i64) -> String {
    duration(seconds.unsigned_abs())
}
