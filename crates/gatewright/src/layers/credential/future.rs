//! One request on its way through a layer with a credential: the whole state machine.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::Request;
use http::request::Parts;
use pin_project_lite::pin_project;
use tower_service::Service;

use super::body::sealed::{Sealed, SealedResponse};
use super::body::{ReadBody, SeeResponse};
use super::definition::{Attempted, Credential, Verdict, WaitFor};
use super::draft::{Copy, Draft, Sender, into_request};
use super::layer::Config;
use crate::copy::HeadCopy;
use crate::epoch::{Epoch, user_changed};
use crate::one_call::{SameUser, Whose};
use crate::{AuthorizeError, BoxError};

/// What a request keeps through all of its states: the service, which is not ready, and the layer's settings.
pub(super) struct Route<S, C> {
    pub(super) inner: S,
    pub(super) config: Arc<Config<C>>,
    /// When the request began to wait, if it did.
    pub(super) began: Option<Epoch>,
}

/// Which attempt it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    First,
    Second,
}

/// What the layer remembers of an attempt until its response comes.
pub(super) struct Sent<S, C: Credential, B>
where
    C::Body: ReadBody<B>,
{
    route: Route<S, C>,
    value: C::Value,
    mark: C::Mark,
    copy: Copy<<C::Body as Sealed<B>>::Held>,
}

/// What continues after a wait. Boxed, so that the future stays small: it is moved more often than it waits.
type Waiting<T> = Option<Box<T>>;

pin_project! {
    /// The response of a layer with a credential: that of the inner service, or an [`AuthorizeError`] if the request was
    /// not sent.
    pub struct ResponseFuture<S, C, B>
    where
        S: Service<Request<B>>,
        C: Credential,
        C::Body: ReadBody<B>,
    {
        #[pin]
        state: State<S, C, B>,
    }
}

pin_project! {
    /// What a request waits for, and what continues then.
    #[project = StateProj]
    pub(super) enum State<S, C, B>
    where
        S: Service<Request<B>>,
        C: Credential,
        C::Body: ReadBody<B>,
    {
        // For its body.
        Reading { body: <C::Body as Sealed<B>>::Reading, waiting: Waiting<(Route<S, C>, Parts)> },
        // For the value of its credential.
        Fetching { fetch: WaitFor<C::Value>, waiting: Waiting<(Route<S, C>, Draft<C, B>)> },
        // For the service to be ready again.
        Readying { waiting: Waiting<(Route<S, C>, Draft<C, B>, C::Value, Turn)> },
        // For the response. The layer remembers nothing of a request that it does not act on.
        Calling { #[pin] call: S::Future, sent: Waiting<Sent<S, C, B>> },
        // For another value, with the response to return if there is none.
        Renewing { fetch: WaitFor<C::Value>, waiting: Waiting<(Renewal<S, C, B>, S::Response)> },
        Done { outcome: Option<Result<S::Response, BoxError>> },
    }
}

impl<S, C, B> State<S, C, B>
where
    S: Service<Request<B>>,
    C: Credential,
    C::Body: ReadBody<B>,
{
    pub(super) fn passing(call: S::Future) -> Self {
        Self::Calling { call, sent: None }
    }

    pub(super) fn refused(error: AuthorizeError) -> Self {
        Self::Done {
            outcome: Some(Err(error.into())),
        }
    }

    fn responded(response: S::Response) -> Self {
        Self::Done {
            outcome: Some(Ok(response)),
        }
    }
}

impl<S, C: Credential> Route<S, C> {
    pub(super) fn fetch<B>(self, draft: Draft<C, B>) -> State<S, C, B>
    where
        S: Service<Request<B>>,
        C::Body: ReadBody<B>,
    {
        let fetch = self.config.credential.fetch(&draft.parts);
        State::Fetching {
            fetch,
            waiting: Some(Box::new((self, draft))),
        }
    }

    fn with_body<B>(
        self,
        parts: Parts,
        body: Result<<C::Body as Sealed<B>>::Held, AuthorizeError>,
    ) -> State<S, C, B>
    where
        S: Service<Request<B>>,
        C::Body: ReadBody<B>,
    {
        let draft = match body {
            Ok(body) => Draft { parts, body },
            Err(error) => return State::refused(error),
        };
        match self.config.credential.at_hand(&draft.parts) {
            Some(value) => self.get_ready(draft, value, Turn::First),
            None => self.fetch(draft),
        }
    }

    fn get_ready<B>(self, draft: Draft<C, B>, value: C::Value, turn: Turn) -> State<S, C, B>
    where
        S: Service<Request<B>>,
        C::Body: ReadBody<B>,
    {
        State::Readying {
            waiting: Some(Box::new((self, draft, value, turn))),
        }
    }

    /// Puts the credential on a request, in its place.
    #[inline]
    pub(super) fn seal<B>(
        self,
        parts: &mut Parts,
        body: &<C::Body as Sealed<B>>::Held,
        value: C::Value,
        turn: Turn,
    ) -> Result<Box<Sent<S, C, B>>, AuthorizeError>
    where
        C::Body: ReadBody<B>,
    {
        let copy = self.copy(parts, body, turn);
        let mark = self.authorize(parts, C::Body::bytes(body), &value)?;
        // In its place at once, since it is long.
        Ok(Box::new(Sent {
            route: self,
            value,
            mark,
            copy,
        }))
    }

    /// Sends the request to its own service, which is ready.
    fn call<B>(self, draft: Draft<C, B>, value: C::Value, turn: Turn) -> State<S, C, B>
    where
        S: Service<Request<B>>,
        C::Body: ReadBody<B>,
    {
        let Draft { mut parts, body } = draft;
        match self.seal(&mut parts, &body, value, turn) {
            Ok(mut sent) => {
                let request = into_request::<C, B>(parts, body);
                let call = sent.route.inner.call(request);
                State::Calling {
                    call,
                    sent: Some(sent),
                }
            }
            Err(error) => State::refused(error),
        }
    }

    /// What began to wait as one user does not go out as another one.
    fn admit(&self, value: &C::Value) -> Result<(), AuthorizeError> {
        let Some(began) = &self.began else {
            return Ok(());
        };
        match self.config.credential.whose(value) {
            Whose::Epoch(epoch) if !began.may_be_sent_in(&epoch) => Err(user_changed()),
            _ => Ok(()),
        }
    }

    fn authorize(
        &self,
        request: &mut Parts,
        body: Option<&bytes::Bytes>,
        value: &C::Value,
    ) -> Result<C::Mark, AuthorizeError> {
        let credential = &self.config.credential;
        self.admit(value)?;
        SameUser::note(&request.extensions, self.layer(), || {
            credential.whose(value)
        })?;
        credential.put(value, request, body)
    }

    fn copy<B>(
        &self,
        parts: &Parts,
        body: &<C::Body as Sealed<B>>::Held,
        turn: Turn,
    ) -> Copy<<C::Body as Sealed<B>>::Held>
    where
        C::Body: ReadBody<B>,
    {
        let copies = &self.config.policy.copies;
        if !C::REPEATS || turn == Turn::Second || !copies.are_made() {
            return Copy::None;
        }
        match SameUser::is_kept(&parts.extensions) {
            Some(call) if call.has_asked(self.layer()) => Copy::None,
            Some(call) => Copy::Kept(call.clone()),
            None => match C::Body::try_clone(body, copies) {
                Some(body) => Copy::Own(HeadCopy::of(parts), body),
                None => Copy::None,
            },
        }
    }

    /// Which layer of a call this is.
    fn layer(&self) -> usize {
        Arc::as_ptr(&self.config).addr()
    }
}

/// A refused request, to be sent a second time.
struct Renewal<S, C: Credential, B>
where
    C::Body: ReadBody<B>,
{
    route: Route<S, C>,
    parts: Parts,
    sender: Sender<<C::Body as Sealed<B>>::Held>,
    /// What the first attempt was sent with.
    refused: C::Value,
    verdict: Verdict,
}

impl<S, C: Credential, B> Sent<S, C, B>
where
    S: Service<Request<B>>,
    C::Body: ReadBody<B>,
{
    fn judge(&self, response: &S::Response) -> Verdict
    where
        C::Response: SeeResponse<S::Response>,
    {
        // It is not for this layer to judge what is sent again because of another credential.
        if let Copy::Kept(call) = &self.copy
            && call.will_repeat()
        {
            return Verdict::Final;
        }
        let Some(head) = <C::Response as SealedResponse<_>>::head(response) else {
            return Verdict::Final;
        };
        let attempt = Attempted {
            value: &self.value,
            mark: &self.mark,
        };
        self.route.config.credential.judge(&attempt, &head)
    }

    /// Gets the value for the second attempt. The first call is dropped before the fetch is polled, so that it holds nothing.
    fn renew(self, verdict: Verdict, response: S::Response) -> State<S, C, B> {
        let (parts, sender) = match self.copy {
            Copy::None => return State::responded(response),
            Copy::Own(head, body) => (head.to_parts(), Sender::Here(body)),
            Copy::Kept(call) => match call.kept() {
                Some(head) => (head.to_parts(), Sender::Outside(call)),
                None => return State::responded(response),
            },
        };
        let renewal = Renewal {
            route: self.route,
            parts,
            sender,
            refused: self.value,
            verdict,
        };
        renewal.begin(response)
    }
}

impl<S, C: Credential, B> Renewal<S, C, B>
where
    S: Service<Request<B>>,
    C::Body: ReadBody<B>,
{
    fn begin(self, response: S::Response) -> State<S, C, B> {
        let credential = &self.route.config.credential;
        match credential.at_hand(&self.parts) {
            Some(value) => self.decide(Ok(value), response),
            None => State::Renewing {
                fetch: credential.fetch(&self.parts),
                waiting: Some(Box::new((self, response))),
            },
        }
    }

    /// Keeps the response if the provider failed, gave the refused value again, or gave another user's value.
    fn decide(
        self,
        value: Result<C::Value, AuthorizeError>,
        response: S::Response,
    ) -> State<S, C, B> {
        let Some(value) = value.ok().filter(|value| self.may_fare_better(value)) else {
            return State::responded(response);
        };
        match self.sender {
            Sender::Here(body) => {
                let parts = self.parts;
                let draft = Draft { parts, body };
                self.route.get_ready(draft, value, Turn::Second)
            }
            Sender::Outside(call) => {
                call.ask(self.route.layer());
                State::responded(response)
            }
        }
    }

    fn may_fare_better(&self, value: &C::Value) -> bool {
        let credential = &self.route.config.credential;
        let is_other =
            self.verdict == Verdict::Repeat || !credential.are_same(&self.refused, value);
        is_other
            && credential
                .whose(&self.refused)
                .may_be(&credential.whose(value))
    }
}

impl<S, C, B> ResponseFuture<S, C, B>
where
    S: Service<Request<B>>,
    C: Credential,
    C::Body: ReadBody<B>,
{
    pub(super) fn in_state(state: State<S, C, B>) -> Self {
        Self { state }
    }
}

const ONCE: &str = "a future is not polled after it is done";

impl<S, C, B> Future for ResponseFuture<S, C, B>
where
    S: Service<Request<B>>,
    S::Error: Into<BoxError>,
    C: Credential,
    C::Body: ReadBody<B>,
    C::Response: SeeResponse<S::Response>,
{
    type Output = Result<S::Response, BoxError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.project().state;
        loop {
            let next = match state.as_mut().project() {
                StateProj::Reading { body, waiting } => {
                    let body = ready!(<C::Body as Sealed<B>>::poll(body, cx));
                    let (route, parts) = *waiting.take().expect(ONCE);
                    route.with_body(parts, body)
                }
                StateProj::Fetching { fetch, waiting } => {
                    let value = ready!(fetch.as_mut().poll(cx));
                    let (route, draft) = *waiting.take().expect(ONCE);
                    match value {
                        Ok(value) => route.get_ready(draft, value, Turn::First),
                        Err(error) => State::refused(error),
                    }
                }
                StateProj::Readying { waiting } => {
                    let (route, ..) = &mut **waiting.as_mut().expect(ONCE);
                    ready!(route.inner.poll_ready(cx)).map_err(Into::into)?;
                    let (route, draft, value, turn) = *waiting.take().expect(ONCE);
                    route.call(draft, value, turn)
                }
                StateProj::Calling { call, sent } => {
                    let response = ready!(call.poll(cx)).map_err(Into::into)?;
                    let Some(sent) = sent.take() else {
                        return Poll::Ready(Ok(response));
                    };
                    match sent.judge(&response) {
                        Verdict::Final => return Poll::Ready(Ok(response)),
                        verdict => sent.renew(verdict, response),
                    }
                }
                StateProj::Renewing { fetch, waiting } => {
                    let value = ready!(fetch.as_mut().poll(cx));
                    let (renewal, response) = *waiting.take().expect(ONCE);
                    renewal.decide(value, response)
                }
                StateProj::Done { outcome } => return Poll::Ready(outcome.take().expect(ONCE)),
            };
            state.set(next);
        }
    }
}

impl<S, C, B> fmt::Debug for ResponseFuture<S, C, B>
where
    S: Service<Request<B>>,
    C: Credential,
    C::Body: ReadBody<B>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture")
    }
}
