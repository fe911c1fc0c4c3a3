//! `preload.subdomains.insecure-seen`

use litemap::LiteMap;

use crate::check::prelude::*;
use crate::fact::undotted;
use crate::url::Url;

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
    let mut over_http: LiteMap<&str, &Url> = LiteMap::new();
    for exchange in facts.exchanges() {
        let url = &exchange.url;
        let led_to_https = exchange.redirect.as_ref().is_some_and(|redirect| redirect.to.is_https());
        if url.is_http()
            && undotted(url.host()) != domain
            && facts.site.holds(url.host())
            && exchange.response.is_seen()
            && !led_to_https
        {
            over_http.entry(url.host()).or_insert(url);
        }
    }
    let findings = over_http
        .into_iter()
        .filter(|(host, _)| facts.hsts.responses(host).is_empty())
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
