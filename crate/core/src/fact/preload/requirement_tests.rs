//! What becomes of each requirement, for every case of the scan's own table.

use super::requirement::Standing::{self, Failed, Passed, Unknown};
use super::tests::{HTTP, HTTPS, OVER_HTTP, OVER_HTTPS, OVER_WWW, ROWS, WWW, fact, ok, to, unreached};
use crate::fact::StepResult;

fn standings(fact: &super::PreloadFact) -> Vec<(&'static str, Standing)> {
    fact.requirements().into_iter().map(|each| (each.name, each.standing)).collect()
}

fn of(fact: &super::PreloadFact, name: &str) -> Standing {
    let found = standings(fact).into_iter().find(|(known, _)| *known == name);
    found.unwrap_or_else(|| panic!("no requirement {name}")).1
}

#[test]
fn the_list_says_what_the_scan_says() {
    for (name, lines, errors, warnings, unknown) in ROWS {
        let fact = fact(HTTPS, lines);
        let all = fact.requirements();
        let of_state = |state| all.iter().filter(move |each| each.standing == state);
        let failed: Vec<_> = of_state(Failed).flat_map(|each| &each.codes).collect();
        for code in *errors {
            assert_eq!(failed.iter().filter(|known| **known == code).count(), 1, "{name}: {code}");
        }
        assert!(failed.iter().all(|code| errors.contains(code)), "{name}: {failed:?}");
        // A warning is told where no error hides it.
        let told: Vec<_> = all.iter().flat_map(|each| &each.codes).collect();
        for code in warnings.iter().filter(|_| errors.is_empty()) {
            assert!(told.contains(&code), "{name}: {code}");
        }
        assert_eq!(
            fact.eligible() == StepResult::Eligible,
            all.iter().all(|each| each.standing == Passed),
            "{name}"
        );
        assert_eq!(
            of_state(Unknown).next().is_some() || !errors.is_empty(),
            !(errors.is_empty() && unknown.is_empty()),
            "{name}"
        );
        for each in of_state(Passed) {
            assert!(each.gap.is_none(), "{name}: {}", each.name);
        }
    }
}

#[test]
fn what_was_not_seen_is_never_met() {
    let nothing = fact(HTTPS, &[]);
    for (name, standing) in standings(&nothing) {
        assert_eq!(standing, if name == "domain" { Passed } else { Unknown }, "{name}");
    }
    let field_only = fact(HTTPS, &[OVER_HTTPS]);
    for (name, standing) in standings(&field_only) {
        let seen = ["domain", "tls", "field", "include-subdomains", "preload", "max-age"].contains(&name);
        assert_eq!(standing == Passed, seen, "{name}");
    }
}

#[test]
fn what_the_scan_leaves_out_is_unknown() {
    let no_field = fact(HTTPS, &[OVER_HTTP, ok(HTTPS, &[]), OVER_WWW]);
    assert_eq!(of(&no_field, "field"), Failed);
    for name in ["include-subdomains", "preload", "max-age", "redirect-field"] {
        assert_eq!(of(&no_field, name), Unknown, "{name}");
    }
    assert_eq!(of(&no_field, "http-redirect"), Passed);
    let refused = fact(HTTPS, &[unreached(HTTPS, "net::ERR_CERT_DATE_INVALID")]);
    assert_eq!(of(&refused, "tls"), Failed);
    assert!(standings(&refused)[2..].iter().all(|(_, standing)| *standing == Unknown));
}

#[test]
fn a_failed_requirement_names_its_code_alone() {
    let fact = fact(HTTPS, &[to(HTTP, WWW), ok(HTTPS, &["max-age=300; includeSubDomains"]), OVER_WWW]);
    let codes = |name: &str| {
        let all = fact.requirements();
        all.into_iter().find(|each| each.name == name).expect(name).codes
    };
    assert_eq!(codes("http-redirect"), ["redirects.http.www_first"]);
    assert_eq!(codes("max-age"), ["header.preloadable.max_age.below_1_year"]);
    assert_eq!(codes("preload"), ["header.preloadable.preload.missing"]);
    assert!(codes("include-subdomains").is_empty());
}

#[test]
fn a_listed_domain_is_at_risk_when_it_would_be_refused() {
    const OWN: &str = "https://hstspreload.org/";
    assert_eq!(fact(OWN, &[ok(OWN, &[])]).at_risk(), Some(true));
    assert_eq!(fact(OWN, &[ok(OWN, &["max-age=31536000"])]).at_risk(), Some(false), "it asks for removal");
    assert_eq!(fact(OWN, &[ok(OWN, &["max-age=31536000; includeSubDomains; preload"])]).at_risk(), None);
    assert_eq!(fact(HTTPS, &[ok(HTTPS, &[])]).at_risk(), Some(false), "it is not listed");
}

#[test]
fn without_a_registrable_domain_nothing_is_required() {
    assert!(fact("https://192.0.2.1/", &[]).requirements().is_empty());
}
