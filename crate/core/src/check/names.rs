//! How the owners of other catalogues call what our references name by id, and where they describe it.

use super::Reference;

/// Alerts of ZAP's passive rules (the rules' own names).
const ZAP: &[(&str, &str)] = &[
    ("10010", "Cookie No HttpOnly Flag"),
    ("10011", "Cookie Without Secure Flag"),
    ("10015", "Re-examine Cache-control Directives"),
    ("10017", "Cross-Domain JavaScript Source File Inclusion"),
    ("10019", "Content-Type Header Missing"),
    ("10019-1", "Content-Type Header Missing"),
    ("10019-2", "Content-Type Header Empty"),
    ("10020-1", "Missing Anti-clickjacking Header"),
    ("10020-2", "Multiple X-Frame-Options Header Entries"),
    ("10020-3", "X-Frame-Options Defined via META"),
    ("10020-4", "X-Frame-Options Setting Malformed"),
    ("10021", "X-Content-Type-Options Header Missing"),
    ("10023", "Information Disclosure - Debug Error Messages"),
    ("10035-1", "Strict-Transport-Security Header Not Set"),
    ("10035-2", "Strict-Transport-Security Disabled"),
    ("10035-3", "Strict-Transport-Security Multiple Header Entries"),
    ("10035-4", "Strict-Transport-Security Header on Plain HTTP Response"),
    ("10035-5", "Strict-Transport-Security Missing Max-Age"),
    ("10035-6", "Strict-Transport-Security Defined via META"),
    ("10035-7", "Strict-Transport-Security Max-Age Malformed"),
    ("10035-8", "Strict-Transport-Security Malformed Content"),
    ("10036-1", "Server Leaks Application Name via Server Header"),
    ("10036-2", "Server Leaks Version Information via Server Header"),
    ("10037", "Server Leaks Information via X-Powered-By Header"),
    ("10038-1", "CSP Header Not Set"),
    ("10038-2", "Obsolete CSP Header Found"),
    ("10038-3", "CSP Report-Only Header Found"),
    ("10039", "X-Backend-Server Header Information Leak"),
    ("10040", "Secure Pages Include Mixed Content"),
    ("10041", "HTTP to HTTPS Insecure Transition in Form Post"),
    ("10042", "HTTPS to HTTP Insecure Transition in Form Post"),
    ("10052", "X-ChromeLogger-Data Header Information Leak"),
    ("10055-1", "CSP: X-Content-Security-Policy"),
    ("10055-2", "CSP: X-WebKit-CSP"),
    ("10055-3", "CSP: Notices"),
    ("10055-4", "CSP: Wildcard Directive"),
    ("10055-5", "CSP: script-src unsafe-inline"),
    ("10055-6", "CSP: style-src unsafe-inline"),
    ("10055-7", "CSP: script-src unsafe-hashes"),
    ("10055-8", "CSP: style-src unsafe-hashes"),
    ("10055-9", "CSP: Malformed Policy (Non-ASCII)"),
    ("10055-10", "CSP: script-src unsafe-eval"),
    ("10055-11", "CSP: Meta Policy Invalid Directive"),
    ("10055-12", "CSP: Header & Meta"),
    ("10055-13", "CSP: Failure to Define Directive with No Fallback"),
    ("10056", "X-Debug-Token Information Leak"),
    ("10061", "X-AspNet-Version Response Header"),
    ("10063-1", "Permissions Policy Header Not Set"),
    ("10063-2", "Deprecated Feature Policy Header Set"),
    ("10098", "Cross-Domain Misconfiguration"),
    ("10105", "Weak Authentication Method"),
    ("3-1", "Session ID in URL Rewrite"),
    ("90003", "Sub Resource Integrity Attribute Missing"),
    ("90004-1", "Cross-Origin-Resource-Policy Header Missing or Invalid"),
    ("90004-2", "Cross-Origin-Embedder-Policy Header Missing or Invalid"),
    ("90004-3", "Cross-Origin-Opener-Policy Header Missing or Invalid"),
    ("90022", "Application Error Disclosure"),
    ("90033", "Loosely Scoped Cookie"),
];

/// The categories of the OWASP Top 10 of 2025.
const TOP_10: [&str; 10] = [
    "Broken Access Control",
    "Security Misconfiguration",
    "Software Supply Chain Failures",
    "Cryptographic Failures",
    "Injection",
    "Insecure Design",
    "Authentication Failures",
    "Software or Data Integrity Failures",
    "Security Logging and Alerting Failures",
    "Mishandling of Exceptional Conditions",
];

/// The category of the OWASP Top 10 of 2025 that lists a weakness; most weaknesses are in none.
pub(super) const fn top_10(cwe: u16) -> Option<u8> {
    Some(match cwe {
        200 | 201 | 352 | 359 | 497 | 538 | 540 | 548 | 601 | 615 | 1275 => 1,
        16 | 315 | 489 | 614 | 942 | 1004 => 2,
        319 | 326 | 327 | 523 | 757 => 4,
        79 => 5,
        311 | 525 | 598 | 693 | 1021 | 1022 => 6,
        295 | 297 | 298 | 384 | 613 | 798 => 7,
        345 | 353 | 565 | 829 => 8,
        532 => 9,
        209 | 550 => 10,
        _ => return None,
    })
}

impl Reference {
    /// The name that its owner gives it; none where the id is the name.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Zap(id) => ZAP.iter().find(|(known, _)| *known == id).map(|(_, name)| *name),
            Self::Top10(number) => TOP_10.get(usize::from(number).checked_sub(1)?).copied(),
            _ => None,
        }
    }

    /// Where its owner describes it.
    pub fn url(self) -> Option<String> {
        Some(match self {
            Self::Cwe(number) => format!("https://cwe.mitre.org/data/definitions/{number}.html"),
            Self::Top10(_) => "https://owasp.org/Top10/2025/".to_owned(),
            Self::Asvs(_) => {
                "https://owasp.org/www-project-application-security-verification-standard/".to_owned()
            }
            Self::Zap(id) => {
                let rule = id.split('-').next().unwrap_or(id);
                format!("https://www.zaproxy.org/docs/alerts/{rule}/")
            }
            Self::Observatory(_) => {
                "https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring".to_owned()
            }
            Self::Django(_) => "https://docs.djangoproject.com/en/stable/ref/checks/#security".to_owned(),
            Self::Hstspreload(_) => "https://hstspreload.org/".to_owned(),
            Self::Rfc(number, section) => {
                let at = section.trim_start_matches('§');
                format!("https://www.rfc-editor.org/rfc/rfc{number}.html#section-{at}")
            }
            Self::Guideline(_) => return None,
        })
    }
}
