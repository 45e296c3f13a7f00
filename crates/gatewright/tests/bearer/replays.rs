//! Which requests are sent a second time.

use std::sync::Arc;

use bytes::Bytes;
use gatewright::BoxError;
use gatewright::layers::BearerTokenLayer;
use gatewright::layers::bearer::CachedToken;
use gatewright::token::{ProvideToken, Token};
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use tower::{Layer, ServiceExt};

use crate::support::*;

fn layer(peer: &Arc<Peer>) -> BearerTokenLayer<Arc<Peer>> {
    BearerTokenLayer::new(Arc::clone(peer))
}

#[tokio::test(start_paused = true)]
async fn a_body_that_cannot_be_cloned_is_sent_once_and_the_token_dropped() {
    let (peer, server) = (Peer::new(), Server::default());
    let layer = layer(&peer);
    let stream = || Full::new(Bytes::from_static(b"hello")).boxed();
    assert_eq!(send(&layer, &server, refuses_t1, get(stream())).await, 401);
    assert_eq!(server.seen(), ["Bearer t1"]);
    // The next request has the next token.
    assert_eq!(send(&layer, &server, refuses_t1, get(stream())).await, 200);
    assert_eq!(server.seen(), ["Bearer t1", "Bearer t2"]);
}

#[tokio::test(start_paused = true)]
async fn the_second_request_has_the_same_body_and_one_token() {
    let peer = Peer::new();
    let server = tower::service_fn(async |request: Request<Full<Bytes>>| {
        let (parts, body) = request.into_parts();
        assert_eq!(parts.headers.get_all("authorization").iter().count(), 1);
        assert_eq!(parts.headers["x-tenant"], "blue");
        let mut response = Response::new(body.collect().await.unwrap().to_bytes());
        if parts.headers["authorization"] == "Bearer t1" {
            *response.status_mut() = http::StatusCode::UNAUTHORIZED;
        }
        Ok::<_, BoxError>(response)
    });
    let request = Request::post("https://api.test/pets")
        .header("x-tenant", "blue")
        .header("authorization", "stale")
        .body(Full::new(Bytes::from_static(b"hello")))
        .unwrap();
    let response = layer(&peer).layer(server).oneshot(request).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.body(), "hello");
}

#[tokio::test(start_paused = true)]
async fn replaying_can_be_turned_off_and_made_to_know_other_bodies() {
    let (peer, server) = (Peer::new(), Server::default());
    let off = layer(&peer).without_replay();
    assert_eq!(send(&off, &server, refuses_t1, get(())).await, 401);
    assert_eq!(send(&off, &server, refuses_t1, get(())).await, 200);

    let (peer, server) = (Peer::new(), Server::default());
    let knows = layer(&peer).replay_bodies(|body: &Vec<u8>| Some(body.clone()));
    let body = b"hello".to_vec();
    assert_eq!(send(&knows, &server, refuses_t1, get(body)).await, 200);
}

#[tokio::test(start_paused = true)]
async fn the_same_token_again_is_not_sent_again() {
    let fixed = BearerTokenLayer::new(Token::new("t1"));
    for layer in [fixed.clone(), fixed.uncached()] {
        let server = Server::default();
        let service = layer.layer(server.judging::<()>(refuses_t1));
        let response = service.oneshot(get(())).await.unwrap();
        assert_eq!(response.status(), 401);
        assert_eq!(server.seen(), ["Bearer t1"]);
    }
}

#[tokio::test(start_paused = true)]
async fn an_uncached_provider_is_asked_for_each_request_and_told_of_refusals() {
    let (peer, server) = (Peer::new(), Server::default());
    let layer = layer(&peer).uncached();
    assert_eq!(send(&layer, &server, refuses_t1, get(())).await, 200);
    assert_eq!(send(&layer, &server, refuses_t1, get(())).await, 200);
    assert_eq!(server.seen(), ["Bearer t1", "Bearer t2", "Bearer t3"]);
    assert_eq!(peer.told(), ["t1"]);
}

#[tokio::test(start_paused = true)]
async fn a_cache_behind_the_layers_own_is_told_too() {
    let (peer, server) = (Peer::new(), Server::default());
    let cache = CachedToken::new(Arc::clone(&peer));
    let service = BearerTokenLayer::new(cache.clone()).layer(server.judging::<()>(refuses_t1));
    let response = service.oneshot(get(())).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(server.seen(), ["Bearer t1", "Bearer t2"]);
    assert_eq!(cache.provide_token().await.unwrap().secret(), "t2");
    assert_eq!(peer.calls(), 2);
}

#[tokio::test(start_paused = true)]
async fn when_there_is_no_other_token_the_caller_gets_the_refusal() {
    let calls = std::sync::atomic::AtomicUsize::new(0);
    let once = move || {
        let call = calls.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        async move {
            match call {
                0 => Ok(Token::new("t1")),
                _ => Err("Refresh Token has been revoked".into()),
            }
        }
    };
    let server = Server::default();
    let service = BearerTokenLayer::new(once).layer(server.judging::<()>(refuses_t1));
    let response = service.oneshot(get(())).await.unwrap();
    assert_eq!(response.status(), 401);
    assert_eq!(
        response.headers()["x-amzn-errortype"],
        "UnauthorizedException"
    );
}
