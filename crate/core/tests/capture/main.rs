//! What `capture` makes of browser events, by subject. Events are written as the browsers write them.

#![expect(clippy::needless_pass_by_value, reason = "events are written where they are handed over")]

mod bounds;
mod events;
mod hops;
mod pages;
mod reading;
mod secrets;
mod session;
mod storage;
