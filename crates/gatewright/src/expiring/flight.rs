//! One load, from the task that asks the provider to everyone who waits for it.

use std::sync::{Arc, Weak};
use std::thread;

use tokio::runtime::Handle;
use tokio::time::timeout_at;

use super::control::{Outcome, Ticket};
use super::entry::{Entry, Loaded};
use super::fault::Fault;
use super::moment::Moment;
use super::{Expiring, Fetch, Load, Shared, Wait};
use crate::AuthorizeError;

impl<P: Load<V>, V: Send + Sync + 'static> Expiring<P, V> {
    /// Asks the provider in a task of its own.
    pub(super) fn begin(
        &self,
        ticket: Ticket<V>,
        now: Moment,
    ) -> Result<Ticket<V>, AuthorizeError> {
        let driver = Driver {
            shared: Arc::downgrade(&self.shared),
            generation: ticket.generation,
            began: now,
        };
        // Without a runtime the driver is dropped here, and with it the load.
        let runtime = Handle::try_current().map_err(|_| failed::<P, V>(Fault::NoRuntime))?;
        let provider = Arc::clone(&self.shared.provider);
        let refused = self.shared.current().as_ref().and_then(Entry::refused);
        let task = runtime.spawn(async move {
            let loaded = provider.load(driver.generation, refused).await;
            driver.land(loaded);
        });
        // Not while `control` is locked: a runtime that is shutting down drops the task, and the driver, at once.
        let mut control = self.shared.control();
        control.drive(ticket.generation, task.abort_handle());
        Ok(ticket)
    }

    /// Waits for a load. If it fails, the value that there is will do, unless it has expired by then.
    pub(super) fn wait(self, mut ticket: Ticket<V>, began: Moment) -> Wait<V> {
        Box::pin(async move {
            let landed = ticket.landing.wait_for(Option::is_some);
            let is_late = timeout_at(ticket.deadline, landed).await.is_err();
            let now = began.moved_on();
            if is_late {
                self.shared.end_overdue(now);
            }
            let outcome = ticket.landing.borrow().clone();
            match outcome {
                Some(outcome) => self.shared.or_servable(outcome, now),
                // Its runtime was shut down. This one is not.
                None => match self.get(now.system) {
                    Fetch::Ready(value) => Ok(value),
                    Fetch::Wait(wait) => wait.await,
                },
            }
        })
    }
}

impl<P: Load<V>, V> Shared<P, V> {
    fn or_servable(&self, outcome: Outcome<V>, now: Moment) -> Outcome<V> {
        outcome.or_else(|error| {
            let servable = self.servable(now.system);
            servable.map(|(value, _)| value).ok_or(error)
        })
    }

    /// Ends a load that is past its time limit. Not left to its task: its runtime may be one that nobody drives.
    pub(super) fn end_overdue(&self, now: Moment) {
        let overdue = self.control().overdue(now.instant);
        if let Some(generation) = overdue {
            let fault = Fault::TooSlow(self.policy.time_limit);
            self.land(generation, Err(failed::<P, V>(fault)), now);
        }
    }

    /// Ends a load with what it gave, if it is still under way.
    fn land(&self, generation: u64, loaded: Result<Loaded<V>, AuthorizeError>, now: Moment) {
        let jitter = self.policy.draw();
        let entry = loaded.and_then(|loaded| {
            let entry = Entry::new(loaded, generation, now, &self.policy, jitter);
            entry.ok_or_else(|| failed::<P, V>(Fault::ExpiredOnArrival))
        });
        let mut control = self.control();
        let Some(flight) = control.end(generation) else {
            return;
        };
        let outcome = match entry {
            Ok(entry) => {
                control.succeeded();
                Ok(self.keep(entry))
            }
            Err(error) => {
                control.failed(error.clone(), now.instant, jitter);
                Err(error)
            }
        };
        drop(control);
        flight.land(outcome);
    }

    fn keep(&self, entry: Entry<V>) -> Arc<V> {
        let value = Arc::clone(&entry.value);
        *self.current_mut() = Some(entry);
        value
    }

    /// Ends a load that nobody drives any more. Who waits for it begins another one, on a runtime that is alive.
    fn lose(&self, generation: u64, now: Moment) {
        let may_begin_anew = self.control().lose(generation);
        if !may_begin_anew {
            self.land(generation, Err(failed::<P, V>(Fault::RuntimeLost)), now);
        }
    }
}

fn failed<P: Load<V>, V>(fault: Fault) -> AuthorizeError {
    AuthorizeError::provider_failed(P::WHAT, fault)
}

/// Sees to it that a load ends, whatever becomes of its task.
struct Driver<P: Load<V>, V> {
    shared: Weak<Shared<P, V>>,
    generation: u64,
    began: Moment,
}

impl<P: Load<V>, V> Driver<P, V> {
    fn land(&self, loaded: Result<Loaded<V>, AuthorizeError>) {
        if let Some(shared) = self.shared.upgrade() {
            shared.land(self.generation, loaded, self.began.moved_on());
        }
    }
}

impl<P: Load<V>, V> Drop for Driver<P, V> {
    /// After the load has landed this changes nothing.
    fn drop(&mut self) {
        if thread::panicking() {
            self.land(Err(failed::<P, V>(Fault::Panicked)));
        } else if let Some(shared) = self.shared.upgrade() {
            shared.lose(self.generation, self.began.moved_on());
        }
    }
}
