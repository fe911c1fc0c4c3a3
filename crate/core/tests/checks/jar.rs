//! What a browser stores of the Set-Cookie lines of a spec.
//!
//! The product's own `set_cookie::read` says it, so a spec without a JAR line proves nothing of the
//! parser: where it misreads a line, jar and facts agree on the error. What browsers really store is
//! tested by the oracle of tests/e2e and by the vectors of `field`; a spec of what the jar lacks or
//! adds writes JAR lines.

use https_audit_core::evidence::{Evidence, JarCookie, Observed, SameSiteStored};
use https_audit_core::fact::Site;
use https_audit_core::field::set_cookie::{self, SameSite, SetContext, Verdict};
use https_audit_core::field::{Engine, cookie_date};
use https_audit_core::knowledge::Knowledge;

/// The cookies that the engine's own rules accept, the newest of each.
pub fn accepted(evidence: &Evidence, engine: Engine, knowledge: &Knowledge<'_>) -> Vec<JarCookie> {
    let mut jar: Vec<JarCookie> = Vec::new();
    let page = evidence.visits.last().map_or("", |visit| visit.url.as_str());
    let site = Site::new(page, knowledge);
    let partition = format!("https://{}", site.registrable_domain.unwrap_or(site.host));
    let exchanges = evidence.earlier.iter().chain(evidence.visits.iter().flat_map(|v| &v.exchanges));
    for exchange in exchanges {
        let Observed::Seen(response) = &exchange.response else { continue };
        let response_date = response.values("date").next().and_then(cookie_date::response_date);
        for line in response.values("set-cookie") {
            let context = SetContext {
                url: &exchange.url,
                now: exchange.at / 1000,
                response_date,
                registrable_domain: &|name| knowledge.suffixes.registrable_domain(name),
            };
            let Verdict::Accepted(cookie) = set_cookie::read(engine, line, &context) else { continue };
            let stored = JarCookie {
                name: cookie.name,
                value_length: cookie.value_length,
                domain: cookie.domain,
                host_only: cookie.host_only,
                path: cookie.path,
                secure: cookie.secure,
                http_only: cookie.http_only,
                same_site: match cookie.same_site {
                    SameSite::Strict => SameSiteStored::Strict,
                    SameSite::Lax => SameSiteStored::Lax,
                    SameSite::None => SameSiteStored::NoRestriction,
                    SameSite::Unspecified => SameSiteStored::Unspecified,
                },
                expires_at: cookie.expires_at,
                partition: cookie.partitioned.then(|| partition.clone()),
            };
            jar.retain(|c| {
                (&c.name, &c.domain, c.host_only, &c.path)
                    != (&stored.name, &stored.domain, stored.host_only, &stored.path)
            });
            jar.push(stored);
        }
    }
    jar
}
