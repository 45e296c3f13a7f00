//! Which load is under way, and whether another may begin.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::entry::{Entry, Phase};
use super::policy::{BackOff, Jitter, RefreshPolicy};
use crate::AuthorizeError;

/// A value that a server refuses later than this worked before, so another one will.
const WORKED: Duration = Duration::from_secs(60);

/// Runtimes that may be shut down under a load in a row; a load is begun anew on that of somebody who waits.
const LOST: u32 = 2;

pub(super) type Outcome<V> = Result<Arc<V>, AuthorizeError>;

/// What one load gave, as soon as it did. Closed without an outcome if nobody drives the load any more.
pub(super) type Landing<V> = watch::Receiver<Option<Outcome<V>>>;

/// One load.
pub(super) struct Flight<V> {
    generation: u64,
    deadline: Instant,
    outcome: watch::Sender<Option<Outcome<V>>>,
    task: Option<AbortHandle>,
}

/// A load to wait for.
pub(super) struct Ticket<V> {
    pub(super) generation: u64,
    pub(super) deadline: Instant,
    pub(super) landing: Landing<V>,
}

/// What a caller that wants a load is told.
pub(super) enum Attempt<V> {
    /// There is one.
    Join(Ticket<V>),
    /// It is the caller's to begin.
    Begin(Ticket<V>),
    /// Not now, because of this failure.
    Hold(AuthorizeError),
}

/// At most one load at a time, with pauses between those that fail.
pub(super) struct Control<V> {
    flight: Option<Flight<V>>,
    generation: u64,
    failure: Option<AuthorizeError>,
    failures: Streak,
    refusals: Streak,
    refused: u64,
    lost: u32,
}

impl<V> Default for Control<V> {
    fn default() -> Self {
        Self {
            flight: None,
            generation: 0,
            failure: None,
            failures: Streak::default(),
            refusals: Streak::default(),
            refused: 0,
            lost: 0,
        }
    }
}

impl<V> Control<V> {
    pub(super) fn attempt(
        &mut self,
        phase: Phase,
        now: Instant,
        policy: &RefreshPolicy,
    ) -> Attempt<V> {
        if let Some(flight) = &self.flight {
            return Attempt::Join(flight.ticket());
        }
        let back_off = match phase {
            Phase::Fresh | Phase::Advisory => policy.calm,
            Phase::Mandatory | Phase::Expired => policy.urgent,
        };
        match &self.failure {
            Some(error) if !self.failures.is_over(now, back_off) => Attempt::Hold(error.clone()),
            _ => Attempt::Begin(self.begin(now, policy)),
        }
    }

    fn begin(&mut self, now: Instant, policy: &RefreshPolicy) -> Ticket<V> {
        self.generation += 1;
        let flight = Flight {
            generation: self.generation,
            deadline: now + policy.time_limit,
            outcome: watch::Sender::default(),
            task: None,
        };
        self.flight.insert(flight).ticket()
    }

    /// Remembers how to stop a load, unless it has ended already.
    pub(super) fn drive(&mut self, generation: u64, task: AbortHandle) {
        if let Some(flight) = self.flight.as_mut()
            && flight.generation == generation
        {
            flight.task = Some(task);
        }
    }

    /// Ends the load of this generation, if it is still under way.
    pub(super) fn end(&mut self, generation: u64) -> Option<Flight<V>> {
        self.flight
            .take_if(|flight| flight.generation == generation)
    }

    /// Stops the load that is under way.
    pub(super) fn stop(&mut self) {
        if let Some(flight) = self.flight.take() {
            flight.abort();
        }
    }

    /// As if nothing had been loaded yet, but for the generations: a load that ends later is not taken for the next one.
    /// Who waits for the load under way finds that nobody drives it any more.
    pub(super) fn forget(&mut self) {
        self.stop();
        *self = Self {
            generation: self.generation,
            ..Self::default()
        };
    }

    /// The generation of a load that is past its time limit.
    pub(super) fn overdue(&self, now: Instant) -> Option<u64> {
        let flight = self.flight.as_ref()?;
        (flight.deadline <= now).then_some(flight.generation)
    }

    pub(super) fn succeeded(&mut self) {
        self.failure = None;
        self.failures.reset();
        self.lost = 0;
    }

    pub(super) fn failed(&mut self, error: AuthorizeError, now: Instant, jitter: Jitter) {
        self.failure = Some(error);
        self.failures.extend(now, jitter);
        self.lost = 0;
    }

    /// The runtime of this load was shut down. Ends it, if it is still under way, so that somebody else begins
    /// another one; `false` if that was tried too often.
    pub(super) fn lose(&mut self, generation: u64) -> bool {
        let is_under_way = self
            .flight
            .as_ref()
            .is_some_and(|flight| flight.generation == generation);
        self.lost += u32::from(is_under_way);
        let may_begin_anew = self.lost <= LOST;
        if may_begin_anew {
            drop(self.end(generation));
        }
        may_begin_anew
    }

    /// Whether a load may replace a value that a server has refused.
    ///
    /// One that is refused soon after it was loaded was not refused for its age, and neither will its successor be:
    /// such refusals back off, or each of them would be a load.
    pub(super) fn may_replace(
        &mut self,
        entry: &Entry<V>,
        now: Instant,
        policy: &RefreshPolicy,
        jitter: Jitter,
    ) -> bool {
        let is_first = self.refused != entry.generation;
        self.refused = entry.generation;
        if is_first && now.duration_since(entry.loaded) >= WORKED {
            self.refusals.reset();
        }
        let may = self.refusals.is_over(now, policy.calm);
        if may {
            self.refusals.extend(now, jitter);
        }
        may
    }
}

impl<V> Flight<V> {
    fn ticket(&self) -> Ticket<V> {
        Ticket {
            generation: self.generation,
            deadline: self.deadline,
            landing: self.outcome.subscribe(),
        }
    }

    /// Stops the load, if it is still running.
    fn abort(&self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }

    /// Tells everyone that waits.
    pub(super) fn land(self, outcome: Outcome<V>) {
        self.abort();
        self.outcome.send_replace(Some(outcome));
    }
}

/// Failures in a row, and when the last one was.
#[derive(Default)]
struct Streak {
    length: u32,
    last: Option<(Instant, Jitter)>,
}

impl Streak {
    fn extend(&mut self, now: Instant, jitter: Jitter) {
        self.length = self.length.saturating_add(1);
        self.last = Some((now, jitter));
    }

    fn reset(&mut self) {
        *self = Self::default();
    }

    /// Whether the pause after the last one is over.
    fn is_over(&self, now: Instant, back_off: BackOff) -> bool {
        self.last.is_none_or(|(last, jitter)| {
            now.duration_since(last) >= back_off.pause(self.length, jitter)
        })
    }
}
