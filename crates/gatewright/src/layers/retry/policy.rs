//! Whether and when a call is retried.

use std::time::Duration;

use gatewright_core::kit::retry_after::retry_after;
use http::{Request, Response};
use tower::retry::Policy;

use super::cause::Cause;
use super::layer::RetryLayer;
use crate::layers::attempt::{Attempt, Attempts};
use crate::layers::credential::SameUser;
use crate::rt::{Sleep, sleep};
use crate::{Body, BoxError};

/// The settings, and the current attempt of one call.
#[derive(Clone, Debug)]
pub(super) struct RetryPolicy {
    config: RetryLayer,
    attempt: Attempt,
}

impl RetryPolicy {
    pub(super) fn new(config: RetryLayer) -> Self {
        Self {
            config,
            attempt: Attempt::FIRST,
        }
    }

    /// The wait before the next attempt; `None` if there is none.
    fn next_wait<R>(
        &self,
        request: &Request<Body>,
        result: &Result<Response<R>, BoxError>,
    ) -> Option<Duration> {
        let Some(cause) = Cause::of(result) else {
            self.config.budget.deposit();
            return None;
        };
        let is_allowed = self.config.also_unsafe || cause.is_harmless_for(request);
        let is_same_user = || SameUser::is_unchanged_for(request.extensions());
        if !is_allowed || self.attempt.number() >= self.config.attempts || !is_same_user() {
            return None;
        }
        let wait = self.wait(result)?;
        self.config.budget.withdraw().then_some(wait)
    }

    /// `None` if `Retry-After` asks for more than the layer waits.
    fn wait<R>(&self, result: &Result<Response<R>, BoxError>) -> Option<Duration> {
        let asked = result
            .as_ref()
            .ok()
            .and_then(|it| retry_after(it.headers()));
        let asked = asked.unwrap_or_default();
        let wait = self.config.backoff.wait(self.attempt.number());
        (asked <= self.config.max_retry_after).then_some(wait.max(asked))
    }
}

impl<R> Policy<Request<Body>, Response<R>, BoxError> for RetryPolicy {
    type Future = Sleep;

    fn retry(
        &mut self,
        request: &mut Request<Body>,
        result: &mut Result<Response<R>, BoxError>,
    ) -> Option<Sleep> {
        let Some(wait) = self.next_wait(request, result) else {
            if let Ok(response) = result {
                response.extensions_mut().insert(self.attempt);
            }
            return None;
        };
        self.attempt = self.attempt.next();
        #[cfg(feature = "tracing")]
        tracing::debug!(
            attempt = self.attempt.number(),
            wait_ms = wait.as_millis() as u64,
            status = result.as_ref().ok().map(|it| it.status().as_u16()),
            "trying again"
        );
        let extensions = request.extensions_mut();
        extensions.insert(self.attempt);
        if let Some(attempts) = extensions.get::<Attempts>() {
            attempts.note(self.attempt);
        }
        Some(sleep(wait))
    }

    /// `None` for a stream, which can be sent once only.
    fn clone_request(&mut self, request: &Request<Body>) -> Option<Request<Body>> {
        let mut clone = Request::new(request.body().try_clone()?);
        *clone.method_mut() = request.method().clone();
        *clone.uri_mut() = request.uri().clone();
        *clone.version_mut() = request.version();
        *clone.headers_mut() = request.headers().clone();
        *clone.extensions_mut() = request.extensions().clone();
        Some(clone)
    }
}
