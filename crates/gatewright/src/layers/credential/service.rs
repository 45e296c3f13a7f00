//! The service of a credential's layer.

use std::fmt;
use std::mem;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::request::Parts;
use http::{Method, Request};
use tower_layer::Layer;
use tower_service::Service;

use super::body::sealed::Sealed;
use super::body::{Begun, HowToRead, ReadBody, SeeResponse};
use super::definition::Credential;
use super::draft::{Draft, into_request};
use super::future::{ResponseFuture, Route, State, Turn};
use super::layer::{Config, CredentialLayer};
use crate::BoxError;
use crate::layers::guard::acts;

/// The service of a [`CredentialLayer`]. An error is that of the inner service, or an [`AuthorizeError`](crate::AuthorizeError).
pub struct Authorized<S, C> {
    inner: S,
    layer: CredentialLayer<C>,
}

impl<S, C> Authorized<S, C> {
    /// Puts the credential of a layer on the requests to `inner`.
    pub fn new(inner: S, layer: CredentialLayer<C>) -> Self {
        Self { inner, layer }
    }

    inner_accessors!();
}

impl<S: Clone, C> Clone for Authorized<S, C> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            layer: self.layer.clone(),
        }
    }
}

impl<S: fmt::Debug, C: fmt::Debug> fmt::Debug for Authorized<S, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorized")
            .field("inner", &self.inner)
            .field("layer", &self.layer)
            .finish()
    }
}

impl<S, C, B> Service<Request<B>> for Authorized<S, C>
where
    S: Service<Request<B>> + Clone,
    S::Error: Into<BoxError>,
    C: Credential<Body: ReadBody<B>, Response: SeeResponse<S::Response>>,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = ResponseFuture<S, C, B>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let credential = &self.layer.0.credential;
        let state = if acts(request.extensions(), |auth| credential.is_wanted(auth)) {
            self.begin(request)
        } else {
            State::passing(self.inner.call(request))
        };
        ResponseFuture::in_state(state)
    }
}

impl<S: Clone, C: Credential> Authorized<S, C> {
    #[inline]
    fn begin<B>(&mut self, request: Request<B>) -> State<S, C, B>
    where
        S: Service<Request<B>>,
        C::Body: ReadBody<B>,
    {
        let (mut parts, body) = request.into_parts();
        let Config { credential, policy } = &*self.layer.0;
        match policy.admits(credential, &mut parts) {
            Ok(true) => {}
            Ok(false) => return State::passing(self.inner.call(Request::from_parts(parts, body))),
            Err(error) => return State::refused(error),
        }
        if let Err(error) = credential.prepare(&mut parts) {
            return State::refused(error);
        }
        let how = HowToRead {
            is_read: credential.reads_body(&parts),
            has_no_stream: [Method::GET, Method::HEAD, Method::CONNECT].contains(&parts.method),
            limit: policy.body_limit,
            what: C::WHAT,
        };
        match C::Body::begin(body, &mut parts.headers, &how) {
            Begun::AtHand(Ok(body)) => self.with_body(parts, body),
            Begun::AtHand(Err(error)) => State::refused(error),
            Begun::Reading(body) => State::Reading {
                body,
                waiting: Some(Box::new((self.release(), parts))),
            },
        }
    }

    /// Calls at once if there is nothing to wait for.
    #[inline]
    fn with_body<B>(
        &mut self,
        mut parts: Parts,
        body: <C::Body as Sealed<B>>::Held,
    ) -> State<S, C, B>
    where
        S: Service<Request<B>>,
        C::Body: ReadBody<B>,
    {
        match self.layer.0.credential.at_hand(&parts) {
            Some(value) => {
                let route = Route {
                    inner: self.inner.clone(),
                    config: Arc::clone(&self.layer.0),
                    began: None,
                };
                match route.seal(&mut parts, &body, value, Turn::First) {
                    Ok(sent) => {
                        let call = self.inner.call(into_request::<C, B>(parts, body));
                        State::Calling {
                            call,
                            sent: Some(sent),
                        }
                    }
                    Err(error) => State::refused(error),
                }
            }
            None => self.release().fetch(Draft { parts, body }),
        }
    }

    /// Gives up the readiness that `poll_ready` has reserved, so that others may use it while a request waits here. Otherwise
    /// a provider that calls over the same service would wait for the request that waits for it.
    fn release(&mut self) -> Route<S, C> {
        let idle = self.inner.clone();
        drop(mem::replace(&mut self.inner, idle));
        Route {
            inner: self.inner.clone(),
            config: Arc::clone(&self.layer.0),
            began: self.layer.0.credential.epoch(),
        }
    }
}

impl<S, C: Credential> Layer<S> for CredentialLayer<C> {
    type Service = Authorized<S, C>;

    fn layer(&self, inner: S) -> Self::Service {
        Authorized::new(inner, self.clone())
    }
}
