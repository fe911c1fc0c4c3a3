//! What is accepted: a finding is taken into the baseline with a reason, and the baseline is saved as a file.

use std::rc::Rc;

use https_audit_core::baseline::{Baseline, entry};
use https_audit_core::report::ReportFinding;
use https_audit_core::view::accept as dialog;

use super::{Page, draw};
use crate::page::{failed, save as save_file, say};

/// Asks why a finding is accepted, and until when.
pub fn ask(page: &Page, fingerprint: &str) {
    let shown = page.shown.borrow();
    let finding = shown.report().and_then(|report| find(&report.findings, fingerprint));
    let Some(finding) = finding else { return };
    if let Err(error) = draw::open_dialog(&dialog(finding, &page.language)) {
        failed(page.language.say("The page could not be drawn"), &error);
    }
}

/// Takes the finding of the dialog into the baseline.
pub fn accept(page: &Rc<Page>) {
    let (fingerprint, why, until) = (draw::answer("fingerprint"), draw::answer("why"), draw::answer("until"));
    if why.trim().is_empty() {
        draw::complain(page.language.say("Say why it is accepted."));
        return;
    }
    let until = (!until.is_empty()).then_some(until.as_str());
    let mut shown = page.shown.borrow_mut();
    let finding = shown.report().and_then(|report| find(&report.findings, &fingerprint));
    let Some(made) = finding.map(|finding| entry(finding, &why, until)) else { return };
    let before = shown.baseline_text();
    // A file may end within its last line.
    let gap = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    let text = format!("{before}{gap}{made}");
    let read = Baseline::read(&text, &shown.ids());
    match read {
        Ok(baseline) => {
            shown.set_baseline(baseline, text);
            drop(shown);
            draw::close_dialog();
            page.draw_now();
            say(page.language.say("Accepted. Save the baseline to use it again, here and in the command."));
        }
        Err(error) => draw::complain(&error.to_string()),
    }
}

/// Saves the baseline.
pub fn save(page: &Page) {
    let saved =
        save_file("https-audit-baseline.toml", "application/toml", page.shown.borrow().baseline_text());
    if let Err(error) = saved {
        failed(page.language.say("Nothing could be saved"), &error);
    }
}

/// Accepts nothing any more.
pub fn forget(page: &Page) {
    page.shown.borrow_mut().forget_baseline();
    page.draw_now();
}

fn find<'a>(findings: &'a [ReportFinding], fingerprint: &str) -> Option<&'a ReportFinding> {
    findings.iter().find(|finding| finding.fingerprint == fingerprint)
}
