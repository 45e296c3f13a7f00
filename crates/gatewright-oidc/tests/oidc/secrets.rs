//! No secret is shown, whoever sends it back.

use std::fmt::Debug;

use gatewright::ProvideToken;
use gatewright_oidc::Error;

use crate::issuer::{Issuer, everything, failure};
use crate::reply::{Reply, html, json, refusal, reply};

const SECRETS: [&str; 8] = [
    "S3CRET-client",
    "S3CRET-refresh",
    "S3CRET-rotated",
    "S3CRET-access",
    "S3CRET-id",
    "S3CRET-device",
    "S3CRET-user",
    "S3CRET-parameter",
];

fn assert_hidden(what: &str, text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{what} shows {secret}: {text}");
    }
}

fn assert_no_secret(what: &str, shown: &impl Debug) {
    assert_hidden(what, &format!("{shown:?} {shown:#?}"));
}

fn codes() -> Reply {
    json(
        200,
        r#"{"device_code":"S3CRET-device","user_code":"S3CRET-user","verification_uri":"https://login.test/go",
            "verification_uri_complete":"https://login.test/go?S3CRET-user","expires_in":600}"#,
    )
}

fn tokens() -> Reply {
    json(
        200,
        r#"{"access_token":"S3CRET-access","token_type":"Bearer","id_token":"S3CRET-id","refresh_token":"S3CRET-rotated"}"#,
    )
}

fn client(issuer: &Issuer) -> gatewright_oidc::Client {
    let client = issuer.client().secret("S3CRET-client");
    client.parameter("assertion", "S3CRET-parameter")
}

/// What issuers that are broken or evil send back.
fn replies() -> impl Iterator<Item = Reply> {
    let all = SECRETS.join(" ");
    let told = format!(r#"{{"error":"bad {all}","error_description":"{all}"}}"#);
    let wrong = format!(
        r#"{{"access_token":["{all}"],"expires_in":"{all}","user_code":7,"interval":"{all}"}}"#
    );
    let location = "https://evil.test/?S3CRET-client";
    let replies = [
        json(400, told.clone()),
        json(429, told.clone()),
        json(503, told),
        json(200, wrong.clone()),
        json(400, wrong),
        reply(200, all.clone()).with("content-type", &all),
        reply(500, all),
        reply(307, "").with("location", location),
        html(200),
        refusal("invalid_grant"),
    ];
    replies.into_iter()
}

#[tokio::test]
async fn nothing_shows_a_secret_in_debug() {
    let issuer = Issuer::replying([codes(), tokens(), tokens()]);
    let client = client(&issuer);
    assert_no_secret("client", &client);
    assert_no_secret("client credentials", &client.client_credentials());
    let flow = client.device_code().await.unwrap();
    assert_no_secret("device flow", &flow);
    let signed_in = flow.wait().await.unwrap();
    assert_no_secret("tokens", &signed_in);
    assert_no_secret("signed in", &client.signed_in(signed_in));
    let user = client.refresh_token("S3CRET-refresh");
    assert_no_secret("refresh token", &user);
    assert_no_secret("access token", &user.provide_token().await.unwrap());
    assert_no_secret("refreshed", &user);
}

/// An error may repeat what its own request sent only as `**`.
fn assert_hides(what: &str, error: &Error, sent: &[&str]) {
    let text = everything(error);
    for secret in sent {
        assert!(!text.contains(secret), "{what} shows {secret}: {text}");
    }
}

#[tokio::test(start_paused = true)]
async fn no_error_shows_what_was_sent_whatever_the_provider_says() {
    for (index, reply) in replies().enumerate() {
        let grant = client(&Issuer::replying([reply])).client_credentials();
        let error = failure(grant.provide_token().await);
        assert_hides(&format!("{index}"), &error, &["S3CRET-client"]);
    }
    for (index, reply) in replies().enumerate() {
        let user = client(&Issuer::replying([reply])).refresh_token("S3CRET-refresh");
        let error = failure(user.provide_token().await);
        let sent = ["S3CRET-client", "S3CRET-refresh"];
        assert_hides(&format!("{index}"), &error, &sent);
    }
    for (index, reply) in replies().enumerate() {
        let error = client(&Issuer::replying([reply]))
            .device_code()
            .await
            .unwrap_err();
        assert_hides(&format!("{index}"), &error, &["S3CRET-client"]);
    }
}

#[tokio::test(start_paused = true)]
async fn no_error_of_a_device_flow_shows_its_codes() {
    for (index, reply) in replies().enumerate() {
        let denied = refusal("access_denied");
        let flow = client(&Issuer::replying([codes(), reply, denied]))
            .device_code()
            .await;
        let error = flow.unwrap().wait().await.unwrap_err();
        let sent = ["S3CRET-client", "S3CRET-device", "S3CRET-user"];
        assert_hides(&format!("{index}"), &error, &sent);
    }
}

#[tokio::test]
async fn a_repeated_authorization_header_is_hidden() {
    // RFC 7617: base64 of `cli:S3CRET-client`.
    let told = r#"{"error":"x","error_description":"what is Basic Y2xpOlMzQ1JFVC1jbGllbnQ=?"}"#;
    let grant = client(&Issuer::replying([json(400, told)])).client_credentials();
    let error = failure(grant.provide_token().await);
    assert_eq!(error.description(), Some("what is Basic **?"));
}

#[tokio::test]
async fn one_client_does_not_see_what_another_sent() {
    let told = r#"{"error":"x","error_description":"S3CRET-client"}"#;
    let issuer = Issuer::replying([json(429, told).with("retry-after", "30")]);
    let provider = issuer.provider();
    let one = provider.client("a").secret("S3CRET-client");
    let error = failure(one.client_credentials().provide_token().await);
    assert_eq!(error.description(), Some("**"));
    let other = provider.client("b").client_credentials();
    let error = failure(other.provide_token().await);
    assert_hides("the pause", &error, &SECRETS);
    assert_eq!(issuer.seen().len(), 1);
}
