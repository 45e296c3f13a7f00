//! The one mechanism of all layers with credentials: get a credential, put it on a request, call the service. If the server
//! refuses the credential, renew it and repeat the request once.
//!
//! [`ApiKeyLayer`](super::ApiKeyLayer), [`BearerTokenLayer`](super::BearerTokenLayer) and
//! [`SigV4Layer`](super::SigV4Layer) are [`CredentialLayer`]s of a [`Credential`] each. Your own type that implements
//! [`Credential`] gets the same treatment:
//!
//! - The layer acts on the requests of operations that ask for the credential, and on those without an
//!   [`Operation`](crate::Operation).
//! - The layer sends the credential over TLS or loopback only, and only to the origin that it is for.
//! - While it fetches the credential, it holds no readiness of the inner service: the provider may call over the same
//!   service, even if that allows one call at a time.
//! - If a server refuses the credential, the layer fetches another one and sends the request once more, as the same user and
//!   never a third time. If there is no other one, the caller gets the first response.
//!
//! In this example, a partner's API asks for an HMAC of the body in a header:
//!
//! ```
//! use bytes::Bytes;
//! use gatewright::layers::credential::{AnyResponse, Credential, CredentialLayer, InMemory, Location, WaitFor};
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
//!     fn locations(&self) -> Vec<Location> {
//!         vec![Location::Header(X_HMAC)]
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
mod definition;
mod draft;
mod future;
mod layer;
mod one_user;
mod policy;
mod service;
#[cfg(test)]
mod tests;

pub use self::body::{AnyResponse, HttpResponse, InMemory, ReadBody, SeeResponse, Untouched};
pub use self::definition::{Attempted, Credential, ResponseHead, Verdict, WaitFor};
pub use self::future::ResponseFuture;
pub use self::layer::CredentialLayer;
pub use self::one_user::{OneUser, OneUserLayer};
pub use self::service::Authorized;
pub use super::location::Location;
pub use crate::one_call::{SameUser, Whose};
