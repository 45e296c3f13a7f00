//! What a credential is, and what it learns of an attempt.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, StatusCode};

use crate::epoch::Epoch;
use crate::layers::location::Location;
use crate::one_call::Whose;
use crate::{Auth, AuthorizeError};

/// The future of the value of a credential.
pub type WaitFor<V> = Pin<Box<dyn Future<Output = Result<V, AuthorizeError>> + Send>>;

/// Something that authorizes a request. See the [module docs](super) for an example.
///
/// The layer clones it. Clones share their cache.
pub trait Credential: Clone + Send + Sync + 'static {
    /// The value that is fetched and put on requests: a token, AWS credentials.
    type Value: Clone + Send + 'static;
    /// What the layer remembers of one attempt until its response comes; `()` for nothing.
    type Mark: Send + 'static;
    /// How bodies are passed on: [`Untouched`](super::Untouched), or [`InMemory`](super::InMemory) for a credential that
    /// covers the body.
    type Body;
    /// Which responses it can see: [`AnyResponse`](super::AnyResponse) for none, or [`HttpResponse`](super::HttpResponse) for
    /// a credential that can be refused.
    type Response;
    /// The name of the credential in messages: "an API key".
    const WHAT: &'static str;
    /// Whether a refused request is repeated. If `false`, requests are not copied. The default is `true`.
    const REPEATS: bool = true;

    /// Whether an operation asks for this credential.
    fn is_wanted(&self, auth: Auth) -> bool;

    /// The locations in a request that it fills. [`OnConflict`](crate::layers::OnConflict) says what happens if a request
    /// already has a value there.
    fn locations(&self) -> Vec<Location>;

    /// Brings a request into the form in which it is sent, before the value is fetched. The default does nothing.
    ///
    /// # Errors
    ///
    /// When no value could authorize the request. The request is then not sent.
    fn prepare(&self, request: &mut Parts) -> Result<(), AuthorizeError> {
        let _ = request;
        Ok(())
    }

    /// Whether the body of this request is read before it is sent, if [`Body`](Self::Body) is
    /// [`InMemory`](super::InMemory). The default is `true`.
    fn reads_body(&self, request: &Parts) -> bool {
        let _ = request;
        true
    }

    /// The value, if it is available without a wait. The default is `None`, so that [`fetch`](Self::fetch) is called.
    fn at_hand(&self, request: &Parts) -> Option<Self::Value> {
        let _ = request;
        None
    }

    /// Fetches the value. Nothing happens before the future is polled.
    ///
    /// # Errors
    ///
    /// As [`AuthorizeError::provider_failed`]; the request is then not sent.
    fn fetch(&self, request: &Parts) -> WaitFor<Self::Value>;

    /// Puts the value on a request, and replaces an existing one. `body` has the bytes that were read.
    ///
    /// # Errors
    ///
    /// When the value cannot be put on the request. The request is then not sent.
    fn put(
        &self,
        value: &Self::Value,
        request: &mut Parts,
        body: Option<&Bytes>,
    ) -> Result<Self::Mark, AuthorizeError>;

    /// Reads a response, and says whether another attempt may succeed. Drops a refused value from its cache. By default every
    /// response is final.
    fn judge(&self, attempt: &Attempted<'_, Self>, response: &ResponseHead<'_>) -> Verdict {
        let _ = (attempt, response);
        Verdict::Final
    }

    /// Whether the two values are the same, so that a server that refused one refuses the other. The default is `false`.
    fn are_same(&self, one: &Self::Value, other: &Self::Value) -> bool {
        let _ = (one, other);
        false
    }

    /// The epoch of now, for a request that begins to wait: it is not sent with a value that this epoch does not
    /// [admit](Epoch::admits). The default is `None`, for a value whose user never changes.
    fn epoch(&self) -> Option<Epoch> {
        None
    }

    /// Whose value it is: a request is never repeated as another user. By default that is unknown.
    fn whose(&self, value: &Self::Value) -> Whose {
        let _ = value;
        Whose::Unknown
    }
}

/// An attempt whose response has come.
#[non_exhaustive]
pub struct Attempted<'a, C: Credential> {
    /// The value that was sent.
    pub value: &'a C::Value,
    /// What [`Credential::put`] returned.
    pub mark: &'a C::Mark,
}

impl<C: Credential> fmt::Debug for Attempted<'_, C> {
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
    /// The caller gets the response.
    Final,
    /// The server refused the value. It may accept another one.
    Renew,
    /// The server may accept the same value if it is put on the request again.
    Repeat,
}
