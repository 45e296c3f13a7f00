//! How a gateway is set up.

mod assemble;

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::SystemTime;

use bytes::Bytes;
use gatewright_document::Document;
use http::{Request, Response};
use http_body::Body;
use http_body_util::Full;
use serde_json::Value;
use tower_service::Service;

use crate::Error;
use crate::authorize::Credential;
use crate::clock::{self, Clock};
use crate::gateway::Gateway;
use crate::gateway_error::GatewayError;
use crate::integrate::Integration;
use crate::log::{Observer, Received};
use crate::reply::Reply;
use crate::server::{LocalGateway, listen};
use crate::validate::Validate;

/// Sets up a gateway: who may call, and what is answered.
///
/// Everything is refused that the document protects and that no credential was given for.
///
/// ```
/// # use gatewright_document::Document;
/// # let bytes = br#"{"openapi": "3.0.1", "info": {"title": "pets", "version": "1"}, "paths": {"/pets": {"get":
/// #     {"responses": {"200": {"description": "all"}}}}}}"#;
/// # let document = Document::from_slice("pets.json", bytes)?;
/// use gatewright_local::LocalGateway;
/// use serde_json::json;
///
/// let gateway = LocalGateway::builder(document)
///     .region("eu-west-1")
///     .stage("prod")
///     .credentials("AKIDEXAMPLE", "a-secret-of-this-test", None)
///     .api_key("an-api-key-of-this-test")
///     .respond("GET /pets", 200, &[("etag", "\"1\"")], json!([{ "name": "Rex" }]))
///     .build()?;
/// # let _ = gateway;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Builder {
    document: Document,
    region: Option<String>,
    stage: Option<String>,
    credentials: HashMap<String, Credential>,
    api_keys: Vec<String>,
    issuer: Option<String>,
    lambda_tokens: Vec<String>,
    allowing: HashSet<String>,
    signing_keys: Vec<Vec<u8>>,
    canned: Vec<(String, Vec<Reply>)>,
    handlers: Vec<(String, Integration)>,
    behind: Option<Integration>,
    validate: Validate,
    clock: Clock,
    observer: Option<Observer>,
    address: SocketAddr,
    remote: bool,
}

impl Builder {
    pub(crate) fn new(document: Document) -> Self {
        Self {
            document,
            region: None,
            stage: None,
            credentials: HashMap::new(),
            api_keys: Vec::new(),
            issuer: None,
            lambda_tokens: Vec::new(),
            allowing: HashSet::new(),
            signing_keys: Vec::new(),
            canned: Vec::new(),
            handlers: Vec::new(),
            behind: None,
            validate: Validate::default(),
            clock: clock::system(),
            observer: None,
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            remote: false,
        }
    }

    /// The region that signatures have to be for. Default: the one in the host of the document's endpoint, else `us-east-1`.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// What stands before every path, such as `prod`; empty for nothing. Default: the path of the document's endpoint.
    #[must_use]
    pub fn stage(mut self, stage: impl Into<String>) -> Self {
        self.stage = Some(stage.into());
        self
    }

    /// Adds an access key whose signatures are taken; temporary credentials have a session token.
    #[must_use]
    pub fn credentials(
        self,
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
        session_token: Option<&str>,
    ) -> Self {
        self.add_credential(
            access_key_id.into(),
            secret_access_key.into(),
            session_token,
            None,
        )
    }

    /// Adds temporary credentials that expire; from `expires` on they are refused with `ExpiredTokenException`.
    #[must_use]
    pub fn expiring_credentials(
        self,
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
        session_token: &str,
        expires: SystemTime,
    ) -> Self {
        let (id, secret) = (access_key_id.into(), secret_access_key.into());
        self.add_credential(id, secret, Some(session_token), Some(expires))
    }

    fn add_credential(
        mut self,
        id: String,
        secret: String,
        session_token: Option<&str>,
        expires: Option<SystemTime>,
    ) -> Self {
        let session_token = session_token.map(str::to_owned);
        self.credentials.insert(
            id,
            Credential {
                secret,
                session_token,
                expires,
            },
        );
        self
    }

    /// Adds an API key that is taken.
    #[must_use]
    pub fn api_key(mut self, value: impl Into<String>) -> Self {
        self.api_keys.push(value.into());
        self
    }

    /// The issuer of the gateway's tokens, which every authorizer then asks for, whatever the document names. Default: the
    /// first issuer of a JWT authorizer in the document, else the address of the gateway.
    #[must_use]
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = Some(issuer.into());
        self
    }

    /// Adds a value that Lambda authorizers take, and schemes that no authorizer stands behind: a token without `Bearer `, or
    /// the whole value of the header. They take the gateway's own tokens in any case.
    #[must_use]
    pub fn lambda_token(mut self, value: impl Into<String>) -> Self {
        self.lambda_tokens.push(value.into());
        self
    }

    /// Lets the Lambda authorizer of a security scheme allow requests, although it reads nothing that a caller sends (its identity sources
    /// are `context.*` or `stageVariables.*`, or it has none). Default: operations that demand such a scheme refuse everybody with 401,
    /// for the function is not run here.
    ///
    /// ```
    /// # use gatewright_document::Document;
    /// # let bytes = br#"{"openapi": "3.0.1", "info": {"title": "pets", "version": "1"}, "paths": {"/pets": {"get":
    /// #     {"responses": {"200": {"description": "all"}}, "security": [{"office": []}]}}}, "components": {"securitySchemes": {"office":
    /// #     {"type": "apiKey", "name": "Unused", "in": "header", "x-amazon-apigateway-authtype": "custom",
    /// #      "x-amazon-apigateway-authorizer": {"type": "request", "identitySource": "context.identity.sourceIp"}}}}}"#;
    /// # let document = Document::from_slice("pets.json", bytes)?;
    /// use bytes::Bytes;
    /// use gatewright_local::LocalGateway;
    ///
    /// // The authorizer `office` reads the address of the caller.
    /// let request = || http::Request::get("/pets").body(Bytes::new());
    /// let now = std::time::SystemTime::now();
    /// let gateway = LocalGateway::builder(document.clone()).build()?;
    /// assert_eq!(gateway.handle(request()?, now).status(), 401);
    ///
    /// let gateway = LocalGateway::builder(document).lambda_allows("office").build()?;
    /// assert_eq!(gateway.handle(request()?, now).status(), 200);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn lambda_allows(mut self, scheme: impl Into<String>) -> Self {
        self.allowing.insert(scheme.into());
        self
    }

    /// A key that signs tokens and that tokens are checked with: PKCS#8 without a password, DER or PEM, with its public half.
    /// One of RSA, of 2048 bits or more, is for RS256, RS384 and RS512; one of the curves P-256, P-384 and P-521 for ES256,
    /// ES384 and ES512. Call it once for each kind; the last of a kind counts.
    ///
    /// Default: a key of each kind. These are published with this crate, and so are no protection at all; once one key is given,
    /// none of them is taken.
    #[must_use]
    pub fn signing_key(mut self, pkcs8: impl Into<Vec<u8>>) -> Self {
        self.signing_keys.push(pkcs8.into());
        self
    }

    /// Lets an operation, named by its `operationId` or as `GET /pets/{petId}`, respond with this status, these headers and this
    /// JSON once a request was let through. [`Value::Null`] is no body. The last order for an operation counts.
    #[must_use]
    pub fn respond(
        mut self,
        operation: &str,
        status: u16,
        headers: &[(&str, &str)],
        body: Value,
    ) -> Self {
        let reply = Reply::json(status, body);
        let reply = headers
            .iter()
            .fold(reply, |reply, (name, value)| reply.header(name, value));
        self.canned.push((operation.to_owned(), vec![reply]));
        self
    }

    /// Lets an operation respond with these, one after the other; the last one stays. None at all is the usual response.
    ///
    /// ```
    /// # use gatewright_document::Document;
    /// # let bytes = br#"{"openapi": "3.0.1", "info": {"title": "pets", "version": "1"}, "paths": {"/pets": {"get":
    /// #     {"responses": {"200": {"description": "all"}}}}}}"#;
    /// # let document = Document::from_slice("pets.json", bytes)?;
    /// use bytes::Bytes;
    /// use gatewright_local::{GatewayError, LocalGateway, Reply};
    ///
    /// let throttled = || Reply::error(GatewayError::Throttled);
    /// let gateway = LocalGateway::builder(document)
    ///     .respond_in_turn("GET /pets", [throttled(), throttled(), Reply::usual()])
    ///     .build()?;
    /// let status = || {
    ///     let request = http::Request::get("/pets").body(Bytes::new()).unwrap();
    ///     gateway.handle(request, std::time::SystemTime::now()).status()
    /// };
    /// assert_eq!([status(), status(), status(), status()], [429, 429, 200, 200]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn respond_in_turn(
        mut self,
        operation: &str,
        replies: impl IntoIterator<Item = Reply>,
    ) -> Self {
        let replies = replies.into_iter().collect();
        self.canned.push((operation.to_owned(), replies));
        self
    }

    /// Puts a service of yours behind an operation, named by its `operationId` or as `GET /pets/{petId}`: any tower service of `http`
    /// requests, such as a closure in `service_fn`. It gets requests that were let through, with an
    /// [`Admission`](crate::Admission) in their extensions and without the stage in their path. What [`respond`](Self::respond) and
    /// its like order for the operation goes first.
    ///
    /// [`Gateway::handle`], which cannot wait, does not call it: use the gateway as a service, or over a socket.
    #[must_use]
    pub fn handle<S, B>(mut self, operation: &str, service: S) -> Self
    where
        S: Service<Request<Full<Bytes>>, Response = Response<B>> + Clone + Send + 'static,
        S::Error: fmt::Display,
        S::Future: Send,
        B: Body + Send,
        B::Data: Send,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let integration = Integration::new(service);
        self.handlers.push((operation.to_owned(), integration));
        self
    }

    /// Puts a service of yours behind all operations that have none of their own: an axum `Router` needs no adapter. See
    /// [`handle`](Self::handle).
    #[must_use]
    pub fn in_front_of<S, B>(mut self, service: S) -> Self
    where
        S: Service<Request<Full<Bytes>>, Response = Response<B>> + Clone + Send + 'static,
        S::Error: fmt::Display,
        S::Future: Send,
        B: Body + Send,
        B::Data: Send,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        self.behind = Some(Integration::new(service));
        self
    }

    /// Lets an operation respond with an error of the gateway once a request was let through: to see how a client takes throttling,
    /// say.
    #[must_use]
    pub fn fail(mut self, operation: &str, error: GatewayError) -> Self {
        let reply = Reply::error(error);
        self.canned.push((operation.to_owned(), vec![reply]));
        self
    }

    /// Which requests are checked for the parameters and the JSON body that their operation requires. Default: those of methods with
    /// a request validator, as API Gateway does ([`Validate::AsDocumented`]).
    #[must_use]
    pub fn validate(mut self, which: Validate) -> Self {
        self.validate = which;
        self
    }

    /// The clock, for signatures, tokens and the `date` header; default: the system's.
    #[must_use]
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Calls `observer` with each request when it has been judged, just before it is answered: to print the log as it grows, say. It
    /// should not take long, as the client waits. The last observer counts.
    #[must_use]
    pub fn on_request(mut self, observer: impl Fn(&Received) + Send + Sync + 'static) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    /// The address to listen on; default `127.0.0.1` and a free port.
    #[must_use]
    pub fn bind(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// Allows an address that other machines can reach. The gateway speaks plain HTTP: credentials can be read on the way.
    #[must_use]
    pub fn allow_remote(mut self) -> Self {
        self.remote = true;
        self
    }

    /// The gateway without a socket. Without an issuer of its own it calls itself `http://localhost`.
    ///
    /// # Errors
    ///
    /// If an order names an operation that the document does not have or holds an invalid status or header, or if the signing
    /// key cannot be read.
    pub fn build(self) -> Result<Gateway, Error> {
        self.build_at("http://localhost".to_owned())
    }

    /// Starts the gateway on its address, on the tokio runtime that this is called from.
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build); or if the address cannot be listened on, or can be reached from other machines and
    /// [`allow_remote`](Self::allow_remote) was not called.
    ///
    /// # Panics
    ///
    /// If it is not polled on a tokio runtime with IO and time enabled.
    pub async fn start(self) -> Result<LocalGateway, Error> {
        if !self.address.ip().is_loopback() && !self.remote {
            return Err(Error::not_loopback(self.address));
        }
        let (listener, address) = listen(self.address).await?;
        let base_url = format!("http://{address}");
        let stage = self.stage_name();
        let gateway = self.build_at(base_url.clone())?;
        Ok(LocalGateway::serve(gateway, listener, &base_url, &stage))
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("document", &self.document.name)
            .finish_non_exhaustive()
    }
}
