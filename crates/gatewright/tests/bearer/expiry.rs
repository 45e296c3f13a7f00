//! Tokens that run out while requests are on their way, and clones that share them.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use gatewright::layers::BearerTokenLayer;
use gatewright::token::Token;
use http::header::AUTHORIZATION;
use tokio::time::Instant;
use tower::Layer;
use tower::ServiceExt;

use crate::support::*;

#[tokio::test(start_paused = true)]
async fn each_attempt_has_the_token_of_its_time() {
    let began = Instant::now();
    let now = move || SystemTime::UNIX_EPOCH + began.elapsed();
    let provider = move || async move {
        let end = now() + Duration::from_secs(60);
        Ok(Token::new(format!("t{}", began.elapsed().as_secs())).with_expiry(end))
    };
    let server = Server::default();
    let layer = BearerTokenLayer::new(provider).clock(now);
    let service = layer.layer(server.judging::<()>(|_| Some((503, None))));
    // A retry outside of the layer sends the request that it kept, with the old header on it.
    let mut request = get(());
    for _ in 0..3 {
        let sent = service.clone().oneshot(request).await.unwrap();
        assert_eq!(sent.status(), 503);
        tokio::time::sleep(Duration::from_secs(60)).await;
        request = get(());
        let used = server.seen().last().unwrap().parse().unwrap();
        request.headers_mut().insert(AUTHORIZATION, used);
    }
    assert_eq!(server.seen(), ["Bearer t0", "Bearer t60", "Bearer t120"]);
}

#[tokio::test(start_paused = true)]
async fn layers_and_services_share_one_cache_with_their_clones() {
    let (peer, server) = (Peer::new(), Server::default());
    let layer = BearerTokenLayer::new(Arc::clone(&peer));
    assert_eq!(send(&layer, &server, |_| None, get(())).await, 200);
    assert_eq!(send(&layer.clone(), &server, |_| None, get(())).await, 200);
    let service = layer.layer(server.judging::<()>(|_| None));
    for service in [service.clone(), service] {
        assert!(service.oneshot(get(())).await.is_ok());
    }
    assert_eq!(server.seen(), ["Bearer t1"; 4]);
    assert_eq!(peer.calls(), 1);
}

#[tokio::test(start_paused = true)]
async fn being_ready_asks_for_no_token() {
    let (peer, server) = (Peer::new(), Server::default());
    let layer = BearerTokenLayer::new(Arc::clone(&peer));
    let mut service = layer.layer(server.judging::<()>(|_| None));
    service.ready().await.unwrap();
    service.ready().await.unwrap();
    assert_eq!(peer.calls(), 0);
}

#[tokio::test(start_paused = true)]
async fn no_token_is_asked_for_to_a_target_in_the_clear() {
    let (peer, server) = (Peer::new(), Server::default());
    let layer = BearerTokenLayer::new(Arc::clone(&peer));
    let service = layer.layer(server.judging::<()>(|_| None));
    let request = http::Request::get("http://api.test/").body(()).unwrap();
    assert!(service.oneshot(request).await.is_err());
    assert!(server.seen().is_empty());
    assert_eq!(peer.calls(), 0);
}

#[tokio::test(start_paused = true)]
async fn no_token_goes_to_the_target_of_a_redirect() {
    let (peer, server) = (Peer::new(), Server::default());
    let origin = "https://api.test".parse().unwrap();
    let layer = BearerTokenLayer::new(Arc::clone(&peer)).only_to(origin);
    assert_eq!(send(&layer, &server, |_| None, get(())).await, 200);
    for target in [
        "https://other.test/",
        "https://api.test:8443/",
        "http://localhost/",
    ] {
        let service = layer.layer(server.judging::<()>(|_| None));
        let request = http::Request::get(target).body(()).unwrap();
        assert!(service.oneshot(request).await.is_err(), "{target}");
    }
    assert_eq!(server.seen(), ["Bearer t1"]);
}
