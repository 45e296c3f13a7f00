//! One JSON call to Cognito: it goes over the app's transport, is bounded in time and size, and is retried where that
//! is safe.
//!
//! The client follows no redirect: its target would get the password or token of the body.

mod call;
mod cause;
mod failure;
mod redact;
mod refusal;
mod response;
mod secure;

use std::time::Duration;

use gatewright::exchange::{Limits, exchange};
use gatewright::{BaseUrl, Body, BoxService};
use gatewright_core::rt::{Instant, instant, sleep_until};
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Request, Uri};
use serde_json::Value;

pub(crate) use self::call::{Operation, Repeat};
use self::failure::Failure;
pub(crate) use self::response::JsonResponse;
use crate::Error;
use crate::random::Random;

/// The time limit of a call with its retries and pauses. It is longer than Cognito with a slow Lambda trigger (5 s),
/// and about as long as a user waits for a sign-in.
const TIME: Duration = Duration::from_secs(15);
const ATTEMPTS: u32 = 3;
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// If `Retry-After` asks for more, do not retry; return the error.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// Responses of Cognito are a few kilobytes.
const MAX_RESPONSE_BYTES: usize = 1024 * 1024;

/// A client of one service of Cognito. Clones share the transport.
#[derive(Clone, Debug)]
pub(crate) struct JsonClient {
    service: BoxService,
    target: Uri,
    random: Random,
}

impl JsonClient {
    /// An error if the endpoint is neither encrypted nor on this machine.
    pub(crate) fn new(
        service: BoxService,
        random: Random,
        endpoint: &BaseUrl,
    ) -> Result<Self, Error> {
        Ok(Self {
            service,
            target: secure::target(endpoint)?,
            random,
        })
    }

    /// Calls `operation` and returns the object of the response.
    pub(crate) async fn call(
        &self,
        operation: &Operation,
        input: &Value,
    ) -> Result<JsonResponse, Error> {
        let deadline = instant() + TIME;
        let mut attempt = 1;
        loop {
            let failure = match self.attempt(operation, input, deadline).await {
                Ok(response) => return Ok(response),
                Err(failure) => failure,
            };
            let next = self
                .pause(attempt, &failure)
                .map(|pause| instant() + pause)
                .filter(|next| *next < deadline);
            let again = attempt < ATTEMPTS && operation.repeat.allows(failure.cause);
            let Some(next) = next.filter(|_| again) else {
                return Err(failure.error);
            };
            sleep_until(next).await;
            attempt += 1;
        }
    }

    async fn attempt(
        &self,
        operation: &Operation,
        input: &Value,
        deadline: Instant,
    ) -> Result<JsonResponse, Failure> {
        let request = self.request(operation, input)?;
        let limits = Limits {
            time: deadline.saturating_duration_since(instant()),
            bytes: MAX_RESPONSE_BYTES,
        };
        let response = exchange(self.service.clone(), request, limits).await;
        let response =
            response.map_err(|failure| Failure::of_exchange(operation, failure, TIME))?;
        let (head, body) = response.into_parts();
        response::read(operation, &head, &body, input)
    }

    /// The AWS JSON 1.1 protocol.
    fn request(&self, operation: &Operation, input: &Value) -> Result<Request<Body>, Failure> {
        let target = format!("{}.{}", operation.service, operation.name);
        Request::post(self.target.clone())
            .header(
                CONTENT_TYPE,
                HeaderValue::from_static("application/x-amz-json-1.1"),
            )
            .header("x-amz-target", target)
            .body(Body::from(input.to_string()))
            .map_err(|source| Failure::unsendable(operation, source))
    }

    /// The pause before the next attempt: random between zero and a limit that doubles, and at least `Retry-After`.
    /// `None` if it is too long.
    fn pause(&self, attempt: u32, failure: &Failure) -> Option<Duration> {
        let limit = FIRST_PAUSE * 2_u32.pow(attempt - 1);
        let mut drawn = [u8::MAX];
        // Without random numbers the pause is the whole limit.
        let _ = self.random.fill(&mut drawn);
        let drawn = limit * u32::from(drawn[0]) / u32::from(u8::MAX);
        let pause = failure.retry_after.map_or(drawn, |asked| asked.max(drawn));
        (pause <= LONGEST_PAUSE).then_some(pause)
    }
}

#[cfg(test)]
mod tests;
