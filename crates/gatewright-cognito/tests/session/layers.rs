//! The session in the layers of a client that is built once.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use gatewright::layers::{BearerTokenLayer, SigV4Layer};
use gatewright::{Body, BoxService, HttpService};
use gatewright_cognito::SignOut;
use http::{Request, Response, StatusCode};
use tokio::sync::Barrier;
use tower::{Layer, ServiceExt, service_fn};

use super::*;

const ORDERS: &str = "https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod/orders";

/// What was in `authorization`, call by call.
type Seen = Arc<Mutex<Vec<String>>>;

/// An API that takes anything.
fn api(seen: &Seen) -> BoxService {
    let seen = Arc::clone(seen);
    let api = service_fn(move |request| {
        seen.lock().unwrap().push(authorization(&request));
        async { Ok::<_, Infallible>(Response::new(Body::empty())) }
    });
    HttpService::boxed(api)
}

/// An API that refuses this token, as soon as ten calls have it.
fn api_that_refuses(token: String, seen: &Seen) -> BoxService {
    let (seen, ten) = (Arc::clone(seen), Arc::new(Barrier::new(10)));
    let api = service_fn(move |request| {
        let (value, ten) = (authorization(&request), Arc::clone(&ten));
        let is_refused = value == token;
        seen.lock().unwrap().push(value);
        async move {
            let mut response = Response::new(Body::empty());
            if is_refused {
                ten.wait().await;
                *response.status_mut() = StatusCode::UNAUTHORIZED;
                let kind = "UnauthorizedException".parse().unwrap();
                response.headers_mut().insert("x-amzn-errortype", kind);
            }
            Ok::<_, Infallible>(response)
        }
    });
    HttpService::boxed(api)
}

fn authorization(request: &Request<Body>) -> String {
    let value = &request.headers()["authorization"];
    assert!(value.is_sensitive());
    value.to_str().unwrap().to_owned()
}

async fn call<S>(client: S) -> StatusCode
where
    S: HttpService,
{
    let request = Request::get(ORDERS).body(Body::empty()).unwrap();
    client.send(request).await.unwrap().status()
}

#[tokio::test]
async fn a_client_that_signs_switches_from_guest_to_user_and_back_without_being_rebuilt() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    let (seen, clock) = (Seen::default(), cognito.clock());
    let layer = SigV4Layer::from_cache("eu-west-1", session.credentials());
    let client = layer.clock(move || clock.now()).layer(api(&seen));

    call(client.clone()).await;
    sign_in(&session, "alice").await;
    call(client.clone()).await;
    assert!(session.sign_out(SignOut::Revoke).await.is_complete());
    call(client.clone()).await;

    let seen = seen.lock().unwrap();
    let roles = ["ASIAGUEST", "ASIAUSER", "ASIAGUEST"];
    for (authorization, role) in seen.iter().zip(roles) {
        let signed = format!("AWS4-HMAC-SHA256 Credential={role}");
        assert!(authorization.starts_with(&signed), "{authorization}");
    }
    assert_eq!(seen.len(), roles.len());
}

#[tokio::test]
async fn a_client_with_a_token_sends_that_of_who_is_signed_in() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    let (seen, clock) = (Seen::default(), cognito.clock());
    let layer = BearerTokenLayer::new(session.access_token()).raw();
    let client = layer.clock(move || clock.now()).layer(api(&seen));

    let request = Request::get(ORDERS).body(Body::empty()).unwrap();
    assert!(client.clone().oneshot(request).await.is_err());
    let mut expected = Vec::new();
    for name in ["alice", "bob"] {
        sign_in(&session, name).await;
        expected.push(access(&session).await.unwrap());
        call(client.clone()).await;
    }
    assert_eq!(*seen.lock().unwrap(), expected);
}

#[tokio::test]
async fn ten_calls_whose_token_is_refused_renew_it_once() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    sign_in(&session, "alice").await;
    let (seen, clock) = (Seen::default(), cognito.clock());
    let api = api_that_refuses(access(&session).await.unwrap(), &seen);
    let layer = BearerTokenLayer::new(session.access_token()).raw();
    let client = layer.clock(move || clock.now()).layer(api);

    let calls: Vec<_> = (0..10)
        .map(|_| tokio::spawn(call(client.clone())))
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap(), StatusCode::OK);
    }
    assert_eq!(cognito.count("GetTokensFromRefreshToken"), 1);
    assert_eq!(seen.lock().unwrap().len(), 20);
}

#[tokio::test]
async fn tokens_that_are_refused_again_and_again_are_renewed_once() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    sign_in(&session, "alice").await;
    for _ in 0..5 {
        let (access, id) = (session.access_token(), session.id_token());
        access.refused(&access.provide_token().await.unwrap());
        id.refused(&id.provide_token().await.unwrap());
    }
    access(&session).await.unwrap();
    assert_eq!(cognito.count("GetTokensFromRefreshToken"), 1);
}
