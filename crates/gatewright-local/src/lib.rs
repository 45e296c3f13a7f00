//! A local Amazon API Gateway, for testing the clients of an API offline.
//!
//! It takes the document that API Gateway exported (or a hand-written one in the same form) and serves it on this machine
//! as API Gateway would toward a client: the same routes, the same demands, the same errors.
//!
//! - **Routes** by path template below the stage, greedy variables and `ANY` too.
//! - **Demands** of each operation, all of them together: AWS Signature Version 4 (scope, five-minute window, payload hash,
//!   session token, expiry), API keys, and tokens of Cognito, JWT and Lambda authorizers, checked against keys of its own: one for
//!   each of RS256, RS384, RS512, ES256, ES384 and ES512 ([`TokenClaims::algorithm`]).
//! - **Errors** with the status, `x-amzn-ErrorType`, message and request ids of the service; see [`GatewayError`]. HTTP APIs
//!   answer as HTTP APIs do.
//! - **Answers** from mock integrations (CORS preflights too), from examples, or made from the response schema; the headers of
//!   an HTTP API's `x-amazon-apigateway-cors`.
//!
//! Nothing leaves the machine and nothing needs an AWS account. [`LocalGateway`] runs on a socket; [`Gateway`] is the same as a
//! tower service without one.
//!
//! # A test of a client
//!
//! ```
//! use bytes::Bytes;
//! use gatewright_local::{LocalGateway, TokenClaims, Verdict};
//! use http_body_util::{BodyExt, Empty};
//! use hyper_util::client::legacy::{Client, connect::HttpConnector};
//! use hyper_util::rt::TokioExecutor;
//!
//! // The client under test.
//! async fn pets(base: &str, key: &str, token: &str) -> Result<(u16, String), Box<dyn std::error::Error>> {
//!     let client: Client<HttpConnector, Empty<Bytes>> = Client::builder(TokioExecutor::new()).build_http();
//!     let request = http::Request::get(format!("{base}/pets?limit=2"))
//!         .header("x-api-key", key)
//!         .header("authorization", format!("Bearer {token}"))
//!         .body(Empty::new())?;
//!     let response = client.request(request).await?;
//!     let status = response.status().as_u16();
//!     let body = response.into_body().collect().await?.to_bytes();
//!     Ok((status, String::from_utf8(body.to_vec())?))
//! }
//!
//! # let export = std::env::temp_dir().join(format!("gatewright-local-doctest-{}.json", std::process::id()));
//! # std::fs::write(&export, r##"{
//! #   "openapi": "3.0.1", "info": { "title": "pets", "version": "2026-01-02T03:04:05Z" },
//! #   "servers": [{ "url": "https://a1b2c3.execute-api.eu-west-1.amazonaws.com/{basePath}",
//! #                 "variables": { "basePath": { "default": "prod" } } }],
//! #   "paths": { "/pets": { "get": {
//! #     "parameters": [{ "name": "limit", "in": "query", "required": true, "schema": { "type": "string" } }],
//! #     "responses": { "200": { "description": "200 response", "content": { "application/json": {
//! #       "schema": { "$ref": "#/components/schemas/Pets" } } } } },
//! #     "security": [{ "pool": [] }, { "api_key": [] }] } } },
//! #   "components": {
//! #     "schemas": {
//! #       "Pets": { "type": "array", "items": { "$ref": "#/components/schemas/Pet" } },
//! #       "Pet": { "type": "object", "properties": { "name": { "type": "string", "enum": ["Rex", "Tom"] } } } },
//! #     "securitySchemes": {
//! #       "api_key": { "type": "apiKey", "name": "x-api-key", "in": "header" },
//! #       "pool": { "type": "apiKey", "name": "Authorization", "in": "header",
//! #         "x-amazon-apigateway-authtype": "cognito_user_pools",
//! #         "x-amazon-apigateway-authorizer": { "type": "cognito_user_pools", "providerARNs": [] } } } }
//! # }"##)?;
//! # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
//! // `export` is the path of the exported document. Its GET /pets asks for an API key and a token of a user pool.
//! let gateway = LocalGateway::from_path(&export)?.api_key("an-api-key-of-this-test").start().await?;
//! let token = gateway.mint_token(TokenClaims::new().subject("alice"));
//!
//! // The answer is made from the schema of the response.
//! let answer = pets(gateway.url(), "an-api-key-of-this-test", &token).await?;
//! assert_eq!(answer, (200, r#"[{"name":"Rex"}]"#.to_owned()));
//!
//! // A wrong key is refused as API Gateway does it.
//! let answer = pets(gateway.url(), "another-key", &token).await?;
//! assert_eq!(answer, (403, r#"{"message":"Forbidden"}"#.to_owned()));
//!
//! // The log tells what the client sent, and why it was refused.
//! let received = gateway.requests();
//! assert_eq!(received[0].operation.as_deref(), Some("GET /pets"));
//! assert_eq!(received[0].principal.as_deref(), Some("alice"));
//! assert_eq!(received[0].verdict, Verdict::Passed);
//! assert_eq!(
//!     received[1].to_string(),
//!     "GET /prod/pets?limit=2 -> 403 Forbidden (the value of the x-api-key header is not one of the gateway's API keys)",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # std::fs::remove_file(&export)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # A token for a JWT authorizer
//!
//! [`Gateway::mint_token`] makes tokens of the issuers, audiences and algorithms that the document names. They are judged as the
//! authorizers of a REST API or an HTTP API judge them: issuer, an audience of that issuer, algorithm, lifetime, further claims,
//! and the scopes of the operation.
//!
//! ```
//! use bytes::Bytes;
//! use gatewright_document::{Document, JwtAlgorithm};
//! use gatewright_local::{Gateway, LocalGateway, TokenClaims};
//!
//! # let document = Document::from_slice("tides.json", br##"{
//! #   "openapi": "3.0.1", "info": { "title": "tides", "version": "1" },
//! #   "paths": { "/tides": { "get": { "responses": { "200": { "description": "all" } }, "security": [{ "harbour": [] }] } } },
//! #   "components": { "securitySchemes": { "harbour": { "type": "apiKey", "name": "Authorization", "in": "header",
//! #     "x-amazon-apigateway-authorizer": { "type": "jwt", "identitySource": "method.request.header.Authorization",
//! #       "jwtConfiguration": { "defaultAlgorithms": ["RS256", "ES384"],
//! #         "issuers": [{ "issuer": "https://login.example", "audiences": ["tides"] }] } } } } } }"##)?;
//! // GET /tides has a JWT authorizer for the audience `tides`, with RS256 and ES384.
//! let gateway = LocalGateway::builder(document).build()?;
//!
//! fn status(gateway: &Gateway, claims: TokenClaims) -> Result<u16, http::Error> {
//!     let token = gateway.mint_token(claims);
//!     let request = http::Request::get("/tides").header("authorization", format!("Bearer {token}"));
//!     let response = gateway.handle(request.body(Bytes::new())?, std::time::SystemTime::now());
//!     Ok(response.status().as_u16())
//! }
//!
//! assert_eq!(status(&gateway, TokenClaims::new())?, 200);
//! assert_eq!(status(&gateway, TokenClaims::new().algorithm(JwtAlgorithm::Es384))?, 200);
//! assert_eq!(status(&gateway, TokenClaims::new().algorithm(JwtAlgorithm::Es512))?, 401);
//! assert_eq!(status(&gateway, TokenClaims::new().audience("boats"))?, 401);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The public keys are at `/.well-known/jwks.json`, for services that check tokens themselves.
//!
//! # Your own services and responses
//!
//! [`Builder::in_front_of`] puts a service of yours behind the checks, an axum `Router` for one, and [`Builder::handle`] one behind a
//! single operation. They find an [`Admission`] in the request: the operation, its path parameters, who calls, the claims of the token.
//! [`Builder::respond_in_turn`] lets an operation respond with one [`Reply`] after the other: twice 429 and then the usual response, a
//! delay, bytes, text.
//!
//! ```
//! # use gatewright_document::Document;
//! # let bytes = br#"{"openapi": "3.0.1", "info": {"title": "pets", "version": "1"}, "paths": {"/pets": {"get":
//! #     {"responses": {"200": {"description": "all"}}}}}}"#;
//! # let document = Document::from_slice("pets.json", bytes)?;
//! use bytes::Bytes;
//! use gatewright_local::{GatewayError, LocalGateway, Reply};
//! use http::{Request, Response};
//! use http_body_util::Full;
//! use tower::{ServiceExt, service_fn};
//!
//! # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
//! let own = service_fn(async |_: Request<Full<Bytes>>| Ok::<_, std::convert::Infallible>(Response::new(Full::<Bytes>::from("mine"))));
//! let gateway = LocalGateway::builder(document)
//!     .in_front_of(own)
//!     .respond_in_turn("GET /pets", [Reply::error(GatewayError::Throttled), Reply::usual()])
//!     .build()?;
//! for status in [429, 200] {
//!     let request = Request::get("/pets").body(Full::<Bytes>::default())?;
//!     assert_eq!(gateway.clone().oneshot(request).await?.status(), status);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Why a request was refused
//!
//! [`Gateway::requests`] says it of each request, and so does each line of [`Builder::on_request`]. Of a wrong signature the gateway says what the caller did, for it
//! knows the secret and tries what signers get wrong, one mistake and then two at once: *the path is encoded once, as for S3*, *the stage
//! is missing in the path*, *the host is signed without its port*, *the secret has a newline at its end*. Responses have it in the header
//! `x-gatewright-why`, unless other machines can reach the gateway ([`Builder::allow_remote`]). No secret is in it.
//!
//! # Where it differs from the service
//!
//! - Of the schema of a body that is checked, `pattern`, `format` and `uniqueItems` are not looked at.
//! - Lambda functions, backends and mapping templates are not run: a Lambda authorizer takes registered values
//!   ([`Builder::lambda_token`]), the gateway's tokens and, in `x-api-key`, its API keys; responses come from the document.
//! - Tokens are taken only if they are signed with the gateway's own keys, never from a real user pool or provider. A Cognito
//!   authorizer takes each of their algorithms.
//! - A REST API's JWT authorizer refuses a token without the scope with 403, as an HTTP API does: AWS documents no status for it.
//! - Resource policies and the limits of usage plans are not looked at.
//! - The message of a signature mismatch shows the canonical request with the values of secret headers hidden.
//!
//! # Features
//!
//! | feature | default | what |
//! | --- | --- | --- |
//! | `es512` | yes | tokens that are signed with ES512, by the crate `p521`; the gateway takes the other five algorithms without it |

mod admission;
mod authorize;
mod builder;
mod call;
mod canned;
mod claims;
mod clock;
mod cors;
mod date;
mod endpoint;
mod error;
mod fits;
#[cfg(test)]
mod fixtures;
mod gateway;
mod gateway_error;
mod integrate;
mod keys;
mod log;
mod minting;
mod query;
mod refusal;
mod reply;
mod respond;
mod route;
mod sample;
mod secret;
mod server;
mod service;
mod validate;

pub use admission::Admission;
pub use builder::Builder;
pub use claims::TokenClaims;
pub use error::Error;
pub use gateway::Gateway;
pub use gateway_error::GatewayError;
pub use log::{Received, Verdict};
pub use reply::Reply;
pub use sample::sample;
pub use server::LocalGateway;
pub use validate::Validate;
