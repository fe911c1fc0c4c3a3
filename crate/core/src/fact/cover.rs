//! What keeps a browser on https for a host: a preload list, or a policy it learned.

use crate::field::Engine;
use crate::knowledge::Knowledge;

/// What makes a browser use https for a host without being asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cover {
    /// The preload lists of both browsers.
    Preloaded {
        /// The matching entry.
        entry: String,
    },
    /// The preload list of one browser only; the other has nothing.
    PreloadedIn {
        /// The browser that has it.
        engine: Engine,
        /// The matching entry.
        entry: String,
    },
    /// A policy that the host itself or a parent sent.
    Policy {
        /// The host that sent it.
        host: String,
        /// Seconds it lasts without another visit.
        max_age: u64,
        /// When it ends without another visit, in seconds since the epoch.
        ends_at: i64,
    },
}

/// What the lists say of a host.
fn preloaded(host: &str, knowledge: &Knowledge<'_>) -> Option<Cover> {
    let listings = knowledge.preload.lookup(host);
    match (listings.chromium.entry, listings.firefox.entry) {
        (Some(entry), Some(_)) => Some(Cover::Preloaded { entry }),
        (Some(entry), None) => Some(Cover::PreloadedIn { engine: Engine::Chromium, entry }),
        (None, Some(entry)) => Some(Cover::PreloadedIn { engine: Engine::Firefox, entry }),
        (None, None) => None,
    }
}

impl super::Facts<'_> {
    /// What makes the recording browser use https for `host`: a list of its own, or a policy.
    pub fn cover(&self, host: &str) -> Option<Cover> {
        self.cover_in(host, self.engine)
    }

    /// What makes this engine use https for `host`: a list of its own, or a policy.
    pub fn cover_in(&self, host: &str, engine: Engine) -> Option<Cover> {
        self.listed_in(host, engine).or_else(|| self.hsts.learned(host, engine))
    }

    /// What would make the recording browser do so without a policy of the host's own.
    pub fn cover_from_above(&self, host: &str) -> Option<Cover> {
        self.listed_in(host, self.engine).or_else(|| self.hsts.parent(host, self.engine))
    }

    /// What the lists of both browsers say of a host.
    pub fn preloaded(&self, host: &str) -> Option<Cover> {
        preloaded(host, self.knowledge)
    }

    fn listed_in(&self, host: &str, of: Engine) -> Option<Cover> {
        self.preloaded(host).filter(|cover| match cover {
            Cover::PreloadedIn { engine, .. } => *engine == of,
            _ => true,
        })
    }
}
