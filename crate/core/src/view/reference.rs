//! Links to where others describe the same weakness.

use maud::{Markup, html};

use super::page::Page;
use super::text::cut;

/// References of one finding that are shown.
const SHOWN: usize = 40;

/// The catalogues in the order in which they are told, with what stands before an id. Standards first, then tools.
const CATALOGUES: &[(&str, &str)] = &[
    ("rfc", ""),
    ("guideline", ""),
    ("cwe", ""),
    ("asvs", "ASVS 5.0 "),
    ("owasp-top10", "OWASP "),
    ("zap", "ZAP "),
    ("observatory", "Observatory "),
    ("hstspreload", "hstspreload.org "),
    ("django", "Django "),
];

/// Every reference of a finding.
pub(super) fn references(page: &Page<'_>, references: &crate::knowledge::References) -> Markup {
    let told = CATALOGUES.iter().flat_map(|(catalogue, before)| {
        references.get(*catalogue).into_iter().flatten().map(move |id| (*catalogue, *before, id))
    });
    html! {
        @if !references.is_empty() {
            div {
                span.label { (page.say("References")) }
                p.refs {
                    @for (catalogue, before, id) in told.take(SHOWN) {
                        @let name = format!("{before}{}", cut(id, 120));
                        @match url(catalogue, id) {
                            Some(url) => { a href=(url) target="_blank" rel="noreferrer" { (name) } },
                            None => { span { (name) } },
                        }
                        " "
                    }
                }
            }
        }
    }
}

/// Where a catalogue describes an id; none for an id that is none of its. What goes into an address is digits, letters
/// and dots.
fn url(catalogue: &str, id: &str) -> Option<String> {
    let is_number = |text: &str| (1..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    Some(match catalogue {
        "cwe" => {
            let number = id.strip_prefix("CWE-").filter(|number| is_number(number))?;
            format!("https://cwe.mitre.org/data/definitions/{number}.html")
        }
        "asvs" => "https://owasp.org/www-project-application-security-verification-standard/".to_owned(),
        "owasp-top10" => "https://owasp.org/Top10/2025/".to_owned(),
        "zap" => {
            let rule = id.split('-').next().filter(|rule| is_number(rule))?;
            format!("https://www.zaproxy.org/docs/alerts/{rule}/")
        }
        "observatory" => "https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring".to_owned(),
        "django" => "https://docs.djangoproject.com/en/stable/ref/checks/#security".to_owned(),
        "hstspreload" => "https://hstspreload.org/".to_owned(),
        "rfc" => {
            let (number, section) =
                id.strip_prefix("RFC ")?.split_once(" §").or_else(|| Some((id.strip_prefix("RFC ")?, "")))?;
            if !is_number(number)
                || section.len() > 20
                || !section.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
            {
                return None;
            }
            let at = if section.is_empty() { String::new() } else { format!("#section-{section}") };
            format!("https://www.rfc-editor.org/rfc/rfc{number}.html{at}")
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::url;
    use crate::check::registry;

    /// The same addresses as those of the checks' own pages.
    #[test]
    fn every_reference_of_a_check_leads_where_its_page_does() {
        for check in registry::ALL {
            for reference in check.references() {
                let (catalogue, id) = reference.entry();
                assert_eq!(url(catalogue, &id), reference.url(), "{}: {id}", check.id);
            }
        }
    }

    #[test]
    fn what_is_no_id_is_no_link() {
        for (catalogue, id) in [
            ("cwe", "CWE-1/../../x"),
            ("cwe", "javascript:alert(1)"),
            ("zap", "1?q"),
            ("rfc", "RFC 1 §\"><b>"),
            ("other", "1"),
        ] {
            assert_eq!(url(catalogue, id), None, "{id}");
        }
    }
}
