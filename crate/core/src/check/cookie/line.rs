//! The checks of one Set-Cookie line by itself.

use crate::check::{Outcome, registry};
use crate::evidence::{Evidence, Exchange, Field, Observed, Reason, Recorder, ResourceKind, Response, Visit};
use crate::fact::Facts;
use crate::field::set_cookie;
use crate::knowledge::Knowledge;
use crate::url::Url;

/// Ids of the cookie checks that find something in one Set-Cookie field value, received from
/// `url` at `now` (seconds since the epoch) as the first cookie of a first-party navigation, in
/// order of id. Nothing is known of the site's HSTS but the preload lists.
pub fn line_findings(url: &Url, set_cookie: &[u8], now: i64, knowledge: &Knowledge<'_>) -> Vec<&'static str> {
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
        insecure_references: None,
    });
    let facts = Facts::new(&evidence, knowledge, now);
    registry::ALL
        .iter()
        .filter(|check| check.area() == "cookie" && matches!((check.run)(&facts), Outcome::Fail(_)))
        .map(|check| check.id)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::line_findings;
    use crate::knowledge::embedded;
    use crate::url::Url;

    #[test]
    fn a_line_yields_the_ids_of_its_findings() {
        let knowledge = embedded().expect("sound assets");
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
            let url = Url::parse(url).expect("a URL");
            assert_eq!(
                line_findings(&url, line.as_bytes(), 1_795_348_800, &knowledge),
                expected,
                "{url} {line}"
            );
        }
        let long = format!("a={}; Secure; HttpOnly; SameSite=Lax", "x".repeat(100_000));
        let url = Url::parse("https://shop-demo.com/").expect("a URL");
        assert_eq!(
            line_findings(&url, long.as_bytes(), 1_795_348_800, &knowledge),
            ["cookie.size.too-large"]
        );
    }
}
