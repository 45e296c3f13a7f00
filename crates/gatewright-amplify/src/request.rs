//! A request without a type.

use std::fmt;

use gatewright::client::{IntoBody, ParamValues, RequestBuilder, RestClient};
use gatewright::{Auth, BoxService, Call, Operation, RawResponse};

/// A request of an API that has no generated client, or none yet; begun by [`Apis::get`](crate::Apis::get) and the like.
///
/// The path is literal text below the endpoint, joined to it by exactly one slash. Its slashes separate segments; every
/// other character that is not unreserved (RFC 3986, section 2.3) is encoded, once, in path and query alike, so that
/// what is signed is what is sent. A path with `?`, `#`, `%` or a brace is refused, because each means something in a URL,
/// and so is one with empty segments or dot segments. A value that may hold such characters, or a slash, goes into the
/// variable of a path template: [`Apis::rest`](crate::Apis::rest).
///
/// The request asks for what the API's `authorizationType` says, and for an API key if the file has one.
///
/// ```
/// use gatewright_amplify::{Apis, Config};
/// use serde_json::json;
/// # use gatewright::{Body, Error};
/// # use std::convert::Infallible;
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), gatewright::BoxError> {
/// # let file = br#"{"awsAPIPlugin": {"orders": {
/// #     "endpointType": "REST", "endpoint": "https://orders.shop.example/prod/", "authorizationType": "NONE"
/// # }}}"#;
/// # let service = tower::service_fn(async |request: http::Request<Body>| {
/// #     assert_eq!(request.uri(), "https://orders.shop.example/prod/items/caf%C3%A9%20no.%201?dry=true");
/// #     assert_eq!(request.headers()["x-tenant"], "blue");
/// #     assert_eq!(request.headers()["content-type"], "application/json");
/// #     Ok::<_, Infallible>(http::Response::builder().status(409).body(Body::text("sold"))?)
/// # }.map_err(gatewright::BoxError::from));
/// # use tower::ServiceExt;
/// # let apis = Apis::from_config(Config::from_slice("config.json", file)?).transport(service).build()?;
/// let buy = apis
///     .post("orders", "/items/café no. 1")?
///     .header("x-tenant", "blue")
///     .query("dry", true)
///     .body(json!({ "count": 2 }));
///
/// // Whatever is no success is an error that has it all.
/// match buy.send().await {
///     Err(Error::Unexpected(answer)) => assert_eq!(answer.body(), "sold"),
///     other => panic!("{other:?}"),
/// }
/// # Ok(()) }
/// ```
#[must_use = "a request does nothing unless it is sent"]
pub struct Request<'a>(RequestBuilder<'a, BoxService>);

impl<'a> Request<'a> {
    /// `path` was checked.
    pub(crate) fn new(rest: &'a RestClient, method: &'static str, path: &str, auth: Auth) -> Self {
        let operation = |template| Operation::new(method, method, template, auth);
        Self(match path {
            "" => rest.request(operation("/")),
            path => rest.request(operation("/{path+}")).greedy("path", &path),
        })
    }

    /// Sets a header to the texts of `value`, one line each; a header of that name that is there goes, if there is any
    /// text. If a text cannot stand in a header, the call fails and sends nothing.
    pub fn header(self, name: &'static str, value: impl ParamValues) -> Self {
        Self(self.0.header(name, &value))
    }

    /// Appends a query parameter for each text of `value`, in order: a list repeats the name, `None` sends nothing.
    pub fn query(self, name: &str, value: impl ParamValues) -> Self {
        Self(self.0.query(name, &value))
    }

    /// Sets the body: a [`Body`](gatewright::Body) or a [`Multipart`](gatewright::Multipart) as it is, anything else as JSON. Its media type is sent
    /// as `content-type`, unless the request has one.
    pub fn body(self, body: impl IntoBody) -> Self {
        Self(self.0.body(body))
    }

    /// The call, which answers with status, headers and bytes; nothing is sent before it is polled. An answer that is
    /// no success is a [`gatewright::Error`] with all of it.
    pub fn send(self) -> Call<BoxService, gatewright::Result<RawResponse>> {
        self.0.call()
    }
}

impl fmt::Debug for Request<'_> {
    /// Without the arguments, which may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
