//! The API key of a usage plan, in the header `x-api-key`.
//!
//! An API key tells API Gateway which usage plan to count a call against; it is no proof of identity ("API keys for
//! REST APIs", API Gateway developer guide). Every method that says "API key required" refuses calls without one.
//!
//! ```
//! use gatewright::layers::ApiKeyLayer;
//! use http::Request;
//! use tower::{ServiceBuilder, ServiceExt, service_fn};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
//! let key = ApiKeyLayer::new("0123456789abcdefghij")?;
//!
//! let echo = service_fn(async |request: Request<()>| Ok::<_, std::convert::Infallible>(request));
//! let request = Request::get("https://api.test/pets").body(())?;
//! let sent = ServiceBuilder::new().layer(key).service(echo).oneshot(request).await?;
//!
//! assert_eq!(sent.headers()["x-api-key"], "0123456789abcdefghij");
//! # Ok(())
//! # }
//! ```

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderName, HeaderValue};

use super::credential::{
    AnyResponse, Authorized, Credential, CredentialLayer, Location, Untouched, WaitFor,
};
use crate::token::ProvideToken;
use crate::{Auth, AuthorizeError, Place, Scheme};
use gatewright_core::kit::header::secret_value;

pub use super::credential::ResponseFuture;

pub(super) const X_API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// Puts an API key on the requests that ask for one.
///
/// See the [module docs](self) for an example.
pub type ApiKeyLayer = CredentialLayer<ApiKeyCredential>;

/// The service of [`ApiKeyLayer`]. An error is that of the inner service, or an [`AuthorizeError`].
pub type ApiKey<S> = Authorized<S, ApiKeyCredential>;

/// An API key as a [`Credential`].
#[derive(Clone, Debug)]
pub struct ApiKeyCredential {
    source: Source,
    header: HeaderName,
}

#[derive(Clone)]
enum Source {
    Fixed(HeaderValue),
    Provided(Arc<dyn Fn() -> WaitFor<HeaderValue> + Send + Sync>),
}

/// In the extensions of a request: its API key is in this header instead of `x-api-key`.
#[derive(Clone)]
pub(super) struct ApiKeyIn(pub(super) HeaderName);

impl ApiKeyLayer {
    /// A layer that sends `key`.
    ///
    /// # Errors
    ///
    /// [`InvalidSecret`](crate::AuthorizeErrorKind::InvalidSecret) when the key is empty, has blanks around it (a
    /// newline from a file, for example), or anything but visible ASCII in it.
    pub fn new(key: impl AsRef<str>) -> Result<Self, AuthorizeError> {
        let key = secret_value(WHAT, key.as_ref())?;
        Ok(Self::with_source(Source::Fixed(key)))
    }

    /// A layer that gets the key from `provider`, such as a secret store. It asks once for each request; put a
    /// `CachedToken` around the provider to keep the key (feature `bearer`).
    ///
    /// ```
    /// use gatewright::Token;
    /// use gatewright::layers::ApiKeyLayer;
    ///
    /// let layer = ApiKeyLayer::from_provider(|| async {
    ///     let key = std::fs::read_to_string("/run/secrets/api-key")?;
    ///     Ok(Token::new(key.trim_end()))
    /// });
    /// # let _ = layer;
    /// ```
    pub fn from_provider(provider: impl ProvideToken) -> Self {
        let provider = Arc::new(provider);
        let ask = move || -> WaitFor<HeaderValue> { Box::pin(ask(Arc::clone(&provider))) };
        Self::with_source(Source::Provided(Arc::new(ask)))
    }

    fn with_source(source: Source) -> Self {
        Self::of(ApiKeyCredential {
            source,
            header: X_API_KEY,
        })
    }

    /// Sends the key in this header instead of `x-api-key`, to a Lambda authorizer or a proxy that reads it there.
    /// The layer then also acts on operations that ask for a token in this header.
    #[must_use]
    pub fn header(self, name: HeaderName) -> Self {
        self.with(|key| key.header = name)
    }
}

const WHAT: &str = "the API key";

async fn ask<P: ProvideToken>(provider: Arc<P>) -> Result<HeaderValue, AuthorizeError> {
    let key = provider.provide_token().await;
    let key = key.map_err(|error| AuthorizeError::provider_failed("an API key", error))?;
    secret_value(WHAT, key.secret())
}

impl Credential for ApiKeyCredential {
    type Value = HeaderValue;
    type Mark = ();
    type Body = Untouched;
    type Response = AnyResponse;
    const WHAT: &'static str = "an API key";
    const REPEATS: bool = false;

    fn is_wanted(&self, auth: Auth) -> bool {
        auth.schemes().iter().any(|scheme| match scheme {
            Scheme::ApiKey => true,
            Scheme::Token {
                place: Place::Header(name),
                ..
            } => self.header != X_API_KEY && self.header.as_str().eq_ignore_ascii_case(name),
            _ => false,
        })
    }

    fn locations(&self) -> Vec<Location> {
        vec![Location::Header(self.header.clone())]
    }

    fn at_hand(&self, _request: &Parts) -> Option<HeaderValue> {
        match &self.source {
            Source::Fixed(key) => Some(key.clone()),
            Source::Provided(_) => None,
        }
    }

    fn fetch(&self, _request: &Parts) -> WaitFor<HeaderValue> {
        match &self.source {
            Source::Fixed(key) => Box::pin(std::future::ready(Ok(key.clone()))),
            Source::Provided(ask) => ask(),
        }
    }

    fn put(
        &self,
        key: &HeaderValue,
        request: &mut Parts,
        _body: Option<&Bytes>,
    ) -> Result<(), AuthorizeError> {
        if self.header != X_API_KEY {
            request.extensions.insert(ApiKeyIn(self.header.clone()));
        }
        request.headers.insert(self.header.clone(), key.clone());
        Ok(())
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fixed(_) => "Fixed(**)",
            Self::Provided(_) => "Provided",
        })
    }
}

#[cfg(test)]
mod tests;
