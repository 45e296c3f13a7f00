//! One JSON call to Cognito: sent over the app's transport, bounded in time and size, repeated where that is harmless.
//!
//! Redirects are not followed: their target would get the password or token that is in the body.

mod call;
mod failure;
mod redact;
mod refusal;
mod response;
mod secure;

use std::time::Duration;

use gatewright::{BaseUrl, Body, BoxService, HttpService};
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Request, Uri};
use serde_json::Value;

pub(crate) use self::call::{Operation, Repeat};
use self::failure::Failure;
pub(crate) use self::response::JsonResponse;
use crate::random::Random;
use crate::{Error, ErrorKind};

/// For a call with its repetitions and the pauses between: longer than Cognito takes with a slow Lambda trigger (5 s), and
/// about as long as somebody watches a sign-in.
const TIME: Duration = Duration::from_secs(15);
const ATTEMPTS: u32 = 3;
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// A server that wants to be left alone for longer gets its way, and the caller the error.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// Answers of Cognito are a few kilobytes.
const MAX_RESPONSE_BYTES: usize = 1024 * 1024;

/// The way to one service of Cognito. Clones share the transport.
#[derive(Clone, Debug)]
pub(crate) struct JsonClient {
    service: BoxService,
    target: Uri,
    random: Random,
}

impl JsonClient {
    /// An endpoint that others could listen to is refused.
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

    /// Calls `operation` and returns the object that it answers.
    pub(crate) async fn call(
        &self,
        operation: &Operation,
        input: &Value,
    ) -> Result<JsonResponse, Error> {
        let attempts = self.attempts(operation, input);
        let result = tokio::time::timeout(TIME, attempts).await;
        result.unwrap_or_else(|_| Err(timed_out(operation)))
    }

    async fn attempts(&self, operation: &Operation, input: &Value) -> Result<JsonResponse, Error> {
        let mut attempt = 1;
        loop {
            let failure = match self.attempt(operation, input).await {
                Ok(response) => return Ok(response),
                Err(failure) => failure,
            };
            let pause = self.pause(attempt, &failure);
            let again = attempt < ATTEMPTS && operation.repeat.allows(failure.cause);
            let Some(pause) = pause.filter(|_| again) else {
                return Err(failure.error);
            };
            tokio::time::sleep(pause).await;
            attempt += 1;
        }
    }

    async fn attempt(&self, operation: &Operation, input: &Value) -> Result<JsonResponse, Failure> {
        let request = self.request(operation, input)?;
        let response = self.service.clone().send(request).await;
        let response = response.map_err(|source| Failure::no_response(operation, source))?;
        let (head, body) = response.into_parts();
        let body = body.collect(MAX_RESPONSE_BYTES).await;
        let body = body.map_err(|source| Failure::broken_off(operation, source))?;
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

    /// Before the next attempt: drawn between nothing and a limit that doubles, and as long as the server asks for.
    /// `None` if that is too long.
    fn pause(&self, attempt: u32, failure: &Failure) -> Option<Duration> {
        let limit = FIRST_PAUSE * 2_u32.pow(attempt - 1);
        let mut drawn = [u8::MAX];
        // Without random numbers the pause is the whole of it.
        let _ = self.random.fill(&mut drawn);
        let drawn = limit * u32::from(drawn[0]) / u32::from(u8::MAX);
        let pause = failure.retry_after.map_or(drawn, |asked| asked.max(drawn));
        (pause <= LONGEST_PAUSE).then_some(pause)
    }
}

fn timed_out(operation: &Operation) -> Error {
    let message = format!(
        "Cognito did not response {} within {TIME:?}",
        operation.name
    );
    Error::new(ErrorKind::Timeout, message)
}

#[cfg(test)]
mod tests;
