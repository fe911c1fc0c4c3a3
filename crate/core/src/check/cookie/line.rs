//! The checks of one Set-Cookie line by itself.

use crate::check::{Outcome, Severity, registry};
use crate::evidence::{Evidence, Exchange, Field, Observed, Reason, Recorder, ResourceKind, Response, Visit};
use crate::fact::Facts;
use crate::field::set_cookie;
use crate::knowledge::Knowledge;
use crate::url::Url;

/// The cookie checks that find something in one Set-Cookie field value, received from `url` at
/// `now` (seconds since the epoch) as the first cookie of a first-party navigation: their ids, in
/// order, and the worst severity of each. Nothing is known of the site's HSTS but the preload lists.
pub fn line_findings(
    url: &Url,
    set_cookie: &[u8],
    now: i64,
    knowledge: &Knowledge<'_>,
) -> Vec<(&'static str, Severity)> {
    let unseen = Reason::NotInInput;
    // Not cut as a recorded field is: the whole line is at hand.
    let field = Field { name: "Set-Cookie".into(), value: set_cookie::mask(set_cookie), cut_from: None };
    let exchange = Exchange {
        url: url.without_secrets(),
        method: "GET".into(),
        kind: ResourceKind::MainFrame,
        at: now.saturating_mul(1000),
        initiator: None,
        response: Observed::Seen(Response { status: 200, fields: vec![field], dropped: 0 }),
        redirect: None,
        connection: Observed::Unseen(unseen),
        address: None,
        from_cache: false,
        error: None,
    };
    let mut evidence = Evidence::new(Recorder { name: "https-audit".into(), browser: None });
    evidence.visits.push(Visit {
        url: exchange.url.to_string(),
        began_at: exchange.at,
        watched: Observed::Seen(()),
        exchanges: vec![exchange],
        dropped: 0,
        failure: None,
        document: Observed::Unseen(Reason::NotInInput),
        unseen_hosts: None,
    });
    let facts = Facts::new(&evidence, knowledge, now);
    let cookie_checks = registry::ALL.iter().filter(|check| check.area() == "cookie");
    cookie_checks
        .filter_map(|check| match (check.run)(&facts) {
            Outcome::Fail(found) => {
                let severities = found.iter().map(|finding| finding.severity.unwrap_or(check.severity));
                Some((check.id, severities.max()?))
            }
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::line_findings;
    use crate::check::Severity;
    use crate::knowledge::embedded;
    use crate::url::Url;

    fn ids(url: &str, line: &str) -> Vec<&'static str> {
        let (knowledge, url) = (embedded().expect("sound assets"), Url::parse(url).expect("a URL"));
        let findings = line_findings(&url, line.as_bytes(), 1_795_348_800, &knowledge);
        findings.into_iter().map(|(id, _)| id).collect()
    }

    #[test]
    fn a_finding_is_as_severe_as_in_a_report() {
        let (knowledge, url) =
            (embedded().expect("sound assets"), Url::parse("https://shop-demo.com/").expect("a URL"));
        for (line, severity) in
            [("sessionid=1; HttpOnly", Severity::Error), ("theme=1; HttpOnly", Severity::Warning)]
        {
            let findings = line_findings(&url, line.as_bytes(), 1_795_348_800, &knowledge);
            assert!(findings.contains(&("cookie.secure.missing", severity)), "{line}: {findings:?}");
        }
    }

    #[test]
    fn a_line_yields_the_ids_of_its_findings() {
        for (url, line, expected) in [
            ("https://shop-demo.com/", "__Host-a=1; Secure; HttpOnly; Path=/; SameSite=Lax", &[][..]),
            ("https://shop-demo.com/", "a=; Max-Age=0", &[]),
            (
                "https://shop-demo.com/",
                "a=1; SameSite=None; HttpOnly",
                &["cookie.samesite.none-without-secure"],
            ),
            ("https://shop-demo.com/", "a=1; Domain=com", &["cookie.domain.refused"]),
            ("http://shop-demo.com/", "a=1; Secure", &["cookie.refused"]),
            (
                "https://shop-demo.com/",
                "sessionid=1; SameSite=Lax; Path=/",
                &["cookie.httponly.missing", "cookie.reach.clear-text", "cookie.secure.missing"],
            ),
            ("https://shop-demo.dev/", "sessionid=1; SameSite=Lax; HttpOnly", &["cookie.secure.missing"]),
            (
                "http://shop-demo.com/",
                "sessionid=1; SameSite=Lax; HttpOnly",
                &["cookie.reach.clear-text", "cookie.set-over-http"],
            ),
            ("http://localhost/", "sessionid=1; SameSite=Lax; HttpOnly", &[]),
        ] {
            assert_eq!(ids(url, line), expected, "{url} {line}");
        }
        let long = format!("a={}; Secure; HttpOnly; SameSite=Lax", "x".repeat(100_000));
        assert_eq!(ids("https://shop-demo.com/", &long), ["cookie.size.too-large"]);
    }
}
