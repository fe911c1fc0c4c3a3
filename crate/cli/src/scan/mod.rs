//! `https-audit scan`: many inputs on all cores, one line of JSON for each site.
//!
//! ```text
//! inputs ─▶ units, in order ─▶ workers ─▶ results, in the same order ─▶ summary
//! ```
//!
//! A unit is what is audited at once: a file, a line of JSON Lines, or an address of a list. Each carries the place where its answer is waited for, so
//! results come in the order of the inputs whichever worker is done first, and no more are under way than the queue holds.

mod inputs;
mod progress;
mod results;
mod summary;
mod work;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::{panic, thread};

use clap::Args;
use clap::builder::RangedU64ValueParser;
use https_audit_core::baseline::Baseline;
use https_audit_core::knowledge;

use self::inputs::{Input, Unit};
use self::progress::Progress;
use self::results::Results;
use self::summary::Summary;
use self::work::{Audited, Worker};
use crate::apart::Target;
use crate::audit;
use crate::live::Asking;
use crate::options::{Chosen, Common, Format};
use crate::output::{Failure, tell};

/// Units under way for each worker: enough that none waits for one that takes long.
const QUEUE: usize = 64;
/// Inputs that could not be read and are told one by one; the results name all of them.
const TOLD: u64 = 20;

/// Arguments of `scan`.
#[derive(Args)]
pub struct ScanArguments {
    /// Files, directories and patterns such as `captures/*.har`: HAR, WARC, evidence JSON, and JSON Lines of evidence, packed by
    /// gzip or not. `-` is standard input.
    #[arg(value_name = "INPUT", required_unless_present = "urls")]
    pub inputs: Vec<String>,
    /// A list of addresses, one a line, whose servers are asked as `live` does; `-` is standard input. May be repeated.
    #[arg(long, value_name = "FILE")]
    pub urls: Vec<String>,
    /// Go on where an earlier run stopped: what the file of `-o` holds already is not audited again.
    #[arg(long, requires = "output")]
    resume: bool,
    /// Write the summary to this file, as JSON.
    #[arg(long, value_name = "FILE")]
    pub summary: Option<PathBuf>,
    /// How many are audited at once; all cores where it is left out.
    #[arg(long, value_name = "N", value_parser = RangedU64ValueParser::<usize>::new().range(1..=1024))]
    threads: Option<usize>,
    /// What is accepted: a TOML file of tables `[[accept]]`. Can be given several times.
    #[arg(long, value_name = "FILE")]
    pub baseline: Vec<String>,
    /// How the servers of `--urls` are asked.
    #[command(flatten)]
    pub asking: Asking,
    /// What was chosen.
    #[command(flatten)]
    chosen: Chosen,
}

/// Writes a line for each site as it is audited, and the summary at the end; the exit status: 2 where an input could not be
/// read, else 1 where a finding is as severe as `--fail-on` says.
pub fn run(arguments: &ScanArguments, common: &Common) -> Result<ExitCode, Failure> {
    if !matches!(common.format, Format::Text | Format::Json) {
        let what = "a scan writes JSON Lines and no other format; `audit` of one of its inputs has all";
        return Err(Failure::of("--format", what));
    }
    let baseline =
        arguments.baseline.iter().map(|file| audit::baseline(file)).collect::<Result<Vec<_>, _>>()?;
    let baseline = baseline.into_iter().reduce(Baseline::and);
    let mut found = inputs::find(&arguments.inputs, &arguments.urls)?;
    let asks = !arguments.urls.is_empty();
    let live = asks.then(|| arguments.asking.live(common.now())).transpose()?;
    if let Some(output) = Target::output(common) {
        found.without(&output);
    }
    let mut results = Results::open(common.output.as_deref(), arguments.resume)?;
    let mut summary = std::mem::take(&mut results.earlier);
    summary.passed_over = found.passed_over;

    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = arguments.threads.unwrap_or(cores);
    // Who asks a server mostly waits.
    let threads = if asks { threads.max(arguments.asking.concurrency) } else { threads };
    let workers = (0..threads).map(|_| {
        // Each reads the lists for itself: a reader remembers what it looked up last.
        let lists = knowledge::embedded().map_err(|error| Failure::of("built-in lists", error))?;
        Ok(Worker {
            knowledge: lists.with(arguments.chosen.options()),
            now: common.now(),
            baseline: baseline.as_ref(),
            live: live.as_ref(),
        })
    });
    let workers: Vec<Worker<'_>> = workers.collect::<Result<_, Failure>>()?;
    let progress = Progress::new(found.octets);
    audit_all(&found.inputs, workers, &mut results, &mut summary, &progress)?;
    progress.finish();

    results.finish()?;
    if summary.unreadable > TOLD {
        tell(&format!("{} more inputs could not be read; the results name them", summary.unreadable - TOLD));
    }
    summary.tell();
    if let Some(file) = &arguments.summary {
        summary.save(file)?;
    }
    let fails = common.fail_on().severity().is_some_and(|least| summary.worst >= Some(least));
    Ok(ExitCode::from(if summary.unreadable > 0 { 2 } else { u8::from(fails) }))
}

/// The pipeline: one thread reads, the workers audit, this one writes.
fn audit_all(
    inputs: &[Input],
    workers: Vec<Worker<'_>>,
    results: &mut Results,
    summary: &mut Summary,
    progress: &Progress,
) -> Result<(), Failure> {
    let (to_workers, jobs) = sync_channel::<(Unit, SyncSender<Audited>)>(workers.len() * 2);
    let (to_writer, answers) = sync_channel::<(u64, Receiver<Audited>)>(workers.len() * QUEUE);
    let jobs = Mutex::new(jobs);
    let mut done = std::mem::take(&mut results.done);
    thread::scope(|scope| {
        for worker in workers {
            let jobs = &jobs;
            scope.spawn(move || {
                loop {
                    let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((unit, answer)) = job else { break };
                    // A defect of ours in one of ten thousand must not take the others with it; what is told is its line.
                    let audited = panic::catch_unwind(panic::AssertUnwindSafe(|| worker.audit(&unit)));
                    let audited = audited.unwrap_or_else(|_| {
                        Audited::failed(&unit, "it could not be audited: a defect of https-audit")
                    });
                    // Nobody waits any more where the results could not be written.
                    let _: Result<(), _> = answer.send(audited);
                }
            });
        }
        scope.spawn(move || {
            for unit in inputs.iter().flat_map(Input::units) {
                if let Some(times @ 1..) = done.get_mut(&unit.key()) {
                    *times -= 1;
                    continue;
                }
                let (answer, answered) = sync_channel(1);
                if to_writer.send((unit.octets, answered)).is_err()
                    || to_workers.send((unit, answer)).is_err()
                {
                    break;
                }
            }
        });
        for (octets, answered) in answers {
            // The worker always answers.
            let Ok(audited) = answered.recv() else { continue };
            results.write(&audited.lines)?;
            if let Some(why) = &audited.failure
                && summary.unreadable < TOLD
            {
                progress.aside(|| tell(why));
            }
            summary.add(&audited.summary);
            progress.passed(octets, summary.sites, summary.unreadable);
        }
        Ok(())
    })
}
