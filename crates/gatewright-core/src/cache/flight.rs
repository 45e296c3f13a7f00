//! One load at a time: whether it may begin, the task that asks the provider, and every caller that waits for it.

use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use tokio::sync::watch;

use super::age::{Age, Instants, Phase};
use super::fault::Fault;
use super::policy::{BackOff, Jitter, RefreshPolicy};
use super::{Entry, Held, Load, Loaded, Loader, RefreshingCache, Shared, Step, Wait};
use crate::epoch::{Epoch, Epochs, user_changed};
use crate::rt::{Instant, Stopper, spawn, timeout_at};
use crate::{AuthorizeError, AuthorizeErrorKind};

/// A value that a server refuses later than this worked before, so another one will.
const WORKED: Duration = Duration::from_secs(60);

/// How many runtimes in a row may be shut down during a load; the load begins again on the runtime of a caller that waits.
const LOST: u32 = 2;

type Outcome<V> = Result<Held<V>, AuthorizeError>;

/// A load that is under way.
struct InFlight<V> {
    generation: u64,
    epoch: Epoch,
    deadline: Instant,
    /// Closed without an outcome if nobody drives the load any more.
    outcome: watch::Sender<Option<Outcome<V>>>,
    task: Option<Stopper>,
}

/// A load to wait for.
pub(super) struct Waiter<V> {
    generation: u64,
    epoch: Epoch,
    deadline: Instant,
    outcome: watch::Receiver<Option<Outcome<V>>>,
}

/// What becomes of a caller that wants a load.
pub(super) enum Attempt<V> {
    /// There is one.
    Join(Waiter<V>),
    /// It is the caller's to begin.
    Begin(Waiter<V>),
    /// Not now, because of this failure.
    Hold(AuthorizeError),
}

/// At most one load at a time, with pauses between those that fail.
pub(super) struct Control<V> {
    flight: Option<InFlight<V>>,
    generation: u64,
    failure: Option<AuthorizeError>,
    failures: Failures,
    refusals: Failures,
    /// When the value was loaded that a server refused last.
    refused: Option<Instant>,
    lost: u32,
}

impl<V> Default for Control<V> {
    fn default() -> Self {
        Self {
            flight: None,
            generation: 0,
            failure: None,
            failures: Failures::default(),
            refusals: Failures::default(),
            refused: None,
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
        epochs: &Epochs,
    ) -> Attempt<V> {
        match &self.flight {
            Some(flight) if flight.epoch.is_current() => return Attempt::Join(flight.waiter()),
            // Its value would be dropped.
            _ => self.stop(),
        }
        let back_off = match phase {
            Phase::Fresh | Phase::Advisory => policy.calm,
            Phase::Mandatory | Phase::Expired => policy.urgent,
        };
        match &self.failure {
            Some(error) if !error.is_of_the_past() && !self.failures.is_over(now, back_off) => {
                Attempt::Hold(error.clone())
            }
            _ => Attempt::Begin(self.begin(now, policy, epochs.now())),
        }
    }

    fn begin(&mut self, now: Instant, policy: &RefreshPolicy, epoch: Epoch) -> Waiter<V> {
        self.generation += 1;
        let flight = InFlight {
            generation: self.generation,
            epoch,
            deadline: now + policy.time_limit,
            outcome: watch::Sender::default(),
            task: None,
        };
        self.flight.insert(flight).waiter()
    }

    /// Remembers how to stop a load. One that was forgotten before it began is stopped here.
    fn drive(&mut self, generation: u64, task: Stopper) {
        match self.flight.as_mut() {
            Some(flight) if flight.generation == generation => flight.task = Some(task),
            _ => task.stop(),
        }
    }

    /// Ends the load of this generation, if it is still under way.
    fn end(&mut self, generation: u64) -> Option<InFlight<V>> {
        self.flight
            .take_if(|flight| flight.generation == generation)
    }

    /// Stops the load that is under way.
    pub(super) fn stop(&mut self) {
        if let Some(flight) = self.flight.take() {
            flight.stop();
        }
    }

    /// As if nothing had been loaded yet, but for the generations: a load that ends later is not taken for the next one.
    /// A caller that waits finds that nobody drives its load any more.
    pub(super) fn forget(&mut self) {
        self.stop();
        *self = Self {
            generation: self.generation,
            ..Self::default()
        };
    }

    /// The generation of a load that is past its time limit.
    fn overdue(&self, now: Instant) -> Option<u64> {
        let flight = self.flight.as_ref()?;
        (flight.deadline <= now).then_some(flight.generation)
    }

    fn succeeded(&mut self) {
        self.failure = None;
        self.failures.reset();
        self.lost = 0;
    }

    fn failed(&mut self, error: AuthorizeError, now: Instant, jitter: Jitter) {
        self.failure = Some(error);
        self.failures.extend(now, jitter);
        self.lost = 0;
    }

    /// The runtime of this load was shut down. Ends it, if it is still under way, so that somebody else begins
    /// another one; `false` if that was tried too often.
    fn lose(&mut self, generation: u64) -> bool {
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
        loaded: Instant,
        now: Instant,
        policy: &RefreshPolicy,
        jitter: Jitter,
    ) -> bool {
        let is_first = self.refused != Some(loaded);
        self.refused = Some(loaded);
        if is_first && now.duration_since(loaded) >= WORKED {
            self.refusals.reset();
        }
        let may = self.refusals.is_over(now, policy.calm);
        if may {
            self.refusals.extend(now, jitter);
        }
        may
    }
}

impl<V> InFlight<V> {
    fn waiter(&self) -> Waiter<V> {
        Waiter {
            generation: self.generation,
            epoch: self.epoch.clone(),
            deadline: self.deadline,
            outcome: self.outcome.subscribe(),
        }
    }

    /// Stops the load, if it is still running.
    fn stop(&self) {
        if let Some(task) = &self.task {
            task.stop();
        }
    }

    /// Gives every caller that waits the outcome.
    fn complete(self, outcome: Outcome<V>) {
        self.stop();
        self.outcome.send_replace(Some(outcome));
    }
}

/// Failures in a row, and when the last one was.
#[derive(Default)]
struct Failures {
    length: u32,
    last: Option<(Instant, Jitter)>,
}

impl Failures {
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

impl<P: Loader<V>, V: Send + Sync + 'static> RefreshingCache<P, V> {
    /// Asks the provider in a separate task.
    pub(super) fn begin(
        &self,
        waiter: Waiter<V>,
        now: &Instants,
    ) -> Result<Waiter<V>, AuthorizeError> {
        let driver = Driver {
            shared: Arc::downgrade(&self.shared),
            generation: waiter.generation,
            began: now.clone(),
        };
        let load = Load {
            now: now.clocks.machine,
            epoch: waiter.epoch.clone(),
            refused: self.shared.current().as_ref().and_then(Entry::refused),
        };
        let provider = Arc::clone(&self.shared.provider);
        // Without a runtime the driver is dropped here, and with it the load.
        let task = spawn(async move {
            let loaded = provider.load(load).await;
            driver.complete(loaded);
        });
        let task = task.map_err(|_| failed::<P, V>(Fault::NoRuntime))?;
        // Not while `control` is locked: a runtime that is shutting down drops the task, and the driver, at once.
        let mut control = self.shared.control();
        control.drive(waiter.generation, task.stopper());
        Ok(waiter)
    }

    /// Waits for a load. If it fails, the value that there is will do, unless it has expired by then. `epoch` is that in which
    /// the wait began.
    pub(super) fn wait(self, mut waiter: Waiter<V>, began: Instants, mut epoch: Epoch) -> Wait<V> {
        Box::pin(async move {
            loop {
                let outcome = self.shared.outcome(&mut waiter, &began).await;
                let now = began.moved_on();
                if let Some(outcome) = outcome {
                    return admitted(self.shared.or_servable(outcome, &now)?, &epoch);
                }
                // Its runtime was shut down, or the cache has forgotten the load. Another one begins here.
                let present = self.shared.epochs.now();
                if !epoch.admits(&present) {
                    return Err(user_changed());
                }
                // A wait that has become a user's does not end with another one's value: that user may have joined it.
                epoch = present;
                waiter = match self.next(&now) {
                    Step::Serve(held) => return admitted(held, &epoch),
                    Step::Wait(waiter) => waiter,
                    Step::Fail(error) => return Err(error),
                };
            }
        })
    }
}

/// The value, if it may be used for what began in this epoch.
fn admitted<V>(held: Held<V>, began: &Epoch) -> Result<Arc<V>, AuthorizeError> {
    if began.admits(&held.epoch) {
        Ok(held.value)
    } else {
        Err(user_changed())
    }
}

impl<P: Loader<V>, V: Send + Sync + 'static> Shared<P, V> {
    /// What a load gave. `None` if it gave nothing, or something that belongs to the past.
    async fn outcome(&self, waiter: &mut Waiter<V>, began: &Instants) -> Option<Outcome<V>> {
        let landed = waiter.outcome.wait_for(Option::is_some);
        if timeout_at(waiter.deadline, landed).await.is_err() {
            self.end_overdue(&began.moved_on());
        }
        let outcome = waiter.outcome.borrow().clone();
        outcome.filter(|_| waiter.epoch.is_current())
    }

    fn or_servable(&self, outcome: Outcome<V>, now: &Instants) -> Outcome<V> {
        outcome.or_else(|error| {
            let servable = self.servable(&now.clocks);
            servable.map(|(held, _)| held).ok_or(error)
        })
    }

    /// Ends a load that is past its time limit. Not left to its task: its runtime may be one that nobody drives.
    pub(super) fn end_overdue(&self, now: &Instants) {
        let overdue = self.control().overdue(now.instant);
        if let Some(generation) = overdue {
            let fault = Fault::TooSlow(self.policy.time_limit);
            self.complete(generation, Err(failed::<P, V>(fault)), now);
        }
    }

    /// Ends a load with what it gave, if it is still under way.
    fn complete(&self, generation: u64, loaded: Result<Loaded<V>, AuthorizeError>, now: &Instants) {
        let jitter = self.policy.draw();
        let mut control = self.control();
        let Some(flight) = control.end(generation) else {
            return;
        };
        let outcome = loaded.and_then(|loaded| {
            let age = Age::new(loaded.expires_at, now, &self.policy, jitter);
            self.keep(loaded, age, flight.epoch.clone(), now)
        });
        let outcome = outcome.map_err(|error| error.or_with_epoch(&flight.epoch));
        match &outcome {
            Ok(_) => control.succeeded(),
            // It says nothing about the next load, which is for the new user.
            Err(error) if error.kind() == AuthorizeErrorKind::UserChanged => {}
            Err(error) => control.failed(error.clone(), now.instant, jitter),
        }
        drop(control);
        flight.complete(outcome);
    }

    /// One that has expired already is kept where there is no other, for callers that let the server judge it.
    fn keep(&self, loaded: Loaded<V>, age: Age, epoch: Epoch, now: &Instants) -> Outcome<V> {
        let is_doubtful = age.is_doubtful();
        let held = Held {
            value: Arc::new(loaded.value),
            epoch,
        };
        if !is_doubtful || self.servable(&now.clocks.machine.into()).is_none() {
            *self.current_mut() = Some(Entry {
                held: held.clone(),
                other_epoch: loaded.epoch,
                age,
                is_refused: false,
            });
        }
        if is_doubtful {
            return Err(failed::<P, V>(Fault::ExpiredOnArrival));
        }
        held.epoch.has_value();
        Ok(held)
    }

    /// Ends a load that nobody drives any more. A caller that waits for it begins another one, on a runtime that is alive.
    fn lose(&self, generation: u64, now: &Instants) {
        let may_begin_anew = self.control().lose(generation);
        if !may_begin_anew {
            self.complete(generation, Err(lost::<P, V>()), now);
        }
    }
}

pub(super) fn lost<P: Loader<V>, V>() -> AuthorizeError {
    failed::<P, V>(Fault::RuntimeLost)
}

fn failed<P: Loader<V>, V>(fault: Fault) -> AuthorizeError {
    AuthorizeError::provider_failed(P::WHAT, fault)
}

/// Ends a load, also if its task is dropped.
struct Driver<P: Loader<V>, V: Send + Sync + 'static> {
    shared: Weak<Shared<P, V>>,
    generation: u64,
    began: Instants,
}

impl<P: Loader<V>, V: Send + Sync + 'static> Driver<P, V> {
    fn complete(&self, loaded: Result<Loaded<V>, AuthorizeError>) {
        if let Some(shared) = self.shared.upgrade() {
            shared.complete(self.generation, loaded, &self.began.moved_on());
        }
    }
}

impl<P: Loader<V>, V: Send + Sync + 'static> Drop for Driver<P, V> {
    /// After the load is complete this changes nothing.
    fn drop(&mut self) {
        if thread::panicking() {
            self.complete(Err(failed::<P, V>(Fault::Panicked)));
        } else if let Some(shared) = self.shared.upgrade() {
            shared.lose(self.generation, &self.began.moved_on());
        }
    }
}
