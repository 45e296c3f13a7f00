//! Which responses remove a token from the cache.

use std::sync::Arc;
use std::time::Duration;

use gatewright::RefreshPolicy;
use gatewright::layers::BearerTokenLayer;
use gatewright::layers::bearer::CachedToken;

use crate::support::*;

fn layer(peer: &Arc<Peer>) -> BearerTokenLayer<Arc<Peer>> {
    let policy = RefreshPolicy::default().jitter(|| 0.0);
    BearerTokenLayer::from_cache(CachedToken::with_policy(Arc::clone(peer), policy))
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_replaced_and_the_request_sent_once_more() {
    let judges: [fn(&str) -> Verdict; 4] = [
        refuses_t1,
        |token| (token == "Bearer t1").then_some((401, None)),
        |token| (token == "Bearer t1").then_some((403, Some("ExpiredTokenException"))),
        |token| {
            (token == "Bearer t1").then_some((403, Some("UnrecognizedClientException:http://x")))
        },
    ];
    for judge in judges {
        let (peer, server) = (Peer::new(), Server::default());
        let layer = layer(&peer);
        assert_eq!(send(&layer, &server, judge, get(())).await, 200);
        assert_eq!(server.seen(), ["Bearer t1", "Bearer t2"]);
        assert_eq!(peer.told(), ["t1"]);
        // The new one stays.
        assert_eq!(send(&layer, &server, judge, get(())).await, 200);
        assert_eq!(peer.calls(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn other_refusals_cost_nothing() {
    let judges: [fn(&str) -> Verdict; 6] = [
        |_| Some((403, Some("AccessDeniedException"))),
        |_| Some((401, Some("AccessDeniedException"))),
        |_| Some((403, Some("ForbiddenException"))),
        |_| Some((403, Some("MissingAuthenticationTokenException"))),
        |_| Some((403, None)),
        |_| Some((500, None)),
    ];
    for judge in judges {
        let (peer, server) = (Peer::new(), Server::default());
        assert_ne!(send(&layer(&peer), &server, judge, get(())).await, 200);
        assert_eq!(server.seen(), ["Bearer t1"]);
        assert_eq!(peer.calls(), 1);
        assert!(peer.told().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn clock_skew_is_never_corrected_for_tokens() {
    let (peer, server) = (Peer::new(), Server::default());
    let judge = |_: &str| Some((403, Some("InvalidSignatureException")));
    assert_eq!(send(&layer(&peer), &server, judge, get(())).await, 403);
    assert_eq!(server.seen(), ["Bearer t1"]);
}

#[tokio::test(start_paused = true)]
async fn ten_refusals_at_once_are_one_refresh() {
    let (peer, server) = (Peer::new(), Server::default());
    let layer = layer(&peer);
    let sending = (0..10).map(|_| {
        let (layer, server) = (layer.clone(), server.clone());
        tokio::spawn(async move { send(&layer, &server, refuses_t1, get(())).await })
    });
    for sent in sending.collect::<Vec<_>>() {
        assert_eq!(sent.await.unwrap(), 200);
    }
    assert_eq!(peer.calls(), 2);
    assert_eq!(peer.told(), ["t1"]);
    assert_eq!(server.seen().len(), 20);
}

#[tokio::test(start_paused = true)]
async fn a_late_refusal_does_not_drop_the_successor() {
    let (peer, server) = (Peer::new(), Server::default());
    let layer = layer(&peer);
    let slow = layer.clone();
    // Responds when `t1` was replaced long ago.
    let late = tokio::spawn(async move {
        let server = Server::slow(Duration::from_secs(120));
        send(&slow, &server, refuses_t1, get(())).await
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(send(&layer, &server, refuses_t1, get(())).await, 200);
    assert_eq!(late.await.unwrap(), 200);
    assert_eq!(peer.calls(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_takes_no_token_is_no_loop() {
    let (peer, server) = (Peer::new(), Server::default());
    let layer = layer(&peer);
    let judge = |_: &str| Some((401, None));
    assert_eq!(send(&layer, &server, judge, get(())).await, 401);
    assert_eq!(server.seen(), ["Bearer t1", "Bearer t2"]);
    // Ten minutes of a call each second. Pauses of 10, 20, 40, 80, 160 and 300 seconds.
    for _ in 0..600 {
        assert_eq!(send(&layer, &server, judge, get(())).await, 401);
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    assert_eq!(peer.calls(), 2 + 5);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_worked_for_a_while_is_replaced_at_once() {
    let (peer, server) = (Peer::new(), Server::default());
    let layer = layer(&peer);
    for round in 1..10 {
        let token = format!("Bearer t{round}");
        assert_eq!(send(&layer, &server, |_| None, get(())).await, 200);
        assert_eq!(server.seen().last(), Some(&token));
        tokio::time::sleep(Duration::from_secs(120)).await;
        let judge = move |sent: &str| (sent == token).then_some((401, None));
        assert_eq!(send(&layer, &server, judge, get(())).await, 200);
    }
    assert_eq!(peer.calls(), 10);
}
