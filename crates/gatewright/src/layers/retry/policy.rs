//! Whether and when a call is retried.

use std::time::Duration;

use gatewright_core::kit::retry_after::retry_after;
use http::Response;

use super::cause::Cause;
use super::layer::RetryLayer;
use crate::BoxError;
use crate::copy::HeadCopy;
use crate::layers::attempt::Attempt;
use crate::one_call::SameUser;

/// The wait before the next attempt; `None` if there is none.
pub(super) fn next_wait<R>(
    config: &RetryLayer,
    attempt: Attempt,
    request: &HeadCopy,
    record: &SameUser,
    result: &Result<Response<R>, BoxError>,
) -> Option<Duration> {
    let Some(cause) = Cause::of(result) else {
        config.budget.deposit();
        return None;
    };
    let is_allowed = config.also_unsafe || cause.is_harmless_for(request);
    if !is_allowed || attempt.number() >= config.attempts || !record.is_unchanged() {
        return None;
    }
    let wait = wait(config, attempt, result)?;
    config.budget.withdraw().then_some(wait)
}

/// `None` if `Retry-After` asks for more than the layer waits.
fn wait<R>(
    config: &RetryLayer,
    attempt: Attempt,
    result: &Result<Response<R>, BoxError>,
) -> Option<Duration> {
    let asked = result
        .as_ref()
        .ok()
        .and_then(|it| retry_after(it.headers()));
    let asked = asked.unwrap_or_default();
    let wait = config.backoff.wait(attempt.number());
    (asked <= config.max_retry_after).then_some(wait.max(asked))
}
