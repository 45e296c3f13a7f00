//! Tokens for a client itself: what is sent, and how the answer is read.

use std::time::{Duration, SystemTime};

use gatewright::layers::bearer::CachedToken;
use gatewright::{AuthorizeError, AuthorizeErrorKind, ProvideToken, Token};
use gatewright_oidc::{Client, ErrorKind};

use crate::issuer::{Issuer, failure};
use crate::reply::{json, token};

const NOW: SystemTime = SystemTime::UNIX_EPOCH;

/// Asks once, at [`NOW`].
async fn ask(issuer: &Issuer, settings: impl FnOnce(Client) -> Client) -> Token {
    let client = issuer.provider().clock(|| NOW).client("svc/a b");
    let grant = settings(client).client_credentials();
    grant.provide_token().await.unwrap()
}

#[tokio::test]
async fn a_secret_goes_into_the_header_and_the_rest_into_the_form() {
    let issuer = Issuer::replying([token("at-1")]);
    let token = ask(&issuer, |client| {
        let client = client.secret("p:%w").scope("api:read").scope("api:write");
        client.parameter("audience", "urn:notes & more")
    })
    .await;
    assert_eq!(
        token,
        Token::new("at-1").with_expiry(NOW + Duration::from_secs(3600))
    );

    let seen = &issuer.seen()[0];
    // RFC 6749, section 2.3.1: both parts are form-encoded first; `svc%2Fa+b:p%3A%25w` here.
    assert_eq!(
        seen.headers["authorization"],
        "Basic c3ZjJTJGYStiOnAlM0ElMjV3"
    );
    assert!(seen.headers["authorization"].is_sensitive());
    assert_eq!(
        seen.headers["content-type"],
        "application/x-www-form-urlencoded"
    );
    let form: Vec<_> = seen
        .form
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    let expected = [
        ("audience", "urn:notes & more"),
        ("grant_type", "client_credentials"),
        ("scope", "api:read api:write"),
    ];
    assert_eq!(form, expected);
}

#[tokio::test]
async fn a_secret_goes_into_the_body_where_the_provider_wants_it_there() {
    let issuer = Issuer::replying([token("at-1")]);
    ask(&issuer, |client| client.secret("p:%w").secret_in_body()).await;
    let seen = &issuer.seen()[0];
    assert!(!seen.headers.contains_key("authorization"));
    assert_eq!(
        (&*seen.form["client_id"], &*seen.form["client_secret"]),
        ("svc/a b", "p:%w")
    );
}

#[tokio::test]
async fn a_parameter_may_be_sent_more_than_once() {
    // Of RFC 8707's `resource`, a form as a map shows the last.
    let issuer = Issuer::replying([token("at-1")]);
    ask(&issuer, |client| {
        client.parameter("resource", "a").parameter("resource", "b")
    })
    .await;
    assert_eq!(issuer.seen()[0].form["resource"], "b");
}

#[tokio::test]
async fn a_token_expires_when_the_provider_says() {
    for (expires_in, seconds) in [
        (r#","expires_in":300"#, Some(300)),
        (r#","expires_in":"300""#, Some(300)),
        ("", None),
        (r#","expires_in":0"#, None),
        (r#","expires_in":-5"#, None),
        (r#","expires_in":1e30"#, None),
        (r#","expires_in":9300000000000000000"#, None),
        (r#","expires_in":null"#, None),
    ] {
        let answer = format!(r#"{{"access_token":"a","token_type":"bearer"{expires_in}}}"#);
        let token = ask(&Issuer::replying([json(200, answer)]), |client| client).await;
        let expected = seconds.map(|seconds| NOW + Duration::from_secs(seconds));
        assert_eq!(token.expires_at(), expected, "{expires_in}");
    }
}

#[tokio::test]
async fn an_answer_without_a_bearer_token_is_refused() {
    for answer in [
        "{}",
        r#"{"access_token":"a"}"#,
        r#"{"access_token":"","token_type":"Bearer"}"#,
        r#"{"access_token":7,"token_type":"Bearer"}"#,
        r#"{"access_token":"a","token_type":"DPoP"}"#,
        r#"{"access_token":"a","token_type":"mac"}"#,
        r#"{"error":"invalid_client"}"#,
    ] {
        let issuer = Issuer::replying([json(200, answer)]);
        let error = failure(issuer.client().client_credentials().provide_token().await);
        assert_eq!(error.kind(), ErrorKind::InvalidAnswer, "{answer}");
    }
}

/// A token is sent in a header: one that cannot stand there is an error, and not sent in part.
#[tokio::test]
async fn a_token_with_control_characters_goes_into_no_request() {
    for token in [
        "hunter2\\r\\nx-evil: 1",
        "hunter2\\u0000",
        "hunter2 ",
        "hunter2é",
    ] {
        let answer = format!(r#"{{"access_token":"{token}","token_type":"Bearer"}}"#);
        let issuer = Issuer::replying([json(200, answer)]);
        let cache = CachedToken::new(issuer.client().client_credentials());
        let error = cache.provide_token().await.unwrap_err();
        let error: &AuthorizeError = error.downcast_ref().unwrap();
        assert_eq!(error.kind(), AuthorizeErrorKind::InvalidSecret, "{token}");
        assert!(
            !format!("{error} {error:?}").contains("hunter2"),
            "{error:?}"
        );
    }
}
