//! Times of several variants, taken in turns so that a disturbance hits all of them.

use std::fmt;
use std::time::Duration;

use crate::thread_time;

const ROUNDS: usize = 300;
const BATCH: u32 = 200;

/// The CPU time of one call in nanoseconds, over many batches.
#[derive(Clone, Copy)]
pub(crate) struct Time {
    /// Undisturbed.
    pub(crate) least: f64,
    pub(crate) median: f64,
}

impl Time {
    fn of(mut batches: Vec<Duration>) -> Self {
        batches.sort_unstable();
        let per_call = |batch: Duration| batch.as_secs_f64() * 1e9 / f64::from(BATCH);
        Self {
            least: per_call(batches[0]),
            median: per_call(batches[batches.len() / 2]),
        }
    }

    /// Without what takes the time `other`.
    pub(crate) fn minus(self, other: Self) -> Self {
        Self {
            least: self.least - other.least,
            median: self.median - other.median,
        }
    }

    pub(crate) fn over(self, other: Self) -> f64 {
        self.least / other.least
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:>7.0} ns least, {:>7.0} ns median",
            self.least, self.median
        )
    }
}

/// Calls each variant in turns.
pub(crate) fn of<const N: usize>(mut variants: [&mut dyn FnMut(); N]) -> [Time; N] {
    let mut times = [const { Vec::new() }; N];
    for round in 0..=ROUNDS {
        for (variant, times) in variants.iter_mut().zip(&mut times) {
            let time = batch(variant);
            // The first round warms up.
            if round > 0 {
                times.push(time);
            }
        }
    }
    times.map(Time::of)
}

fn batch(variant: &mut dyn FnMut()) -> Duration {
    let start = thread_time::now();
    for _ in 0..BATCH {
        variant();
    }
    thread_time::now() - start
}
