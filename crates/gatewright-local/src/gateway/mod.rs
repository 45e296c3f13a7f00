//! The gateway itself: a function from a request and a time to an answer, without a socket.

mod custom;
mod entry;
mod ids;
#[cfg(test)]
mod tests;
mod visit;

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use gatewright_document::{ApiKind, Cors, Document, Operation};
use http::header::DATE;
use http::request::Parts;
use http::{HeaderName, HeaderValue, Method, Request, Response};
use http_body_util::Full;
use serde_json::json;

use crate::Admission;
use crate::authorize::{Authorizer, Caller};
use crate::call::Call;
use crate::canned::{Turns, title};
use crate::claims::TokenClaims;
use crate::clock::Clock;
use crate::cors;
use crate::date;
use crate::gateway_error::GatewayError;
use crate::integrate::Integration;
use crate::log::{Log, Received};
use crate::minting::Defaults;
use crate::refusal::{Refusal, json_response};
use crate::reply::CheckedWhat;
use crate::respond::{refuses, respond};
use crate::route::Router;
use crate::validate::{Validate, validate};
use custom::Refused;
use ids::{add_ids, request_id};
pub(crate) use visit::{Later, Next, Visit};

/// The most bytes of a body that API Gateway takes; "Amazon API Gateway quotas" calls it 10 MB.
pub(crate) const MOST_BODY: usize = 10_485_760;

/// The gateway without a socket: a [`tower_service::Service`], and the plain function [`handle`](Gateway::handle) below it.
///
/// Clones share their log and everything else.
///
/// ```
/// # use gatewright_document::Document;
/// # let bytes = br#"{"openapi": "3.0.1", "info": {"title": "pets", "version": "1"}, "paths": {"/pets": {"get":
/// #     {"responses": {"200": {"description": "all"}}}}}}"#;
/// # let document = Document::from_slice("pets.json", bytes)?;
/// use std::time::{Duration, SystemTime};
/// use bytes::Bytes;
/// use gatewright_local::LocalGateway;
///
/// let gateway = LocalGateway::builder(document).stage("prod").build()?;
/// let request = http::Request::get("/prod/cats").body(Bytes::new())?;
/// let response = gateway.handle(request, SystemTime::UNIX_EPOCH);
///
/// assert_eq!(response.status(), 403);
/// assert_eq!(response.headers()["x-amzn-errortype"], "MissingAuthenticationTokenException");
/// assert_eq!(response.body(), r#"{"message":"Missing Authentication Token"}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Gateway(Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) document: Document,
    pub(crate) router: Router,
    pub(crate) authorizer: Authorizer,
    pub(crate) orders: HashMap<usize, Turns>,
    /// What the document says of each operation, once somebody has asked.
    pub(crate) documented: Vec<OnceLock<Response<Bytes>>>,
    /// The services behind single operations, and the one behind all others.
    pub(crate) handlers: HashMap<usize, Integration>,
    pub(crate) behind: Option<Integration>,
    pub(crate) stage: String,
    /// Whether responses say why a request was refused: only where nobody else can ask.
    pub(crate) explains: bool,
    pub(crate) validate: Validate,
    pub(crate) clock: Clock,
    /// Where the key set is served, without a slash at the end.
    pub(crate) base_url: String,
    /// What tokens say that nobody said otherwise.
    pub(crate) defaults: Defaults,
    pub(crate) log: Log,
    pub(crate) answered: AtomicU64,
}

/// Says of a request that its body has more bytes than the gateway takes, and was not kept.
#[derive(Clone, Copy)]
pub(crate) struct TooLarge;

/// What is found out about a request on the way to its answer.
#[derive(Debug, Default)]
pub(crate) struct Seen<'a> {
    operation: Option<&'a Operation>,
    principal: Option<String>,
}

impl Gateway {
    pub(crate) fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    /// The answer to a request that arrives at the time `now`.
    ///
    /// `/.well-known/jwks.json` and `/.well-known/openid-configuration` are answered before any route of the document, unless it
    /// names exactly them, and are not logged.
    pub fn handle(&self, request: Request<Bytes>, now: SystemTime) -> Response<Bytes> {
        if let Some(response) = self.well_known(&request) {
            return response;
        }
        let visit = self.visit(request, now);
        let mut seen = Seen::default();
        let outcome = match self.next(&visit, &mut seen) {
            Next::Now(outcome) => outcome,
            Next::Later(_, Later::Response(response)) => Ok(response),
            Next::Later(_, Later::Own(..)) => {
                let reason = "a service is behind this operation, and only the gateway as a service calls it";
                Err(Refusal::because(GatewayError::Internal, reason))
            }
        };
        self.finish(visit, seen, &outcome)
    }

    /// What was received so far, the oldest first. The last 1,000 requests are kept, and fewer if they have more than 64 MiB.
    pub fn requests(&self) -> Vec<Received> {
        self.0.log.entries()
    }

    /// A token that this gateway's authorizers take, signed at the time of the gateway's clock; see [`TokenClaims`] for what it
    /// says unless told otherwise.
    ///
    /// # Panics
    ///
    /// If it is to be signed with an algorithm that no [`signing_key`](crate::Builder::signing_key) is for, or if the operating
    /// system has no random numbers to give.
    pub fn mint_token(&self, claims: TokenClaims) -> String {
        let tokens = &self.0.authorizer.tokens;
        let issuer = claims.said_issuer().unwrap_or(tokens.issuer()).to_owned();
        let minting = self.0.defaults.minting(&issuer, &tokens.keys);
        let algorithm = claims.said_algorithm().unwrap_or(minting.algorithm);
        let claims = claims.into_claims(&minting, self.now());
        tokens.keys.sign(algorithm, &claims).expect(
            "the gateway has a signing key for the algorithm, and the system random numbers",
        )
    }

    pub(crate) fn now(&self) -> SystemTime {
        (self.0.clock)()
    }

    pub(crate) fn visit(&self, request: Request<Bytes>, now: SystemTime) -> Visit {
        let (parts, body) = request.into_parts();
        let number = self.0.answered.fetch_add(1, Ordering::Relaxed) + 1;
        Visit {
            parts,
            body,
            now,
            number,
        }
    }

    /// Keeps what was received, and gives the response.
    pub(crate) fn finish(
        &self,
        visit: Visit,
        seen: Seen<'_>,
        outcome: &Result<Response<Bytes>, Refusal>,
    ) -> Response<Bytes> {
        let response = self.response(outcome, &visit);
        let received = entry::received(visit.parts, visit.body, seen, outcome, &response);
        self.0.log.push(received);
        response
    }

    /// What becomes of a request: `route` → `authorize` → `validate` → `integrate`.
    pub(crate) fn next<'a>(&'a self, visit: &Visit, seen: &mut Seen<'a>) -> Next {
        match self.admit(visit.call(), seen) {
            Ok(Some((index, caller))) => self.integrate(index, caller, visit),
            Ok(None) => Next::Now(Ok(cors::preflight())),
            Err(refusal) => Next::Now(Err(refusal)),
        }
    }

    /// The operation of a request that is let through, and who calls; `None` of a preflight that the gateway responds to itself.
    fn admit<'a>(
        &'a self,
        call: Call<'_>,
        seen: &mut Seen<'a>,
    ) -> Result<Option<(usize, Caller)>, Refusal> {
        if call.body.len() > MOST_BODY || call.parts.extensions.get::<TooLarge>().is_some() {
            let reason = format!("the body has more than {MOST_BODY} bytes");
            return Err(Refusal::because(GatewayError::RequestTooLarge, reason));
        }
        let index = match self.route(&call) {
            Err(_) if self.cors().is_some() && cors::is_preflight(call.parts) => return Ok(None),
            found => found?,
        };
        let operation = &self.0.document.operations[index];
        seen.operation = Some(operation);
        let caller = self.0.authorizer.check(&operation.security, call)?;
        seen.principal.clone_from(&caller.principal);
        validate(&self.0.document, operation, call, self.0.validate)?;
        let media_type = call.header("content-type").unwrap_or("application/json");
        if refuses(operation, media_type) {
            let reason = "the integration has no template for this media type";
            return Err(Refusal::because(GatewayError::UnsupportedMediaType, reason));
        }
        Ok(Some((index, caller)))
    }

    /// What was ordered for an operation, the service behind it, or what the document says.
    fn integrate(&self, index: usize, caller: Caller, visit: &Visit) -> Next {
        let Some(reply) = self.0.orders.get(&index).and_then(Turns::next) else {
            return Next::Later(Duration::ZERO, self.usual(index, caller, visit));
        };
        let later = match &reply.what {
            CheckedWhat::Usual => self.usual(index, caller, visit),
            CheckedWhat::Response(response) => Later::Response(response.clone()),
            CheckedWhat::Error(error) => {
                let refusal = Refusal::because(*error, "it was ordered");
                Later::Response(self.refused(&refusal, visit))
            }
        };
        Next::Later(reply.delay, later)
    }

    /// The service behind an operation, or what the document says.
    fn usual(&self, index: usize, caller: Caller, visit: &Visit) -> Later {
        let operation = &self.0.document.operations[index];
        let own = self.0.handlers.get(&index).or(self.0.behind.as_ref());
        match own {
            Some(own) => {
                let request = self.request_of(operation, caller, visit);
                Later::Own(own.clone(), Box::new(request))
            }
            None => Later::Response(self.documented(index, operation)),
        }
    }

    /// What the document says, made once: to make a value of a schema takes longer than all else.
    fn documented(&self, index: usize, operation: &Operation) -> Response<Bytes> {
        let made = || respond(&self.0.document, operation);
        let documented = self.0.documented.get(index);
        documented.map_or_else(made, |it| it.get_or_init(made).clone())
    }

    /// What a service behind the gateway gets.
    fn request_of(
        &self,
        operation: &Operation,
        caller: Caller,
        visit: &Visit,
    ) -> Request<Full<Bytes>> {
        let (sent, router) = (&visit.parts, &self.0.router);
        let admission = Admission {
            operation: title(operation),
            operation_id: operation.id.clone(),
            path_parameters: router.variables(&operation.path, sent.uri.path()),
            stage: self.0.stage.clone(),
            principal: caller.principal,
            access_key_id: caller.access_key_id,
            claims: caller.claims,
            request_id: request_id(self.0.document.kind, visit.number),
        };
        let path = router.behind(sent.uri.path());
        let query = sent.uri.query().map(|query| format!("?{query}"));
        let target = format!("{path}{}", query.unwrap_or_default());
        let mut request = Request::new(Full::new(visit.body.clone()));
        *request.method_mut() = sent.method.clone();
        *request.uri_mut() = target.parse().unwrap_or_else(|_| sent.uri.clone());
        *request.version_mut() = sent.version;
        request.headers_mut().clone_from(&sent.headers);
        *request.extensions_mut() = sent.extensions.clone();
        request.extensions_mut().insert(admission);
        request
    }

    /// The CORS configuration, if it counts: a REST API has mock integrations instead.
    fn cors(&self) -> Option<&Cors> {
        let document = &self.0.document;
        let counts = document.kind == ApiKind::Http;
        document.cors.as_ref().filter(|_| counts)
    }

    /// An answer with what it tells the pages of other origins.
    fn to_other_origins(&self, mut response: Response<Bytes>, request: &Parts) -> Response<Bytes> {
        if let Some(configured) = self.cors() {
            cors::apply(configured, request, response.headers_mut());
        }
        response
    }

    fn route(&self, call: &Call<'_>) -> Result<usize, Refusal> {
        let (method, path) = (&call.parts.method, call.parts.uri.path());
        self.0.router.find(method, path).ok_or_else(|| {
            let what = format!("the document has no route for {method} {path}");
            // A REST API reads the header as a signature before it says anything of the route, so a bearer token looks like a broken one.
            match self.0.authorizer.misread(*call) {
                Some(refusal) if self.0.document.kind == ApiKind::Rest => refusal.noting(&what),
                _ => Refusal::because(GatewayError::NoRoute, what),
            }
        })
    }

    /// Adds what every answer has: the date of the gateway's clock, so that a client can correct its own, and request ids.
    fn response(
        &self,
        answer: &Result<Response<Bytes>, Refusal>,
        visit: &Visit,
    ) -> Response<Bytes> {
        let (kind, request, now) = (self.0.document.kind, &visit.parts, visit.now);
        let mut response = match answer {
            Ok(response) => self.to_other_origins(response.clone(), request),
            Err(refusal) => self.refused(refusal, visit),
        };
        let date = HeaderValue::try_from(date::http(now)).ok();
        response.headers_mut().extend(date.map(|date| (DATE, date)));
        if !matches!(answer, Err(refusal) if refusal.error == GatewayError::RequestTooLarge) {
            add_ids(response.headers_mut(), kind, visit.number);
        }
        if request.method == Method::HEAD {
            *response.body_mut() = Bytes::new();
        }
        response
    }

    /// A refusal as the document wants it, with the header that says why, on this machine alone.
    fn refused(&self, refusal: &Refusal, visit: &Visit) -> Response<Bytes> {
        let document = &self.0.document;
        let mut response = refusal.response(document.kind);
        if document.kind == ApiKind::Rest {
            let stage = &self.0.stage;
            let refused = Refused {
                refusal,
                visit,
                document,
                stage,
            };
            refused.apply(&mut response);
        }
        let why = refusal.why.as_deref().filter(|_| self.0.explains);
        let why = why.and_then(|why| HeaderValue::try_from(why).ok());
        let name = HeaderName::from_static("x-gatewright-why");
        response.headers_mut().extend(why.map(|why| (name, why)));
        response
    }

    /// The key set and the metadata that lead to it (OpenID Connect Discovery 1.0, section 3).
    pub(crate) fn well_known(&self, request: &Request<Bytes>) -> Option<Response<Bytes>> {
        let path = request.uri().path();
        let mut operations = self.0.document.operations.iter();
        if operations.any(|operation| operation.path == path) {
            return None;
        }
        let tokens = &self.0.authorizer.tokens;
        let algorithms = tokens.keys.algorithms();
        let algorithms: Vec<_> = algorithms
            .iter()
            .map(|algorithm| algorithm.name())
            .collect();
        let jwks_uri = format!("{}/.well-known/jwks.json", self.0.base_url);
        let body = match (request.method(), path) {
            (&Method::GET, "/.well-known/jwks.json") => tokens.keys.jwks(),
            (&Method::GET, "/.well-known/openid-configuration") => json!({
                "issuer": tokens.issuer(),
                "jwks_uri": jwks_uri,
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": algorithms,
            }),
            _ => return None,
        };
        Some(json_response(&body))
    }
}

impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gateway")
            .field("document", &self.0.document.name)
            .finish_non_exhaustive()
    }
}
