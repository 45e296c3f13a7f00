//! A server on loopback, for both versions of HTTP, that verifies each signature from what it received.
//!
//! The canonical request is written by the local gateway, which shares no code with the signer. Beside it the server asks what
//! a gateway behind a proxy asks: one host, and no signature over what a proxy takes away.

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use gatewright::Body;
use gatewright_document::Document;
use gatewright_local::{Gateway, LocalGateway, Validate};
use http::header::{AUTHORIZATION, CONNECTION, HOST};
use http::request::Parts;
use http::{HeaderMap, Request, Response};
use http_body_util::BodyExt;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::{LASTING, REGION, SESSION, now};

/// What the server found.
pub(crate) struct Arrival {
    /// What is wrong with the request; nothing, if its signature holds.
    pub(crate) fault: Option<String>,
    pub(crate) body: Bytes,
}

/// Serves until the runtime ends. Gives the address, and what arrives there.
pub(crate) async fn serve() -> (SocketAddr, UnboundedReceiver<Arrival>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (arrivals, received) = unbounded_channel();
    let judge = Arc::new(Judge {
        gateway: gateway(),
        arrivals,
    });
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            stream.set_nodelay(true).unwrap();
            let judge = Arc::clone(&judge);
            let service = tower::service_fn(move |request| Arc::clone(&judge).take(request));
            tokio::spawn(async move {
                let service = TowerToHyperService::new(service);
                let server = auto::Builder::new(TokioExecutor::new());
                // A connection that breaks is a request without a response, which the test counts as a fault.
                let _ = server.serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
    (address, received)
}

/// A gateway that takes every method and path, if it is signed.
fn gateway() -> Gateway {
    let operation = json!({
        "responses": {"200": {"description": "passed"}},
        "security": [{"sigv4": []}],
    });
    let any = json!({"x-amazon-apigateway-any-method": operation});
    let document = json!({
        "openapi": "3.0.1",
        "info": {"title": "wire", "version": "1"},
        "paths": {"/": any, "/{path+}": any},
        "components": {"securitySchemes": {"sigv4": {
            "type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4",
        }}},
    });
    let document = Document::from_slice("wire.json", document.to_string().as_bytes()).unwrap();
    let mut builder = LocalGateway::builder(document)
        .region(REGION)
        .validate(Validate::Never);
    for key in [LASTING, SESSION] {
        builder = builder.credentials(key.id, key.secret, key.session_token);
    }
    builder.build().unwrap()
}

struct Judge {
    gateway: Gateway,
    arrivals: UnboundedSender<Arrival>,
}

impl Judge {
    async fn take<B>(self: Arc<Self>, request: Request<B>) -> Result<Response<Body>, B::Error>
    where
        B: http_body::Body,
    {
        let (head, body) = request.into_parts();
        let body = body.collect().await?.to_bytes();
        let fault = self.fault(&head, &body);
        // The receiver is there as long as the test is.
        let _ = self.arrivals.send(Arrival { fault, body });
        Ok(Response::builder().status(204).body(Body::empty()).unwrap())
    }

    fn fault(&self, head: &Parts, body: &Bytes) -> Option<String> {
        if let Some(fault) = hosts_fault(head).or_else(|| hop_by_hop_fault(&head.headers)) {
            return Some(fault);
        }
        let request = Request::from_parts(head.clone(), body.clone());
        let response = self.gateway.handle(request, now());
        let is_refused = response.status() != 200;
        is_refused.then(|| String::from_utf8_lossy(response.body()).into_owned())
    }
}

/// API Gateway refuses a request of two hosts, and one of HTTP/1.1 without any (RFC 9112, section 3.2).
fn hosts_fault(head: &Parts) -> Option<String> {
    let lines: Vec<_> = head.headers.get_all(HOST).iter().collect();
    let authority = head.uri.authority().map(http::uri::Authority::as_str);
    match (lines.as_slice(), authority) {
        ([_], None) | ([], Some(_)) => None,
        ([line], Some(authority)) if *line == authority => None,
        _ => Some(format!("hosts {lines:?} beside {authority:?}")),
    }
}

/// A proxy takes these headers away, and those that `Connection` names (RFC 9110, section 7.6.1).
const HOP_BY_HOP: [&str; 7] = [
    "connection",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

fn hop_by_hop_fault(headers: &HeaderMap) -> Option<String> {
    let lists = headers.get_all(CONNECTION).iter();
    let named: String = lists
        .map(|list| String::from_utf8_lossy(list.as_bytes()) + ",")
        .collect();
    let named = named
        .split(',')
        .map(|name| name.trim().to_ascii_lowercase());
    let signed = signed_headers(headers);
    let mut taken = HOP_BY_HOP.into_iter().map(str::to_owned).chain(named);
    let name = taken.find(|name| signed.contains(&name.as_str()))?;
    Some(format!("`{name}` is signed, and a proxy takes it away"))
}

fn signed_headers(headers: &HeaderMap) -> Vec<&str> {
    let value = headers.get(AUTHORIZATION).and_then(|it| it.to_str().ok());
    let list = value.and_then(|value| value.split_once("SignedHeaders="));
    let list = list.and_then(|(_, rest)| rest.split(',').next());
    list.map_or_else(Vec::new, |list| list.split(';').collect())
}
