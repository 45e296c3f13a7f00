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

mod service;
mod source;
#[cfg(test)]
mod tests;

use http::request::Parts;
use http::{HeaderName, HeaderValue};
use tower_layer::Layer;

use self::source::Source;
use super::conflict::OnConflict;
use super::guard::Guard;
use super::prepared::Prepared;
use super::secret::secret_value;
use crate::token::ProvideToken;
use crate::{Auth, AuthorizeError, AuthorizeErrorKind, Origin, Place, Scheme};

pub use super::prepared::ResponseFuture;
pub use service::ApiKey;

pub(super) const X_API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// Puts an API key on the requests that ask for one.
///
/// See the [module docs](self) for an example.
#[derive(Clone, Debug)]
pub struct ApiKeyLayer {
    source: Source,
    header: HeaderName,
    on_conflict: OnConflict,
    guard: Guard,
}

/// In the extensions of a request: its API key stands in this header instead of `x-api-key`.
#[derive(Clone)]
pub(super) struct ApiKeyIn(pub(super) HeaderName);

impl ApiKeyLayer {
    /// A layer that sends `key`.
    ///
    /// # Errors
    ///
    /// [`InvalidSecret`](AuthorizeErrorKind::InvalidSecret) when the key is empty, has blanks around it (a
    /// newline from a file, say), or anything but visible ASCII in it.
    pub fn new(key: impl AsRef<str>) -> Result<Self, AuthorizeError> {
        let key = secret_value(WHAT, key.as_ref())?;
        Ok(Self::with_source(Source::Fixed(key)))
    }

    /// A layer that asks `provider` for the key: of a secret store, say. It is asked once for each request; a
    /// `CachedToken` around it keeps the key (feature `bearer`).
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
        Self::with_source(Source::provided_by(provider))
    }

    fn with_source(source: Source) -> Self {
        Self {
            source,
            header: X_API_KEY,
            on_conflict: OnConflict::default(),
            guard: Guard::default(),
        }
    }

    /// Sends the key in this header instead of `x-api-key`, to a Lambda authorizer or a proxy that reads it there.
    /// The layer then also acts on operations that ask for a token in this header.
    #[must_use]
    pub fn header(mut self, name: HeaderName) -> Self {
        self.header = name;
        self
    }

    /// What to do about a key that is on the request already; by default it is replaced.
    #[must_use]
    pub fn on_conflict(mut self, policy: OnConflict) -> Self {
        self.on_conflict = policy;
        self
    }

    /// Sends the key to this origin, and to others only if they are named as well. Without it, a client's requests
    /// are bound to the origin of its base URL, and others are not bound.
    ///
    /// A request to another origin fails with [`ForeignOrigin`](AuthorizeErrorKind::ForeignOrigin).
    #[must_use]
    pub fn only_to(mut self, origin: Origin) -> Self {
        self.guard = self.guard.only_to(origin);
        self
    }

    /// [`only_to`](Self::only_to), if no origin was named yet.
    #[cfg(feature = "client")]
    pub(crate) fn or_only_to(mut self, origin: Origin) -> Self {
        self.guard = self.guard.or_only_to(origin);
        self
    }

    /// Sends the key to targets without TLS as well.
    #[must_use]
    pub fn allow_insecure(mut self) -> Self {
        self.guard = self.guard.allow_insecure();
        self
    }

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

    /// Whether the layer leaves the key that the request has.
    fn keeps(&self, has_key: bool) -> Result<bool, AuthorizeError> {
        match self.on_conflict {
            OnConflict::Refuse if has_key => Err(AuthorizeError::new(
                AuthorizeErrorKind::Conflict,
                format!(
                    "the request has a `{}` header already, and the layer is told to refuse that",
                    self.header
                ),
            )),
            OnConflict::Keep => Ok(has_key),
            OnConflict::Replace | OnConflict::Refuse => Ok(false),
        }
    }

    fn prepare(&self, parts: Parts) -> Prepared {
        let header = self.header.clone();
        match &self.source {
            Source::Fixed(key) => Prepared::Now(Ok(put(parts, header, key.clone()))),
            Source::Provided(fetch) => {
                let key = fetch();
                Prepared::Later(Box::pin(async move { Ok(put(parts, header, key.await?)) }))
            }
        }
    }
}

const WHAT: &str = "the API key";

fn put(mut parts: Parts, header: HeaderName, key: HeaderValue) -> Parts {
    if header != X_API_KEY {
        parts.extensions.insert(ApiKeyIn(header.clone()));
    }
    parts.headers.insert(header, key);
    parts
}

impl<S> Layer<S> for ApiKeyLayer {
    type Service = ApiKey<S>;

    fn layer(&self, inner: S) -> Self::Service {
        ApiKey::new(inner, self.clone())
    }
}
