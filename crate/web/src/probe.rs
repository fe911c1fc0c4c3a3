//! The redirect check at work: asks what [`Capture`] says, one request after the other, until there is nothing left, the
//! person stops it or it takes too long. What came back, `Capture` learns from the browser's events.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use https_audit_core::capture::Capture;
use https_audit_core::evidence::ProbeState;
use https_audit_core::fact::Site;
use litemap::LiteMap;
use web_sys::AbortController;

use crate::browser::{Refusal, ask, now, tabs};
use crate::lists;

/// Milliseconds that a server has to answer: hstspreload.org waits as long.
const ANSWER_WITHIN: u32 = 10_000;
/// Milliseconds between two looks whether the browser has told of the answer; its events may come after it.
const LOOK_EVERY: u32 = 20;
/// Looks at most.
const LOOKS: u32 = 100;

/// What can be stopped, by the site's host.
pub type Stops = RefCell<LiteMap<String, AbortController>>;

/// The site that a tab shows.
async fn site(tab: i64) -> Result<Site, Refusal> {
    let lists = lists::knowledge().await?;
    Ok(Site::new(&tabs::get(tab).await?.url.unwrap_or_default(), lists))
}

/// Checks the site that a tab shows. `write` puts what changed into storage.
pub async fn check(
    tab: i64,
    capture: &RefCell<Capture>,
    stops: &Stops,
    write: impl AsyncFn(),
) -> Result<(), Refusal> {
    let site = site(tab).await?;
    if !capture.borrow_mut().begin_probe(&site, now()) {
        return Ok(());
    }
    loop {
        let next = capture.borrow_mut().next_of_probe(&site, now());
        write().await;
        let Some(url) = next else { break };
        let controller = AbortController::new()?;
        stops.borrow_mut().insert(site.host.clone(), controller.clone());
        let late = within_time(url.as_str(), &controller).await;
        for _ in 0..LOOKS {
            if late || capture.borrow_mut().probe_is_answered(&site) {
                break;
            }
            TimeoutFuture::new(LOOK_EVERY).await;
        }
        // The head is all that is wanted; the body is not waited for.
        controller.abort();
        capture.borrow_mut().request_of_probe_is_over(&site, late);
    }
    stops.borrow_mut().remove(&site.host);
    Ok(())
}

/// Asks, and waits for the answer as long as it may take. Whether it took too long.
async fn within_time(address: &str, controller: &AbortController) -> bool {
    let late = Rc::new(Cell::new(false));
    let (is_late, to_stop) = (Rc::clone(&late), controller.clone());
    let timeout = Timeout::new(ANSWER_WITHIN, move || {
        is_late.set(true);
        to_stop.abort();
    });
    // A refusal is told by the request's own event.
    let _ = ask(address, &controller.signal()).await;
    drop(timeout);
    late.get()
}

/// Stops the check of the site that a tab shows.
pub async fn stop(tab: i64, capture: &RefCell<Capture>, stops: &Stops) -> Result<(), Refusal> {
    let site = site(tab).await?;
    capture.borrow_mut().end_probe(&site, ProbeState::Stopped);
    if let Some(controller) = stops.borrow_mut().remove(&site.host) {
        controller.abort();
    }
    Ok(())
}
