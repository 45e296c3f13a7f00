//! Tokens of any OpenID Connect or OAuth 2.0 provider, for the layers of [gatewright].
//!
//! A [`Provider`] is discovered from its issuer, or named by its token endpoint. A [`Client`] registered there gets tokens by
//! one of three grants, each a [`ProvideToken`](gatewright::ProvideToken):
//!
//! | who | how | grant |
//! | --- | --- | --- |
//! | a service of its own | [`Client::client_credentials`] | [`ClientCredentialsGrant`] |
//! | a user, who signs in with a browser | [`Client::device_code`], then [`Client::signed_in`] | [`DeviceGrant`] |
//! | a user who has signed in | [`Client::refresh_token`] | [`RefreshTokenGrant`] |
//!
//! [`BearerTokenLayer`](gatewright::layers::BearerTokenLayer) keeps a token until it is about to expire and asks for one at a
//! time, however many calls want it.
//!
//! ```
//! use gatewright::Body;
//! use gatewright::layers::BearerTokenLayer;
//! use gatewright_oidc::Provider;
//! use http::{Request, Response};
//! use std::convert::Infallible;
//! use tower::{ServiceBuilder, ServiceExt, service_fn};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), gatewright::BoxError> {
//! // In an app: `gatewright::transport::https()`.
//! let transport = service_fn(async |request: Request<Body>| {
//!     let answer = match request.uri().path() {
//!         "/.well-known/openid-configuration" => {
//!             r#"{"issuer": "https://login.example.com", "token_endpoint": "https://login.example.com/token"}"#
//!         }
//!         _ => r#"{"access_token": "eyJhbGciOi", "token_type": "Bearer", "expires_in": 3600}"#,
//!     };
//!     Ok::<_, Infallible>(Response::new(Body::from(answer)))
//! });
//! let provider = Provider::discover("https://login.example.com", transport).await?;
//! let jobs = provider.client("nightly-jobs").secret("from-a-vault").scope("orders:read");
//!
//! let api = service_fn(async |request: Request<()>| {
//!     assert_eq!(request.headers()["authorization"], "Bearer eyJhbGciOi");
//!     Ok::<_, Infallible>(Response::new(()))
//! });
//! let stack = ServiceBuilder::new()
//!     .layer(BearerTokenLayer::new(jobs.client_credentials()))
//!     .service(api);
//! stack.oneshot(Request::get("https://api.example.com/orders").body(())?).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # The ID token of a Cognito user pool
//!
//! A Cognito authorizer takes the access token for scopes, and the ID token for who the user is. To send the latter, treat the
//! user pool as your OpenID Connect provider:
//!
//! ```no_run
//! use gatewright::layers::BearerTokenLayer;
//! use gatewright_oidc::Discovery;
//!
//! # async fn example(stored: String) -> Result<(), gatewright::BoxError> {
//! // The pool's issuer; its tokens come from the domain that the pool was given.
//! let pool = Discovery::new("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI")
//!     .allow_origin("https://my-app.auth.eu-west-1.amazoncognito.com".parse()?)
//!     .run(gatewright::transport::https())
//!     .await?;
//! let user = pool.client("1example23456789").refresh_token(stored).id_token();
//! // A REST API takes the bare token; for the JWT authorizer of an HTTP API leave `raw` out.
//! let layer = BearerTokenLayer::new(user).raw();
//! # let _ = layer;
//! # Ok(())
//! # }
//! ```
//!
//! # What never happens
//!
//! - A secret goes over TLS or loopback only, and only to endpoints at the issuer's origin or one that the app
//!   [allowed](Discovery::allow_origin). Redirects are not followed.
//! - No secret stands in an [`Error`], a `Debug` or a message, even if the provider repeats it.
//! - A refresh token is not lost: see [`RefreshTokenGrant`].
//!
//! Tokens are passed on as they are. Their signatures are for the API to verify.

mod answer;
mod client;
mod discovery;
mod endpoint;
mod error;
mod grants;
mod oauth_error;
mod pause;
mod provider;
mod token_set;
mod wire;

pub use self::client::Client;
pub use self::discovery::Discovery;
pub use self::error::{Error, ErrorKind};
pub use self::grants::{ClientCredentialsGrant, DeviceGrant, RefreshTokenGrant};
pub use self::provider::Provider;
pub use self::token_set::TokenSet;
