//! When a renewal fails, or its response is no use.

use gatewright_cognito::ErrorKind;
use http::StatusCode;

use super::*;
use crate::support::Fault;

const REFRESH: &str = "GetTokensFromRefreshToken";

fn passing_faults() -> Vec<Fault> {
    vec![
        Fault::Code("TooManyRequestsException", "Rate exceeded"),
        Fault::Throttled(1),
        Fault::Code("InternalErrorException", "Something went wrong"),
        Fault::Html(StatusCode::BAD_GATEWAY),
        Fault::Html(StatusCode::OK),
        Fault::Reset,
        Fault::HalfAResponse,
        Fault::Says("{}"),
    ]
}

#[tokio::test(start_paused = true)]
async fn a_failure_that_may_pass_leaves_tokens_that_are_valid_in_use() {
    for fault in passing_faults() {
        let cognito = cognito(Settings::default());
        let session = session(&cognito);
        sign_in(&session, "alice").await;
        let before = access(&session).await.unwrap();
        cognito.fail_always(REFRESH, fault);
        cognito.advance(ALMOST_AN_HOUR);
        assert_eq!(access(&session).await.unwrap(), before);
        let calls = cognito.count(REFRESH);
        assert!(calls >= 1);
        // Cognito is left alone for a while.
        assert_eq!(access(&session).await.unwrap(), before);
        assert_eq!(cognito.count(REFRESH), calls);

        cognito.heal();
        tokio::time::advance(Duration::from_secs(10)).await;
        assert_ne!(access(&session).await.unwrap(), before);
    }
}

#[tokio::test(start_paused = true)]
async fn a_failure_that_may_pass_is_an_error_when_tokens_have_expired_and_never_makes_a_guest() {
    for fault in passing_faults() {
        let cognito = cognito(Settings::default());
        let session = session(&cognito);
        sign_in(&session, "alice").await;
        key(&session).await.unwrap();
        cognito.fail_always(REFRESH, fault);
        cognito.advance(OVER_AN_HOUR);
        let error = key(&session).await.unwrap_err();
        assert!(error.is_retryable(), "{error:?}");
        assert!(access(&session).await.unwrap_err().is_retryable());
        assert!(session.fetch().await.is_err());

        cognito.heal();
        tokio::time::advance(Duration::from_secs(10)).await;
        assert!(is_user(&key(&session).await.unwrap()));
    }
}

#[tokio::test(start_paused = true)]
async fn credentials_that_are_valid_are_used_while_the_identity_pool_fails() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    let before = key(&session).await.unwrap();
    cognito.fail_always(
        "GetCredentialsForIdentity",
        Fault::Html(StatusCode::BAD_GATEWAY),
    );
    cognito.advance(ALMOST_AN_HOUR);
    assert_eq!(key(&session).await.unwrap(), before);
    cognito.advance(OVER_AN_HOUR);
    tokio::time::advance(Duration::from_secs(10)).await;
    assert_eq!(key(&session).await.unwrap_err().kind(), ErrorKind::Service);
}
