//! How often a host is asked.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Connections to one host are at least a step apart, whoever asks.
#[derive(Debug)]
pub struct Pace {
    step: Duration,
    next: Mutex<BTreeMap<String, Instant>>,
}

impl Pace {
    /// So many connections a second to one host; 0 counts as 1.
    pub fn new(rate: u32) -> Self {
        Self { step: Duration::from_secs(1) / rate.max(1), next: Mutex::new(BTreeMap::new()) }
    }

    /// Waits until it is this host's turn.
    pub fn wait(&self, host: &str) {
        std::thread::sleep(self.turn(host, Instant::now()));
    }

    /// How long to wait for the next turn, which is then taken.
    fn turn(&self, host: &str, now: Instant) -> Duration {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = next.get(host).copied().filter(|turn| *turn > now).unwrap_or(now);
        next.insert(host.to_owned(), turn + self.step);
        turn.duration_since(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_has_turns_of_its_own() {
        let pace = Pace::new(4);
        let now = Instant::now();
        let turns: Vec<u128> =
            ["a", "a", "b", "a"].iter().map(|host| pace.turn(host, now).as_millis()).collect();
        assert_eq!(turns, [0, 250, 0, 500]);
        assert_eq!(pace.turn("a", now + Duration::from_secs(9)), Duration::ZERO);
    }
}
