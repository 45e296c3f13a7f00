//! What an app learns when the token endpoint gives no token.

use std::time::Duration;

use gatewright::layers::bearer::CachedToken;
use gatewright::{AuthorizeError, ProvideToken};
use gatewright_oidc::{ClientCredentialsGrant, Error, ErrorKind};
use tokio::time::advance;

use crate::issuer::{Issuer, everything, failure};
use crate::reply::{Reply, html, json, refusal, reply, token, truncated};

fn grant(issuer: &Issuer) -> ClientCredentialsGrant {
    issuer.client().secret("hunter2").client_credentials()
}

/// Asks an issuer that replies this.
async fn fail(reply: Reply) -> Error {
    let error = failure(grant(&Issuer::replying([reply])).provide_token().await);
    assert!(!everything(&error).contains("hunter2"), "{error:?}");
    error
}

#[tokio::test]
async fn a_refusal_keeps_its_code_and_description() {
    let body = r#"{"error":"invalid_client","error_description":"client authentication failed"}"#;
    let error = fail(json(401, body)).await;
    assert_eq!(error.kind(), ErrorKind::InvalidClient);
    assert_eq!(error.code(), Some("invalid_client"));
    assert_eq!(error.description(), Some("client authentication failed"));
    assert!(!error.is_retryable());
    let text = error.to_string();
    assert!(
        text.ends_with("(invalid_client: client authentication failed)"),
        "{text}"
    );
}

#[tokio::test]
async fn codes_that_the_crate_does_not_know_are_kept() {
    for code in [
        "invalid_scope",
        "unauthorized_client",
        "invalid_target",
        "x",
    ] {
        let error = fail(refusal(code)).await;
        assert_eq!(
            (error.kind(), error.code()),
            (ErrorKind::Refused, Some(code))
        );
    }
}

#[tokio::test(start_paused = true)]
async fn failures_that_pass_are_told_from_those_that_last() {
    let huge = "x".repeat(1024 * 1024 + 1);
    let cases: [(Reply, ErrorKind, bool); 11] = [
        (html(500), ErrorKind::Unavailable, true),
        (html(503), ErrorKind::Unavailable, true),
        (
            refusal("temporarily_unavailable"),
            ErrorKind::Unavailable,
            true,
        ),
        (html(429), ErrorKind::Throttled, true),
        (Reply::Broken, ErrorKind::Transport, true),
        (truncated(), ErrorKind::Transport, true),
        (Reply::Silence, ErrorKind::TimedOut, true),
        (html(200), ErrorKind::InvalidAnswer, false),
        (html(400), ErrorKind::InvalidAnswer, false),
        (json(200, huge), ErrorKind::InvalidAnswer, false),
        (
            json(400, r#"{"message":"no"}"#),
            ErrorKind::InvalidAnswer,
            false,
        ),
    ];
    for (index, (reply, kind, is_retryable)) in cases.into_iter().enumerate() {
        let error = fail(reply).await;
        assert_eq!(
            (error.kind(), error.is_retryable()),
            (kind, is_retryable),
            "{index}"
        );
    }
}

#[tokio::test]
async fn a_server_error_keeps_what_it_says_in_json() {
    let body = r#"{"error":"server_error","error_description":"the database is down"}"#;
    let error = fail(json(500, body)).await;
    assert_eq!(error.kind(), ErrorKind::Unavailable);
    assert_eq!(error.description(), Some("the database is down"));
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_asks_for_a_pause_gets_it() {
    let issuer = Issuer::replying([html(429).with("retry-after", "30"), token("at-1")]);
    let provider = issuer.provider();
    let grant = provider.client("a").client_credentials();
    let error = failure(grant.provide_token().await);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));

    advance(Duration::from_secs(29)).await;
    let other = provider.client("b").client_credentials();
    let error = failure(other.provide_token().await);
    assert_eq!(error.kind(), ErrorKind::Throttled);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(1)));
    assert_eq!(issuer.seen().len(), 1, "it was left alone");

    advance(Duration::from_secs(1)).await;
    assert_eq!(grant.provide_token().await.unwrap().secret(), "at-1");
}

#[tokio::test]
async fn no_redirect_takes_a_secret_along() {
    for status in [301, 302, 303, 307, 308] {
        let to = "https://evil.test/?hunter2";
        let issuer = Issuer::replying([reply(status, "hunter2").with("location", to)]);
        let error = failure(grant(&issuer).provide_token().await);
        assert_eq!(error.kind(), ErrorKind::Redirected, "{status}");
        assert!(!everything(&error).contains("hunter2"), "{error:?}");
        assert_eq!(issuer.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_cache_hands_the_error_on() {
    let issuer = Issuer::replying([refusal("invalid_client")]);
    let error = CachedToken::new(grant(&issuer))
        .provide_token()
        .await
        .unwrap_err();
    let error: &AuthorizeError = error.downcast_ref().unwrap();
    let source = std::error::Error::source(error).unwrap();
    let source: &Error = source.downcast_ref().unwrap();
    assert_eq!(source.kind(), ErrorKind::InvalidClient);
}
