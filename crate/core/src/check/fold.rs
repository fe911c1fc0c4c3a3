//! Many findings of one check, told as one.

use super::{Check, Finding, Location, Severity, code};
use crate::order::sorted;

/// Findings of one check and one severity that a report lists one by one.
pub const LISTED: usize = 50;

/// Things that a folded finding names.
const NAMED: usize = 5;

/// Replaces the findings of each severity of which there are more than [`LISTED`] by one that
/// counts them, so that a site with 5,000 cookies or 20,000 requests still has a report that can
/// be read. Each severity is folded by itself: what is worse stays in sight.
pub fn fold(check: &Check, findings: Vec<Finding>) -> Vec<Finding> {
    if findings.len() <= LISTED {
        return findings;
    }
    let mut kept = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let of = |finding: &&Finding| finding.severity.unwrap_or(check.severity) == severity;
        let same: Vec<&Finding> = findings.iter().filter(of).collect();
        if same.len() <= LISTED {
            kept.extend(same.into_iter().cloned());
        } else {
            kept.extend(one_of(severity, &same));
        }
    }
    kept
}

fn one_of(severity: Severity, findings: &[&Finding]) -> Option<Finding> {
    let first = findings.first()?;
    let mut names: Vec<&str> = Vec::new();
    for finding in findings {
        let Location { cookie, url, .. } = &finding.location;
        if let Some(name) = cookie.as_deref().filter(|name| !name.is_empty()).or(url.as_deref())
            && !names.contains(&name)
        {
            names.push(name);
        }
        if names.len() == NAMED {
            break;
        }
    }
    let mut message = first.message.clone();
    if !names.is_empty() {
        let names: Vec<String> = names.into_iter().map(code).collect();
        message = format!("Among them {}. Of the first: {message}", names.join(", "));
    }
    let codes = findings.iter().flat_map(|finding| finding.codes.iter().copied());
    let mut codes: Vec<&'static str> = sorted(codes.collect(), Ord::cmp);
    codes.dedup();
    let place = Location {
        url: first.location.url.clone(),
        field: first.location.field.clone(),
        ..Location::default()
    };
    let mut one = Finding::new(message).severity(severity).at(place).codes(&codes);
    one.times = Some(findings.len());
    Some(one)
}

#[cfg(test)]
mod tests {
    use super::{LISTED, fold};
    use crate::check::{Finding, Location, Severity, registry};

    fn findings(n: usize) -> Vec<Finding> {
        (0..n)
            .map(|n| {
                let severity = if n == 7 { Severity::Error } else { Severity::Warning };
                let at = Location::url("https://shop-demo.com/").cookie(&format!("c{n}"));
                Finding::new("Why.").severity(severity).at(at)
            })
            .collect()
    }

    #[test]
    fn more_than_fifty_are_one_and_the_worst_stays() {
        let check = registry::find("cookie.secure.missing").expect("registered");
        assert_eq!(fold(check, findings(LISTED)), findings(LISTED));
        let folded = fold(check, findings(5000));
        assert_eq!(folded.len(), 2);
        assert_eq!(folded[0].location.cookie.as_deref(), Some("c7"));
        assert_eq!(folded[1].times, Some(4999));
        assert_eq!(folded[1].message, "Among them `c0`, `c1`, `c2`, `c3`, `c4`. Of the first: Why.");
    }
}
