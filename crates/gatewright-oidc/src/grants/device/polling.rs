//! The connection of a device flow that is being waited for.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use gatewright_core::rt::{Clock, sleep};
use http::{Response, StatusCode};
use oauth2::{
    AsyncHttpClient, DeviceCodeErrorResponse, HttpRequest, HttpResponse, RequestTokenError,
};

use crate::error::Error;
use crate::wire::Wire;

pub(super) type Failure = RequestTokenError<Error, DeviceCodeErrorResponse>;

/// The oauth2 crate polls on after any failure of the connection, less often each time. That suits those that pass. One that
/// lasts is kept here, and the polling ended by an answer that means nothing.
pub(super) struct Polling<'a> {
    wire: &'a Wire,
    clock: &'a Clock,
    last: Mutex<Last>,
}

struct Last {
    asked_at: SystemTime,
    fault: Option<Error>,
}

impl<'a> Polling<'a> {
    pub(super) fn new(wire: &'a Wire, clock: &'a Clock) -> Self {
        let last = Last {
            asked_at: clock.now(),
            fault: None,
        };
        Self {
            wire,
            clock,
            last: Mutex::new(last),
        }
    }

    /// When the last request went out.
    pub(super) fn asked_at(&self) -> SystemTime {
        self.last().asked_at
    }

    /// The failure that ended the polling.
    pub(super) fn take_fault(&self) -> Option<Error> {
        self.last().fault.take()
    }

    async fn poll(&self, request: HttpRequest) -> Result<HttpResponse, Error> {
        self.last().asked_at = self.clock.now();
        let error = match self.wire.post(request).await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        if !error.is_retryable() {
            self.last().fault = Some(error);
            return Ok(no_answer());
        }
        if let Some(wait) = error.retry_after() {
            sleep(wait).await;
        }
        Err(error)
    }

    fn last(&self) -> MutexGuard<'_, Last> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn no_answer() -> HttpResponse {
    let mut answer = Response::new(Vec::new());
    *answer.status_mut() = StatusCode::BAD_REQUEST;
    answer
}

impl<'c> AsyncHttpClient<'c> for Polling<'_> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Error>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.poll(request))
    }
}
