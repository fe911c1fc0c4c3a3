//! `https-audit live`

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use std::{io, io::Write as _, thread};

use clap::Args;
use clap::builder::RangedU64ValueParser;
use https_audit_core::check::Severity;
use https_audit_core::json;
use https_audit_core::knowledge::{self, Knowledge};
use https_audit_core::report::Report;
use https_audit_core::url::Url;
use https_audit_live::{ConnectTo, Live, Look, Resolve, Roots, Settings};

use crate::against::Against;
use crate::audit::read;
use crate::input::{location, stdin_once, web_url};
use crate::options::{Chosen, Common};
use crate::outcome::of_reports;
use crate::output::{Done, Failure, one_line};

/// Arguments of `live`.
#[derive(Args)]
pub struct LiveArguments {
    /// Addresses; a bare host name is its https address.
    #[arg(value_name = "URL", required = true)]
    urls: Vec<String>,
    /// How they are asked.
    #[command(flatten)]
    pub asking: Asking,
    /// Save what was observed, for `https-audit audit`. Of several addresses each gets a file: FILE-1, FILE-2 and so on,
    /// the number before the extension.
    #[arg(long, value_name = "FILE")]
    evidence: Option<PathBuf>,
    /// What was known before.
    #[command(flatten)]
    pub against: Against,
    /// What was chosen.
    #[command(flatten)]
    pub chosen: Chosen,
}

/// How servers are asked, by `live` and by `scan`.
#[derive(Args)]
pub struct Asking {
    /// Take ADDRESS for this host and port, as curl does; several addresses with commas. May be repeated.
    #[arg(long, value_name = "HOST:PORT:ADDRESS")]
    pub resolve: Vec<Resolve>,
    /// Connect to HOST2:PORT2 when HOST1:PORT1 is asked for, as curl does; an empty part is any, or the same. May be
    /// repeated.
    #[arg(long, value_name = "HOST1:PORT1:HOST2:PORT2")]
    pub connect_to: Vec<ConnectTo>,
    /// Trust the certificates of this file (PEM) and not the system's.
    #[arg(long, value_name = "FILE")]
    pub cacert: Option<String>,
    /// How long one request may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = RangedU64ValueParser::<u64>::new().range(1..=300))]
    pub timeout: u64,
    /// Addresses that are asked at once.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = RangedU64ValueParser::<usize>::new().range(1..=64))]
    pub concurrency: usize,
    /// Connections a second to one host.
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = RangedU64ValueParser::<u32>::new().range(1..=1000))]
    pub rate: u32,
}

/// The whole output, and the worst that was found. An address of which nothing could be asked is named on standard
/// error; with no other it is the command's failure.
pub fn run(arguments: &LiveArguments, common: &Common, knowledge: &Knowledge<'_>) -> Result<Done, Failure> {
    stdin_once(arguments.asking.cacert.iter().chain(&arguments.against.baseline))?;
    let now = common.now();
    let of = arguments.urls.len();
    let urls = arguments.urls.iter().zip(1..).map(|(text, at)| {
        address(text).map_err(|what| match of {
            1 => Failure::of("URL", what),
            _ => Failure::of(&format!("URL {at} of {of}"), what),
        })
    });
    let urls = urls.collect::<Result<Vec<Url>, Failure>>()?;
    let live = arguments.asking.live(now)?;
    // Each worker reads the lists for itself: a reader remembers what it looked up last.
    let workers = (0..arguments.asking.concurrency.min(urls.len())).map(|_| knowledge::embedded());
    let workers =
        workers.collect::<Result<Vec<_>, _>>().map_err(|error| Failure::of("built-in lists", error))?;
    let looks = look_at_all(&live, &urls, workers);

    let mut reports: Vec<Report> = Vec::new();
    let (mut unreachable, mut unseen) = (Vec::new(), Vec::new());
    for (at, (url, look)) in urls.iter().zip(&looks).enumerate() {
        if let Some(why) = &look.unreachable {
            unreachable.push(format!("{url}: {why}"));
        }
        if let Some(file) = &arguments.evidence {
            save(&numbered(file, at, urls.len()), look)?;
        }
        let of_look = https_audit_core::audit(&look.evidence, knowledge, now);
        // A certificate that is refused, and the like, is a finding and says more.
        if let Some(why) = &look.unseen
            && look.unreachable.is_none()
            && !has_error(&of_look)
        {
            unseen.push(format!("{url}: {}", no_page(why)));
        }
        reports.extend(of_look);
    }
    if unreachable.len() == urls.len() {
        return Err(Failure::of("nothing could be asked", unreachable.join("; ")));
    }
    unreachable.append(&mut unseen);
    for line in &unreachable {
        // Nothing can be done where even this fails.
        let _ = writeln!(io::stderr(), "https-audit: {}", one_line(line));
    }
    // A site that is not there, or of which nothing was seen, must not pass.
    let gone = (!unreachable.is_empty()).then_some(Severity::Error);
    let done = of_reports(reports, &[], &arguments.against, common, knowledge)?;
    Ok(Done { worst: done.worst.max(gone), ..done })
}

/// That no page was seen, and why.
pub fn no_page(why: &str) -> String {
    format!("no page was seen: {why}")
}

/// Whether an error was found in any of them.
pub fn has_error(reports: &[Report]) -> bool {
    let mut findings = reports.iter().flat_map(|report| &report.findings);
    findings.any(|finding| finding.severity == Severity::Error)
}

impl LiveArguments {
    /// The files of `--evidence`: one for each address.
    pub fn evidence_files(&self) -> Vec<PathBuf> {
        let of = self.urls.len();
        self.evidence.iter().flat_map(|file| (0..of).map(move |at| numbered(file, at, of))).collect()
    }
}

impl Asking {
    /// Ready to ask.
    pub fn live(&self, now: i64) -> Result<Live, Failure> {
        let roots = match &self.cacert {
            Some(file) => Roots::of_pem(&read(file)?).map_err(|error| Failure::of(file, error))?,
            None => Roots::of_system().map_err(|error| Failure::of("the system's roots", error))?,
        };
        Ok(Live::new(Settings {
            version: env!("CARGO_PKG_VERSION"),
            now,
            timeout: Duration::from_secs(self.timeout),
            rate: self.rate,
            resolve: self.resolve.clone(),
            connect_to: self.connect_to.clone(),
            roots,
            location,
        }))
    }
}

/// The address that a text names; what has no scheme is a host, with port and path perhaps. No message repeats the text:
/// it may hold a password.
pub fn address(text: &str) -> Result<Url, String> {
    if text.contains("://") {
        return web_url(text);
    }
    // What browsers take for an address too (`https:\\host`, `https:/host`) is no host: its scheme would be taken for one.
    let authority = text.split(['/', '?', '#']).next().unwrap_or_default();
    if text.contains('\\') || authority.ends_with(':') {
        return Err("neither an address such as https://example.com/ nor a host".to_owned());
    }
    web_url(&format!("https://{text}"))
}

/// Looks at all of them, as many at once as there are workers; what was found is in the order of the addresses.
fn look_at_all(live: &Live, urls: &[Url], workers: Vec<Knowledge<'_>>) -> Vec<Look> {
    let next = AtomicUsize::new(0);
    let found: Mutex<Vec<(usize, Look)>> = Mutex::default();
    thread::scope(|scope| {
        for knowledge in workers {
            let (next, found) = (&next, &found);
            scope.spawn(move || {
                while let at = next.fetch_add(1, Ordering::Relaxed)
                    && let Some(url) = urls.get(at)
                {
                    let look = live.look(url, &knowledge);
                    found.lock().unwrap_or_else(PoisonError::into_inner).push((at, look));
                }
            });
        }
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, look)| look).collect()
}

/// The file of one address of several: `evidence.json`, `evidence-1.json`.
fn numbered(file: &Path, at: usize, of: usize) -> PathBuf {
    if of == 1 {
        return file.to_owned();
    }
    let mut name = file.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{}", at + 1));
    if let Some(extension) = file.extension() {
        name.push(".");
        name.push(extension);
    }
    file.with_file_name(name)
}

fn save(file: &Path, look: &Look) -> Result<(), Failure> {
    let name = file.display().to_string();
    let json = serde_json::to_string_pretty(&look.evidence).map_err(|error| Failure::of(&name, error))?;
    fs::write(file, json::visible(&json) + "\n").map_err(|error| Failure::of(&name, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_an_https_address() {
        let of = |text: &str| address(text).map(|url| url.to_string()).ok();
        for no_host in
            ["https:\\\\u:geheim@shop.test", "https:/u:geheim@shop.test", "https:///u:geheim@shop.test", ":"]
        {
            assert!(!of(no_host).unwrap_or_default().contains("geheim"), "{no_host}");
            assert!(!address(no_host).err().unwrap_or_default().contains("geheim"), "{no_host}");
        }
        assert_eq!(of("shop.test").as_deref(), Some("https://shop.test/"));
        assert_eq!(of("shop.test:8443/a").as_deref(), Some("https://shop.test:8443/a"));
        assert_eq!(of("HTTP://Shop.test").as_deref(), Some("http://shop.test/"));
        assert_eq!(of("ftp://shop.test/"), None);
        assert_eq!(of(""), None);
        assert_eq!(of("user:geheim@shop.test").as_deref(), Some("https://shop.test/"));
    }

    #[test]
    fn files_of_several_are_numbered() {
        assert_eq!(numbered(Path::new("a/b.json"), 0, 1), Path::new("a/b.json"));
        assert_eq!(numbered(Path::new("a/b.json"), 1, 2), Path::new("a/b-2.json"));
        assert_eq!(numbered(Path::new("b"), 0, 2), Path::new("b-1"));
    }
}
