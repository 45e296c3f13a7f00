//! The one mechanism of all layers with credentials: get a credential, put it on a request, call, see it refused, renew it,
//! repeat once.
//!
//! [`ApiKeyLayer`](super::ApiKeyLayer), [`BearerTokenLayer`](super::BearerTokenLayer) and
//! [`SigV4Layer`](super::SigV4Layer) are [`CredentialLayer`]s of a [`Credential`] each. A type of your own that implements
//! [`Credential`] gets the same treatment:
//!
//! - It acts on the requests of operations that ask for it, and on those without an [`Operation`](crate::Operation).
//! - It goes over TLS or loopback only, and to the origin that it is for.
//! - While it is waited for, no readiness of the inner service is held: the provider may call over the same service, however
//!   few calls that allows at a time.
//! - If a server refuses it, another one is fetched, and the request is sent once more, as the same user and never a third
//!   time. If there is no other one, the first response is the caller's.
//!
//! Here a partner's API wants an HMAC of the body in a header:
//!
//! ```
//! use bytes::Bytes;
//! use gatewright::layers::credential::{AnyResponse, Credential, CredentialLayer, InMemory, WaitFor};
//! use gatewright::{Auth, AuthorizeError, AuthorizeErrorKind, Place, Token};
//! use hmac::{Hmac, KeyInit, Mac};
//! use http::request::Parts;
//! use http::{HeaderName, HeaderValue, Request, Response};
//! use http_body_util::Full;
//! use sha2::Sha256;
//! use tower::{ServiceBuilder, ServiceExt, service_fn};
//!
//! const X_HMAC: HeaderName = HeaderName::from_static("x-hmac");
//!
//! #[derive(Clone, Debug)]
//! struct BodyHmac(Token);
//!
//! impl Credential for BodyHmac {
//!     type Value = Token;
//!     type Mark = ();
//!     type Body = InMemory;
//!     type Response = AnyResponse;
//!     const WHAT: &'static str = "an HMAC";
//!
//!     fn is_wanted(&self, auth: Auth) -> bool {
//!         auth.wants_token(Place::Header("x-hmac"), None)
//!     }
//!
//!     fn found_in<'a>(&'a self, request: &'a Parts) -> Option<&'a str> {
//!         request.headers.contains_key(X_HMAC).then_some("x-hmac")
//!     }
//!
//!     fn fetch(&self, _request: &Parts) -> WaitFor<Token> {
//!         let key = self.0.clone(); // or from a secret store
//!         Box::pin(async move { Ok(key) })
//!     }
//!
//!     fn put(&self, key: &Token, request: &mut Parts, body: Option<&Bytes>) -> Result<(), AuthorizeError> {
//!         let mut mac = Hmac::<Sha256>::new_from_slice(key.secret().as_bytes()).expect("any length will do");
//!         mac.update(body.map_or(b"", |body| body));
//!         let digits: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
//!         let mut value = HeaderValue::try_from(digits)
//!             .map_err(|error| AuthorizeError::new(AuthorizeErrorKind::InvalidSecret, "no header").with_source(error))?;
//!         value.set_sensitive(true);
//!         request.headers.insert(X_HMAC, value);
//!         Ok(())
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), gatewright::BoxError> {
//! let layer = CredentialLayer::of(BodyHmac(Token::new("key")));
//! let echo = service_fn(async |request: Request<Full<Bytes>>| Ok::<_, std::convert::Infallible>(Response::new(request)));
//! let service = ServiceBuilder::new().layer(layer).service(echo);
//!
//! let request = Request::post("https://partner.test/orders").body(Full::from("The quick brown fox jumps over the lazy dog"))?;
//! let sent = service.oneshot(request).await?.into_body();
//! assert_eq!(sent.headers()["x-hmac"], "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
//! # Ok(())
//! # }
//! ```

mod body;
mod collect;
mod copy;
mod policy;
mod same_user;
mod service;
#[cfg(test)]
mod tests;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, StatusCode, Uri};
use tower_layer::Layer;

pub use self::body::{AnyResponse, HttpResponse, InMemory, ReadBody, SeeResponse, Untouched};
pub(super) use self::policy::Policy;
pub use self::same_user::{SameUser, Whose};
pub use self::service::{Authorized, ResponseFuture};
use super::OnConflict;
use crate::{Auth, AuthorizeError, Origin};

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
    /// What becomes of bodies: [`Untouched`], or [`InMemory`] for a credential that covers the body.
    type Body;
    /// What it sees of responses: [`AnyResponse`], or [`HttpResponse`] for a credential that can be refused.
    type Response;
    /// What it is, for messages: "an API key".
    const WHAT: &'static str;
    /// Whether a refused request can be repeated. Without it, requests are not copied. The default is `true`.
    const REPEATS: bool = true;

    /// Whether an operation asks for it.
    fn is_wanted(&self, auth: Auth) -> bool;

    /// Where a request brings one already, by the name of the header or parameter; [`OnConflict`] says what happens then.
    fn found_in<'a>(&'a self, request: &'a Parts) -> Option<&'a str>;

    /// Brings a request into the form in which it is sent, before anything is waited for. The default does nothing.
    ///
    /// # Errors
    ///
    /// When the request cannot be authorized, whatever the credential is. It is then not sent.
    fn prepare(&self, request: &mut Parts) -> Result<(), AuthorizeError> {
        let _ = request;
        Ok(())
    }

    /// Whether the body of this request is read before it is sent, if [`Body`](Self::Body) is [`InMemory`]. By default it is.
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
pub struct Attempted<'a, C: Credential> {
    /// What was sent.
    pub value: &'a C::Value,
    /// What was remembered of it.
    pub mark: &'a C::Mark,
    /// Where it was sent.
    pub target: &'a Uri,
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
    /// The response is the caller's.
    Final,
    /// The value was refused. Another value may be accepted.
    Renew,
    /// The same value may be accepted if it is put on the request anew.
    Repeat,
}

/// Puts a [`Credential`] on the requests that ask for it.
///
/// See the [module docs](self) for what it does and for an example.
pub struct CredentialLayer<C>(Arc<Config<C>>);

/// What the clones of a layer and its services share.
#[derive(Clone)]
struct Config<C> {
    credential: C,
    policy: Policy,
}

impl<C: Credential> CredentialLayer<C> {
    /// A layer with the default settings.
    pub fn of(credential: C) -> Self {
        let policy = Policy::default();
        Self(Arc::new(Config { credential, policy }))
    }

    /// The credential.
    pub fn credential(&self) -> &C {
        &self.0.credential
    }

    /// Changes the credential of this layer and of no clone.
    pub(super) fn with(mut self, change: impl FnOnce(&mut C)) -> Self {
        change(&mut Arc::make_mut(&mut self.0).credential);
        self
    }

    fn with_policy(mut self, change: impl FnOnce(Policy) -> Policy) -> Self {
        let config = Arc::make_mut(&mut self.0);
        config.policy = change(config.policy.clone());
        self
    }

    /// What to do with a request that brings such a credential already. By default it is replaced, so that a retry outside of
    /// this layer authorizes anew; kept, the request is passed on as it is.
    #[must_use]
    pub fn on_conflict(self, on_conflict: OnConflict) -> Self {
        self.with_policy(|policy| policy.on_conflict(on_conflict))
    }

    /// Sends credentials to this origin, and to others only if they are named as well. Without it, a client's requests are
    /// bound to the origin of its base URL, and others are not bound.
    ///
    /// A request to another origin fails with [`ForeignOrigin`](crate::AuthorizeErrorKind::ForeignOrigin).
    #[must_use]
    pub fn only_to(self, origin: Origin) -> Self {
        self.with_policy(|policy| policy.guarded(|guard| guard.only_to(origin)))
    }

    /// [`only_to`](Self::only_to), if no origin was named yet.
    #[cfg(feature = "client")]
    pub(crate) fn or_only_to(self, origin: Origin) -> Self {
        self.with_policy(|policy| policy.guarded(|guard| guard.or_only_to(origin)))
    }

    /// Sends credentials to targets without TLS as well.
    #[must_use]
    pub fn allow_insecure(self) -> Self {
        self.with_policy(|policy| policy.guarded(super::guard::Guard::allow_insecure))
    }

    /// The longest body to hold in memory for a credential that covers the body, in bytes; by default 10 MiB, which is the
    /// most that API Gateway takes ("Quotas", API Gateway developer guide). A longer one fails with
    /// [`BodyTooLarge`](crate::AuthorizeErrorKind::BodyTooLarge).
    #[must_use]
    pub fn body_limit(self, bytes: usize) -> Self {
        self.with_policy(|policy| policy.body_limit(bytes))
    }

    /// Sends requests with bodies of type `B` once more after their credential was refused, if `try_clone` gives a second
    /// body.
    ///
    /// Known without it: `()`, `String`, `Bytes`, `http_body_util`'s `Full<Bytes>` and `Empty<Bytes>`, and
    /// [`Body`](crate::Body) (feature `client`) if it is in memory. Bodies that a credential has read are known anyway, and streams whose hash the caller states are not.
    ///
    /// ```
    /// use gatewright::layers::BearerTokenLayer;
    /// use gatewright::token::Token;
    ///
    /// let layer = BearerTokenLayer::new(Token::new("eyJhbGciOi"))
    ///     .replay_bodies(|body: &Vec<u8>| Some(body.clone()));
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub fn replay_bodies<B: 'static>(self, try_clone: fn(&B) -> Option<B>) -> Self {
        self.with_policy(|policy| policy.replay_bodies(try_clone))
    }

    /// Sends no request twice, which spares it from being copied. A refused credential is dropped all the same.
    #[must_use]
    pub fn without_replay(self) -> Self {
        self.with_policy(Policy::without_replay)
    }
}

impl<C> Clone for CredentialLayer<C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<C: fmt::Debug> fmt::Debug for CredentialLayer<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialLayer")
            .field("credential", &self.0.credential)
            .field("policy", &self.0.policy)
            .finish()
    }
}

impl<S, C: Credential> Layer<S> for CredentialLayer<C> {
    type Service = Authorized<S, C>;

    fn layer(&self, inner: S) -> Self::Service {
        Authorized::new(inner, self.clone())
    }
}
