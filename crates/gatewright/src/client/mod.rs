//! What generated clients and `#[rest_endpoint]` traits run on: building a request, sending it through any tower
//! service, decoding the response.
//!
//! Credentials go to the origin of the base URL only. A response that is read into memory may have 10 MiB, and a call
//! may take any time; [`LimitsLayer`](crate::layers::LimitsLayer) sets both, and
//! [`stack()`](crate::stack()) brings one that gives a call 60 s.
//!
//! Generated code calls all of it; by hand it looks like this:
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
pub(crate) use buffer::buffer;
pub use call::Call;
pub use call_result::CallResult;
pub use into_body::IntoBody;
pub use param::{ParamValue, ParamValues};
pub use plain_text::PlainText;
pub(crate) use raw_response::EmptyBody;
pub use raw_response::RawResponse;
pub use request::RequestBuilder;
pub use response::{FromResponse, Response};
pub use rest::RestClient;
pub use style::{HeaderStyle, PathStyle, QueryStyle};
