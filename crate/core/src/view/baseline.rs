//! What a baseline accepts of a report, and which of its entries are over or fit nothing.

use maud::{Markup, html};

use super::icon::icon;
use super::page::Page;
use super::text::foreign;
use crate::baseline::Entry;

/// Entries of a kind that are listed.
const SHOWN: usize = 50;

/// Nothing where no baseline was applied.
pub(super) fn baseline(page: &Page<'_>) -> Markup {
    let Some(told) = &page.report.baseline else { return html! {} };
    html! {
        div.callout data-baseline data-severity="note" {
            (icon("icon", "i-note"))
            div {
                p { (page.language.count(told.accepted, "A baseline accepts {} finding. It stays in the report and in its verdict.", "A baseline accepts {} findings. They stay in the report and in its verdicts.")) }
                (entries(page, page.say("Over, and accepting nothing any more:"), &told.expired))
                (entries(page, page.say("Without a finding:"), &told.unused))
                @if page.live {
                    p.callout__actions {
                        button.button type="button" data-action="save-baseline" { (icon("glyph", "g-export")) (page.say("Save baseline")) }
                        button.button type="button" data-action="drop-baseline" { (page.say("Accept nothing")) }
                    }
                }
            }
        }
    }
}

fn entries(page: &Page<'_>, words: &str, entries: &[Entry]) -> Markup {
    html! {
        @if !entries.is_empty() {
            p { (words) }
            ul {
                @for entry in entries.iter().take(SHOWN) { li { (foreign(&entry.words(), 200)) } }
                @if entries.len() > SHOWN { li.muted { (page.language.count(entries.len() - SHOWN, "and {} more", "and {} more")) } }
            }
        }
    }
}
