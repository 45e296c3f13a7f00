//! The second attempt: a request that was refused for its clock or its credentials is signed and sent once more.

use std::sync::Arc;

use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use bytes::Bytes;
use http::{Request, Response};
use tower_service::Service;

use super::credentials::{Cached, Fetch};
use super::exchange::Exchange;
use super::future::State;
use super::refusal::{self, Refusal};
use super::signer::Now;
use super::unsigned::Copy;
use crate::AuthorizeError;

/// What is remembered of a signed request until its answer comes.
pub(super) struct Sent {
    pub(super) now: Now,
    pub(super) cached: Arc<Cached>,
    /// `None` for a body that cannot be sent twice, and for the second attempt.
    pub(super) copy: Option<Copy>,
}

/// A request to be sent again.
pub(super) struct Again {
    copy: Copy,
    /// It takes other credentials than these, if those were refused.
    refused: Option<Arc<Cached>>,
}

impl Sent {
    /// Learns from the answer, which is final unless another signature may fare better. Then, why it was refused.
    pub(super) fn judge<S, P, R>(
        &self,
        exchange: &Exchange<S, P>,
        answer: &Response<R>,
    ) -> Option<Refusal>
    where
        P: ProvideCredentials + 'static,
    {
        let refusal = refusal::of(answer.status(), answer.headers());
        let generation = self.cached.generation;
        let may_fare_better =
            exchange
                .signer
                .learn(self.now, generation, answer.headers(), refusal);
        refusal.filter(|_| may_fare_better && self.copy.is_some())
    }
}

impl<S, P: ProvideCredentials + 'static> Exchange<S, P> {
    /// Asks for the credentials of the second attempt.
    pub(super) fn renew<B>(
        self,
        sent: Sent,
        refusal: Refusal,
        answer: S::Response,
    ) -> State<S, P, B>
    where
        S: Service<Request<B>>,
    {
        let Some(copy) = sent.copy else {
            return State::answered(answer);
        };
        let refused = (refusal == Refusal::Credentials).then_some(sent.cached);
        let again = Again { copy, refused };
        match self.signer.credentials(self.signer.now()) {
            Fetch::Ready(cached) => self.decide(again, Ok(cached), answer),
            Fetch::Wait(fetch) => State::Renewing {
                fetch,
                waiting: Some(Box::new((self, again, answer))),
            },
        }
    }

    /// The answer stays if the provider failed, or gave what was refused: to send that again changes nothing.
    pub(super) fn decide<B>(
        self,
        again: Again,
        cached: Result<Arc<Cached>, AuthorizeError>,
        answer: S::Response,
    ) -> State<S, P, B>
    where
        S: Service<Request<B>>,
    {
        let is_other = |cached: &Arc<Cached>| {
            let refused = again.refused.as_ref();
            refused.is_none_or(|refused| !are_same(&refused.credentials, &cached.credentials))
        };
        match cached.ok().filter(is_other) {
            Some(cached) => State::Repeating {
                waiting: Some(Box::new((self, again.copy, cached))),
            },
            None => State::answered(answer),
        }
    }

    pub(super) fn call_again<B>(self, copy: Copy, cached: Arc<Cached>) -> State<S, P, B>
    where
        S: Service<Request<B>>,
        B: From<Bytes>,
    {
        let now = self.signer.now();
        self.call(
            copy.into_unsigned(),
            Sent {
                now,
                cached,
                copy: None,
            },
        )
    }
}

fn are_same(a: &Credentials, b: &Credentials) -> bool {
    a.access_key_id() == b.access_key_id()
        && a.secret_access_key() == b.secret_access_key()
        && a.session_token() == b.session_token()
}
