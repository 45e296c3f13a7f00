//! A token for an authorizer: a Cognito user pool, a JWT issuer, a Lambda function.
//!
//! The token comes from a [`ProvideToken`](crate::ProvideToken) through a cache ([`CachedToken`]), so that a request
//! hardly ever waits for it. HTTP APIs and most servers take `authorization: Bearer <token>`, which is the default; the
//! Cognito and Lambda authorizers of REST APIs take the bare token ([`raw`](BearerTokenLayer::raw)). A token may also
//! stand in another header or in the query.
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
//! When a server answers 401, or names `UnauthorizedException`, `ExpiredTokenException` or
//! `UnrecognizedClientException` in `x-amzn-ErrorType`, that token is dropped from the cache, the provider is asked for
//! another, and the request is sent once more with it, if its body can be cloned: bodies in memory can
//! ([`replay_bodies`](BearerTokenLayer::replay_bodies)). Calls that are refused at the same time share one load. If there
//! is no other token, or the second answer is a refusal too, the caller gets that answer.
//!
//! `AccessDeniedException`, `ForbiddenException` and `MissingAuthenticationTokenException` are not about the token's age:
//! nothing is dropped, and nothing sent again.

mod cached;
mod future;
mod jwt;
mod layer;
mod place;
mod ready;
mod refusal;
mod replay;
mod service;
mod settings;
#[cfg(test)]
mod tests;
mod tokens;

pub use self::cached::CachedToken;
pub use self::future::ResponseFuture;
pub use self::layer::BearerTokenLayer;
pub use self::service::BearerToken;
