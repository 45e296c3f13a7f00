//! Typed clients for Amazon API Gateway, in the tower ecosystem, with the authorization done right.
//!
//! ```no_run
//! # #[cfg(all(feature = "client", feature = "transport"))]
//! # async fn example() -> Result<(), gatewright::BoxError> {
//! use gatewright::client::{BaseUrl, RestClient};
//! use gatewright::layers::ApiKeyLayer;
//! use gatewright::{Auth, RawResponse};
//!
//! let base: BaseUrl = "https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod".parse()?;
//! let service = gatewright::stack(&base)
//!     .api_key(ApiKeyLayer::new("a-key-of-your-usage-plan")?)
//!     .build();
//! let rest = RestClient::new(service, base);
//!
//! let call = rest.get("listBooks", "/books", Auth::API_KEY).query("page", &2);
//! let books: gatewright::Result<RawResponse> = call.call().await;
//! println!("{}", books?.text());
//! # Ok(()) }
//! ```
//!
//! A generated client, or one of a trait, has a method for each call: `shop.list_books(Some(2)).await?`. Three ways to use it:
//!
//! 1. **Layers.** [`SigV4Layer`](layers::SigV4Layer), [`ApiKeyLayer`](layers::ApiKeyLayer),
//!    [`BearerTokenLayer`](layers::BearerTokenLayer) and [`InjectHeadersLayer`](layers::InjectHeadersLayer) are plain
//!    tower layers for any service of `http` requests. See [`layers`], and [`stack()`] for all of them in the right order.
//! 2. **A generated client.** `gatewright-build` turns an exported OpenAPI document into a typed client in `build.rs`;
//!    [`include_client!`] brings it in.
//! 3. **A trait.** `#[rest_endpoint]` (feature `macros`) makes a client of an annotated trait.
//!
//! [On your own transport](on_your_own_transport) shows them with hyper, reqwest, axum, tonic and `tower::ServiceBuilder`.
//!
//! All of them meet in [`Operation`]: a client puts it into the request's extensions, and each layer acts if the
//! operation asks for its credential.
//!
//! # Features
//!
//! | feature | default | what |
//! | --- | --- | --- |
//! | `aws-config` | no | `layers::sigv4::default_chain`: credentials from where AWS tools look for them; adds about 55 crates |
//! | `aws-lc-rs` | no | TLS of the default transport by AWS-LC instead of ring, see [`transport`](transport#fips) |
//! | `bearer` | yes | [`layers::BearerTokenLayer`] |
//! | `client` | yes | [`Body`], [`Error`], [`client`], [`stack()`]: what generated and trait clients run on |
//! | `http2` | yes | HTTP/2 in the default transport |
//! | `macros` | no | `#[rest_endpoint]`; compiles `syn` |
//! | `retry` | yes | [`layers::RetryLayer`] |
//! | `ring` | yes | TLS of the default transport by ring |
//! | `sigv4` | yes | [`layers::SigV4Layer`] |
//! | `time` | no | [`format::DateTime`] and [`format::Date`] convert to and from the types of the crate `time` |
//! | `tracing` | yes | [`layers::TraceLayer`]: one `tracing` span per call |
//! | `transport` | yes | [`transport`]: hyper-util and rustls; `https` needs `ring` or `aws-lc-rs` as well |
//! | `uuid` | no | [`format::Uuid`] converts to and from that of the crate `uuid` |
//! | `webpki-roots` | no | Mozilla's root certificates for the default transport, on a machine without its own |
//!
//! Without any feature, only the layers that need no cryptography are left.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(hidden)]
#[cfg(feature = "client")]
pub mod __private;
#[cfg(feature = "client")]
mod body;
#[cfg(feature = "client")]
pub mod client;
mod copy;
#[cfg(feature = "client")]
pub mod error;
#[doc(hidden)]
#[cfg(feature = "client")]
pub mod exchange;
#[cfg(feature = "client")]
mod form;
#[cfg(feature = "client")]
pub mod format;
#[cfg(feature = "client")]
mod json;
pub mod layers;
#[cfg(feature = "client")]
mod limits;
#[cfg(feature = "client")]
pub mod multipart;
mod one_call;
mod pieces;
mod room;
#[cfg(feature = "client")]
mod service;
#[cfg(feature = "client")]
pub mod stack;
#[cfg(feature = "transport")]
pub mod transport;
mod uri;

// Its code needs reqwest, axum and tonic: it is compiled and tested in `examples/neighbours`.
#[cfg(all(feature = "client", not(doctest)))]
#[doc = include_str!("on_your_own_transport.md")]
pub mod on_your_own_transport {}

#[cfg(feature = "client")]
pub use body::Body;
#[cfg(feature = "client")]
pub use client::{BaseUrl, Call, RawResponse, Response};
#[cfg(feature = "client")]
pub use error::{Error, GatewayError, GatewayErrorKind, NoError, RequestError, Result};
#[cfg(any(feature = "bearer", feature = "client", feature = "sigv4"))]
pub use gatewright_core::rt;
pub use gatewright_core::{
    Auth, AuthOverride, AuthorizeError, AuthorizeErrorKind, BoxError, InvalidOrigin, Operation,
    Origin, Place, ProvideToken, Scheme, Secret, Token, epoch, operation, origin, token,
};
#[cfg(any(feature = "bearer", feature = "sigv4"))]
pub use gatewright_core::{CachedToken, RefreshPolicy, cache};
// Named here so that the compiler shows `gatewright::http::Request` to a program without a dependency of its own on `http`.
pub use http;
#[cfg(feature = "client")]
pub use limits::TimedOut;
#[cfg(feature = "client")]
pub use multipart::Multipart;
#[cfg(feature = "client")]
pub use service::{BoxService, HttpService};
#[cfg(feature = "client")]
pub use stack::stack;

/// Makes a client of a trait: one method, one operation.
///
/// The trait stays a trait, so that a mock is an `impl` of it. The attribute adds a struct, `PetsClient` here, that
/// implements the trait over any tower service. `async fn` becomes `fn … -> impl Future + Send`, without a box; your own
/// implementation may still write `async fn`.
///
/// ```
/// use gatewright::{Body, rest_endpoint};
/// # use std::convert::Infallible;
///
/// #[rest_endpoint]
/// #[auth(iam)]
/// pub trait Pets {
///     /// The names of all pets.
///     #[get("/pets")]
///     async fn pets(&self, #[query] limit: Option<u32>) -> gatewright::Result<Vec<String>>;
///
///     /// Renames a pet.
///     #[put("/pets/{id}/name")]
///     #[auth(iam, api_key)]
///     async fn rename(&self, id: u64, #[body] name: &str) -> gatewright::Result<()>;
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), gatewright::BoxError> {
/// # let service = tower::service_fn(|request: http::Request<Body>| async move {
/// #     assert_eq!(request.uri().path_and_query().unwrap(), "/prod/pets?limit=2");
/// #     Ok::<_, Infallible>(http::Response::new(Body::from(r#"["Rex", "Tom"]"#)))
/// # });
/// let pets = PetsClient::new(service, "https://api.example.com/prod".parse()?);
/// assert_eq!(pets.pets(Some(2)).await?, ["Rex", "Tom"]);
/// # Ok(()) }
/// ```
///
/// # On the trait
///
/// | attribute | what |
/// | --- | --- |
/// | `#[rest_endpoint(client = Name)]` | the name of the struct; default: the trait's name followed by `Client` |
/// | `#[rest_endpoint(path = "/v2")]` | a prefix of the path of every method |
/// | `#[rest_endpoint(api = "name")]` | the API's name in the app's configuration; it becomes the client's constant `API` |
/// | `#[rest_endpoint(dyn = DynPets)]` | a type `DynPets` that holds any implementation of the trait: `DynPets::new(client)` |
/// | `#[rest_endpoint(crate = ::path)]` | the path of the crate gatewright, if it was renamed |
/// | `#[auth(iam, api_key, bearer)]` | what the gateway requires, **all** of it; the same attribute on a method replaces it |
/// | `#[header("name", "value")]` | a header of every request; a method's header of the same name wins |
///
/// The trait is `Send` and `Sync`, so that a generic function needs no bound but `impl Pets`. The client has each method as its own,
/// too, and there it returns a [`Call`], which takes headers, a time limit and another authorization before it is sent:
///
/// ```
/// # use std::convert::Infallible;
/// # use std::time::Duration;
/// # use gatewright::{Body, rest_endpoint};
/// #[rest_endpoint(dyn = DynPets)]
/// pub trait Pets {
///     #[get("/pets")]
///     async fn pets(&self) -> gatewright::Result<Vec<String>>;
/// }
///
/// /// No type parameter: the pets of the API, or of a test.
/// struct App {
///     pets: DynPets,
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), gatewright::BoxError> {
/// # let service = tower::service_fn(|_: http::Request<Body>| async {
/// #     Ok::<_, Infallible>(http::Response::new(Body::from(r#"["Rex"]"#)))
/// # });
/// let client = PetsClient::new(service, "https://api.example.com/prod".parse()?);
/// let pets = client.pets().header("x-trace", "1").timeout(Duration::from_secs(2)).await?;
/// assert_eq!(pets, ["Rex"]);
///
/// let app = App { pets: DynPets::new(client) };
/// assert_eq!(app.pets.pets().await?, ["Rex"]);
/// # Ok(()) }
/// ```
///
/// # On a method
///
/// One of `#[get("/path/{variable}")]`, `post`, `put`, `patch`, `delete`, `head`, `options`, or `any` with a
/// `#[method]` argument. A method that has a body and none of these attributes is not changed. `#[cfg]` applies to the
/// client's method as well.
///
/// It returns [`Result<T>`], or `Result<T, Error<E>>` for an API whose own errors are an `E`. `T` decides how the
/// response is read: any serde type from JSON (an empty body is `()` or `None`), [`client::PlainText`] as text,
/// [`client::RawResponse`] as bytes, [`Body`] as a stream, [`Response<T>`] as one of these with status and headers, and your
/// own type as its [`client::FromResponse`] says. A response to `HEAD` has no body, so a method with `head` returns `()` or
/// `Response<()>`.
///
/// # On an argument
///
/// An argument is a path variable if the path has a variable of its name. Any other argument needs an attribute:
///
/// | attribute | what is sent |
/// | --- | --- |
/// | `#[path("wireName")]` | the variable of that name; `{name+}` in a path takes a text with slashes ([`client::ParamValue`]) |
/// | `#[query]`, `#[query("wireName")]` | one parameter for each text: none for `None`, one for each item ([`client::ParamValues`]) |
/// | `#[query(comma)]`, or `space`, `pipe`, `deep`, `json`, after a name or alone | a list, a map or a struct in that style ([`client::QueryStyle`]) |
/// | `#[query(flatten)]` | each member of a map or a struct, as a separate parameter ([`client::RequestBuilder::query_members`]) |
/// | `#[header("x-name")]` | one line for each text |
/// | `#[body]` | any serde type as JSON, a [`Body`] or a [`Multipart`] as it is ([`client::IntoBody`]) |
/// | `#[body(form)]` | a map or a struct as a form ([`Body::form`]) |
/// | `#[extension]` | nothing: the value goes into the request's extensions, for layers to read |
/// | `#[method]` | the `http::Method` of an `#[any]` |
///
/// Arguments may be borrowed or owned: `&str`, `&T`, `Option<&T>`, `&[T]` and `Vec<T>` all work. Nothing is inferred from
/// the name of a type.
///
/// ```
/// use gatewright::client::PlainText;
/// use gatewright::{Multipart, rest_endpoint};
/// use http::Method;
/// use serde::Serialize;
///
/// #[derive(Serialize)]
/// pub struct Filter<'a> {
///     kind: Option<&'a str>,
///     tags: &'a [&'a str],
/// }
///
/// #[rest_endpoint(path = "/v1", api = "shop")]
/// #[auth(iam)]
/// pub trait Shop {
///     #[get("/pets")]
///     async fn pets(&self, #[query(flatten)] filter: &Filter<'_>, #[query(comma)] ids: &[u64]) -> gatewright::Result<PlainText>;
///
///     #[post("/pets/{id}/photos")]
///     async fn photograph(&self, id: u64, #[body] photos: Multipart) -> gatewright::Result<()>;
///
///     #[any("/old/{path+}")]
///     async fn old(&self, #[method] method: Method, path: &str) -> gatewright::Result<PlainText>;
/// }
///
/// assert_eq!(ShopClient::API, "shop");
/// ```
///
/// # Against an export
///
/// With an export of the API, `gatewright_build::configure().verify_trait("src/shop.rs", "Shop", "shop.json")` in `build.rs`
/// fails the build where the trait and the API disagree.
#[cfg(feature = "macros")]
pub use gatewright_macros::rest_endpoint;

/// Includes the client that `gatewright-build` wrote into `OUT_DIR` under this name.
///
/// ```ignore
/// pub mod petstore {
///     gatewright::include_client!("petstore");
/// }
/// ```
#[cfg(feature = "client")]
#[macro_export]
macro_rules! include_client {
    ($name:literal) => {
        include!(concat!(env!("OUT_DIR"), "/", $name, ".rs"));
    };
}
