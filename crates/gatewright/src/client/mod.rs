//! What generated clients and `#[rest_endpoint]` traits run on: building a request, sending it through any tower
//! service, decoding the answer.
//!
//! Credentials go to the origin of the base URL only. An answer that is read into memory may have 10 MiB, and a call
//! may take any time; [`LimitsLayer`](crate::layers::LimitsLayer) sets both, and
//! [`stack()`](crate::stack()) brings one that gives a call 60 s.
//!
//! Generated code calls all of it; by hand it looks like this:
//!
//! ```
//! use gatewright::client::{RequestBuilder, Rest};
//! use gatewright::{Auth, Body, Operation};
//! # use std::convert::Infallible;
//!
//! const GET_PET: Operation = Operation::new("getPet", "GET", "/pets/{petId}", Auth::NONE);
//!
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), gatewright::BoxError> {
//! let service = tower::service_fn(|request: http::Request<Body>| async move {
//!     assert_eq!(request.uri(), "https://api.example.com/prod/pets/a%2Fb");
//!     Ok::<_, Infallible>(http::Response::new(Body::from(r#"{"name": "Rex"}"#)))
//! });
//! let rest = Rest::new(service, "https://api.example.com/prod".parse()?);
//!
//! let mut request = RequestBuilder::new(rest.base(), GET_PET);
//! request.literal("/pets/").path("petId", &"a/b");
//! let pet: gatewright::Result<serde_json::Value> = rest.send(request.finish()).await;
//! assert_eq!(pet?["name"], "Rex");
//! # Ok(()) }
//! ```

mod base;
mod buffer;
mod content;
mod encode;
mod output;
mod param;
mod request;
mod response;
mod rest;

pub use base::{BaseUrl, InvalidBaseUrl};
pub(crate) use buffer::buffer;
pub use content::Content;
pub(crate) use encode::push_encoded;
pub use output::Output;
pub use param::{ParamValue, ParamValues};
pub use request::{IntoBody, RequestBuilder};
pub use response::{FromResponse, Response};
pub use rest::Rest;
