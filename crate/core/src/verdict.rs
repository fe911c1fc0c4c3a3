//! The three verdicts: a roll-up of findings and gaps, by the contract's table.

use serde::{Deserialize, Deserializer, Serialize};

use crate::check::{Gap, Severity, Unknown, What};
use crate::fact::{Facts, SiteKind};
use crate::report::Word;

/// Which of the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum VerdictKind {
    /// Is the connection really HTTPS?
    Https,
    /// Is HSTS in force, and is the domain preloaded or ready for it?
    HstsPreload,
    /// Can a cookie travel in clear?
    Cookies,
}

impl VerdictKind {
    /// Always these three, in this order.
    pub const ALL: [Self; 3] = [Self::Https, Self::HstsPreload, Self::Cookies];

    /// The contract's word.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Https => "https",
            Self::HstsPreload => "hsts_preload",
            Self::Cookies => "cookies",
        }
    }

    /// Its name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Https => "HTTPS",
            Self::HstsPreload => "HSTS preload",
            Self::Cookies => "Cookies",
        }
    }

    /// The verdict that an area of checks feeds; none for an area that feeds no verdict.
    pub fn of_area(area: &str) -> Option<Self> {
        match area {
            "https" => Some(Self::Https),
            "hsts" | "preload" => Some(Self::HstsPreload),
            "cookie" => Some(Self::Cookies),
            _ => None,
        }
    }
}

/// The contract's five statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Seen, and good.
    Pass,
    /// A warning.
    Warn,
    /// An error.
    Fail,
    /// A deciding fact was not observed.
    Unknown,
    /// The question does not arise.
    NotApplicable,
}

impl Status {
    const ALL: [Self; 5] = [Self::Pass, Self::Warn, Self::Fail, Self::Unknown, Self::NotApplicable];
    const KEYS: &'static [&'static str] = &["pass", "warn", "fail", "unknown", "not-applicable"];

    /// The contract's word, also `data-status`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not-applicable",
        }
    }

    /// Its word for people.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "Pass",
            Self::Warn => "Warning",
            Self::Fail => "Fail",
            Self::Unknown => "Unknown",
            Self::NotApplicable => "Not applicable",
        }
    }

    /// The status that stands for several: the one that most wants attention.
    pub fn overall(statuses: &[Self]) -> Self {
        [Self::Fail, Self::Warn, Self::Unknown, Self::Pass]
            .into_iter()
            .find(|status| statuses.contains(status))
            .unwrap_or(Self::NotApplicable)
    }
}

impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A place among the keys, which are as many as the statuses.
        crate::words::place(deserializer, Self::KEYS).map(|place| Self::ALL[place])
    }
}

/// One verdict of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Verdict {
    /// The status.
    pub status: Status,
    /// One sentence.
    pub headline: String,
    /// Ids of the checks whose findings feed it, most severe first, none twice.
    pub findings: Vec<Word>,
    /// What was not observed.
    pub unknown: Vec<Unknown>,
}

/// The status of a verdict whose findings have these severities, when these deciding facts were not observed.
pub fn status_of(kind: VerdictKind, facts: &Facts<'_>, severities: &[Severity], deciding: &[Gap]) -> Status {
    if !applies(kind, facts) {
        Status::NotApplicable
    } else if severities.contains(&Severity::Error) {
        Status::Fail
    } else if severities.contains(&Severity::Warning) {
        Status::Warn
    } else if deciding.is_empty() {
        Status::Pass
    } else {
        Status::Unknown
    }
}

/// Whether the question arises for this page at all.
pub fn applies(kind: VerdictKind, facts: &Facts<'_>) -> bool {
    let site = &facts.site;
    match site.kind {
        // One whose address is hidden may be a page of the web.
        SiteKind::BrowserPage => facts.address_hidden(),
        SiteKind::Public => true,
        SiteKind::Local | SiteKind::IpAddress | SiteKind::NoPublicSuffix | SiteKind::PublicSuffix => {
            match kind {
                VerdictKind::HstsPreload => false,
                // A page of this very computer is trustworthy without TLS (Secure Contexts §3.1).
                VerdictKind::Https => !(site.kind == SiteKind::Local && facts.page_scheme() == Some("http")),
                VerdictKind::Cookies => true,
            }
        }
    }
}

/// The deciding facts of a verdict that were not observed (CONTRACT: "deciding facts"); none where it does not apply.
pub fn deciding_gaps(kind: VerdictKind, facts: &Facts<'_>) -> Vec<Gap> {
    let mut gaps = Vec::new();
    if !applies(kind, facts) {
        return gaps;
    }
    let mut need = |what: What, observed: crate::evidence::Observed<()>| {
        if let crate::evidence::Observed::Unseen(reason) = observed {
            gaps.push(Gap::new(what, reason));
        }
    };
    match kind {
        VerdictKind::Https => {
            // An http page needs no word on a connection: its scheme decides.
            if facts.page_scheme() != Some("http") || facts.leads_on() {
                need(What::Connection, facts.connection().map(|_| ()));
            }
        }
        VerdictKind::HstsPreload if facts.address_hidden() => {
            need(What::PageResponse, facts.page().map(|_| ()));
        }
        VerdictKind::HstsPreload => {
            // The domain on a list is an observed fact that decides alone.
            if !facts.preload.is_listed() {
                // Those of the default ports, as hstspreload.org asks for them. That nothing answers over
                // http is an answer too: there is no http to lead anywhere.
                gaps.extend(
                    ["header", "http"].into_iter().filter_map(|step| facts.preload.gap(step)).cloned(),
                );
            }
        }
        VerdictKind::Cookies => {
            need(What::SetCookies, facts.set_cookies_seen());
            need(What::CookieJar, facts.evidence.jar.as_ref().map(|_| ()));
        }
    }
    gaps
}
