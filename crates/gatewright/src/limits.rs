//! What a call may take: time, and memory for its response.
//!
//! A layer sets the limits, and a client keeps to them while it reads the response. The types of both are here.

use std::fmt;
use std::time::Duration;

use crate::rt::Instant;
use http::Extensions;

/// The most bytes of a response that a client keeps in memory by default: API Gateway's own limit for a response that it
/// buffers, 10 MB ("Quotas", API Gateway developer guide). A larger one comes from a streaming integration; read it as a
/// `Body`.
pub(crate) const RESPONSE_BYTES: usize = 10 * 1024 * 1024;

/// In the extensions of a response: the limits for reading it to its end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ResponseLimits {
    pub(crate) bytes: usize,
    pub(crate) deadline: Option<Deadline>,
}

impl Default for ResponseLimits {
    fn default() -> Self {
        Self {
            bytes: RESPONSE_BYTES,
            deadline: None,
        }
    }
}

/// In the extensions of a request: the time limit of this call, which overrides that of a layer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimeLimit(pub(crate) Duration);

impl TimeLimit {
    pub(crate) fn of(extensions: &Extensions) -> Option<Duration> {
        extensions.get::<Self>().map(|limit| limit.0)
    }
}

/// When a call must end, and its time limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    at: Instant,
    limit: Duration,
}

impl Deadline {
    /// The end of a call that begins now. `None` if that is beyond what a clock can count, which is no limit.
    pub(crate) fn after(limit: Duration, now: Instant) -> Option<Self> {
        let at = now.checked_add(limit)?;
        Some(Self { at, limit })
    }

    pub(crate) fn at(self) -> Instant {
        self.at
    }

    pub(crate) fn timed_out(self) -> TimedOut {
        TimedOut { limit: self.limit }
    }
}

/// A call took longer than its time limit. It was stopped; what it started at the API may still be running.
///
/// It is the source of an [`Error`](crate::Error) whose [`is_timeout`](crate::Error::is_timeout) is true.
///
/// ```
/// use gatewright::layers::LimitsLayer;
/// use gatewright::{BoxError, TimedOut};
/// use std::time::Duration;
/// use tower::{ServiceBuilder, ServiceExt, service_fn};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), BoxError> {
/// let hangs = service_fn(async |_: http::Request<()>| {
///     std::future::pending::<Result<http::Response<()>, BoxError>>().await
/// });
/// let limits = LimitsLayer::new().time(Duration::from_millis(1));
/// let service = ServiceBuilder::new().layer(limits).service(hangs);
///
/// let error = service.oneshot(http::Request::new(())).await.unwrap_err();
/// let timed_out: &TimedOut = error.downcast_ref().unwrap();
/// assert_eq!(timed_out.limit(), Duration::from_millis(1));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimedOut {
    limit: Duration,
}

impl TimedOut {
    /// The time limit of the call.
    pub fn limit(&self) -> Duration {
        self.limit
    }
}

impl fmt::Display for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the call took longer than its time limit of {:?}",
            self.limit
        )
    }
}

impl std::error::Error for TimedOut {}
