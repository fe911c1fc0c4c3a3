//! Django settings: what they come to, and what is wrong with that.

mod check;
mod defaults;
mod eval;
mod project;
mod setting;

use crate::{Review, Source, Unknown};
use eval::{Environment, Interpreter};
use project::Project;
use setting::Settings;

/// Octets of stack for the tree and its evaluation, whose depth is bounded.
const STACK: usize = 256 << 20;

/// Reviews every settings module among the sources. Nothing is known of the environment.
///
/// Fails where the operating system gives no thread to do it in.
pub fn review(sources: &[Source]) -> std::io::Result<Review> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || of_all(sources))?;
        thread.join().map_err(|_| std::io::Error::other("the review ended early"))
    })
}

fn of_all(sources: &[Source]) -> Review {
    let project = Project::new(sources);
    let environment = Environment::new();
    let mut whole = Review::default();
    for fault in project.files().iter().flat_map(|file| &file.tree.faults) {
        whole.unknown.push(Unknown {
            what: "syntax".to_owned(),
            why: fault.what.clone(),
            how: "Mend the file; what could be read of it was reviewed.".to_owned(),
            place: Some(fault.place.clone()),
        });
    }
    for file in project.leaves() {
        // Each begins anew, so that one module's work is not taken from the next.
        let mut interpreter = Interpreter::new(&project, &environment);
        for settings in Settings::of(&project, file, &mut interpreter) {
            let Review { findings, unknown } = check::review(&settings);
            for finding in findings {
                if !whole.findings.contains(&finding) {
                    whole.findings.push(finding);
                }
            }
            for unknown in unknown {
                if !whole.unknown.contains(&unknown) {
                    whole.unknown.push(unknown);
                }
            }
        }
    }
    whole.findings.sort_by(|a, b| (&a.place, a.check).cmp(&(&b.place, b.check)));
    whole
}
