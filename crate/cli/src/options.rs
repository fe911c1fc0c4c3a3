//! What can be said on the command line.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use https_audit_core::check::Severity;
use https_audit_core::export;
use https_audit_core::fix::Software;
use https_audit_core::options::{Options, Profile};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::against::Against;
use crate::checks::ChecksArguments;
use crate::input::STDIN;
use crate::live::LiveArguments;
use crate::manual::{CompletionsArguments, ManArguments};
use crate::output::Failure;
use crate::review::ReviewArguments;
use crate::scan::ScanArguments;

/// Is the connection really HTTPS, is HSTS in force and preload-eligible, are the cookies safe?
#[derive(Parser)]
#[command(
    name = "https-audit",
    version,
    about,
    disable_help_subcommand = true,
    arg_required_else_help = false,
    subcommand_required = true
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Options of every command.
    #[command(flatten)]
    pub common: Common,
}

/// Options of every command.
#[derive(Args)]
pub struct Common {
    /// How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the
    /// others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Write the result to this file instead of standard output.
    #[arg(short, long, global = true, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]
    #[arg(long, global = true, value_enum)]
    pub fail_on: Option<FailOn>,
    /// Take this for the current time, so that a result can be reproduced.
    #[arg(long, global = true, value_name = "RFC3339", value_parser = instant)]
    now: Option<i64>,
}

impl Common {
    /// How severe no finding may be.
    pub fn fail_on(&self) -> FailOn {
        self.fail_on.unwrap_or(FailOn::Error)
    }

    /// Seconds since 1970: `--now`, else the clock.
    pub fn now(&self) -> i64 {
        self.now.unwrap_or_else(|| {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
        })
    }
}

/// A form of output.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs. `hsts`, `cookie` and `preload` write one object a line.
    Json,
    /// One HTML file, to read and to print.
    Html,
    /// SARIF 2.1.0, for code scanners.
    Sarif,
    /// Test results in XML, for CI servers.
    Junit,
    /// Markdown, for issue trackers.
    Markdown,
    /// Comma-separated values, a line for each finding.
    Csv,
    /// Workflow commands of GitHub Actions: annotations, and the Markdown at the end of `$GITHUB_STEP_SUMMARY`.
    Github,
    /// GitLab's Code Quality report.
    Gitlab,
}

impl Format {
    /// As it is said on the command line.
    pub fn word(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// The format of exported reports; none for text, and for what only the command writes.
    pub const fn export(self) -> Option<export::Format> {
        Some(match self {
            Self::Text | Self::Github | Self::Gitlab => return None,
            Self::Html => export::Format::Html,
            Self::Json => export::Format::Json,
            Self::Sarif => export::Format::Sarif,
            Self::Junit => export::Format::Junit,
            Self::Markdown => export::Format::Markdown,
            Self::Csv => export::Format::Csv,
        })
    }
}

/// The least severity of a finding that makes the command fail.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors.
    Error,
    /// Warnings and errors.
    Warning,
    /// Any finding.
    Note,
    /// None.
    Never,
}

impl FailOn {
    /// The severity, where there is one.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}

/// The commands.
#[derive(Subcommand)]
pub enum Command {
    /// Audit what was recorded: evidence exported by the extension, HAR and WARC files, response heads.
    Audit(AuditArguments),
    /// Audit many inputs on all cores: directories, patterns, web archives, JSON Lines; one line of JSON for each site.
    Scan(ScanArguments),
    /// Ask the servers of an address, and audit what they say: redirects, certificates, versions and cipher suites of TLS.
    Live(LiveArguments),
    /// Compare two audits: what is new, what is fixed, what stayed.
    Compare(CompareArguments),
    /// Review Django settings and nginx configuration: what they say of HTTPS, HSTS, cookies and secrets.
    Review(ReviewArguments),
    /// Read a Strict-Transport-Security field as browsers and hstspreload.org do.
    Hsts(HstsArguments),
    /// Read a Set-Cookie field as browsers do.
    Cookie(CookieArguments),
    /// Look domains up in the browsers' built-in HSTS preload lists.
    Preload(PreloadArguments),
    /// List the checks of audits and reviews, or show one check's page.
    Checks(ChecksArguments),
    /// Write the script by which a shell completes what is typed.
    Completions(CompletionsArguments),
    /// Write the manual as man pages.
    Man(ManArguments),
}

impl Command {
    /// Refuses a format that the command does not have.
    pub fn knows(&self, format: Format) -> Result<(), Failure> {
        let name = match self {
            // `scan`, `compare` and `review` have some of them and refuse the others themselves.
            Self::Audit(_) | Self::Scan(_) | Self::Live(_) | Self::Compare(_) | Self::Review(_) => {
                return Ok(());
            }
            Self::Hsts(_) => "hsts",
            Self::Cookie(_) => "cookie",
            Self::Preload(_) => "preload",
            Self::Checks(_) => "checks",
            // They are for other programs, which read one format each.
            Self::Completions(_) | Self::Man(_) if format == Format::Text => return Ok(()),
            Self::Completions(_) | Self::Man(_) => {
                return Err(Failure::of("--format", "completions and man pages have no other format"));
            }
        };
        match format {
            Format::Text | Format::Json => Ok(()),
            other => Err(Failure::of(
                "--format",
                format_args!("{} is for `audit` and `live`; `{name}` has text and json", other.word()),
            )),
        }
    }
}

/// Arguments of `audit`.
#[derive(Args)]
pub struct AuditArguments {
    /// Files; `-` is standard input. HAR, WARC, evidence JSON or JSON Lines of it, all of them packed by gzip or not, or
    /// response heads as `curl -siL` prints them.
    #[arg(value_name = "INPUT", default_value = STDIN)]
    pub inputs: Vec<String>,
    /// The first address of response heads.
    #[arg(long)]
    pub url: Option<String>,
    /// Settings of Django to put beside what was observed: what they say, and whether the site does it. A file or a
    /// directory; may be repeated.
    #[arg(long, value_name = "FILE")]
    pub settings: Vec<String>,
    /// What was known before.
    #[command(flatten)]
    pub against: Against,
    /// What was chosen.
    #[command(flatten)]
    pub chosen: Chosen,
}

/// Arguments of `compare`. What is as it was fails nothing: `--fail-on` says how severe what is new may be, where
/// `--fail-on-new` asks that and says nothing itself.
#[derive(Args)]
pub struct CompareArguments {
    /// The earlier audit; `-` is standard input. A report in JSON, or what `audit` reads.
    pub old: String,
    /// The later one, likewise.
    pub new: String,
    /// The first address of response heads.
    #[arg(long)]
    pub url: Option<String>,
    /// End with status 1 where a finding is new, not accepted and at least this severe (`--fail-on-new warning`, also with `=`).
    /// Without a severity: as severe as `--fail-on` says; any where that is left out too.
    #[arg(long, value_name = "SEVERITY", value_enum, num_args = 0..=1, require_equals = true)]
    #[expect(clippy::option_option, reason = "not given, given, and given with a severity")]
    pub fail_on_new: Option<Option<FailOn>>,
    /// Accept in the later one what this file lists (TOML, tables `[[accept]]`).
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<String>,
}

/// What decides where authorities differ, and how fixes are shown.
#[derive(Args)]
pub struct Chosen {
    /// Whose thresholds count: default, browsers, owasp, mozilla, hstspreload.
    #[arg(long, value_name = "NAME", value_parser = word_of(Profile::ALL, Profile::word))]
    profile: Option<String>,
    /// Software whose fixes come first: django, nginx, apache, caddy, express, rails, aspnet, php, iis, header.
    #[arg(long, value_name = "NAME", value_parser = word_of(Software::ALL, Software::word))]
    software: Option<String>,
}

impl Chosen {
    /// What the core takes.
    pub fn options(&self) -> Options {
        Options::of(self.software.as_deref().unwrap_or_default(), self.profile.as_deref().unwrap_or_default())
    }
}

fn word_of<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> PossibleValuesParser {
    all.iter().map(|one| word(*one)).collect::<Vec<_>>().into()
}

/// Arguments of `hsts`.
#[derive(Args)]
pub struct HstsArguments {
    /// Field values; `-` reads JSON Lines from standard input: a string, or an array of strings (the
    /// fields of one response in order), one character U+0000 to U+00FF for each octet.
    #[arg(value_name = "FIELD", required = true)]
    pub fields: Vec<String>,
}

/// Arguments of `cookie`.
#[derive(Args)]
pub struct CookieArguments {
    /// The URL that the cookies came from.
    #[arg(long)]
    pub url: Option<String>,
    /// Field values; `-` reads JSON Lines from standard input: a string, or an object
    /// `{"url": "…", "set_cookie": "…"}`, one character U+0000 to U+00FF for each octet.
    #[arg(value_name = "SET-COOKIE", required = true)]
    pub fields: Vec<String>,
}

/// Arguments of `preload`.
#[derive(Args)]
pub struct PreloadArguments {
    /// Domain names; `-` reads JSON Lines from standard input, a string each.
    #[arg(value_name = "DOMAIN", required = true)]
    pub domains: Vec<String>,
}

fn instant(text: &str) -> Result<i64, String> {
    OffsetDateTime::parse(text, &Rfc3339)
        .map(OffsetDateTime::unix_timestamp)
        .map_err(|_| "not a time as in 2026-11-22T12:00:00Z".to_owned())
}
