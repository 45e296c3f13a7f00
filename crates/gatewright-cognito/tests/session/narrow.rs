//! A session that calls Cognito over the same service as its client calls the API, where that service is narrow.

use std::sync::Arc;

use gatewright::{Body, BoxService, HttpService};
use http::{Method, Request};
use tokio::task::JoinSet;
use tower::buffer::BufferLayer;
use tower::limit::{ConcurrencyLimitLayer, GlobalConcurrencyLimitLayer};
use tower::{ServiceBuilder, service_fn};

use super::clients::{Client, SIGNING, WITH_TOKENS, call};
use super::*;
use crate::support::Api;

/// Cognito and the API behind one service.
fn both(cognito: &Cognito, api: &Api) -> BoxService {
    let (cognito, api) = (cognito.service().boxed(), api.clone());
    let both = service_fn(move |request: Request<Body>| {
        let (cognito, api) = (cognito.clone(), api.clone());
        async move {
            let host = request.uri().host().unwrap();
            if host.starts_with("cognito-") {
                return cognito.send(request).await;
            }
            Ok(api.serve(request).await?)
        }
    });
    HttpService::boxed(both)
}

type Narrow = fn(BoxService) -> BoxService;

/// Services that serve one call at a time.
const NARROW: [(&str, Narrow); 5] = [
    ("ConcurrencyLimit", |service| {
        let limit = ConcurrencyLimitLayer::new(1);
        ServiceBuilder::new().layer(limit).service(service).boxed()
    }),
    ("GlobalConcurrencyLimit", |service| {
        let limit = GlobalConcurrencyLimitLayer::new(1);
        ServiceBuilder::new().layer(limit).service(service).boxed()
    }),
    ("Buffer", |service| {
        let buffer = BufferLayer::new(1);
        ServiceBuilder::new().layer(buffer).service(service).boxed()
    }),
    ("Buffer and ConcurrencyLimit", |service| {
        let (buffer, limit) = (BufferLayer::new(1), ConcurrencyLimitLayer::new(1));
        let service = ServiceBuilder::new().layer(limit).service(service);
        ServiceBuilder::new().layer(buffer).service(service).boxed()
    }),
    ("ConcurrencyLimit of 2", |service| {
        let limit = ConcurrencyLimitLayer::new(2);
        ServiceBuilder::new().layer(limit).service(service).boxed()
    }),
];

/// The calls that come through, of 5 at a time: at the start, when everything has expired, and when it is refused.
async fn callers(narrow: Narrow, client: Client, user: &str) -> Vec<String> {
    let cognito = cognito(Settings::default());
    let api = Api::new(&cognito);
    let service = narrow(both(&cognito, &api));
    let session = builder(&cognito).transport(service.clone());
    let session = Arc::new(session.build().unwrap());
    if !user.is_empty() {
        sign_in(&session, user).await;
    }
    let client = client(&session, service, &cognito.clock().shared());
    for round in ["start", "expiry", "refusal"] {
        if round == "refusal" {
            for _ in 0..5 {
                api.refuse_once(401, Some("ExpiredTokenException"), async {});
            }
        }
        let mut calls = JoinSet::new();
        for _ in 0..5 {
            calls.spawn(call(client.clone(), Method::POST));
        }
        for outcome in calls.join_all().await {
            assert!(outcome.is_ok(), "{round}: {outcome:?}");
        }
        cognito.advance(OVER_AN_HOUR);
    }
    api.callers()
}

#[tokio::test(start_paused = true)]
async fn guest_credentials_come_over_a_service_that_serves_one_call_at_a_time() {
    for (name, narrow) in NARROW {
        for (client_name, client) in SIGNING {
            let callers = callers(narrow, client, "").await;
            assert!(callers.len() >= 15, "{name}, {client_name}");
            assert!(callers.iter().all(|it| it == "guest"));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_users_credentials_and_tokens_come_over_a_service_that_serves_one_call_at_a_time() {
    for (name, narrow) in NARROW {
        for (client_name, client) in SIGNING.into_iter().chain(WITH_TOKENS) {
            let callers = callers(narrow, client, "alice").await;
            assert!(callers.len() >= 15, "{name}, {client_name}");
            assert!(callers.iter().all(|it| it == "alice"));
        }
    }
}
