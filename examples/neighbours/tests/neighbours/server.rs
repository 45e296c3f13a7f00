//! An API on loopback, for both versions of HTTP, that verifies each signature from what it received and echoes the body. It
//! speaks gRPC to those who do.

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use gatewright::Body;
use gatewright::rt::Clock;
use gatewright_document::Document;
use gatewright_local::{Gateway, LocalGateway, Validate};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode};
use http_body_util::BodyExt;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use serde_json::json;
use tokio::net::TcpListener;
use tower::service_fn;

pub(crate) const KEY_ID: &str = "AKIDNEIGHBOURS";
pub(crate) const SECRET: &str = "a-secret-of-the-neighbours";

/// Serves until the runtime ends.
pub(crate) async fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let judge = Arc::new(judge());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let judge = Arc::clone(&judge);
            let service = service_fn(move |request| respond(Arc::clone(&judge), request));
            let service = TowerToHyperService::new(service);
            let server = auto::Builder::new(TokioExecutor::new());
            // A connection that breaks is a call that fails, which the test sees.
            tokio::spawn(async move {
                server
                    .serve_connection(TokioIo::new(stream), service)
                    .await
                    .ok()
            });
        }
    });
    address
}

/// A gateway that takes every method and path, if it is signed.
fn judge() -> Gateway {
    let operation = json!({
        "responses": {"200": {"description": "passed"}},
        "security": [{"sigv4": []}],
    });
    let any = json!({"x-amazon-apigateway-any-method": operation});
    let document = json!({
        "openapi": "3.0.1",
        "info": {"title": "neighbours", "version": "1"},
        "paths": {"/": any, "/{path+}": any},
        "components": {"securitySchemes": {"sigv4": {
            "type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4",
        }}},
    });
    let document = Document::from_slice("judge.json", document.to_string().as_bytes()).unwrap();
    let builder = LocalGateway::builder(document)
        .region("eu-west-1")
        .validate(Validate::Never);
    builder.credentials(KEY_ID, SECRET, None).build().unwrap()
}

async fn respond<B>(judge: Arc<Gateway>, request: Request<B>) -> Result<Response<Body>, B::Error>
where
    B: http_body::Body<Data = Bytes>,
{
    let (head, body) = request.into_parts();
    let body = body.collect().await?.to_bytes();
    let is_grpc = head.headers.get("content-type") == Some(&GRPC);
    let verdict = judge.handle(
        Request::from_parts(head, body.clone()),
        Clock::default().now(),
    );
    Ok(match (verdict.status(), is_grpc) {
        (StatusCode::OK, false) => Response::new(body.into()),
        (_, false) => verdict.map(Body::from),
        (StatusCode::OK, true) => grpc(body, HeaderValue::from_static("0")),
        (_, true) => grpc(Bytes::new(), HeaderValue::from_static("16")),
    })
}

const GRPC: HeaderValue = HeaderValue::from_static("application/grpc");

/// The messages of `body`, and a status in the trailers.
fn grpc(body: Bytes, status: HeaderValue) -> Response<Body> {
    let trailers = HeaderMap::from_iter([("grpc-status".parse().unwrap(), status)]);
    let body = Body::from(body).with_trailers(std::future::ready(Some(Ok(trailers))));
    let mut response = Response::new(Body::new(body));
    response.headers_mut().insert("content-type", GRPC);
    response
}
