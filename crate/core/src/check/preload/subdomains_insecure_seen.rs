//! `preload.subdomains.insecure-seen`

use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// A sub-domain answered over plain http, did not lead to https, and was not seen over https.
    ///
    /// # Why it matters
    ///
    /// Preloading, and `includeSubDomains` as well, hold every sub-domain to https: this one may
    /// stop working.
    ///
    /// # Example
    ///
    /// ```http
    /// GET http://old.shop.example/
    /// HTTP/1.1 200 OK
    /// ```
    ///
    /// # How to fix
    ///
    /// Serve the sub-domain over https before the domain is preloaded.
    ///
    /// # When it does not apply
    ///
    /// The lists hold the domain with its sub-domains already.
    id: "preload.subdomains.insecure-seen",
    severity: Warning,
    title: "A sub-domain answers over plain http",
    references: [Cwe(319), Guideline("hstspreload.org, deployment recommendations")],
    fix: Remedy {
        summary: "Serve the sub-domain over https before `includeSubDomains` or preloading.",
        lines: &[(Software::Nginx, "return 301 https://$host$request_uri;")],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let preload = &facts.preload;
    let Some(domain) = preload.domain.as_deref() else {
        return Outcome::NotApplicable(super::requirement::NO_DOMAIN);
    };
    if [&preload.chromium, &preload.firefox].into_iter().any(|list| list.listed && list.include_subdomains) {
        return Outcome::NotApplicable("a list holds the sub-domains to https already");
    }
    let findings = facts
        .insecure_subdomains()
        .into_iter()
        .map(|(host, url)| {
            Finding::new(format!(
                "{} was seen over http only; preloading {} could make it unreachable.",
                code(host),
                code(domain)
            ))
            .title(format!("{} answers over plain http", code(host)))
            .at(Location::url(url))
        })
        .collect();
    Outcome::from_findings(findings)
}
