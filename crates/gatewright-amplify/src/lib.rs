//! An app's REST APIs from its Amplify configuration: every `authorizationType`, ready to call.
//!
//! [`Apis`] reads what the file says of each API and puts the layers of [`gatewright`] together for it: where it is, how
//! its requests are authorized, in which region they are signed, which key goes along. The app adds what no file can
//! hold: tokens of its own, a session, interceptors. [`guide`] shows each mode beside the Swift code that it stands for.
//!
//! ```
//! use gatewright_amplify::{Apis, Config};
//! # use gatewright::Body;
//! # use std::convert::Infallible;
//!
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), gatewright::BoxError> {
//! # let service = tower::service_fn(async |request: http::Request<Body>| {
//! #     assert_eq!(request.uri(), "https://api.shop.example/prod/items?tag=new&tag=red");
//! #     assert_eq!(request.headers()["x-api-key"], "EXAMPLE-key");
//! #     Ok::<_, Infallible>(http::Response::new(Body::from(r#"["hat"]"#)))
//! # });
//! let file = br#"{"awsAPIPlugin": {"orders": {
//!     "endpointType": "REST", "endpoint": "https://api.shop.example/prod",
//!     "authorizationType": "API_KEY", "apiKey": "EXAMPLE-key"
//! }}}"#;
//! let config = Config::from_slice("amplifyconfiguration.json", file)?;
//! let apis = Apis::from_config(config)
//!     .transport(service) // by default `gatewright::transport::https()`
//!     .build()?;
//!
//! let answer = apis.get("orders", "/items")?.query("tag", ["new", "red"]).send().await?;
//! assert_eq!(answer.status(), 200);
//! assert_eq!(answer.json::<Vec<String>>()?, ["hat"]);
//! # Ok(()) }
//! ```
//!
//! # What each mode puts on a request
//!
//! | `authorizationType` | on the request | from |
//! | --- | --- | --- |
//! | `AWS_IAM` | an AWS signature for `execute-api` and the API's region | the session's identity pool, or [`credentials`](ApisBuilder::credentials) |
//! | `API_KEY` | `x-api-key` | the file |
//! | `AMAZON_COGNITO_USER_POOLS` | `authorization`: the bare access token, or the [ID token](ApisBuilder::id_token) | the session's user pool, or [`token`](ApisBuilder::token) |
//! | `OPENID_CONNECT`, `AWS_LAMBDA` | `authorization`: the bare token | [`token`](ApisBuilder::token), one provider for each API |
//! | `NONE` | nothing, whatever else the file says | |
//!
//! An entry with an `apiKey` beside another mode than `NONE` puts the key on as well, because API Gateway asks for both
//! where a method has an authorizer and a usage plan.
//!
//! The operations of a generated client say themselves what they ask for, so that one API may have public and protected
//! ones; what an [untyped request](Apis::get) asks for is the API's [`auth`](Apis::auth). A request that lacks what it
//! asks for is not sent. Credentials go to the origin of the API's endpoint only, and over TLS or loopback only.
//!
//! # A request that has a credential already
//!
//! It is refused ([`OnConflict::Refuse`](gatewright::layers::OnConflict::Refuse)), because it cannot be told which of the
//! two is meant: an `authorization` header in a mode with a token or a signature, `x-amz-date` or `x-amz-security-token`
//! in one with a signature, `x-api-key` where a key is put on. To send a credential of your own for one call, turn
//! the mode's off: `send().auth(Auth::NONE)`. Under `NONE` such headers are left alone.

mod apis;
mod assemble;
mod builder;
mod error;
mod given;
mod path;
mod plan;
mod pools;
mod request;

#[doc = include_str!("guide.md")]
pub mod guide {}

pub use apis::Apis;
pub use builder::ApisBuilder;
pub use error::{BuildError, Error};
pub use gatewright_cognito as cognito;
pub use gatewright_config::Config;
pub use request::Request;
