//! The time of a look: it begins where it is told to, and never stands still.

use std::sync::Mutex;
use std::time::Instant;

/// Milliseconds since the epoch, each reading later than the one before: what came first is told by it.
#[derive(Debug)]
pub struct Clock {
    begin: i64,
    since: Instant,
    last: Mutex<i64>,
}

impl Clock {
    /// Begins at this second since the epoch.
    pub fn new(now: i64) -> Self {
        let begin = now.saturating_mul(1000);
        Self { begin, since: Instant::now(), last: Mutex::new(begin.saturating_sub(1)) }
    }

    /// Milliseconds since the epoch.
    pub fn at(&self) -> i64 {
        let elapsed = i64::try_from(self.since.elapsed().as_millis()).unwrap_or(i64::MAX);
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *last = self.begin.saturating_add(elapsed).max(last.saturating_add(1));
        *last
    }

    /// Seconds since the epoch.
    pub fn seconds(&self) -> i64 {
        self.at().div_euclid(1000)
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;

    #[test]
    fn no_two_readings_are_the_same() {
        let clock = Clock::new(1_795_348_800);
        let readings: Vec<i64> = (0..100).map(|_| clock.at()).collect();
        assert!(readings.windows(2).all(|two| two[0] < two[1]), "{readings:?}");
        assert!(readings[0] >= 1_795_348_800_000 && clock.seconds() < 1_795_348_900);
    }
}
