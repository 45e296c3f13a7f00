//! What a service with its type erased tells the layers outside of it about its readiness.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

use std::sync::Arc;
use std::time::Duration;

use gatewright::layers::{ApiKeyLayer, LimitsLayer};
use gatewright::{Body, BoxError, BoxService, HttpService};
use http::{Request, Response};
use tokio::sync::Notify;
use tower::limit::GlobalConcurrencyLimitLayer;
use tower::{Service, ServiceBuilder, ServiceExt, service_fn};

/// A service of one call at a time, which responds on a signal.
fn narrow(go: &Arc<Notify>) -> BoxService {
    let go = Arc::clone(go);
    let api = service_fn(move |_: Request<Body>| {
        let go = Arc::clone(&go);
        async move {
            go.notified().await;
            Ok::<_, BoxError>(Response::new(Body::empty()))
        }
    });
    let limit = GlobalConcurrencyLimitLayer::new(1);
    HttpService::boxed(ServiceBuilder::new().layer(limit).service(api))
}

fn request() -> Request<Body> {
    Request::get("https://api.test/pets")
        .body(Body::empty())
        .unwrap()
}

/// The service itself, and below layers of ours.
fn each(go: &Arc<Notify>) -> [BoxService; 3] {
    let key = ApiKeyLayer::new("0123456789abcdefghij").unwrap();
    let base = "https://api.test".parse().unwrap();
    let layered = ServiceBuilder::new()
        .layer(LimitsLayer::new())
        .layer(key.clone())
        .service(narrow(go));
    let stack = gatewright::stack(&base).api_key(key);
    [
        narrow(go),
        HttpService::boxed(layered),
        stack.build_on(narrow(go)),
    ]
}

#[tokio::test]
async fn load_shed_outside_sheds_what_a_limit_inside_does_not_take() {
    let go = Arc::new(Notify::new());
    for service in each(&go) {
        let mut shedding = ServiceBuilder::new().load_shed().service(service);
        let first = shedding.ready().await.unwrap().call(request());
        let second = shedding.ready().await.unwrap().call(request());
        assert!(
            second
                .await
                .unwrap_err()
                .is::<tower::load_shed::error::Overloaded>()
        );
        go.notify_one();
        assert!(first.await.is_ok());
    }
}

#[tokio::test]
async fn what_poll_ready_reserves_is_used_by_the_call_after_it() {
    let go = Arc::new(Notify::new());
    for mut service in each(&go) {
        for _ in 0..3 {
            let call = service.ready().await.unwrap().call(request());
            go.notify_one();
            assert!(call.await.is_ok());
        }
    }
}

#[tokio::test]
async fn a_clone_reserves_nothing_and_waits_for_its_turn() {
    let go = Arc::new(Notify::new());
    for mut service in each(&go) {
        let waiting = service.clone();
        let call = service.ready().await.unwrap().call(request());
        let second = tokio::spawn(waiting.send(request()));
        go.notify_one();
        assert!(call.await.is_ok());
        // The permit is that of the second call now.
        drop(service);
        go.notify_one();
        assert!(second.await.unwrap().is_ok());
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_waits_for_its_turn_has_its_time_limit() {
    let go = Arc::new(Notify::new());
    let service = narrow(&go);
    let held = service.clone().ready_oneshot().await.unwrap();
    let base = "https://api.test".parse().unwrap();
    let rest = gatewright::client::RestClient::new(service, base);
    let pets = rest.get("getPets", "/pets", gatewright::Auth::NONE);
    let pets = pets.call::<gatewright::Result<()>>();
    let error = pets.timeout(Duration::from_secs(1)).await.unwrap_err();
    assert!(error.is_timeout());
    drop(held);
}

#[tokio::test]
async fn an_error_of_poll_ready_is_the_error_of_the_call() {
    let failed = || Err::<Response<Body>, BoxError>("no response".into());
    let service = service_fn(move |_: Request<Body>| std::future::ready(failed()));
    let buffered = tower::buffer::Buffer::new(service, 1);
    let error = HttpService::boxed(buffered).send(request()).await;
    assert_eq!(error.unwrap_err().to_string(), "no response");
}
