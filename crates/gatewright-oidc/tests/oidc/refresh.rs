//! Tokens for a user who has signed in: sessions that go on, and sessions that end.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use gatewright::layers::BearerTokenLayer;
use gatewright::{Body, BoxError, BoxService, ProvideToken};
use gatewright_oidc::{ErrorKind, RefreshTokenGrant, TokenSet};
use http::{Request, Response, StatusCode};
use tokio::time::advance;
use tower::{ServiceExt, service_fn};

use crate::issuer::{Issuer, failure};
use crate::reply::{Reply, html, json, refusal, token};

fn tokens(access: &str, more: &str) -> Reply {
    let answer =
        format!(r#"{{"access_token":"{access}","token_type":"Bearer","expires_in":3600{more}}}"#);
    json(200, answer)
}

const CODES: &str = r#"{"device_code":"dc","user_code":"AB-CD","verification_uri":"https://login.test/go","expires_in":600}"#;

/// What a user gets who signs in, of an issuer whose next two replies are for that.
async fn sign_in(issuer: &Issuer) -> TokenSet {
    issuer
        .client()
        .device_code()
        .await
        .unwrap()
        .wait()
        .await
        .unwrap()
}

#[tokio::test]
async fn a_refresh_token_gives_access_tokens() {
    let issuer = Issuer::replying([token("at-1"), token("at-2")]);
    let user = issuer
        .client()
        .scope("openid")
        .parameter("tenant", "a")
        .refresh_token("rt-1");
    assert_eq!(user.provide_token().await.unwrap().secret(), "at-1");
    assert_eq!(user.provide_token().await.unwrap().secret(), "at-2");
    for seen in issuer.seen() {
        let form: Vec<_> = seen
            .form
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        let expected = [
            ("client_id", "cli"),
            ("grant_type", "refresh_token"),
            ("refresh_token", "rt-1"),
            ("tenant", "a"),
        ];
        assert_eq!(form, expected);
    }
}

#[tokio::test]
async fn the_id_token_is_given_where_it_is_chosen() {
    let with_id = tokens("at-1", r#","id_token":"it-1""#);
    let issuer = Issuer::replying([with_id, tokens("at-2", "")]);
    let user = issuer.client().refresh_token("rt-1").id_token();
    let token = user.provide_token().await.unwrap();
    // `expires_in` is about the access token; caches read the `exp` of this one.
    assert_eq!((token.secret(), token.expires_at()), ("it-1", None));
    let error = failure(user.provide_token().await);
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(error.to_string().contains("`openid`"), "{error}");
}

#[tokio::test]
async fn a_refused_refresh_token_ends_the_session_for_good() {
    let issuer = Issuer::replying([refusal("invalid_grant")]);
    let user = issuer.client().refresh_token("rt-1");
    for _ in 0..3 {
        let error = failure(user.clone().provide_token().await);
        assert_eq!(error.kind(), ErrorKind::SignInRequired);
        assert_eq!(error.code(), Some("invalid_grant"));
        assert!(error.to_string().contains("sign in again"), "{error}");
        assert!(!error.is_retryable());
    }
    assert_eq!(issuer.seen().len(), 1, "a dead token is not tried again");
}

#[tokio::test]
async fn a_failure_that_passes_ends_no_session() {
    let issuer = Issuer::replying([
        html(502),
        Reply::Broken,
        refusal("server_error"),
        token("at-1"),
    ]);
    let user = issuer.client().refresh_token("rt-1");
    for _ in 0..3 {
        assert!(failure(user.provide_token().await).is_retryable());
    }
    assert_eq!(user.provide_token().await.unwrap().secret(), "at-1");
}

#[tokio::test]
async fn a_sign_in_is_used_first_and_then_refreshed() {
    let signed_in = tokens("at-1", r#","refresh_token":"rt-1""#);
    let issuer = Issuer::replying([json(200, CODES), signed_in, token("at-2")]);
    let user = issuer.client().signed_in(sign_in(&issuer).await);
    assert_eq!(user.provide_token().await.unwrap().secret(), "at-1");
    assert_eq!(user.provide_token().await.unwrap().secret(), "at-2");
    assert_eq!(issuer.seen()[2].form["refresh_token"], "rt-1");
}

#[tokio::test]
async fn a_sign_in_without_a_refresh_token_lasts_as_long_as_its_token() {
    let issuer = Issuer::replying([json(200, CODES), token("at-1")]);
    let user = issuer.client().signed_in(sign_in(&issuer).await);
    assert_eq!(user.provide_token().await.unwrap().secret(), "at-1");
    let error = failure(user.provide_token().await);
    assert_eq!(error.kind(), ErrorKind::SignInRequired);
    assert!(error.to_string().contains("`offline_access`"), "{error}");
}

#[tokio::test]
async fn a_sign_in_that_expired_unused_is_refreshed_at_once() {
    let signed_in = tokens("at-1", r#","refresh_token":"rt-1""#);
    let issuer = Issuer::replying([json(200, CODES), signed_in, token("at-2")]);
    let signed_in = sign_in(&issuer).await;
    let end = signed_in.access_token().expires_at().unwrap();
    let user = issuer
        .provider()
        .clock(move || end)
        .client("cli")
        .signed_in(signed_in);
    assert_eq!(user.provide_token().await.unwrap().secret(), "at-2");
}

type Log = Arc<Mutex<Vec<String>>>;

/// Stores refresh tokens in this log.
fn storing(user: RefreshTokenGrant, log: &Log) -> RefreshTokenGrant {
    let log = Arc::clone(log);
    user.store(move |token| {
        log.lock().unwrap().push(token);
        async { Ok(()) }
    })
}

#[tokio::test]
async fn a_refresh_token_is_stored_once_however_often_it_is_used() {
    let with_token = |access| tokens(access, r#","refresh_token":"rt-1""#);
    let replies = [
        json(200, CODES),
        with_token("at-1"),
        token("at-2"),
        with_token("at-3"),
    ];
    let (issuer, log) = (Issuer::replying(replies), Log::default());
    let user = storing(issuer.client().signed_in(sign_in(&issuer).await), &log);
    for access in ["at-1", "at-2", "at-3"] {
        assert_eq!(user.provide_token().await.unwrap().secret(), access);
    }
    assert_eq!(*log.lock().unwrap(), ["rt-1"]);
}

#[tokio::test]
async fn a_user_who_signs_in_again_goes_on_in_all_clones() {
    let signed_in = tokens("at-2", r#","refresh_token":"rt-2""#);
    let issuer = Issuer::replying([refusal("invalid_grant"), json(200, CODES), signed_in]);
    let log = Log::default();
    let user = storing(issuer.client().refresh_token("rt-1"), &log);
    let in_a_stack = user.clone();
    assert!(in_a_stack.provide_token().await.is_err());
    user.sign_in_again(sign_in(&issuer).await).await;
    assert_eq!(in_a_stack.provide_token().await.unwrap().secret(), "at-2");
    assert_eq!(*log.lock().unwrap(), ["rt-2"]);
}

/// A stack over an API that wants a token, with the tokens that the API got.
fn api(user: &RefreshTokenGrant) -> (BoxService, Log) {
    let log = Log::default();
    let transport = service_fn({
        let log = Arc::clone(&log);
        move |request: Request<Body>| {
            let token = request.headers()["authorization"].to_str().unwrap();
            log.lock().unwrap().push(token.to_owned());
            async { Ok::<_, BoxError>(Response::new(Body::empty())) }
        }
    });
    let base = "https://api.test".parse().unwrap();
    let layer = BearerTokenLayer::new(user.clone());
    let service = gatewright::stack(&base).token(layer).build_on(transport);
    (service, log)
}

/// Why no token came.
fn cause(error: &BoxError) -> ErrorKind {
    let cause = error.source().unwrap().downcast_ref();
    cause.map(gatewright_oidc::Error::kind).unwrap()
}

async fn call(api: &BoxService) -> Result<StatusCode, BoxError> {
    let request = Request::get("https://api.test/notes").body(Body::empty())?;
    Ok(api.clone().oneshot(request).await?.status())
}

#[tokio::test]
async fn a_layer_drops_the_token_of_the_user_before_who_signs_in_again() {
    let signed_in = tokens("bob", r#","refresh_token":"rt-2""#);
    let issuer = Issuer::replying([token("alice"), json(200, CODES), signed_in]);
    let user = issuer.client().refresh_token("rt-1");
    let (api, log) = api(&user);
    for _ in 0..2 {
        call(&api).await.unwrap();
    }
    user.sign_in_again(sign_in(&issuer).await).await;
    call(&api).await.unwrap();
    assert_eq!(
        *log.lock().unwrap(),
        ["Bearer alice", "Bearer alice", "Bearer bob"]
    );
}

#[tokio::test]
async fn calls_go_on_at_once_when_a_user_whose_session_ended_signs_in_again() {
    let signed_in = tokens("at-2", r#","refresh_token":"rt-2""#);
    let issuer = Issuer::replying([refusal("invalid_grant"), json(200, CODES), signed_in]);
    let user = issuer.client().refresh_token("rt-1");
    let (api, log) = api(&user);
    for _ in 0..3 {
        let error = call(&api).await.unwrap_err();
        assert_eq!(cause(&error), ErrorKind::SignInRequired);
    }
    user.sign_in_again(sign_in(&issuer).await).await;
    call(&api).await.unwrap();
    assert_eq!(*log.lock().unwrap(), ["Bearer at-2"]);
}

#[tokio::test(start_paused = true)]
async fn a_store_that_hangs_is_given_up_and_tried_again() {
    let rotated = tokens("at-1", r#","refresh_token":"rt-2""#);
    let issuer = Issuer::replying([rotated]);
    let calls = Arc::new(Mutex::new(0));
    let user = issuer.client().refresh_token("rt-1").store(move |_| {
        let mut calls = calls.lock().unwrap();
        *calls += 1;
        let hangs = *calls == 1;
        async move {
            if hangs {
                std::future::pending::<()>().await;
            }
            Ok::<_, BoxError>(())
        }
    });
    assert_eq!(failure(user.provide_token().await).kind(), ErrorKind::Store);
    advance(Duration::from_secs(1)).await;
    assert_eq!(user.provide_token().await.unwrap().secret(), "at-1");
}

#[test]
fn outside_a_runtime_there_is_an_error_and_no_panic() {
    let issuer = Issuer::replying([]);
    let user = issuer.client().refresh_token("rt-1");
    let mut future = std::pin::pin!(user.provide_token());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(result) = future.as_mut().poll(&mut context) else {
        panic!("it waits for a runtime that is not there");
    };
    assert_eq!(failure(result).kind(), ErrorKind::Interrupted);
}
