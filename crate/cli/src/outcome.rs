//! What is written of reports, and how a command that made them ends.

use https_audit_core::compare::{Comparison, news_markdown, news_text};
use https_audit_core::export::{self, export};
use https_audit_core::knowledge::Knowledge;
use https_audit_core::report::{Report, to_text};

use crate::against::{Against, Judged, judge};
use crate::annotations::{self, github, gitlab};
use crate::options::{Common, Format};
use crate::output::{Done, Failure};

/// Holds reports against what was known, and writes them. `paths` has the name of the input of each report, and fewer
/// where reports came of no file.
pub fn of_reports(
    mut reports: Vec<Report>,
    paths: &[&str],
    against: &Against,
    common: &Common,
    knowledge: &Knowledge<'_>,
) -> Result<Done, Failure> {
    let Judged { worst, fail_on, since } = judge(&mut reports, against, common.now(), knowledge)?;
    let text = match (common.format, common.format.export()) {
        (Format::Github, _) => {
            annotations::summary::append(&markdown(&reports, since.as_ref())?)?;
            github::commands(&annotations::of_reports(&reports, paths))
        }
        (Format::Gitlab, _) => gitlab::code_quality(&annotations::of_reports(&reports, paths))
            .map_err(|error| Failure::of("report", error))?,
        (Format::Markdown, _) => markdown(&reports, since.as_ref())?.concat(),
        (_, Some(format)) => export(format, &reports).map_err(|error| Failure::of("report", error))?,
        (_, None) => {
            let news = since.as_ref().map(news_text);
            reports.iter().map(to_text).chain(news).collect::<Vec<_>>().join("\n")
        }
    };
    Ok(Done { text, worst, fail_on })
}

/// The parts of the report in Markdown, what is new first.
fn markdown(reports: &[Report], since: Option<&Comparison>) -> Result<Vec<String>, Failure> {
    let mut parts: Vec<String> = since.map(news_markdown).into_iter().collect();
    for report in reports {
        let part = export(export::Format::Markdown, std::slice::from_ref(report))
            .map_err(|error| Failure::of("report", error))?;
        parts.push(if parts.is_empty() { part } else { format!("\n{part}") });
    }
    Ok(parts)
}
