//! The steps of one request: body, credentials, signature, call, and perhaps once more.

use std::sync::Arc;

use aws_credential_types::provider::ProvideCredentials;
use bytes::Bytes;
use http::Request;
use http::request::Parts;
use http_body::Body;
use tower_service::Service;

use super::collect::Collect;
use super::credentials::{Cached, Fetch};
use super::future::State;
use super::payload::{Payload, PayloadHash};
use super::repeat::Sent;
use super::sign::prepare;
use super::signer::{Now, Signer};
use super::unsigned::{Content, Unsigned};
use crate::{AuthorizeError, BoxError};

/// What one request keeps through all of its steps. Each step gives the state that the request is in then.
pub(super) struct Exchange<S, P> {
    pub(super) inner: S,
    pub(super) signer: Arc<Signer<P>>,
}

impl<S, P: ProvideCredentials + 'static> Exchange<S, P> {
    /// Goes as far as it can without waiting: to the call, if the body is in memory and the credentials are cached.
    pub(super) fn begin<B>(self, request: Request<B>) -> State<S, P, B>
    where
        S: Service<Request<B>>,
        B: Body + From<Bytes> + Unpin,
        B::Error: Into<BoxError>,
    {
        let (mut parts, body) = request.into_parts();
        if let Err(error) = prepare(&mut parts, &self.signer.settings) {
            return State::refused(error);
        }
        if let Some(payload) = self.known_payload(&parts) {
            return self.ask(Unsigned {
                parts,
                payload,
                body: Content::Unread(body),
            });
        }
        let mut body = Collect::new(body, self.signer.settings.body_limit);
        match body.at_once() {
            Some(body) => self.with_body(parts, body),
            None => State::Reading {
                body,
                waiting: Some(Box::new((self, parts))),
            },
        }
    }

    /// What is signed of a body that nobody reads before it is sent.
    fn known_payload(&self, parts: &Parts) -> Option<Payload> {
        if self.signer.settings.is_payload_unsigned() {
            return Some(Payload::Unsigned);
        }
        parts
            .extensions
            .get::<PayloadHash>()
            .map(|hash| Payload::from(*hash))
    }

    #[inline]
    pub(super) fn with_body<B>(
        self,
        parts: Parts,
        body: Result<Bytes, AuthorizeError>,
    ) -> State<S, P, B>
    where
        S: Service<Request<B>>,
        B: From<Bytes>,
    {
        match body {
            Ok(body) => {
                let payload = Payload::of(&body);
                self.ask(Unsigned {
                    parts,
                    payload,
                    body: Content::Read(body),
                })
            }
            Err(error) => State::refused(error),
        }
    }

    #[inline]
    fn ask<B>(self, request: Unsigned<B>) -> State<S, P, B>
    where
        S: Service<Request<B>>,
        B: From<Bytes>,
    {
        let now = self.signer.now();
        match self.signer.credentials(now) {
            Fetch::Ready(cached) => self.call_first(request, cached, now),
            Fetch::Wait(fetch) => State::Fetching {
                fetch,
                waiting: Some(Box::new((self, request))),
            },
        }
    }

    pub(super) fn with_credentials<B>(
        self,
        request: Unsigned<B>,
        cached: Result<Arc<Cached>, AuthorizeError>,
    ) -> State<S, P, B>
    where
        S: Service<Request<B>>,
        B: From<Bytes>,
    {
        match cached {
            Ok(cached) => {
                let now = self.signer.now();
                self.call_first(request, cached, now)
            }
            Err(error) => State::refused(error),
        }
    }

    #[inline]
    fn call_first<B>(self, request: Unsigned<B>, cached: Arc<Cached>, now: Now) -> State<S, P, B>
    where
        S: Service<Request<B>>,
        B: From<Bytes>,
    {
        let copy = request.copy();
        self.call(request, Sent { now, cached, copy })
    }

    #[inline]
    pub(super) fn call<B>(mut self, mut request: Unsigned<B>, sent: Sent) -> State<S, P, B>
    where
        S: Service<Request<B>>,
        B: From<Bytes>,
    {
        match self
            .signer
            .sign(&mut request.parts, &request.payload, &sent.cached, sent.now)
        {
            Ok(()) => {
                let call = self.inner.call(request.into_request());
                State::Calling {
                    call,
                    sent: Some(Box::new((self, sent))),
                }
            }
            Err(error) => State::refused(error),
        }
    }
}
