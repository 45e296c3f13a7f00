//! The gateway itself: a function from a request and a time to an answer, without a socket.

mod entry;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use bytes::Bytes;
use gatewright_document::{ApiKind, Cors, Document, Operation};
use http::header::DATE;
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response};
use serde_json::json;

use crate::authorize::Authorizer;
use crate::call::Call;
use crate::canned::Order;
use crate::claims::TokenClaims;
use crate::clock::Clock;
use crate::cors;
use crate::date;
use crate::gateway_error::GatewayError;
use crate::log::{Log, Received};
use crate::minting::Defaults;
use crate::refusal::{Refusal, json_response};
use crate::respond::respond;
use crate::route::Router;
use crate::validate::{Validate, validate};

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
/// use std::time::SystemTime;
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
    pub(crate) orders: HashMap<usize, Order>,
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
struct Seen<'a> {
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
        let (parts, body) = request.into_parts();
        let mut seen = Seen::default();
        let answer = self.answer(
            Call {
                parts: &parts,
                body: &body,
                now,
            },
            &mut seen,
        );
        let response = self.response(&answer, &parts, now);
        self.0
            .log
            .push(entry::received(parts, body, seen, &answer, &response));
        response
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

    fn answer<'a>(
        &'a self,
        call: Call<'_>,
        seen: &mut Seen<'a>,
    ) -> Result<Response<Bytes>, Refusal> {
        if call.body.len() > MOST_BODY || call.parts.extensions.get::<TooLarge>().is_some() {
            let reason = format!("the body has more than {MOST_BODY} bytes");
            return Err(Refusal::because(GatewayError::RequestTooLarge, reason));
        }
        let index = match self.route(&call) {
            Err(_) if self.cors().is_some() && cors::is_preflight(call.parts) => {
                return Ok(cors::preflight());
            }
            found => found?,
        };
        let operation = &self.0.document.operations[index];
        seen.operation = Some(operation);
        seen.principal = self.0.authorizer.check(&operation.security, call)?;
        validate(&self.0.document, operation, call, self.0.validate)?;
        Ok(self.let_through(index, operation))
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

    fn let_through(&self, index: usize, operation: &Operation) -> Response<Bytes> {
        match self.0.orders.get(&index) {
            Some(Order::Response(response)) => response.clone(),
            Some(Order::Error(error)) => Refusal::because(*error, "it was ordered with `fail`")
                .response(self.0.document.kind),
            None => respond(&self.0.document, operation),
        }
    }

    /// Adds what every answer has: the date of the gateway's clock, so that a client can correct its own, and request ids.
    fn response(
        &self,
        answer: &Result<Response<Bytes>, Refusal>,
        request: &Parts,
        now: SystemTime,
    ) -> Response<Bytes> {
        let kind = self.0.document.kind;
        let mut response = match answer {
            Ok(response) => self.to_other_origins(response.clone(), request),
            Err(refusal) => refusal.response(kind),
        };
        let date = HeaderValue::try_from(date::http(now)).ok();
        response.headers_mut().extend(date.map(|date| (DATE, date)));
        let number = self.0.answered.fetch_add(1, Ordering::Relaxed) + 1;
        if !matches!(answer, Err(refusal) if refusal.error == GatewayError::RequestTooLarge) {
            add_ids(response.headers_mut(), kind, number);
        }
        if request.method == Method::HEAD {
            *response.body_mut() = Bytes::new();
        }
        response
    }

    /// The key set and the metadata that lead to it (OpenID Connect Discovery 1.0, section 3).
    fn well_known(&self, request: &Request<Bytes>) -> Option<Response<Bytes>> {
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

/// Ids of the form that the service gives, counted up so that test output stays the same.
fn add_ids(headers: &mut HeaderMap, kind: ApiKind, number: u64) {
    let request_id = format!("00000000-0000-4000-8000-{number:012x}");
    let gateway_id = format!("{number:015x}=");
    let ids = match kind {
        ApiKind::Rest => vec![
            ("x-amzn-requestid", request_id),
            ("x-amz-apigw-id", gateway_id),
        ],
        ApiKind::Http => vec![("apigw-requestid", gateway_id)],
    };
    for (name, id) in ids {
        if let Ok(id) = HeaderValue::try_from(id) {
            headers.insert(HeaderName::from_static(name), id);
        }
    }
}
