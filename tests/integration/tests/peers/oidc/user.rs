//! A user who signs in with a browser, and whose tokens are renewed.

use std::sync::{Arc, Mutex};

use gatewright::{GatewayErrorKind, ProvideToken};
use gatewright_oidc::{Client, DeviceGrant, ErrorKind, RefreshTokenGrant, TokenSet};
use tokio::task::JoinSet;

use super::browser::{Answer, Browser};
use super::{App, LIFETIME, call, claim};
use crate::support::refusal;

const CALLERS: usize = 1_000;

async fn terminal(app: &App) -> Client {
    let client = app.provider().await.client("terminal");
    let scopes = ["openid", "offline_access", "notes:read"];
    // Without it this provider gives no refresh token.
    let client = client.parameter("prompt", "consent");
    scopes.into_iter().fold(client, Client::scope)
}

async fn begin(client: &Client) -> (DeviceGrant, String) {
    let flow = client.device_code().await.unwrap();
    let page = flow.verification_uri_complete().unwrap().to_owned();
    (flow, page)
}

/// What alice gets, who has said yes before anybody asks.
async fn sign_in(client: &Client) -> TokenSet {
    let (flow, page) = begin(client).await;
    Browser::default().decide(&page, Answer::Yes).await;
    flow.wait().await.unwrap()
}

type Stored = Arc<Mutex<Vec<String>>>;

/// Stores refresh tokens in this list.
fn storing(user: RefreshTokenGrant, stored: &Stored) -> RefreshTokenGrant {
    let stored = Arc::clone(stored);
    user.store(move |token| {
        stored.lock().unwrap().push(token);
        async { Ok(()) }
    })
}

#[tokio::test]
async fn a_device_flow_waits_for_the_user_and_gives_tokens_that_are_accepted() {
    let app = App::default();
    let client = terminal(&app).await;
    let (flow, page) = begin(&client).await;
    let waiting = tokio::spawn(flow.wait());
    while app.token_requests() == 0 && !waiting.is_finished() {
        tokio::task::yield_now().await;
    }
    Browser::default().decide(&page, Answer::Yes).await;
    let tokens = waiting.await.unwrap().unwrap();
    assert!(app.token_requests() > 1, "it was pending first");

    let answer = call(&app.cached(client.signed_in(tokens))).await.unwrap();
    assert_eq!(claim(&answer, "sub"), Some("alice"));
}

#[tokio::test]
async fn a_user_who_says_no_ends_a_device_flow() {
    let (flow, page) = begin(&terminal(&App::default()).await).await;
    Browser::default().decide(&page, Answer::No).await;
    let error = flow.wait().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::AccessDenied, Some("access_denied"))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_callers_refresh_once_and_the_new_refresh_token_is_stored() {
    let (app, stored) = (App::default(), Stored::default());
    let client = terminal(&app).await;
    let user = storing(client.signed_in(sign_in(&client).await), &stored);
    let tokens = app.cached(user);
    tokens.provide_token().await.unwrap();
    app.clock.set(LIFETIME);
    let before = app.token_requests();

    let callers = (0..CALLERS).map(|_| {
        let tokens = tokens.clone();
        async move { tokens.provide_token().await.unwrap() }
    });
    let given = callers.collect::<JoinSet<_>>().join_all().await;
    assert!(given.iter().all(|token| token == &given[0]));
    assert_eq!(app.token_requests(), before + 1);
    let stored = stored.lock().unwrap().clone();
    assert!(
        stored.len() == 2 && stored[0] != stored[1],
        "sign-in and rotation"
    );
    assert_eq!(claim(&call(&tokens).await.unwrap(), "sub"), Some("alice"));
}

#[tokio::test]
async fn an_old_refresh_token_ends_the_session_of_who_uses_it_and_of_all() {
    let (app, stored) = (App::default(), Stored::default());
    let client = terminal(&app).await;
    let user = storing(client.signed_in(sign_in(&client).await), &stored);
    for _ in 0..3 {
        user.provide_token().await.unwrap();
    }
    assert_eq!(stored.lock().unwrap().len(), 3, "sign-in and two rotations");

    let old = stored.lock().unwrap()[0].clone();
    for session in [client.refresh_token(old.as_str()), user] {
        let error = session.provide_token().await.unwrap_err();
        let error: &gatewright_oidc::Error = error.downcast_ref().unwrap();
        assert_eq!(
            (error.kind(), error.code()),
            (ErrorKind::SignInRequired, Some("invalid_grant"))
        );
        assert!(!format!("{error} {error:?}").contains(&old));
    }
}

#[tokio::test]
async fn the_id_token_is_renewed_too_and_is_for_the_client_alone() {
    let app = App::default();
    let client = terminal(&app).await;
    let user = client.signed_in(sign_in(&client).await).id_token();
    let before = app.token_requests();
    user.provide_token().await.unwrap();
    user.provide_token().await.unwrap();
    assert_eq!(
        app.token_requests(),
        before + 1,
        "the first is the sign-in's"
    );
    // The authorizer wants the audience of the API.
    let outcome = call(&app.cached(user)).await;
    assert_eq!(refusal(outcome), (401, GatewayErrorKind::Unauthorized));
}
