//! The review of nginx configuration.
//!
//! ```text
//! files ─▶ syntax (tree of directives) ─▶ config (includes, contexts, what holds where) ─▶ check ─▶ Review
//! ```
//!
//! A main file is read with the files that it includes; a file that nothing includes is read as a piece of what it seems
//! to be a piece of. What stands around such a piece, in files that were not given, behind an error or in variables is not
//! known: where that decides, the answer is an unknown, or says what it depends on.

mod catalogue;
mod check;
mod cipher;
mod config;
pub mod facts;
mod out;
mod syntax;

pub use catalogue::CHECKS;
pub use out::Check;

use config::{At, Files, Site, Tree};
use out::Out;

use crate::{Review, Source};

/// Reviews nginx configuration. Findings and unknowns come by file and line; the same files give the same review.
pub fn review(sources: &[Source]) -> Review {
    let files = Files::read(sources);
    let mut out = Out::new(&files);
    for (file, parsed) in files.parsed.iter().enumerate() {
        for fault in &parsed.faults {
            let at = At { file, spot: fault.spot };
            let rest = if parsed.cut { " What stands behind it was not read." } else { "" };
            out.find(catalogue::SYNTAX, Some(at), format!("Here {}.{rest}", fault.message), None);
        }
    }
    let (sites, too_large) = sites(&files);
    for site in sites {
        check::all(&site, &mut out);
    }
    if too_large {
        let why =
            "put together, the files hold more directives than are read; what comes after those was left out";
        out.unknown("nginx configuration", why, "give the review fewer files at once", None);
    }
    out.finish()
}

/// The sites, and whether the files were too large to be read whole.
fn sites(files: &Files<'_>) -> (Vec<Site>, bool) {
    let (roots, too_large) = files.roots();
    let site = |root: config::Root| Site::new(Tree::new(root.directives, root.cut));
    (roots.into_iter().map(site).collect(), too_large)
}
