//! What a credential is, and what it learns of an attempt.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, StatusCode, Uri};

use super::same_user::Whose;
use crate::layers::location::Location;
use crate::{Auth, AuthorizeError};

/// The wait for the value of a credential.
pub type WaitFor<V> = Pin<Box<dyn Future<Output = Result<V, AuthorizeError>> + Send>>;

/// Something that authorizes a request. See the [module docs](self) for an example.
///
/// It is cloned with the layer, and clones share what is cached.
pub trait Credential: Clone + Send + Sync + 'static {
    /// What is fetched, and put on many requests: a token, AWS credentials.
    type Value: Clone + Send + 'static;
    /// What is remembered of one attempt until its response comes; `()` if nothing.
    type Mark: Send + 'static;
    /// What becomes of bodies: [`Untouched`](super::Untouched), or [`InMemory`](super::InMemory) for a credential that covers the body.
    type Body;
    /// What it sees of responses: [`AnyResponse`](super::AnyResponse), or [`HttpResponse`](super::HttpResponse) for a credential that can be refused.
    type Response;
    /// What it is, for messages: "an API key".
    const WHAT: &'static str;
    /// Whether a refused request can be repeated. Without it, requests are not copied. The default is `true`.
    const REPEATS: bool = true;

    /// Whether an operation asks for it.
    fn is_wanted(&self, auth: Auth) -> bool;

    /// Where in a request it goes. [`OnConflict`](crate::layers::OnConflict) says what happens if a request brings something there.
    fn locations(&self) -> Vec<Location>;

    /// Brings a request into the form in which it is sent, before anything is waited for. The default does nothing.
    ///
    /// # Errors
    ///
    /// When the request cannot be authorized, whatever the credential is. It is then not sent.
    fn prepare(&self, request: &mut Parts) -> Result<(), AuthorizeError> {
        let _ = request;
        Ok(())
    }

    /// Whether the body of this request is read before it is sent, if [`Body`](Self::Body) is [`InMemory`](super::InMemory). By default it is.
    fn reads_body(&self, request: &Parts) -> bool {
        let _ = request;
        true
    }

    /// The value, if it is at hand. By default it never is, and [`fetch`](Self::fetch) is called.
    fn at_hand(&self, request: &Parts) -> Option<Self::Value> {
        let _ = request;
        None
    }

    /// Waits for the value. Nothing happens before the future is polled.
    ///
    /// # Errors
    ///
    /// As [`AuthorizeError::provider_failed`]; the request is then not sent.
    fn fetch(&self, request: &Parts) -> WaitFor<Self::Value>;

    /// Puts the value on a request, in place of one that is there. `body` has the bytes that were read.
    ///
    /// # Errors
    ///
    /// When it does not fit. The request is then not sent.
    fn put(
        &self,
        value: &Self::Value,
        request: &mut Parts,
        body: Option<&Bytes>,
    ) -> Result<Self::Mark, AuthorizeError>;

    /// Learns from a response, and says whether another attempt may fare better. A value that was refused is dropped here.
    /// By default every response is final.
    fn judge(&self, attempt: &Attempted<'_, Self>, response: &ResponseHead<'_>) -> Verdict {
        let _ = (attempt, response);
        Verdict::Final
    }

    /// Whether the two values are the same, so that a server that refused the one refuses the other. By default they are not.
    fn are_same(&self, one: &Self::Value, other: &Self::Value) -> bool {
        let _ = (one, other);
        false
    }

    /// Whose value it is: no request is repeated as somebody else. By default that is unknown.
    fn whose(&self, value: &Self::Value) -> Whose {
        let _ = value;
        Whose::Unknown
    }
}

/// An attempt whose response has come.
#[non_exhaustive]
pub struct Attempted<'a, C: Credential + ?Sized> {
    /// What was sent.
    pub value: &'a C::Value,
    /// What was remembered of it.
    pub mark: &'a C::Mark,
    /// Where it was sent.
    pub target: &'a Uri,
}

impl<C: Credential + ?Sized> fmt::Debug for Attempted<'_, C> {
    /// Without the value, which is a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempted").finish_non_exhaustive()
    }
}

/// The head of a response.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ResponseHead<'a> {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: &'a HeaderMap,
}

/// What a response says about the credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The response is the caller's.
    Final,
    /// The value was refused. Another value may be accepted.
    Renew,
    /// The same value may be accepted if it is put on the request anew.
    Repeat,
}
