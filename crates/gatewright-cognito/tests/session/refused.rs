//! When Cognito refuses a refresh token: the end of a session, until sign-in or sign-out.

use gatewright_cognito::{ErrorKind, SignOut};

use super::*;
use crate::support::Fault;

const REFRESH: &str = "GetTokensFromRefreshToken";

/// Alice is signed in, has credentials, and is in the last minute of both.
async fn at_the_end(cognito: &Cognito, session: &Session) {
    sign_in(session, "alice").await;
    key(session).await.unwrap();
    cognito.advance(ALMOST_AN_HOUR);
}

#[tokio::test]
async fn a_refused_refresh_token_ends_tokens_and_credentials_alike() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    at_the_end(&cognito, &session).await;
    cognito.revoke_all();
    for _ in 0..3 {
        // Whatever of it is still valid.
        let error = access(&session).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::SessionExpired);
        assert!(error.to_string().contains("sign in again"), "{error}");
        let error = key(&session).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::SessionExpired);
        // A look at the store in the background.
        settle().await;
        cognito.advance(OVER_AN_HOUR);
    }
    assert_eq!(cognito.count(REFRESH), 1);
    assert_eq!(cognito.count("GetCredentialsForIdentity"), 1);

    let view = session.fetch().await.unwrap();
    assert!(view.is_signed_in());
    assert_eq!(view.username(), Some("alice"));
    assert_eq!(view.tokens().unwrap_err().kind(), ErrorKind::SessionExpired);
}

#[tokio::test]
async fn a_thousand_calls_on_an_ended_session_fail_by_one_refresh() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    sign_in(&session, "alice").await;
    cognito.revoke_all();
    cognito.advance(OVER_AN_HOUR);
    let errors = thousand(|| {
        let session = session.clone();
        async move { key(&session).await.unwrap_err().kind() }
    });
    let errors = errors.await;
    assert!(errors.iter().all(|kind| *kind == ErrorKind::SessionExpired));
    assert_eq!(cognito.count(REFRESH), 1);
    assert_eq!(cognito.count("GetId"), 0);
}

#[tokio::test]
async fn signing_in_again_begins_a_new_session() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    at_the_end(&cognito, &session).await;
    cognito.revoke_all();
    assert!(access(&session).await.is_err());
    sign_in(&session, "alice").await;
    assert!(access(&session).await.is_ok());
    assert!(is_user(&key(&session).await.unwrap()));
}

#[tokio::test]
async fn signing_out_makes_a_guest_of_an_ended_session() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    at_the_end(&cognito, &session).await;
    cognito.revoke_all();
    assert!(access(&session).await.is_err());
    assert!(session.sign_out(SignOut::Local).await.is_complete());
    assert!(is_guest(&key(&session).await.unwrap()));
    let error = access(&session).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SignInRequired);
}

#[tokio::test]
async fn an_ended_session_is_a_guests_only_where_that_is_allowed() {
    let cognito = cognito(Settings::default());
    let session = builder(&cognito)
        .allow_guest_after_expiry()
        .build()
        .unwrap();
    at_the_end(&cognito, &session).await;
    cognito.revoke_all();
    let error = access(&session).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SessionExpired);
    assert!(is_guest(&key(&session).await.unwrap()));
}

#[tokio::test]
async fn every_refusal_of_the_token_or_its_user_ends_the_session() {
    for code in [
        "NotAuthorizedException",
        "RefreshTokenReuseException",
        "UserNotFoundException",
        "PasswordResetRequiredException",
        "UserNotConfirmedException",
    ] {
        let cognito = cognito(Settings::default());
        let session = session(&cognito);
        at_the_end(&cognito, &session).await;
        cognito.fail_always(REFRESH, Fault::Code(code, "no"));
        let error = access(&session).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::SessionExpired, "{code}");
        assert_eq!(error.code(), Some(code));
        assert_eq!(cognito.count(REFRESH), 1);
    }
}

#[tokio::test]
async fn tokens_without_a_refresh_token_end_when_they_expire() {
    let cognito = cognito(Settings::default());
    let session = at(&cognito).user_pool(user_pool()).build().unwrap();
    let response = r#"{"AuthenticationResult":{"AccessToken":"opaque","ExpiresIn":300}}"#;
    cognito.fail_once("InitiateAuth", Fault::Says(response));
    sign_in(&session, "alice").await;
    assert_eq!(access(&session).await.unwrap(), "opaque");
    // When they would be renewed.
    cognito.advance(Duration::from_secs(290));
    for _ in 0..3 {
        assert_eq!(access(&session).await.unwrap(), "opaque");
        settle().await;
    }
    cognito.advance(OVER_AN_HOUR);
    let error = access(&session).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SessionExpired);
    assert_eq!(cognito.count(REFRESH), 0);
}
