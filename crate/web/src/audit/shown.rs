//! What the page shows: the tab's report or a file's, what it is compared with, and what is accepted.

use https_audit_core::baseline::Baseline;
use https_audit_core::capture::Session;
use https_audit_core::compare::compare;
use https_audit_core::report::{Report, Reports};
use https_audit_core::url::Url;
use https_audit_core::view::{self, AuditState, Language, Recording};
use js_sys::JSON;
use serde::Deserialize;
use serde_wasm_bindgen::Deserializer;
use wasm_bindgen::JsValue;

use super::recorded;
use crate::browser::{Refusal, now};
use crate::state::TabState;

/// A file that was opened.
pub struct Opened {
    pub name: String,
    pub reports: Vec<Report>,
}

/// Everything that the view is made from.
pub struct Shown {
    embed: bool,
    live: Option<(TabState, Report)>,
    /// A file that was opened, to compare with or to look at.
    file: Option<Opened>,
    /// The file is shown and not the tab.
    instead: bool,
    /// What is accepted, and the file that says so.
    baseline: Option<(Baseline, String)>,
    /// Whether the tab is recorded, or was.
    recording: Recording,
}

impl Shown {
    pub const fn new(embed: bool) -> Self {
        Self {
            embed,
            live: None,
            file: None,
            instead: false,
            baseline: None,
            recording: Recording::NotOffered,
        }
    }

    /// Takes what the auditor says of the tab.
    pub fn load(&mut self, told: &str, session: Option<&Session>) -> Result<(), Refusal> {
        #[derive(Deserialize)]
        struct Told {
            state: TabState,
            report: Report,
        }
        let told = Told::deserialize(Deserializer::from(JSON::parse(told)?))
            .map_err(|error| JsValue::from_str(&error.to_string()))?;
        self.recording = recorded::state(session, told.state.tab, told.state.can_record);
        self.live = Some((told.state, told.report));
        self.accept();
        Ok(())
    }

    /// Takes what the auditor says of a recording that has ended.
    pub fn load_recorded(&mut self, told: &str, session: &Session) -> Result<(), Refusal> {
        let report = read(JSON::parse(told)?)?.into_iter().next();
        let Some(report) = report else { return Err(JsValue::from_str("no page was recorded")) };
        self.recording = Recording::Ended { pages: session.pages, requests: session.requests };
        self.live = Some((TabState { tab: session.tab, ..TabState::default() }, report));
        self.accept();
        Ok(())
    }

    /// Takes a file. It is compared with the tab's report, unless that has nothing to compare.
    pub fn open(&mut self, opened: Opened) {
        let of_web =
            |report: &Report| Url::parse(&report.site.url).is_some_and(|url| url.is_http() || url.is_https());
        self.instead = self.live.as_ref().is_none_or(|(_, report)| !of_web(report));
        self.file = Some(opened);
        self.accept();
    }

    /// Shows the file instead of the tab.
    pub const fn show_file(&mut self) {
        self.instead = self.file.is_some();
    }

    /// Shows the tab again, or compares with nothing any more.
    pub fn close_file(&mut self) {
        if !std::mem::take(&mut self.instead) || self.live.is_none() {
            self.file = None;
        }
    }

    /// The file that says what is accepted.
    pub fn baseline_text(&self) -> &str {
        self.baseline.as_ref().map_or("", |(_, text)| text)
    }

    /// Accepts what a baseline says, and nothing else.
    pub fn set_baseline(&mut self, baseline: Baseline, text: String) {
        self.forget_baseline();
        self.baseline = Some((baseline, text));
        self.accept();
    }

    /// Accepts nothing any more.
    pub fn forget_baseline(&mut self) {
        self.baseline = None;
        let live = self.live.iter_mut().map(|(_, report)| report);
        for report in live.chain(self.file.iter_mut().flat_map(|file| &mut file.reports)) {
            report.baseline = None;
            for finding in &mut report.findings {
                finding.accepted = None;
            }
        }
    }

    /// Marks what the baseline accepts.
    fn accept(&mut self) {
        let Some((baseline, _)) = &self.baseline else { return };
        if let Some((_, report)) = &mut self.live {
            baseline.apply(std::slice::from_mut(report), now() / 1000);
        }
        if let Some(file) = &mut self.file {
            baseline.apply(&mut file.reports, now() / 1000);
        }
    }

    /// The report that is shown.
    pub fn report(&self) -> Option<&Report> {
        let live = self.live.as_ref().map(|(_, report)| report);
        if self.instead { self.file.as_ref()?.reports.first() } else { live }
    }

    /// The ids of the checks: of those that a report has outcomes of.
    pub fn ids(&self) -> Vec<&str> {
        self.report().into_iter().flat_map(|report| &report.checks).map(|check| &*check.id).collect()
    }

    /// All that an export holds: of a file every site.
    pub fn reports(&self) -> &[Report] {
        match (&self.file, &self.live) {
            (Some(file), _) if self.instead => &file.reports,
            (_, Some((_, report))) => std::slice::from_ref(report),
            _ => &[],
        }
    }

    /// Whether the tab is shown, and not a file.
    pub const fn is_live(&self) -> bool {
        !self.instead
    }

    /// The tab; -1 where there is none.
    pub fn tab(&self) -> i64 {
        self.live.as_ref().map_or(-1, |(state, _)| state.tab)
    }

    /// The page of the extension that asks for access.
    pub fn access_page(&self) -> String {
        self.live.as_ref().map(|(state, _)| state.access_page.clone()).unwrap_or_default()
    }

    /// The title of the document.
    pub fn title(&self) -> String {
        format!("HTTPS Audit: {}", self.report().map(|report| report.site.host.as_str()).unwrap_or_default())
    }

    /// The view.
    pub fn html(&self, language: &Language) -> String {
        self.report().map(|report| view::audit(report, &self.state(), language)).unwrap_or_default()
    }

    fn state(&self) -> AuditState {
        let file = self.file.as_ref().filter(|_| self.instead).map(|file| file.name.clone());
        let Some((state, _)) = self.live.as_ref().filter(|_| file.is_none()) else {
            return AuditState { file, embed: self.embed, ..AuditState::default() };
        };
        AuditState {
            seen_at: state.seen_at.clone(),
            needs_access: state.needs_access,
            can_reload: state.can_reload,
            restricted: state.restricted,
            probe: state.probe.iter().filter_map(|url| Url::parse(url)).collect(),
            embed: self.embed,
            recording: self.recording,
            ..AuditState::default()
        }
    }

    /// The comparison of the file with the tab's report; empty where there is none.
    pub fn comparison(&self, language: &Language) -> String {
        let (Some(file), false) = (&self.file, self.instead) else { return String::new() };
        view::compared(&compare(&file.reports, self.reports()), &file.name, language)
    }
}

/// Reads reports that the browser parsed.
pub fn read(parsed: JsValue) -> Result<Vec<Report>, Refusal> {
    let read = Reports::read(Deserializer::from(parsed));
    read.map_err(|error| JsValue::from_str(&error.to_string()))
}
