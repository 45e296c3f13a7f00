//! The runtime of generated clients and `#[rest_endpoint]` traits: builds a request, sends it through any tower service,
//! and decodes the response.
//!
//! Credentials go to the origin of the base URL only. By default, a response that is read into memory may have 10 MiB, and a
//! call has no time limit. [`LimitsLayer`](crate::layers::LimitsLayer) sets both limits, and [`stack()`](crate::stack())
//! contains one with a time limit of 60 s.
//!
//! Generated code calls this module. By hand it looks like this:
//!
//! ```
//! use gatewright::client::RestClient;
//! use gatewright::{Auth, Body};
//! # use std::convert::Infallible;
//!
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), gatewright::BoxError> {
//! let service = tower::service_fn(|request: http::Request<Body>| async move {
//!     assert_eq!(request.uri(), "https://api.example.com/prod/pets/a%2Fb");
//!     Ok::<_, Infallible>(http::Response::new(Body::from(r#"{"name": "Rex"}"#)))
//! });
//! let rest = RestClient::new(service, "https://api.example.com/prod".parse()?);
//!
//! let get_pet = rest.get("getPet", "/pets/{petId}", Auth::NONE).path("petId", &"a/b");
//! let pet: gatewright::Result<serde_json::Value> = get_pet.call().await;
//! assert_eq!(pet?["name"], "Rex");
//! # Ok(()) }
//! ```

mod base;
mod buffer;
mod call;
mod call_result;
mod encode;
mod into_body;
mod json_response;
mod param;
mod plain_text;
mod raw_response;
mod request;
mod request_state;
mod response;
mod rest;
pub(crate) mod style;
mod url;

pub use base::{BaseUrl, InvalidBaseUrl};
pub use call::Call;
pub use call_result::CallResult;
pub use into_body::IntoBody;
#[doc(hidden)]
pub use json_response::from_json;
pub use param::{ParamValue, ParamValues};
pub use plain_text::PlainText;
pub(crate) use raw_response::EmptyBody;
pub use raw_response::RawResponse;
pub use request::RequestBuilder;
pub use response::{FromResponse, Response};
pub use rest::RestClient;
pub use style::{HeaderStyle, PathStyle, QueryStyle};
