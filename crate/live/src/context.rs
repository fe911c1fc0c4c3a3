//! What every request of a look shares.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use https_audit_core::evidence::Failure;
use https_audit_core::url::Url;

use crate::clock::Clock;
use crate::pace::Pace;
use crate::place::{ConnectTo, Resolve};
use crate::roots::Roots;

/// Where a Location sends a response from this address; none where that is no address.
pub type Location = fn(&Url, &[u8]) -> Option<Url>;

/// How to ask.
pub struct Settings {
    /// The version of the program, for the User-Agent and the recorder's name.
    pub version: &'static str,
    /// Seconds since the epoch at which it begins; certificates are judged by it.
    pub now: i64,
    /// How long one request may take, from the look-up of the name to the end of the head.
    pub timeout: Duration,
    /// Connections a second to one host.
    pub rate: u32,
    /// `--resolve`.
    pub resolve: Vec<Resolve>,
    /// `--connect-to`.
    pub connect_to: Vec<ConnectTo>,
    /// Whom to trust.
    pub roots: Roots,
    /// How a Location is read.
    pub location: Location,
}

/// A look at one address.
pub struct Context<'s> {
    pub settings: &'s Settings,
    pub pace: &'s Pace,
    pub clock: Clock,
    refusals: Mutex<Vec<Failure>>,
}

impl<'s> Context<'s> {
    /// Begins.
    pub fn new(settings: &'s Settings, pace: &'s Pace) -> Self {
        Self { settings, pace, clock: Clock::new(settings.now), refusals: Mutex::new(Vec::new()) }
    }

    /// Keeps that a certificate was refused, before what was then read all the same.
    pub fn refused(&self, url: &Url, error: &str) {
        let failure = Failure { url: url.as_str().to_owned(), error: error.to_owned(), at: self.clock.at() };
        self.refusals.lock().unwrap_or_else(PoisonError::into_inner).push(failure);
    }

    /// Every refused certificate so far, in order.
    pub fn refusals(&self) -> Vec<Failure> {
        self.refusals.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
