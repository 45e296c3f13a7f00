//! Leaves a provider alone for as long as it asked to be.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::HeaderMap;
use http::header::RETRY_AFTER;
use tokio::time::Instant;

use crate::clock::instant;
use crate::error::Error;

/// No provider can lock an app out for longer, whatever it asks for.
const LONGEST: Duration = Duration::from_secs(5 * 60);

/// The seconds of `Retry-After` (RFC 9110, section 10.2.3), at most five minutes. A date there is not read; the caches
/// of gatewright have pauses of their own.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse();
    Some(Duration::from_secs(seconds.ok()?).min(LONGEST))
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

    #[test]
    fn seconds_are_read_up_to_five_minutes_and_nothing_else() {
        for (text, seconds) in [
            ("7", Some(7)),
            (" 0 ", Some(0)),
            ("86400", Some(300)),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("Sun, 06 Nov 1994 08:49:37 GMT", None),
        ] {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, text.parse().unwrap())]);
            assert_eq!(
                retry_after(&headers).map(|wait| wait.as_secs()),
                seconds,
                "{text}"
            );
        }
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }
}
