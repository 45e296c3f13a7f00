//! A token for an authorizer: a Cognito user pool, a JWT issuer, a Lambda function.
//!
//! The token comes from a [`ProvideToken`] through a cache ([`CachedToken`]), so that a request
//! hardly ever waits for it. HTTP APIs and most servers take `authorization: Bearer <token>`, which is the default; the
//! Cognito and Lambda authorizers of REST APIs take the bare token ([`raw`](BearerTokenLayer::raw)). A token may also
//! be in another header or in the query.
//!
//! ```
//! use gatewright::layers::BearerTokenLayer;
//! use gatewright::token::Token;
//! use http::{Request, Response};
//! use tower::{ServiceBuilder, ServiceExt, service_fn};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
//! let sign_in = || async { Ok(Token::new("eyJhbGciOi")) };
//!
//! let server = service_fn(async |request: Request<()>| {
//!     assert_eq!(request.headers()["authorization"], "Bearer eyJhbGciOi");
//!     Ok::<_, std::convert::Infallible>(Response::new(()))
//! });
//! let stack = ServiceBuilder::new().layer(BearerTokenLayer::new(sign_in)).service(server);
//! stack.oneshot(Request::get("https://api.test/pets").body(())?).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # A token that is refused
//!
//! When a server responds with 401, or names `UnauthorizedException`, `ExpiredTokenException` or
//! `UnrecognizedClientException` in `x-amzn-ErrorType`, the layer drops that token from the cache, asks the provider for
//! another one, and sends the request once more with it, if its body can be cloned: bodies in memory can
//! ([`replay_bodies`](BearerTokenLayer::replay_bodies)). Calls that are refused at the same time share one load. If there
//! is no other token, the caller gets the first response; if the second attempt is refused too, the second one.
//! The token of another user does not count: see [`Whose`].
//!
//! `AccessDeniedException`, `ForbiddenException` and `MissingAuthenticationTokenException` are not about the token's age:
//! the layer keeps the token and returns the response.

use std::borrow::Cow;
use std::fmt;
use std::time::SystemTime;

use bytes::Bytes;
use gatewright_core::kit::error_type::error_code;
use http::header::AUTHORIZATION;
use http::request::Parts;
use http::{HeaderName, StatusCode};

pub use super::credential::ResponseFuture;
use super::credential::{
    Attempted, Authorized, Credential, CredentialLayer, HttpResponse, Location, ResponseHead,
    Untouched, Verdict, WaitFor, Whose,
};
use crate::epoch::Epoch;
use crate::token::{ProvideToken, Token};
use crate::uri::set_parameter;
use crate::{Auth, AuthorizeError, AuthorizeErrorKind, Place, Scheme};
pub use gatewright_core::CachedToken;

/// Puts a token on the requests that ask for one.
///
/// See the [module docs](self) for an example.
pub type BearerTokenLayer<P> = CredentialLayer<BearerCredential<P>>;

/// The service of [`BearerTokenLayer`]. An error is that of the inner service, or an [`AuthorizeError`].
pub type BearerToken<S, P> = Authorized<S, BearerCredential<P>>;

/// A token as a [`Credential`].
pub struct BearerCredential<P> {
    tokens: CachedToken<P>,
    /// Ask the provider for each request.
    is_uncached: bool,
    location: Location,
    raw: bool,
    scheme: Option<Cow<'static, str>>,
}

impl<P: ProvideToken> BearerTokenLayer<P> {
    /// A layer that sends the provider's tokens as `authorization: Bearer <token>`, from a new cache. It does not cache the
    /// tokens of a provider that [keeps them itself](ProvideToken::keeps_tokens), such as the session of
    /// `gatewright-cognito`: it asks that provider for each request.
    pub fn new(provider: P) -> Self {
        Self::from_cache(CachedToken::new(provider))
    }

    /// A layer that takes its tokens from this cache, which may have another policy and serve other layers too.
    pub fn from_cache(tokens: CachedToken<P>) -> Self {
        Self::of(BearerCredential {
            tokens,
            is_uncached: false,
            location: Location::Header(AUTHORIZATION),
            raw: false,
            scheme: None,
        })
    }

    /// Asks the provider for each request, without a time limit.
    #[must_use]
    pub fn uncached(self) -> Self {
        self.with(|token| token.is_uncached = true)
    }

    /// Takes the time from here instead of the system clock.
    #[must_use]
    pub fn clock(self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.with(|token| token.tokens = token.tokens.clone().clock(now))
    }

    /// Sends the bare token, without `Bearer` before it.
    #[must_use]
    pub fn raw(self) -> Self {
        self.with(|token| token.raw = true)
    }

    /// Sends the token in this header instead of `authorization`.
    #[must_use]
    pub fn in_header(self, name: HeaderName) -> Self {
        self.with(|token| token.location = Location::Header(name))
    }

    /// Sends the token in this query parameter, always bare.
    ///
    /// URIs end up in logs: a header is the better place wherever the authorizer takes one.
    #[must_use]
    pub fn in_query(self, name: impl Into<Cow<'static, str>>) -> Self {
        self.with(|token| token.location = Location::Query(name.into()))
    }

    /// Acts only on operations whose authorizer has this name, as the document spells it. An API with several
    /// authorizers gets a layer for each.
    #[must_use]
    pub fn for_scheme(self, name: impl Into<Cow<'static, str>>) -> Self {
        self.with(|token| token.scheme = Some(name.into()))
    }
}

impl<P> BearerCredential<P> {
    fn serves(&self, wanted: &Scheme) -> bool {
        let Scheme::Token { scheme, place } = wanted else {
            return false;
        };
        let is_named = self.scheme.as_ref().is_none_or(|name| name == scheme);
        is_named && is_read(&self.location, place)
    }
}

impl<P: ProvideToken> Credential for BearerCredential<P> {
    type Value = Token;
    type Mark = ();
    type Body = Untouched;
    type Response = HttpResponse;
    const WHAT: &'static str = "a token";

    fn is_wanted(&self, auth: Auth) -> bool {
        auth.schemes().iter().any(|scheme| self.serves(scheme))
    }

    fn locations(&self) -> Vec<Location> {
        vec![self.location.clone()]
    }

    fn at_hand(&self, _request: &Parts) -> Option<Token> {
        if self.is_uncached {
            self.tokens.provider().token_at_hand()
        } else {
            self.tokens.token_at_hand()
        }
    }

    fn fetch(&self, _request: &Parts) -> WaitFor<Token> {
        let (tokens, is_uncached) = (self.tokens.clone(), self.is_uncached);
        Box::pin(async move {
            let token = if is_uncached {
                tokens.ask()
            } else {
                tokens.get()
            };
            Ok(Token::clone(&*token.value().await?))
        })
    }

    fn put(
        &self,
        token: &Token,
        request: &mut Parts,
        _body: Option<&Bytes>,
    ) -> Result<(), AuthorizeError> {
        let name = match &self.location {
            Location::Header(name) => name,
            Location::Query(name) => return put_in_query(request, name, token),
        };
        let value = if self.raw {
            token.to_raw()?
        } else {
            token.to_bearer()?
        };
        request.headers.insert(name.clone(), value);
        Ok(())
    }

    fn judge(&self, attempt: &Attempted<'_, Self>, response: &ResponseHead<'_>) -> Verdict {
        if !is_refused(response) {
            return Verdict::Final;
        }
        if self.is_uncached {
            self.tokens.provider().refused(attempt.value);
        } else {
            self.tokens.refused(attempt.value);
        }
        Verdict::Renew
    }

    fn are_same(&self, one: &Token, other: &Token) -> bool {
        one.secret() == other.secret()
    }

    fn epoch(&self) -> Option<Epoch> {
        if self.is_uncached {
            self.tokens.provider().current_epoch()
        } else {
            self.tokens.current_epoch()
        }
    }

    fn whose(&self, token: &Token) -> Whose {
        match token.epoch() {
            Some(epoch) => Whose::Epoch(epoch.clone()),
            None => Whose::Token(token.clone()),
        }
    }
}

/// Whether an operation's authorizer reads here.
fn is_read(location: &Location, wanted: &Place) -> bool {
    match (location, wanted) {
        (Location::Header(name), Place::Header(wanted)) => {
            name.as_str().eq_ignore_ascii_case(wanted)
        }
        (Location::Query(name), Place::Query(wanted)) => name == wanted,
        _ => false,
    }
}

fn put_in_query(request: &mut Parts, name: &str, token: &Token) -> Result<(), AuthorizeError> {
    // A token that no header can carry was not meant to be sent.
    token.to_raw()?;
    request.uri = set_parameter(&request.uri, name, token.secret()).map_err(|error| {
        let message = "the token does not fit into the URI: send it in a header";
        AuthorizeError::new(AuthorizeErrorKind::InvalidSecret, message).with_source(error)
    })?;
    Ok(())
}

/// Whether a server refused a credential because it is no longer valid, so that it may accept another one.
///
/// The code in `x-amzn-ErrorType` decides, where API Gateway sent one; a status can be re-templated per API.
/// `AccessDeniedException`, `ForbiddenException` and `MissingAuthenticationTokenException` are not about the
/// credential's age ("Gateway response types for API Gateway", API Gateway developer guide). Without a
/// code, a 401 is (RFC 9110, section 15.5.2).
fn is_refused(response: &ResponseHead<'_>) -> bool {
    match error_code(response.headers) {
        Some(code) => response.status.is_client_error() && is_stale(code),
        None => response.status == StatusCode::UNAUTHORIZED,
    }
}

fn is_stale(code: &str) -> bool {
    matches!(
        code,
        "UnauthorizedException" | "ExpiredTokenException" | "UnrecognizedClientException"
    )
}

impl<P> Clone for BearerCredential<P> {
    fn clone(&self) -> Self {
        Self {
            tokens: self.tokens.clone(),
            is_uncached: self.is_uncached,
            location: self.location.clone(),
            raw: self.raw,
            scheme: self.scheme.clone(),
        }
    }
}

impl<P> fmt::Debug for BearerCredential<P> {
    /// Without the provider, which may hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BearerCredential")
            .field("location", &self.location)
            .field("raw", &self.raw)
            .field("scheme", &self.scheme)
            .field("is_uncached", &self.is_uncached)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
