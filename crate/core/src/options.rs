//! What whoever reads a report may choose: whose thresholds count, and for which software fixes are shown first.
//!
//! Without a choice the outcomes are this project's own. A profile moves a threshold where the authorities differ and
//! nothing else: which findings make a verdict stays as it is, and what hstspreload.org asks for is judged as it is
//! asked for. [`Profile::thresholds`] is the one table; checks read it and know no profile by name.

use crate::check::Severity;
use crate::fix::Software;
use crate::words::words;

words! {
    /// Whose thresholds count.
    pub enum Profile {
        /// This project's own: the least that anybody asks for is a warning, what most ask for is a note.
        Own = "default",
        /// What browsers themselves enforce, and no more.
        Browsers = "browsers",
        /// OWASP: ASVS and the cheat sheets.
        Owasp = "owasp",
        /// Mozilla's web security guideline.
        Mozilla = "mozilla",
        /// What hstspreload.org asks of a domain.
        Hstspreload = "hstspreload",
    }
}

/// What was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The software whose fixes come first; none leaves it to what the site seems to run.
    pub software: Option<Software>,
    /// Whose thresholds count.
    pub profile: Profile,
}

impl Options {
    /// Nothing chosen.
    pub const NONE: Self = Self { software: None, profile: Profile::Own };

    /// Of the words that were stored; what is not known is as if it were not chosen.
    pub fn of(software: &str, profile: &str) -> Self {
        Self { software: Software::of(software), profile: Profile::of(profile).unwrap_or(Profile::Own) }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::NONE
    }
}

/// Where authorities differ: what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// Seconds of HSTS that are half a year, below which there is a warning; none where no length is asked for.
    pub half_a_year: Option<u64>,
    /// Who asks for those, as a sentence.
    pub half_a_year_asked: &'static str,
    /// How bad less than a year of HSTS is; none where nobody asks for a year.
    pub year: Option<Severity>,
    /// Who asks for a year, for the end of a sentence.
    pub year_asked: &'static str,
    /// How bad a policy without `includeSubDomains` is; none lets it depend on whether a sub-domain is in use.
    pub subdomains: Option<Severity>,
    /// Seconds that a session cookie may last; none where no length is too long.
    pub session_cookie: Option<i64>,
    /// How bad a cookie without `SameSite` is.
    pub same_site: Severity,
}

impl Thresholds {
    /// Seconds of HSTS below which there is a warning.
    pub fn hsts_warned(&self) -> u64 {
        if self.year == Some(Severity::Warning) { YEAR } else { self.half_a_year.unwrap_or(0) }
    }
}

/// A year, in seconds: the least that ASVS, Lighthouse and hstspreload.org ask for.
pub const YEAR: u64 = 365 * DAY;
const DAY: u64 = 86_400;
/// 180 days: the least that MDN HTTP Observatory asks for.
const HALF_A_YEAR: u64 = 180 * DAY;
/// 30 days.
const MONTH: i64 = 2_592_000;

impl Profile {
    /// All of them, our own first.
    pub const ALL: &[Self] = Self::EVERY;

    /// Its name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "HTTPS Audit",
            Self::Browsers => "Browsers",
            Self::Owasp => "OWASP",
            Self::Mozilla => "Mozilla",
            Self::Hstspreload => "hstspreload.org",
        }
    }

    /// The table.
    pub const fn thresholds(self) -> Thresholds {
        let own = Thresholds {
            half_a_year: Some(HALF_A_YEAR),
            half_a_year_asked: "MDN Observatory asks for 180 days.",
            year: Some(Severity::Note),
            year_asked: "ASVS and hstspreload.org ask for a year",
            subdomains: None,
            session_cookie: Some(MONTH),
            same_site: Severity::Note,
        };
        match self {
            Self::Own => own,
            // RFC 6797 §6.1.1 and §6.1.2: any length above zero is in force, and includeSubDomains is optional.
            // RFC 6265bis §5.5 ends every cookie after 400 days, which is judged on its own.
            Self::Browsers => Thresholds {
                half_a_year: None,
                year: None,
                subdomains: Some(Severity::Note),
                session_cookie: None,
                ..own
            },
            // ASVS 5.0 V3.4.1: a year, and from level 2 on all sub-domains; V3.3.2: SameSite by purpose.
            // ASVS 4.0.3 V3.3.2, level 2: sign in again after 12 hours.
            Self::Owasp => Thresholds {
                half_a_year_asked: "ASVS asks for a year.",
                year: Some(Severity::Warning),
                year_asked: "ASVS asks for a year",
                subdomains: Some(Severity::Warning),
                session_cookie: Some(43_200),
                same_site: Severity::Warning,
                ..own
            },
            // infosec.mozilla.org/guidelines/web_security: "minimum six months (15768000)"; includeSubDomains where
            // it can be. Of a session's length it names no number.
            Self::Mozilla => Thresholds {
                half_a_year: Some(15_768_000),
                half_a_year_asked: "Mozilla asks for six months (15768000).",
                year: None,
                ..own
            },
            // hstspreload.org, submission requirements: a year and all sub-domains. It says nothing of cookies.
            Self::Hstspreload => Thresholds {
                half_a_year_asked: "hstspreload.org asks for a year.",
                year: Some(Severity::Warning),
                year_asked: "hstspreload.org asks for a year",
                subdomains: Some(Severity::Warning),
                ..own
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Options, Profile, Software};

    #[test]
    fn what_is_not_known_is_not_chosen() {
        assert_eq!(Options::of("", ""), Options::NONE);
        assert_eq!(Options::of("cobol", "strict"), Options::NONE);
        let chosen = Options { software: Some(Software::Caddy), profile: Profile::Mozilla };
        assert_eq!(Options::of("caddy", "mozilla"), chosen);
    }

    #[test]
    fn each_authority_warns_below_its_own_length() {
        let warned = |profile: Profile| profile.thresholds().hsts_warned();
        assert_eq!(
            Profile::ALL.iter().map(|profile| warned(*profile)).collect::<Vec<_>>(),
            [15_552_000, 0, 31_536_000, 15_768_000, 31_536_000]
        );
    }
}
