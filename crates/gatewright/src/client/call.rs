//! One call: what every method of a client returns.

use std::fmt;
use std::future::Future;
use std::marker::PhantomPinned;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::response::Parts;
use http::{Request, Response};
use pin_project_lite::pin_project;

use super::buffer::{Buffer, Timer};
use super::request_state::RequestState;
use super::{CallResult, IntoBody, ParamValues};
use crate::error::{Failure, UnexpectedResponse, failure_of, from_service};
use crate::limits::{Deadline, ResponseLimits, TimeLimit};
use crate::one_call::SameUser;
use crate::rt::instant;
use crate::service::BoxResponseFuture;
use crate::{Auth, AuthOverride, Body, BoxError, HttpService, RequestError};

pin_project! {
    /// A call of an operation: a future of `R`, a `Result<T, Error<E>>`.
    ///
    /// Nothing is sent before it is polled. Until then you can change it, or take its request
    /// ([`into_request`](Self::into_request)). Afterwards it is pinned and cannot be moved, so neither is possible.
    /// It borrows nothing: you can store, join or spawn it.
    ///
    /// # Panics
    ///
    /// When it is polled after it has completed. `.await` never does that.
    ///
    /// ```
    /// use gatewright::client::RestClient;
    /// use gatewright::{Auth, Body, Call};
    /// # use std::convert::Infallible;
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), gatewright::BoxError> {
    /// let service = tower::service_fn(async |request: http::Request<Body>| {
    ///     let tenant = request.headers()["x-tenant"].to_str().unwrap_or_default().to_owned();
    ///     Ok::<_, Infallible>(http::Response::new(Body::json(&tenant).unwrap()))
    /// });
    /// let rest = RestClient::new(service, "https://api.example.com/prod".parse()?);
    ///
    /// // What a method of a generated client returns.
    /// let call: Call<_, gatewright::Result<String>> = rest.get("whoami", "/me", Auth::IAM).call();
    /// let call = call.header("x-tenant", "acme").auth(Auth::NONE);
    /// assert_eq!(call.await?, "acme");
    /// # Ok(()) }
    /// ```
    ///
    /// A call that was sent cannot be changed, because it is not `Unpin`:
    ///
    /// ```compile_fail,E0277
    /// use gatewright::{Call, HttpService};
    /// use std::future::poll_fn;
    /// use std::pin::Pin;
    ///
    /// async fn change<S: HttpService, R>(mut call: Call<S, R>) {
    ///     let _ = poll_fn(|cx| Pin::new(&mut call).poll(cx)).await;
    ///     let _ = call.header("x-late", "1");
    /// }
    /// ```
    #[must_use = "a call sends nothing unless it is awaited"]
    pub struct Call<S, R> {
        step: Step<S>,
        decode: fn(Outcome) -> R,
        is_streamed: bool,
        // A call that was polled is pinned: it cannot be moved, so the methods that take it by value cannot be called.
        #[pin]
        pinned: PhantomPinned,
    }
}

/// A success, or what went wrong.
pub(super) type Outcome = Result<Response<Body>, Failure>;

enum Step<S> {
    Building(S, Box<RequestState>),
    Sent(Sent),
    /// Boxed, because nearly all bodies are there when their heads are, and are not waited for.
    Reading(Box<Reading>),
    Over,
}

/// A request on its way.
struct Sent {
    response: BoxResponseFuture,
    record: SameUser,
    /// The time limit of this call, which includes reading the response.
    deadline: Option<Deadline>,
    timer: Timer,
}

/// A response whose body is being read.
struct Reading {
    head: Parts,
    body: Buffer,
}

impl<S, R> Call<S, R> {
    /// The bound on `R` is here, so that a type that cannot be decoded is one compile error, at the call that begins it.
    pub(super) fn new(service: S, state: Box<RequestState>) -> Self
    where
        R: CallResult,
    {
        Self {
            is_streamed: R::STREAMED,
            ..Self::buffered(service, state, R::from_outcome)
        }
    }

    /// A call whose successes are handed to `decode` in memory.
    pub(super) fn buffered(service: S, state: Box<RequestState>, decode: fn(Outcome) -> R) -> Self {
        Self {
            step: Step::Building(service, state),
            decode,
            is_streamed: false,
            pinned: PhantomPinned,
        }
    }

    fn with_state(mut self, change: impl FnOnce(&mut RequestState)) -> Self {
        if let Step::Building(_, state) = &mut self.step {
            change(state);
        }
        self
    }

    /// Sets a header of the request to the texts of `value`, one line each. It replaces an existing header of that name,
    /// unless `value` has no text.
    ///
    /// If a text is not a valid header value, the call fails with [`Error::Request`](crate::Error::Request) and sends
    /// nothing.
    pub fn header(self, name: &'static str, value: impl ParamValues) -> Self {
        self.with_state(|state| state.header(name, &value))
    }

    /// Sends this body: a [`Body`], or a value that serde writes as JSON. It replaces the one that the method of the client has set, if
    /// any. The media type of the body replaces the header `content-type`; a body of unknown media type leaves that header as it is.
    ///
    /// An export of a proxy integration declares no bodies, so the methods of its client have no argument for one.
    ///
    /// If the value cannot be written as JSON, the call fails with [`Error::Request`](crate::Error::Request) and sends nothing.
    ///
    /// ```
    /// use gatewright::client::RestClient;
    /// use gatewright::{Auth, Body, RawResponse};
    /// # use std::convert::Infallible;
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), gatewright::BoxError> {
    /// # let service = tower::service_fn(async |request: http::Request<Body>| {
    /// #     assert_eq!(request.headers()["content-type"], "application/json");
    /// #     Ok::<_, Infallible>(http::Response::new(request.into_body()))
    /// # });
    /// # let rest = RestClient::new(service, "https://api.example.com/prod".parse()?);
    /// # let post_orders = || rest.post("postOrders", "/orders", Auth::IAM).call::<gatewright::Result<RawResponse>>();
    /// // `orders.post_orders().body(["tea"])` of a generated client
    /// let response = post_orders().body(["tea"]).await?;
    /// assert_eq!(response.text(), r#"["tea"]"#);
    /// # Ok(()) }
    /// ```
    pub fn body(self, body: impl IntoBody) -> Self {
        let body = body.into_body();
        self.with_state(|state| state.replace_body(body))
    }

    /// Puts a value into the request's extensions, for layers to read.
    pub fn extension<T: Clone + Send + Sync + 'static>(self, value: T) -> Self {
        self.with_state(|state| drop(state.extensions_mut().insert(value)))
    }

    /// Replaces the operation's authorization for this call ([`AuthOverride`]). [`Auth::NONE`] sends it without any
    /// credential.
    pub fn auth(self, auth: Auth) -> Self {
        self.extension(AuthOverride(auth))
    }

    /// Sets the time limit of this call, including credentials, retries and reading the response. It overrides
    /// [`LimitsLayer`](crate::layers::LimitsLayer).
    ///
    /// A call that takes longer fails with an error whose [`is_timeout`](crate::Error::is_timeout) is true. What it started
    /// at the API may still be running. The limit does not end a response that is read as a stream.
    ///
    /// ```
    /// use std::time::Duration;
    /// # use gatewright::{Auth, Body, BoxError, client::RestClient};
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), BoxError> {
    /// # let hangs = tower::service_fn(async |_: http::Request<Body>| {
    /// #     std::future::pending::<Result<http::Response<Body>, BoxError>>().await
    /// # });
    /// # let rest = RestClient::new(hangs, "https://api.example.com".parse()?);
    /// let pets = rest.get("getPets", "/pets", Auth::NONE).call::<gatewright::Result<Vec<String>>>();
    /// let error = pets.timeout(Duration::from_millis(1)).await.unwrap_err();
    /// assert!(error.is_timeout());
    /// # Ok(()) }
    /// ```
    pub fn timeout(self, limit: Duration) -> Self {
        self.extension(TimeLimit(limit))
    }

    /// The request that the call would send, before any layer has seen it. [`RestClient::send`](super::RestClient::send) sends it.
    ///
    /// # Errors
    ///
    /// When it could not be built. The error names the operation and the parameter, never the value.
    pub fn into_request(self) -> Result<Request<Body>, RequestError> {
        match self.step {
            Step::Building(_, state) => state.into_request(),
            // A polled call is pinned, so this arm is never reached.
            Step::Sent(_) | Step::Reading(_) | Step::Over => Err(RequestError::sent()),
        }
    }
}

impl<S: HttpService, R> Future for Call<S, R> {
    type Output = R;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<R> {
        let call = self.project();
        let outcome = ready!(call.step.poll(*call.is_streamed, cx));
        Poll::Ready((call.decode)(outcome))
    }
}

impl<S: HttpService> Step<S> {
    /// Sends at the first poll.
    fn poll(&mut self, is_streamed: bool, cx: &mut Context<'_>) -> Poll<Outcome> {
        if matches!(self, Step::Building(..))
            && let Step::Building(service, state) = std::mem::replace(self, Step::Over)
        {
            *self = Step::Sent(send(service, *state)?);
        }
        self.poll_sent(is_streamed, cx)
    }
}

impl<S> Step<S> {
    /// Not generic but for the type of what was sent, and in no box of its own.
    fn poll_sent(&mut self, is_streamed: bool, cx: &mut Context<'_>) -> Poll<Outcome> {
        let outcome = match self {
            Step::Sent(sent) => match ready!(sent.poll(is_streamed, cx)) {
                Answered::Whole(outcome) => outcome,
                Answered::Reading(reading) => {
                    *self = Step::Reading(reading);
                    return Poll::Pending;
                }
            },
            Step::Reading(reading) => ready!(reading.poll(cx)),
            // `Pending` would hang for ever without a message.
            Step::Building(..) | Step::Over => {
                panic!("a future is not polled after it is done")
            }
        };
        *self = Step::Over;
        Poll::Ready(outcome)
    }
}

fn send<S: HttpService>(service: S, state: RequestState) -> Result<Sent, Failure> {
    let mut request = state.into_request()?;
    let record = SameUser::of(request.extensions_mut());
    let limit = TimeLimit::of(request.extensions());
    Ok(Sent {
        deadline: limit.and_then(|limit| Deadline::after(limit, instant())),
        response: service.begin(request),
        record,
        timer: Timer::default(),
    })
}

/// A response that has come.
enum Answered {
    Whole(Outcome),
    /// Its body is still to come, and its waker is registered.
    Reading(Box<Reading>),
}

impl Sent {
    /// Reads the response too, unless it is a success that is read as a stream.
    fn poll(&mut self, is_streamed: bool, cx: &mut Context<'_>) -> Poll<Answered> {
        let response = match Pin::new(&mut self.response).poll(cx) {
            Poll::Ready(response) => response,
            Poll::Pending => Err(ready!(self.timer.poll(self.deadline, cx))),
        };
        let response = match response {
            Ok(response) => response,
            Err(error) => return Poll::Ready(Answered::Whole(Err(from_service(error)))),
        };
        if is_streamed && response.status().is_success() {
            return Poll::Ready(Answered::Whole(Ok(response)));
        }
        let limits = self.limits(&response);
        let (head, body) = response.into_parts();
        let mut body = Buffer::new(body, limits);
        Poll::Ready(match body.poll(cx) {
            Poll::Ready(bytes) => Answered::Whole(outcome(head, bytes)),
            Poll::Pending => Answered::Reading(Box::new(Reading { head, body })),
        })
    }

    /// The limits that a layer has stated, in the record of the call or on the response.
    fn limits(&self, response: &Response<Body>) -> ResponseLimits {
        let on_response = || response.extensions().get().copied();
        let stated = self.record.limits().or_else(on_response);
        let mut limits: ResponseLimits = stated.unwrap_or_default();
        limits.deadline = self.deadline.or(limits.deadline);
        limits
    }
}

impl Reading {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Outcome> {
        let bytes = ready!(self.body.poll(cx));
        let (empty, ()) = Response::new(()).into_parts();
        Poll::Ready(outcome(std::mem::replace(&mut self.head, empty), bytes))
    }
}

fn outcome(head: Parts, bytes: Result<Bytes, BoxError>) -> Outcome {
    match bytes {
        Ok(bytes) if head.status.is_success() => Ok(Response::from_parts(head, bytes.into())),
        Ok(bytes) => Err(failure_of(head, bytes)),
        Err(source) => Err(UnexpectedResponse::new(head, Bytes::new(), Some(source)).into()),
    }
}

impl<S, R> fmt::Debug for Call<S, R> {
    /// Without the arguments, which may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.step {
            Step::Building(_, state) => state.fmt_as("Call", f),
            Step::Sent(_) | Step::Reading(_) => f.write_str("Call(sent)"),
            Step::Over => f.write_str("Call(over)"),
        }
    }
}
