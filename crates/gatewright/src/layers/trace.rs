//! A `tracing` span for each call, without a secret in it (feature `tracing`).
//!
//! The span is called `call`, at level INFO, with the target `gatewright`. Its fields:
//!
//! | field | what |
//! | --- | --- |
//! | `operation` | the `operationId`, if the request has an [`Operation`] |
//! | `path` | the path template of the operation, such as `/pets/{petId}`: never the path itself, whose values may be personal |
//! | `method` | the HTTP method |
//! | `host` | the host of the request |
//! | `status` | the status of the response |
//! | `attempt` | the number of attempts |
//! | `request_id` | the request id of the response, for AWS support |
//! | `error` | why there is no response: the text of an [`AuthorizeError`] without its source, `timed out`, or `no response` |
//!
//! The span has no header and no query. It ends with an event: `response received` at DEBUG, or `failed` at WARN if there
//! is no response.
//!
//! ```
//! use gatewright::layers::TraceLayer;
//! use http::{Request, Response};
//! use tower::{ServiceBuilder, ServiceExt, service_fn};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), gatewright::BoxError> {
//! let server = service_fn(async |_: Request<()>| Ok::<_, gatewright::BoxError>(Response::new(())));
//! let service = ServiceBuilder::new().layer(TraceLayer::new()).service(server);
//! service.oneshot(Request::new(())).await?;
//! # Ok(())
//! # }
//! ```

use std::error::Error;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::{Request, Response};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;
use tracing::field::Empty;
use tracing::{Span, debug, info_span, warn};

use crate::error::request_id;
use crate::one_call::SameUser;
use crate::{AuthorizeError, BoxError, Operation, TimedOut};

/// Makes a span for each call. Place it outside all other layers.
///
/// See the [module docs](self) for the fields.
#[derive(Clone, Copy, Debug, Default)]
pub struct TraceLayer {
    _private: (),
}

impl TraceLayer {
    /// The layer; it has no settings.
    pub fn new() -> Self {
        Self::default()
    }
}

impl<S> Layer<S> for TraceLayer {
    type Service = Trace<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Trace::new(inner)
    }
}

/// The service of [`TraceLayer`]. An error is that of the inner service.
#[derive(Clone, Debug)]
pub struct Trace<S> {
    inner: S,
}

impl<S> Trace<S> {
    /// Traces the calls of `inner`.
    pub fn new(inner: S) -> Self {
        Self { inner }
    }

    inner_accessors!();
}

impl<S, B, R> Service<Request<B>> for Trace<S>
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

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let span = span_of(&request);
        if span.is_disabled() {
            return ResponseFuture {
                call: self.inner.call(request),
                traced: None,
            };
        }
        let record = SameUser::of(request.extensions_mut());
        let call = span.in_scope(|| self.inner.call(request));
        ResponseFuture {
            call,
            traced: Some(Traced { span, record }),
        }
    }
}

fn span_of<B>(request: &Request<B>) -> Span {
    let operation = request.extensions().get::<Operation>();
    info_span!(
        target: "gatewright",
        "call",
        operation = operation.map(Operation::id),
        path = operation.map(Operation::path),
        method = request.method().as_str(),
        host = request.uri().host(),
        status = Empty,
        attempt = Empty,
        request_id = Empty,
        error = Empty,
    )
}

pin_project! {
    /// The response of [`Trace`].
    #[derive(Debug)]
    pub struct ResponseFuture<F> {
        #[pin]
        call: F,
        traced: Option<Traced>,
    }
}

/// A call that somebody listens to.
#[derive(Debug)]
struct Traced {
    span: Span,
    record: SameUser,
}

impl<F, R, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<R>, E>>,
    E: Into<BoxError>,
{
    type Output = Result<Response<R>, BoxError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let Some(Traced { span, record }) = this.traced else {
            return this.call.poll(cx).map_err(Into::into);
        };
        let _entered = span.enter();
        let result = ready!(this.call.poll(cx)).map_err(Into::into);
        span.record("attempt", record.attempts());
        match &result {
            Ok(response) => record_response(span, response),
            Err(error) => record_failure(span, error.as_ref()),
        }
        Poll::Ready(result)
    }
}

fn record_response<R>(span: &Span, response: &Response<R>) {
    span.record("status", response.status().as_u16());
    if let Some(id) = request_id(response.headers()) {
        span.record("request_id", id);
    }
    debug!(target: "gatewright", "response received");
}

fn record_failure(span: &Span, error: &(dyn Error + 'static)) {
    if let Some(error) = error.downcast_ref::<AuthorizeError>() {
        span.record("error", tracing::field::display(error));
    } else {
        span.record("error", reason(error));
    }
    warn!(target: "gatewright", "failed");
}

/// Not the error's own text: it may come from any layer, and hold anything.
fn reason(error: &(dyn Error + 'static)) -> &'static str {
    if error.is::<TimedOut>() {
        "timed out"
    } else {
        "no response"
    }
}
