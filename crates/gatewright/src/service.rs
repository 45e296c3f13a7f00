//! The service of a client: any tower service of HTTP requests.

use std::any::Any;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::{Request, Response};
use pin_project_lite::pin_project;
use tower_service::Service;

use crate::layers::{RequireAuth, RequireAuthLayer};
use crate::{Body, BoxError};

/// A service with its type erased, so that the type of a client does not name its stack of layers.
///
/// A clone costs a count: the service itself is shared, and cloned when a request is sent. What
/// [`poll_ready`](Service::poll_ready) reserves (a place in a queue, a permit) belongs to one `BoxService` and not to its
/// clones, as with any tower service.
///
/// ```
/// use gatewright::{Body, BoxError, BoxService, HttpService};
/// use tower::{ServiceBuilder, service_fn};
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), BoxError> {
/// let api = service_fn(async |_: http::Request<Body>| Ok::<_, BoxError>(http::Response::new(Body::from("pong"))));
/// let service: BoxService = ServiceBuilder::new().concurrency_limit(8).service(api).boxed();
///
/// let response = service.clone().send(http::Request::new(Body::empty())).await?;
/// assert_eq!(response.into_body().as_bytes().unwrap(), "pong");
/// # Ok(()) }
/// ```
pub struct BoxService {
    shared: Arc<dyn Shared>,
    /// A clone that `poll_ready` was called on.
    polled: Option<Box<dyn Polled>>,
}

/// The response of a [`BoxService`].
pub struct BoxResponseFuture(Pin<Box<Sending>>);

type Sending = dyn Future<Output = Result<Response<Body>, BoxError>> + Send;

/// A service that is cloned for each request.
trait Shared: Send + Sync {
    fn send(&self, request: Request<Body>) -> Pin<Box<Sending>>;

    /// A clone, which can be asked whether it is ready. `None` if the service always is.
    fn to_polled(&self) -> Option<Box<dyn Polled>>;
}

/// A clone with what it has reserved.
trait Polled: Send + Sync {
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>>;

    fn call(&mut self, request: Request<Body>) -> Pin<Box<Sending>>;
}

/// A service, and whether it is known never to wait in `poll_ready`.
struct Erased<S> {
    service: S,
    is_always_ready: bool,
}

impl<S: Erasable> Shared for Erased<S> {
    fn send(&self, request: Request<Body>) -> Pin<Box<Sending>> {
        self.service.clone().start(request)
    }

    fn to_polled(&self) -> Option<Box<dyn Polled>> {
        (!self.is_always_ready).then(|| Box::new(AsPolled(self.service.clone())) as Box<dyn Polled>)
    }
}

struct AsPolled<S>(S);

impl<S: Erasable> Polled for AsPolled<S> {
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_readiness(cx)
    }

    fn call(&mut self, request: Request<Body>) -> Pin<Box<Sending>> {
        self.0.call_boxed(request)
    }
}

/// A service as [`BoxService`] sees it: the types of its responses, errors and futures are gone.
trait Erasable: Clone + Send + Sync + 'static {
    fn poll_readiness(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>>;

    fn call_boxed(&mut self, request: Request<Body>) -> Pin<Box<Sending>>;

    /// Calls at once if the service is ready, as nearly all are; if not, the future waits for it.
    fn start(mut self, request: Request<Body>) -> Pin<Box<Sending>> {
        match self.poll_readiness(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Ok(())) => self.call_boxed(request),
            Poll::Ready(Err(error)) => Box::pin(std::future::ready(Err(error))),
            Poll::Pending => Box::pin(self.wait(request)),
        }
    }

    fn wait(
        mut self,
        request: Request<Body>,
    ) -> impl Future<Output = Result<Response<Body>, BoxError>> + Send {
        async move {
            poll_fn(|cx| self.poll_readiness(cx)).await?;
            self.call_boxed(request).await
        }
    }
}

impl<S, B> Erasable for S
where
    S: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send + 'static,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn poll_readiness(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.poll_ready(cx).map_err(Into::into)
    }

    fn call_boxed(&mut self, request: Request<Body>) -> Pin<Box<Sending>> {
        let call = self.call(request);
        Box::pin(Erasing { call })
    }
}

pin_project! {
    struct Erasing<F> {
        #[pin]
        call: F,
    }
}

impl<F, B, E> Future for Erasing<F>
where
    F: Future<Output = Result<Response<B>, E>>,
    E: Into<BoxError>,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Output = Result<Response<Body>, BoxError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let response = self.project().call.poll(cx);
        response
            .map_ok(|response| response.map(Body::new))
            .map_err(Into::into)
    }
}

impl BoxService {
    fn of(service: impl Erasable, is_always_ready: bool) -> Self {
        let shared = Arc::new(Erased {
            service,
            is_always_ready,
        });
        Self {
            shared,
            polled: None,
        }
    }

    /// Erases a service that is ready when `self` is: a layer around it that never waits by itself.
    pub(crate) fn within<S: HttpService>(self, layer: impl FnOnce(Self) -> S) -> Self {
        let is_always_ready = self.shared.to_polled().is_none();
        layer(self).boxed_as(is_always_ready)
    }
}

impl Clone for BoxService {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            polled: None,
        }
    }
}

impl fmt::Debug for BoxService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BoxService").finish_non_exhaustive()
    }
}

impl Service<Request<Body>> for BoxService {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = BoxResponseFuture;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        if self.polled.is_none() {
            self.polled = self.shared.to_polled();
        }
        match &mut self.polled {
            Some(polled) => polled.poll_ready(cx),
            None => Poll::Ready(Ok(())),
        }
    }

    fn call(&mut self, request: Request<Body>) -> BoxResponseFuture {
        BoxResponseFuture(match &mut self.polled {
            Some(polled) => polled.call(request),
            None => self.shared.send(request),
        })
    }
}

impl Future for BoxResponseFuture {
    type Output = Result<Response<Body>, BoxError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(cx)
    }
}

impl fmt::Debug for BoxResponseFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BoxResponseFuture")
    }
}

/// Every tower service that a client can send through.
///
/// It has a blanket implementation; do not implement it. Write a `tower::Service` of `http::Request<Body>` that is
/// `Clone + Send + Sync`, with a `Send` future and a response body of `Bytes`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot carry a gatewright client",
    label = "not a service of `http::Request<gatewright::Body>` that can be cloned and shared",
    note = "it must implement `tower::Service<http::Request<gatewright::Body>, Response = http::Response<B>> + Clone + \
            Send + Sync + 'static`, with a `Send` future, an error that becomes a `BoxError`, and \
            `B: http_body::Body<Data = Bytes> + Send + 'static`",
    note = "for a `reqwest::Client` use `gatewright_reqwest::transport(reqwest::Client::builder())?`, for a service of another \
            body (tonic) convert it with `map_request`: see `gatewright::on_your_own_transport`",
    note = "a `BoxCloneService` is not `Sync`: use `tower::util::BoxCloneSyncService`, or `gatewright::BoxService`"
)]
pub trait HttpService: Clone + Send + Sync + 'static + sealed::Sealed {
    /// Waits until the service is ready and sends one request.
    fn send(
        self,
        request: Request<Body>,
    ) -> impl Future<Output = Result<Response<Body>, BoxError>> + Send;

    /// Erases the type.
    fn boxed(self) -> BoxService;

    /// [`send`](Self::send) in one box, which holds nothing but the call if the service is ready.
    #[doc(hidden)]
    fn begin(self, request: Request<Body>) -> BoxResponseFuture;

    #[doc(hidden)]
    fn boxed_as(self, is_always_ready: bool) -> BoxService;

    /// The service with the last check before the network around it, unless it is there already.
    #[doc(hidden)]
    fn guarded(self, check: RequireAuthLayer) -> BoxService;
}

impl<S, B> HttpService for S
where
    S: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send + 'static,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    async fn send(self, request: Request<Body>) -> Result<Response<Body>, BoxError> {
        self.begin(request).await
    }

    fn begin(self, request: Request<Body>) -> BoxResponseFuture {
        let erased = (&self as &dyn Any).downcast_ref::<BoxService>();
        BoxResponseFuture(match erased {
            Some(erased) => erased.shared.send(request),
            None => self.start(request),
        })
    }

    fn boxed(self) -> BoxService {
        let is_always_ready = is_transport(&self);
        self.boxed_as(is_always_ready)
    }

    fn boxed_as(self, is_always_ready: bool) -> BoxService {
        match cast(self) {
            Ok(erased) => erased,
            Err(service) => BoxService::of(service, is_always_ready),
        }
    }

    fn guarded(self, check: RequireAuthLayer) -> BoxService {
        #[cfg(feature = "transport")]
        if let Some(https) = (&self as &dyn Any).downcast_ref::<crate::transport::Https>()
            && let Some(both) = https.within(&check)
        {
            return BoxService::of(both, true);
        }
        let is_always_ready = is_transport(&self) || is_erased_and_ready(&self);
        BoxService::of(RequireAuth::with(self, check), is_always_ready)
    }
}

/// `value` as a `T`, if that is its type.
fn cast<S: 'static, T: 'static>(value: S) -> Result<T, S> {
    let mut value = Some(value);
    let same = (&mut value as &mut dyn Any).downcast_mut::<Option<T>>();
    match same.and_then(Option::take) {
        Some(same) => Ok(same),
        None => Err(value.expect("what has another type was not taken")),
    }
}

fn is_erased_and_ready(service: &dyn Any) -> bool {
    let erased: Option<&BoxService> = service.downcast_ref();
    erased.is_some_and(|erased| erased.shared.to_polled().is_none())
}

/// Whether it is our own transport, which takes any number of requests.
#[cfg(feature = "transport")]
fn is_transport(service: &dyn Any) -> bool {
    use crate::transport::{Https, Pooled};
    service.is::<Pooled>() || service.is::<Https>()
}

#[cfg(not(feature = "transport"))]
fn is_transport(_service: &dyn Any) -> bool {
    false
}

mod sealed {
    use super::{Body, Request, Service};

    pub trait Sealed {}

    impl<S: Service<Request<Body>>> Sealed for S {}
}
