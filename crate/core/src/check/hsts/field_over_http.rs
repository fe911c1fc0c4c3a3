//! `hsts.field.over-http`

use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// The server sends the Strict-Transport-Security field over plain http.
    ///
    /// # Why it matters
    ///
    /// Browsers ignore it there, since anybody on the way could have written it. It only hides
    /// that the field may be missing where it counts.
    ///
    /// # Example
    ///
    /// ```http
    /// GET http://shop.example/
    /// HTTP/1.1 301 Moved Permanently
    /// Strict-Transport-Security: max-age=31536000
    /// ```
    ///
    /// # How to fix
    ///
    /// Send it in the https server's responses only.
    ///
    /// # When it does not apply
    ///
    /// No http answer of the site was seen because a preload list keeps browsers from asking.
    id: "hsts.field.over-http",
    severity: Note,
    title: "Strict-Transport-Security is sent over http, where it is ignored",
    references: [Zap("10035-4"), Hstspreload("redirects.http.useless_header"), Rfc(6797, "§7.2")],
    fix: Remedy { summary: "Move the line from the http server's configuration to that of the https server.", lines: &[
            (Software::Django, "SECURE_PROXY_SSL_HEADER = (\"HTTP_X_FORWARDED_PROTO\", \"https\")  # only if the proxy sets the field itself"),
            (Software::Nginx, "proxy_set_header X-Forwarded-Proto $scheme;  # in both server blocks\nadd_header Strict-Transport-Security \"max-age=31536000\" always;  # only in the one that listens on 443"),
            (Software::Apache, "Header always set Strict-Transport-Security \"max-age=31536000\" \"expr=%{HTTPS} == 'on'\""),
        ] },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let Some(domain) = facts.site.registrable_domain.as_deref() else {
        return Outcome::NotApplicable(super::judged::NO_DOMAIN);
    };
    let mut asked = false;
    let mut findings: Vec<Finding> = Vec::new();
    let mut hosts: Vec<&str> = Vec::new();
    for exchange in facts.exchanges().filter(|e| e.url.is_http() && facts.site.holds(e.url.host())) {
        let Observed::Seen(response) = &exchange.response else { continue };
        asked = true;
        let Some(field) = response.values("strict-transport-security").next() else { continue };
        if !hosts.contains(&exchange.url.host()) {
            hosts.push(exchange.url.host());
            findings.push(
                Finding::new(format!(
                    "{} sends it over http, where browsers ignore it.",
                    code(exchange.url.host())
                ))
                .at(Location::url(&exchange.url).field("strict-transport-security").value(field, None)),
            );
        }
    }
    if asked {
        return Outcome::from_findings(findings);
    }
    if facts.preloaded(domain).is_some() {
        return Outcome::NotApplicable("a preload list keeps browsers from asking over http");
    }
    match facts.http_answer(domain) {
        Observed::Seen(_) => Outcome::Pass,
        Observed::Unseen(_) if facts.http_refused(domain, None).is_some() => {
            Outcome::NotApplicable("nothing answers over http")
        }
        Observed::Unseen(reason) => Outcome::Unknown(Gap::new(What::HttpAnswer(domain.to_owned()), reason)),
    }
}
