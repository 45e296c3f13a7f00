//! When tokens and credentials have expired.

use std::sync::Arc;

use serde_json::json;
use tokio::sync::Semaphore;

use super::*;
use crate::support::Fault;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_calls_at_expiry_renew_once() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    sign_in(&session, "alice").await;
    let before = (
        key(&session).await.unwrap(),
        access(&session).await.unwrap(),
    );
    cognito.advance(OVER_AN_HOUR);
    let calls = thousand(|| {
        let session = session.clone();
        async move {
            let (key, access) = tokio::join!(key(&session), access(&session));
            (key.unwrap(), access.unwrap())
        }
    });
    let calls = calls.await;
    assert!(calls.iter().all(|call| *call == calls[0]));
    assert!(is_user(&calls[0].0) && calls[0].0 != before.0);
    assert_ne!(calls[0].1, before.1);
    assert_eq!(cognito.count("GetTokensFromRefreshToken"), 1);
    assert_eq!(cognito.count("GetCredentialsForIdentity"), 2);
    assert_eq!(cognito.count("GetId"), 1);
}

#[tokio::test]
async fn a_login_that_expires_between_the_two_calls_is_renewed() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    sign_in(&session, "alice").await;
    let responses = Arc::new(Semaphore::new(0));
    cognito.fail_once(
        "GetCredentialsForIdentity",
        Fault::Hold(Arc::clone(&responses)),
    );
    let call = tokio::spawn({
        let session = session.clone();
        async move { key(&session).await }
    });
    while cognito.count("GetCredentialsForIdentity") == 0 {
        tokio::task::yield_now().await;
    }
    cognito.advance(OVER_AN_HOUR);
    responses.add_permits(1);
    assert!(is_user(&call.await.unwrap().unwrap()));
    assert_eq!(cognito.count("GetTokensFromRefreshToken"), 1);
    assert_eq!(cognito.count("GetCredentialsForIdentity"), 2);
    assert_eq!(cognito.count("GetId"), 1);
}

#[tokio::test]
async fn a_login_that_stays_refused_is_an_error_after_one_renewal() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    sign_in(&session, "alice").await;
    let text = "Invalid login token. Token expired: 2 >= 1";
    let refusal = Fault::Code("NotAuthorizedException", text);
    cognito.fail_always("GetCredentialsForIdentity", refusal);
    let error = key(&session).await.unwrap_err();
    assert_eq!(error.code(), Some("NotAuthorizedException"));
    assert_eq!(cognito.count("GetTokensFromRefreshToken"), 1);
    assert_eq!(cognito.count("GetCredentialsForIdentity"), 2);
}

/// `{"iss":"https://issuer.test/pool","sub":"7","iat":5,"exp":605}`
const TEN_MINUTES: &str =
    "e30.eyJpc3MiOiJodHRwczovL2lzc3Vlci50ZXN0L3Bvb2wiLCJzdWIiOiI3IiwiaWF0Ijo1LCJleHAiOjYwNX0.c2ln";

#[tokio::test]
async fn tokens_end_when_the_first_of_them_ends_whatever_the_issuers_clock_says() {
    for result in [
        json!({ "AccessToken": TEN_MINUTES }),
        json!({ "AccessToken": "opaque", "IdToken": TEN_MINUTES, "ExpiresIn": 3600 }),
        json!({ "AccessToken": TEN_MINUTES, "IdToken": "opaque", "ExpiresIn": -1 }),
        json!({ "AccessToken": "opaque", "ExpiresIn": 600 }),
    ] {
        let cognito = cognito(Settings::default());
        let session = at(&cognito).user_pool(user_pool()).build().unwrap();
        let response = json!({ "AuthenticationResult": result }).to_string();
        cognito.fail_once("InitiateAuth", Fault::Says(response.leak()));
        sign_in(&session, "alice").await;
        let view = session.fetch().await.unwrap();
        let expected = cognito.clock().now() + Duration::from_secs(600);
        assert_eq!(view.tokens().unwrap().expires_at(), Some(expected));
    }
}

#[tokio::test]
async fn without_an_id_token_there_are_no_credentials_and_the_error_says_what_to_change() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    let response = r#"{"AuthenticationResult":{"AccessToken":"opaque","ExpiresIn":600}}"#;
    cognito.fail_once("InitiateAuth", Fault::Says(response));
    sign_in(&session, "alice").await;
    let view = session.fetch().await.unwrap();
    assert!(view.tokens().unwrap().id().is_none());
    let error = view.identity().unwrap_err();
    assert!(error.to_string().contains("openid"), "{error}");
    assert_eq!(cognito.count("GetId"), 0);
}

#[tokio::test]
async fn tokens_that_never_say_when_they_end_are_used_until_they_are_refused() {
    let cognito = cognito(Settings::default());
    let session = at(&cognito).user_pool(user_pool()).build().unwrap();
    let response = r#"{"AuthenticationResult":{"AccessToken":"opaque","ExpiresIn":0}}"#;
    cognito.fail_once("InitiateAuth", Fault::Says(response));
    sign_in(&session, "alice").await;
    assert_eq!(access(&session).await.unwrap(), "opaque");
    let view = session.fetch().await.unwrap();
    assert_eq!(view.tokens().unwrap().expires_at(), None);
}

#[tokio::test]
async fn an_absurd_lifetime_is_no_lifetime() {
    let cognito = cognito(Settings::default());
    let session = at(&cognito).user_pool(user_pool()).build().unwrap();
    let response = r#"{"AuthenticationResult":{"AccessToken":"opaque","ExpiresIn":1e300}}"#;
    cognito.fail_once("InitiateAuth", Fault::Says(response));
    sign_in(&session, "alice").await;
    assert_eq!(access(&session).await.unwrap(), "opaque");
}

#[tokio::test]
async fn a_clock_that_was_set_back_renews_instead_of_trusting_the_old_tokens() {
    let cognito = cognito(Settings::default());
    let offset = Arc::new(std::sync::atomic::AtomicU64::new(1_000_000));
    let (clock, ahead) = (cognito.clock(), Arc::clone(&offset));
    let ahead = move || {
        let seconds = ahead.load(std::sync::atomic::Ordering::Relaxed);
        clock.now() + Duration::from_secs(seconds)
    };
    let session = builder(&cognito).clock(ahead).build().unwrap();
    sign_in(&session, "alice").await;
    let before = access(&session).await.unwrap();
    offset.store(0, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(access(&session).await.unwrap(), before, "still good");
    settle().await;
    assert_ne!(access(&session).await.unwrap(), before);
    assert_eq!(cognito.count("GetTokensFromRefreshToken"), 1);
}
