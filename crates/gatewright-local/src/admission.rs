//! What the gateway knows of a request that it lets through.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

/// What the gateway knows of a request that it lets through. A service behind the gateway finds it in the request's extensions, and it
/// never holds a secret: no key, no token, no signature.
///
/// ```
/// # use gatewright_document::Document;
/// # let bytes = br#"{"openapi": "3.0.1", "info": {"title": "pets", "version": "1"}, "paths": {"/pets/{id}": {"get":
/// #     {"operationId": "getPet", "responses": {"200": {"description": "one"}}}}}}"#;
/// # let document = Document::from_slice("pets.json", bytes)?;
/// use bytes::Bytes;
/// use gatewright_local::{Admission, LocalGateway};
/// use http::{Request, Response};
/// use http_body_util::Full;
/// use tower::{ServiceExt, service_fn};
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// let own = service_fn(async |request: Request<Full<Bytes>>| {
///     let admission = request.extensions().get::<Admission>().expect("of the gateway");
///     let id = admission.path_parameters["id"].clone();
///     Ok::<_, std::convert::Infallible>(Response::new(Full::<Bytes>::from(id)))
/// });
/// let gateway = LocalGateway::builder(document).handle("getPet", own).build()?;
/// let request = Request::get("/pets/7").body(Full::<Bytes>::default())?;
/// let response = gateway.oneshot(request).await?;
/// assert_eq!(http_body_util::BodyExt::collect(response.into_body()).await?.to_bytes(), "7");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Admission {
    /// Method and path template of the operation: `GET /pets/{petId}`.
    pub operation: String,
    /// Its `operationId`, if the document gives one.
    pub operation_id: Option<String>,
    /// The values of the path's variables, decoded, by their names; that of a greedy one has slashes.
    pub path_parameters: BTreeMap<String, String>,
    /// The stage, without slashes around it; it is not in the path that the service sees.
    pub stage: String,
    /// Who called: the access key id of a signature, or the subject of a token.
    pub principal: Option<String>,
    /// The access key id of the signature, if the operation asks for one.
    pub access_key_id: Option<String>,
    /// The claims of the token, if an authorizer read one that the gateway has signed.
    pub claims: Option<Map<String, Value>>,
    /// The id that the response has, too.
    pub request_id: String,
}

impl fmt::Debug for Admission {
    /// Without the claims, which are of a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Admission")
            .field("operation", &self.operation)
            .field("stage", &self.stage)
            .field("principal", &self.principal)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}
