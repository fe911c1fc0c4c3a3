//! HAR 1.2 (HTTP Archive), as Chromium, Firefox, Playwright, mitmproxy, Charles and Fiddler write it.
//!
//! The file is read as it comes: bodies are passed over, so memory depends on what is kept of the heads alone. Every page of the
//! file is a visit; of several the evidence is that of a session. What a HAR file never holds is unseen: the browser's
//! cookie jar, and what a page's document says.
//!
//! Format: <http://www.softwareishard.com/blog/har-12-spec/>. Members that begin with `_` are the writers' own.

mod copied;
mod document;
mod entry;
mod json;
mod pages;
mod source;

use std::io::Read;

use serde::Deserialize;

use self::entry::{Entry, WANTED, Writer};
use self::json::Keep;
use self::pages::{Named, Pages};
use self::source::Source;
use super::evidence_file::what_is_wrong;
use super::{Resolve, Unreadable};
use crate::evidence::{Browser, Evidence, Lacks, Recorder, Recording};
use crate::field::Engine;

/// A program that the file names as its writer.
#[derive(Default, Deserialize)]
struct Program {
    #[serde(default)]
    name: String,
    #[serde(default)]
    version: String,
}

#[derive(Deserialize)]
struct HarPage {
    id: String,
    #[serde(default)]
    title: String,
    #[serde(rename = "startedDateTime", default)]
    started: String,
}

/// Whether a file that begins so is a HAR file: an object whose first member is `log`.
pub(super) fn begins(octets: &[u8]) -> bool {
    let octets = octets.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(octets).trim_ascii_start();
    octets.strip_prefix(b"{").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\"log\""))
}

/// Reads a HAR file. `resolve` follows redirects.
pub fn read_har(reader: impl Read, resolve: Resolve<'_>) -> Result<Evidence, Unreadable> {
    let mut source = Source::new(reader);
    source.byte_order_mark()?;
    let mut log = Log::default();
    let mut has_log = false;
    source.members(|source, name| {
        if name != "log" {
            return source.skip();
        }
        has_log = true;
        source.members(|source, name| log.member(source, name, resolve))
    })?;
    if !has_log {
        return Err(source.wrong("no \"log\": this is no HAR file"));
    }
    if !log.has_entries {
        return Err(source.wrong("the \"log\" has no \"entries\""));
    }
    source.nothing_more()?;
    Ok(log.evidence())
}

/// What was read so far.
#[derive(Default)]
struct Log {
    creator: Program,
    browser: Option<Program>,
    pages: Pages,
    has_entries: bool,
    entries: usize,
    /// An entry has a field that a file for others is written without.
    has_credentials: bool,
    /// Where an entry is put together.
    scratch: Vec<u8>,
}

impl Log {
    fn member<R: Read>(
        &mut self,
        source: &mut Source<R>,
        name: &str,
        resolve: Resolve<'_>,
    ) -> Result<(), Unreadable> {
        match name {
            "creator" => self.creator = self.value(source, name)?.unwrap_or_default(),
            "browser" => self.browser = self.value(source, name)?,
            "pages" => source.elements(|source| {
                let page: Option<HarPage> = self.value(source, "page")?;
                if let Some(HarPage { id, title, started }) = page {
                    self.pages.name(Named { id, title, began_at: entry::millis(&started) });
                }
                Ok(())
            })?,
            "entries" => {
                self.has_entries = true;
                source.elements(|source| self.entry(source, resolve))?;
            }
            _ => source.skip()?,
        }
        Ok(())
    }

    /// A small value, read whole; none for null.
    fn value<R: Read, T: for<'de> Deserialize<'de>>(
        &mut self,
        source: &mut Source<R>,
        name: &str,
    ) -> Result<Option<T>, Unreadable> {
        source.token()?;
        let (line, column) = source.place();
        self.scratch.clear();
        source.copy(&Keep::All, &mut self.scratch)?;
        serde_json::from_slice(&self.scratch).map_err(|error| Unreadable::Json {
            line,
            column,
            what: format!("this {name}: {}", what_is_wrong(&error)),
        })
    }

    fn entry<R: Read>(&mut self, source: &mut Source<R>, resolve: Resolve<'_>) -> Result<(), Unreadable> {
        source.token()?;
        let (line, column) = source.place();
        self.entries += 1;
        self.scratch.clear();
        source.copy(&WANTED, &mut self.scratch)?;
        let entry: Entry<'_> = serde_json::from_slice(&self.scratch).map_err(|error| {
            let what = format!("entry {}: {}", self.entries, what_is_wrong(&error));
            Unreadable::Json { line, column, what }
        })?;
        self.has_credentials |= entry.has_credentials();
        if let Some(read) = entry::read(&entry, writer(&self.creator, self.browser.as_ref()), resolve) {
            self.pages.add(entry.pageref.as_deref(), read);
        }
        Ok(())
    }

    fn evidence(self) -> Evidence {
        let writer = writer(&self.creator, self.browser.as_ref());
        let version = self.browser.map(|browser| browser.version).unwrap_or_default();
        let Program { name, version: of_creator } = self.creator;
        let name: String = format!("{name} {of_creator}").trim().chars().take(100).collect();
        let browser = writer.is_browser.then_some(Browser { engine: writer.engine, version });
        let mut evidence = Evidence::new(Recorder { name: format!("HAR file of {name}"), browser });
        let (visits, dropped) = self.pages.finish();
        if let [first, _, ..] = visits.as_slice() {
            let ends = visits.iter().flat_map(|visit| &visit.exchanges).map(|exchange| exchange.at);
            evidence.recording = Some(Recording {
                url: first.url.clone(),
                began_at: first.began_at,
                ended_at: ends.max().unwrap_or(first.began_at),
                dropped,
                elsewhere: 0,
                of_any_site: true,
            });
        }
        evidence.visits = visits;
        evidence.lacks = Lacks {
            // What Chromium's tools export as "sanitized" looks so, and so does a site without cookies.
            set_cookies: !self.has_credentials && name.starts_with("WebInspector"),
            refused: writer.is_browser,
        };
        evidence
    }
}

/// Browsers name themselves, or are named by what drives them. Chromium's tools bear the name that their first ones had.
fn writer(creator: &Program, browser: Option<&Program>) -> Writer {
    let name = browser.map_or(creator.name.as_str(), |browser| browser.name.as_str()).to_ascii_lowercase();
    let is = |names: &[&str]| names.iter().any(|one| name.contains(one));
    if is(&["firefox"]) {
        Writer { engine: Engine::Firefox, is_browser: true }
    } else {
        let is_browser = name == "webinspector" || is(&["chrom", "edge", "puppeteer", "headless"]);
        Writer { engine: Engine::Chromium, is_browser }
    }
}
