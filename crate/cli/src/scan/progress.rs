//! How far a scan is: a bar on a terminal, a line now and then elsewhere.

use std::io::{IsTerminal as _, stderr};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::output::tell;

/// Between two lines where there is no terminal.
const EVERY: Duration = Duration::from_secs(10);

/// What is shown on standard error.
pub struct Progress {
    /// None where standard error is no terminal.
    bar: Option<ProgressBar>,
    last: Mutex<Instant>,
}

impl Progress {
    /// Of so many octets; of any number where that is not known.
    pub fn new(octets: Option<u64>) -> Self {
        let bar = stderr().is_terminal().then(|| {
            let (bar, template) = match octets {
                Some(octets) => {
                    (ProgressBar::new(octets), "{bar:30} {percent:>3} %  {bytes_per_sec}, {eta} left  {msg}")
                }
                None => (ProgressBar::no_length(), "{spinner} {elapsed}  {msg}"),
            };
            bar.set_draw_target(ProgressDrawTarget::stderr());
            // The template is ours, and a test of this file draws it.
            let style =
                ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
            bar.with_style(style)
        });
        Self { bar, last: Mutex::new(Instant::now()) }
    }

    /// A unit of so many octets is done.
    pub fn passed(&self, octets: u64, sites: u64, unreadable: u64) {
        let message = || {
            let broken = if unreadable > 0 { format!(", not readable: {unreadable}") } else { String::new() };
            format!("audited: {sites}{broken}")
        };
        if let Some(bar) = &self.bar {
            bar.inc(octets);
            bar.set_message(message());
            return;
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.elapsed() >= EVERY {
            *last = Instant::now();
            tell(&format!("{} so far", message()));
        }
    }

    /// Prints something without breaking the bar.
    pub fn aside(&self, print: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    /// The bar is taken away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
