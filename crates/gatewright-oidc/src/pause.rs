//! Leaves a provider alone for as long as it asked to be.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use gatewright_core::kit;
use gatewright_core::rt::{Instant, instant};
use http::HeaderMap;

use crate::error::Error;

/// No provider can lock an app out for longer, whatever it asks for.
const LONGEST: Duration = Duration::from_secs(5 * 60);

/// How long the provider asks not to be called, at most five minutes.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let asked = kit::retry_after::retry_after(headers)?;
    Some(asked.min(LONGEST))
}

/// Until when requests fail at once, and with what.
#[derive(Debug, Default)]
pub(crate) struct Pause(Mutex<Option<(Instant, Error)>>);

impl Pause {
    /// Fails while the provider is to be left alone.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let pause = self.lock();
        let Some((until, error)) = pause.as_ref() else {
            return Ok(());
        };
        let left = until.saturating_duration_since(instant());
        if left.is_zero() {
            return Ok(());
        }
        Err(error.clone().with_retry_after(Some(left)))
    }

    /// Obeys what came with an error. What the provider said is forgotten: it may repeat a secret of the client that asked,
    /// and others get this error too.
    pub(crate) fn note(&self, error: &Error) {
        if let Some(wait) = error.retry_after() {
            *self.lock() = Some((instant() + wait, error.clone().with_oauth(None)));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<(Instant, Error)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::RETRY_AFTER;

    #[test]
    fn a_provider_is_left_alone_for_five_minutes_at_most() {
        for (text, seconds) in [
            ("7", Some(7)),
            (" 0 ", Some(0)),
            ("86400", Some(300)),
            ("soon", None),
        ] {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, text.parse().unwrap())]);
            let read = retry_after(&headers).map(|wait| wait.as_secs());
            assert_eq!(read, seconds, "{text}");
        }
    }
}
