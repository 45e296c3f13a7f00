//! A token for an authorizer: a Cognito user pool, a JWT issuer, a Lambda function.
//!
//! The token comes from a [`ProvideToken`], which is asked once for each request. HTTP APIs and most
//! servers take `authorization: Bearer <token>`, which is the default; the Cognito and Lambda authorizers of REST APIs
//! take the bare token ([`raw`](BearerTokenLayer::raw)). A token may also stand in another header or in the query.
//!
//! ```
//! use gatewright::layers::BearerTokenLayer;
//! use gatewright::token::Token;
//! use http::Request;
//! use tower::{ServiceBuilder, ServiceExt, service_fn};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
//! let sign_in = || async { Ok(Token::new("eyJhbGciOi")) };
//!
//! let echo = service_fn(async |request: Request<()>| Ok::<_, std::convert::Infallible>(request));
//! let request = Request::get("https://api.test/pets").body(())?;
//! let stack = ServiceBuilder::new().layer(BearerTokenLayer::new(sign_in)).service(echo);
//! let sent = stack.oneshot(request).await?;
//!
//! assert_eq!(sent.headers()["authorization"], "Bearer eyJhbGciOi");
//! # Ok(())
//! # }
//! ```

mod future;
mod place;
mod service;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use http::{HeaderName, Request};
use tower_layer::Layer;

pub use self::future::ResponseFuture;
use self::place::TokenPlace;
pub use self::service::BearerToken;
use super::guard::{Guard, acts};
use crate::token::{ProvideToken, Token};
use crate::{AuthorizeError, BoxError, Scheme};

/// Puts a token on the requests that ask for one, in place of one that is there.
///
/// See the [module docs](self) for an example.
pub struct BearerTokenLayer<P> {
    provider: Arc<P>,
    settings: Settings,
}

/// Where the token goes, and which requests get it.
#[derive(Clone, Debug)]
struct Settings {
    place: TokenPlace,
    raw: bool,
    scheme: Option<Cow<'static, str>>,
    guard: Guard,
}

impl<P: ProvideToken> BearerTokenLayer<P> {
    /// A layer that sends the provider's tokens as `authorization: Bearer <token>`.
    pub fn new(provider: P) -> Self {
        let settings = Settings {
            place: TokenPlace::default(),
            raw: false,
            scheme: None,
            guard: Guard::default(),
        };
        Self {
            provider: Arc::new(provider),
            settings,
        }
    }

    /// Sends the bare token, without `Bearer` before it.
    #[must_use]
    pub fn raw(mut self) -> Self {
        self.settings.raw = true;
        self
    }

    /// Sends the token in this header instead of `authorization`.
    #[must_use]
    pub fn in_header(mut self, name: HeaderName) -> Self {
        self.settings.place = TokenPlace::Header(name);
        self
    }

    /// Sends the token in this query parameter, always bare.
    ///
    /// URIs end up in logs: a header is the better place wherever the authorizer takes one.
    #[must_use]
    pub fn in_query(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.settings.place = TokenPlace::Query(name.into());
        self
    }

    /// Acts only on operations whose authorizer has this name, as the document spells it. An API with several
    /// authorizers gets a layer for each.
    #[must_use]
    pub fn for_scheme(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.settings.scheme = Some(name.into());
        self
    }

    /// Sends tokens to targets without TLS as well.
    #[must_use]
    pub fn allow_insecure(mut self) -> Self {
        self.settings.guard = Guard::INSECURE_ALLOWED;
        self
    }
}

impl<P> Clone for BearerTokenLayer<P> {
    fn clone(&self) -> Self {
        Self {
            provider: Arc::clone(&self.provider),
            settings: self.settings.clone(),
        }
    }
}

impl<P> fmt::Debug for BearerTokenLayer<P> {
    /// Without the provider, which may hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BearerTokenLayer")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

impl<S, P: ProvideToken> Layer<S> for BearerTokenLayer<P> {
    type Service = BearerToken<S, P>;

    fn layer(&self, inner: S) -> Self::Service {
        BearerToken::new(inner, self.clone())
    }
}

impl Settings {
    fn acts_on<B>(&self, request: &Request<B>) -> bool {
        acts(request, |auth| {
            auth.schemes().iter().any(|scheme| self.serves(scheme))
        })
    }

    fn serves(&self, wanted: &Scheme) -> bool {
        let Scheme::Token { scheme, place } = wanted else {
            return false;
        };
        let is_named = self.scheme.as_ref().is_none_or(|name| name == scheme);
        is_named && self.place.is(place)
    }

    fn put<B>(&self, token: &Token, request: &mut Request<B>) -> Result<(), AuthorizeError> {
        self.place.put(token, self.raw, request)
    }
}

async fn fetch<P: ProvideToken>(provider: Arc<P>) -> Result<Token, AuthorizeError> {
    let token: Result<Token, BoxError> = provider.provide_token().await;
    token.map_err(|error| AuthorizeError::provider_failed("a token", error))
}
