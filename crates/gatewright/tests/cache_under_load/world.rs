//! What callers and providers share: the time, and what has happened.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use crate::caches::Value;

/// The generator `SplitMix64` (Steele, Lea and Flood, 2014): small, and varied enough.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    pub(crate) fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    /// A time from zero on, less than `end`.
    pub(crate) fn within(&mut self, end: Duration) -> Duration {
        let end = u64::try_from(end.as_micros()).unwrap();
        Duration::from_micros(self.below(end))
    }
}

/// How long things take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// That of a program, in time that is paused.
    Paused,
    /// A hundred times as fast, in real time.
    Real,
}

impl Pace {
    /// A program's time at this pace.
    pub(crate) fn of(self, time: Duration) -> Duration {
        match self {
            Self::Paused => time,
            Self::Real => time / 100,
        }
    }

    /// The time before a get, for most callers.
    pub(crate) fn pause(self, random: &mut Random) -> Option<Duration> {
        let sleeps = self == Self::Paused && !random.one_in(3);
        sleeps.then(|| random.within(Duration::from_secs(4)))
    }

    /// How long a caller waits for a get: one in two gives up soon.
    pub(crate) fn patience(self, random: &mut Random) -> Duration {
        if random.one_in(2) {
            self.of(random.within(Duration::from_secs(1)))
        } else {
            crate::STUCK
        }
    }
}

/// How far the clock jumps, in milliseconds.
const JUMP: i64 = 10_000;
const START: Duration = Duration::from_secs(1_700_000_000);

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) pace: Pace,
    began: Instant,
    /// In milliseconds.
    offset: AtomicI64,
    jumps: AtomicU64,
    forgets_begun: AtomicU64,
    forgets_done: AtomicU64,
}

/// What a caller sees at a time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    clock: SystemTime,
    jumps: u64,
    /// The forgets that were over.
    forgets: u64,
}

impl World {
    pub(crate) fn new(pace: Pace) -> Self {
        Self {
            pace,
            began: Instant::now(),
            offset: AtomicI64::new(0),
            jumps: AtomicU64::new(0),
            forgets_begun: AtomicU64::new(0),
            forgets_done: AtomicU64::new(0),
        }
    }

    pub(crate) fn now(&self) -> SystemTime {
        let time = SystemTime::UNIX_EPOCH + START + self.began.elapsed();
        let offset = self.offset.load(Ordering::SeqCst);
        let distance = Duration::from_millis(offset.unsigned_abs());
        if offset < 0 {
            time - distance
        } else {
            time + distance
        }
    }

    pub(crate) fn look(&self) -> Look {
        Look {
            jumps: self.jumps.load(Ordering::SeqCst),
            clock: self.now(),
            forgets: self.forgets_done.load(Ordering::SeqCst),
        }
    }

    /// The clock jumps forth or back.
    pub(crate) fn jump(&self, random: &mut Random) {
        self.shift_clock(if random.one_in(2) { JUMP } else { -JUMP });
    }

    /// Sets the clock so many milliseconds further.
    pub(crate) fn shift_clock(&self, by: i64) {
        self.jumps.fetch_add(1, Ordering::SeqCst);
        self.offset.fetch_add(by, Ordering::SeqCst);
        self.jumps.fetch_add(1, Ordering::SeqCst);
    }

    pub(crate) fn forget(&self, forget: impl FnOnce()) {
        self.forgets_begun.fetch_add(1, Ordering::SeqCst);
        forget();
        self.forgets_done.fetch_add(1, Ordering::SeqCst);
    }

    /// A load that begins now comes after so many forgets, or the last of them is under way and stops it.
    pub(crate) fn forgets_begun(&self) -> u64 {
        self.forgets_begun.load(Ordering::SeqCst)
    }
}

/// What became of gets.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) served: usize,
    pub(crate) failed: usize,
    pub(crate) given_up: usize,
    expired: usize,
    forgotten: usize,
}

impl Tally {
    pub(crate) fn count(&mut self, value: Value, before: Look, after: Look) {
        self.served += 1;
        // Where the clock jumps in between, the cache may have read it at either time.
        let slack = if before.jumps == after.jumps {
            0
        } else {
            JUMP.unsigned_abs() * 2
        };
        let least = before.clock.min(after.clock) - Duration::from_millis(slack);
        self.expired += usize::from(value.expires_at <= least);
        self.forgotten += usize::from(value.forgets < before.forgets);
    }

    pub(crate) fn sum(tallies: Vec<Self>) -> Self {
        tallies
            .into_iter()
            .fold(Self::default(), |sum, tally| Self {
                served: sum.served + tally.served,
                failed: sum.failed + tally.failed,
                given_up: sum.given_up + tally.given_up,
                expired: sum.expired + tally.expired,
                forgotten: sum.forgotten + tally.forgotten,
            })
    }

    pub(crate) fn check(&self, gets: usize, told: &str) {
        assert_eq!(self.served + self.failed + self.given_up, gets, "{told}");
        assert_eq!(self.expired, 0, "{told}");
        assert_eq!(self.forgotten, 0, "{told}");
        // A round in which nobody is served, fails or gives up shows nothing.
        assert!(self.served > gets / 4, "{told}");
        assert!(self.failed > 0, "{told}");
        assert!(self.given_up > gets / 100, "{told}");
    }
}
