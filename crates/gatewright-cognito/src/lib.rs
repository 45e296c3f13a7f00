//! Amazon Cognito for [gatewright]: users sign in with a user pool, and everybody gets AWS credentials of an identity pool.
//!
//! A program makes one [`Session`] and puts its providers into layers. The layers follow the session: they act for a
//! guest until a user signs in, then for that user, and the session renews tokens and credentials in time. No layer
//! changes when the user does.
//!
//! ```
//! use gatewright::layers::BearerTokenLayer;
//! use gatewright_cognito::{Challenge, Session, SignIn, Step, UserPool};
//! # use gatewright::Body;
//! # use std::convert::Infallible;
//!
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), gatewright::BoxError> {
//! # let cognito = tower::service_fn(async |request: http::Request<Body>| {
//! #     assert_eq!(request.uri().host(), Some("cognito-idp.eu-west-1.amazonaws.com"));
//! #     assert_eq!(request.headers()["x-amz-target"], "AWSCognitoIdentityProviderService.InitiateAuth");
//! #     let tokens = r#"{"AccessToken": "a", "IdToken": "i", "RefreshToken": "r", "ExpiresIn": 3600}"#;
//! #     Ok::<_, Infallible>(http::Response::new(Body::from(format!(r#"{{"AuthenticationResult": {tokens}}}"#))))
//! # });
//! let session = Session::builder()
//!     .user_pool(UserPool::new("eu-west-1_AbCdEfGhI", "1example23456789client")?)
//!     # .transport(cognito)
//!     .build()?;
//! let layer = BearerTokenLayer::new(session.access_token()).raw();
//! assert!(session.fetch().await?.username().is_none());
//!
//! // `session.sign_in(user, password)` proves the password without sending it; this sends it.
//! let mut step = session.sign_in_with(SignIn::password("alice", "correct horse")).await?;
//! while let Step::Challenge(challenge) = step {
//!     step = match challenge {
//!         Challenge::Code(code) => code.respond("123456").await?, // ask the user
//!         other => return Err(other.into_error().into()),
//!     };
//! }
//! assert_eq!(session.fetch().await?.username(), Some("alice"));
//! # let _ = layer;
//! # Ok(()) }
//! ```
//!
//! | | |
//! | --- | --- |
//! | [`Session`] | who is signed in; credentials, tokens, [`fetch`](Session::fetch), [`sign_out`](Session::sign_out) |
//! | [`SignIn`], [`Step`], [`Challenge`] | how somebody signs in, and what they are asked on the way |
//! | [`UserPool`], [`IdentityPool`] | where; [`Session::from_config`] takes both from an Amplify configuration |
//! | [`TokenStore`] | where a session is kept: in memory, in a file that processes share, in a keyring |
//! | [`SessionBuilder::login`] | identities of other providers |
//! | [`Error`], [`ErrorKind`] | what went wrong; [`Error::find`] gets it out of a failed call |
//!
//! A session calls Cognito over any [`HttpService`](gatewright::HttpService), by default over gatewright's own
//! transport. The crate has no passkeys, no sign-in with a remembered device, no sign-up and no hosted pages. A
//! challenge that needs one of them is an error that names it.
//!
//! A user pool that remembers devices renews tokens only for a device that is confirmed. A sign-in there confirms a
//! new device (`ConfirmDevice`), and the store keeps its key with the tokens. The key serves renewals only: no later
//! sign-in names the device, so each sign-in adds one to the user's list and asks for the second factor. If Cognito
//! does not confirm the device, the user is signed in until the first tokens expire; [`ErrorKind::SessionExpired`]
//! gives the reason then.
//!
//! # Features
//!
//! | feature | default | what |
//! | --- | --- | --- |
//! | `keyring` | no | `KeyringStore`, over the credential store that the app chose for the crate `keyring-core` |
//! | `transport` | yes | the default transport: hyper-util and rustls |

mod api;
mod auth_session;
mod error;
mod hash;
mod http;
mod identity;
mod pool;
mod random;
mod session;
mod sign_in;
mod sign_out;
mod srp;
mod store;
#[cfg(test)]
mod testing;
mod text;
mod tokens;
mod user;

pub use auth_session::{AuthSession, SessionIdentity, SessionTokens};
pub use error::{Error, ErrorKind};
pub use gatewright_core::Secret;
pub use identity::IdentityCredentials;
pub use pool::{IdentityPool, UserPool};
pub use session::{Session, SessionBuilder};
pub use sign_in::{
    Challenge, Code, CodeKind, Custom, Factor, FactorKind, NewPassword, SelectFactor, SelectMfa,
    SetUpTotp, SignIn, Step,
};
pub use sign_out::{SignOut, SignOutReport};
#[cfg(feature = "keyring")]
pub use store::KeyringStore;
pub use store::{FileStore, FileStoreError, MemoryStore, TokenStore};
pub use tokens::{AccessToken, IdToken};
