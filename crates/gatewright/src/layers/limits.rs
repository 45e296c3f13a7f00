//! A time limit for a whole call, and a size limit for its response.
//!
//! The time limit covers everything inside the layer: fetching credentials, all attempts and the waits between them, and,
//! for a client, reading the response into memory. It does not end a response that is read as a stream: then it covers the
//! head of the response only.
//!
//! ```
//! use gatewright::client::RestClient;
//! use gatewright::layers::LimitsLayer;
//! use gatewright::{BoxError, Body};
//! use std::time::Duration;
//! use tower::ServiceBuilder;
//! # use std::convert::Infallible;
//!
//! # fn main() -> Result<(), BoxError> {
//! # let transport = tower::service_fn(async |_: http::Request<Body>| Ok::<_, Infallible>(http::Response::new(Body::empty())));
//! let limits = LimitsLayer::new().time(Duration::from_secs(5)).response_bytes(64 * 1024);
//! let service = ServiceBuilder::new().layer(limits).service(transport);
//! let rest = RestClient::new(service, "https://api.example.com/prod".parse()?);
//! # let _ = rest;
//! # Ok(())
//! # }
//! ```

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::{Request, Response};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use crate::BoxError;
use crate::limits::{Deadline, RESPONSE_BYTES, ResponseLimits, TimeLimit};
use crate::one_call::SameUser;
use crate::rt::{Sleep, instant, sleep_until};

/// The time of a call unless a setting says otherwise. An integration may take 29 s at a REST API and 30 s at an HTTP API
/// ("Quotas", API Gateway developer guide); this leaves room for a second attempt.
const CALL_TIME: Duration = Duration::from_secs(60);

/// Limits the time of a call and the size of its response. Place it outside the layers that it limits.
///
/// It needs the timer of a tokio runtime. See the [module docs](self) for an example.
#[derive(Clone, Copy, Debug)]
pub struct LimitsLayer {
    time: Option<Duration>,
    response_bytes: usize,
}

impl Default for LimitsLayer {
    fn default() -> Self {
        Self::new()
    }
}

impl LimitsLayer {
    /// 60 s for a call, 10 MiB for a response that is read into memory.
    pub fn new() -> Self {
        Self {
            time: Some(CALL_TIME),
            response_bytes: RESPONSE_BYTES,
        }
    }

    /// Sets the time limit of a call. A call that takes longer fails with [`TimedOut`](crate::TimedOut).
    /// [`Call::timeout`](crate::Call::timeout) overrides it for one call.
    #[must_use]
    pub fn time(mut self, limit: Duration) -> Self {
        self.time = Some(limit);
        self
    }

    /// Removes the time limit.
    #[must_use]
    pub fn no_time_limit(mut self) -> Self {
        self.time = None;
        self
    }

    /// The longest response, in bytes, that a client reads into memory. A longer one fails with
    /// [`Error::Unexpected`](crate::Error::Unexpected); one that is read as a [`Body`](crate::Body) has no limit.
    #[must_use]
    pub fn response_bytes(mut self, limit: usize) -> Self {
        self.response_bytes = limit;
        self
    }
}

impl<S> Layer<S> for LimitsLayer {
    type Service = Limits<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Limits::new(inner, *self)
    }
}

/// The service of [`LimitsLayer`]. An error is that of the inner service, or a [`TimedOut`](crate::TimedOut).
#[derive(Clone, Debug)]
pub struct Limits<S> {
    inner: S,
    config: LimitsLayer,
}

impl<S> Limits<S> {
    /// Limits the calls of `inner`.
    pub fn new(inner: S, config: LimitsLayer) -> Self {
        Self { inner, config }
    }

    inner_accessors!();
}

impl<S, B, R> Service<Request<B>> for Limits<S>
where
    S: Service<Request<B>, Response = Response<R>>,
    S::Error: Into<BoxError>,
{
    type Response = Response<R>;
    type Error = BoxError;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let time = TimeLimit::of(request.extensions()).or(self.config.time);
        let deadline = time.and_then(|limit| Deadline::after(limit, instant()));
        let limits = ResponseLimits {
            bytes: self.config.response_bytes,
            deadline,
        };
        let record = request.extensions().get::<SameUser>().cloned();
        ResponseFuture {
            call: self.inner.call(request),
            timer: None,
            limits,
            record,
        }
    }
}

pin_project! {
    /// The response of [`Limits`].
    #[derive(Debug)]
    pub struct ResponseFuture<F> {
        #[pin]
        call: F,
        #[pin]
        timer: Option<Sleep>,
        limits: ResponseLimits,
        record: Option<SameUser>,
    }
}

impl<F, R, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<R>, E>>,
    E: Into<BoxError>,
{
    type Output = Result<Response<R>, BoxError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        if let Poll::Ready(result) = this.call.poll(cx) {
            let mut response = result.map_err(Into::into)?;
            // A client reads them there. For all others they go onto the response, which costs more.
            match this.record {
                Some(record) => record.limit(*this.limits),
                None => drop(response.extensions_mut().insert(*this.limits)),
            }
            return Poll::Ready(Ok(response));
        }
        let Some(deadline) = this.limits.deadline else {
            return Poll::Pending;
        };
        // A response that is there at once needs no timer.
        if this.timer.is_none() {
            this.timer.set(Some(sleep_until(deadline.at())));
        }
        let timer = this.timer.as_pin_mut();
        ready!(timer.map_or(Poll::Pending, |timer| timer.poll(cx)));
        Poll::Ready(Err(deadline.timed_out().into()))
    }
}
