//! From an issuer to its endpoints, and what must not come between.

use gatewright::ProvideToken;
use gatewright_oidc::{Discovery, Error, ErrorKind, Provider};
use http::Method;

use crate::issuer::Issuer;
use crate::reply::{Reply, html, json, reply, token, truncated};

const ISSUER: &str = "https://login.test/realm";

fn document(token_endpoint: &str) -> String {
    format!(r#"{{"issuer":"{ISSUER}","token_endpoint":"{token_endpoint}"}}"#)
}

fn with_device(device_endpoint: &str) -> String {
    let device = format!(r#","device_authorization_endpoint":"{device_endpoint}"}}"#);
    document("https://login.test/token").replace('}', &device)
}

async fn discover(document: &str) -> Result<Provider, Error> {
    let issuer = Issuer::replying([json(200, document)]);
    Provider::discover(ISSUER, issuer.transport()).await
}

async fn refusal(document: &str) -> ErrorKind {
    discover(document).await.unwrap_err().kind()
}

#[tokio::test]
async fn the_endpoints_of_an_issuer_are_found_and_used() {
    let found = json(200, document("https://login.test/realm/token?v=2"));
    let issuer = Issuer::replying([found, token("at-1")]);
    let provider = Provider::discover(ISSUER, issuer.transport())
        .await
        .unwrap();
    let tokens = provider.client("svc").secret("s").client_credentials();
    assert_eq!(tokens.provide_token().await.unwrap().secret(), "at-1");

    let seen = issuer.seen();
    let uri = "https://login.test/realm/.well-known/openid-configuration";
    assert_eq!((&seen[0].method, &*seen[0].uri), (&Method::GET, uri));
    assert_eq!(seen[0].headers["accept"], "application/json");
    let uri = "https://login.test/realm/token?v=2";
    assert_eq!((&seen[1].method, &*seen[1].uri), (&Method::POST, uri));
}

#[tokio::test]
async fn an_oauth_server_without_openid_is_found_where_rfc_8414_says() {
    let found = json(200, document("https://login.test/token"));
    let issuer = Issuer::replying([html(404), found]);
    let provider = Provider::discover(ISSUER, issuer.transport())
        .await
        .unwrap();
    let uri = "https://login.test/.well-known/oauth-authorization-server/realm";
    assert_eq!(issuer.seen()[1].uri, uri);
    let endpoints = "Provider { token_endpoint: Endpoint(https://login.test/token), device_endpoint: None, .. }";
    assert_eq!(format!("{provider:?}"), endpoints);
}

#[tokio::test]
async fn a_slash_at_the_issuers_end_is_part_of_its_name_and_not_doubled() {
    let document =
        r#"{"issuer":"https://login.test/","token_endpoint":"https://login.test/token"}"#;
    let issuer = Issuer::replying([json(200, document)]);
    let found = Provider::discover("https://login.test/", issuer.transport()).await;
    assert!(found.is_ok());
    let uri = "https://login.test/.well-known/openid-configuration";
    assert_eq!(issuer.seen()[0].uri, uri);
}

#[tokio::test]
async fn a_document_of_another_issuer_is_refused() {
    for issuer in [
        r#""https://evil.test/realm""#,
        r#""https://login.test/realm/""#,
        r#""https://login.test/REALM""#,
        r#""https://login.test:443/realm""#,
        r#""""#,
        "null",
        r#"["https://login.test/realm"]"#,
    ] {
        let document =
            format!(r#"{{"issuer":{issuer},"token_endpoint":"https://login.test/token"}}"#);
        assert_eq!(
            refusal(&document).await,
            ErrorKind::IssuerMismatch,
            "{issuer}"
        );
    }
    let document = r#"{"token_endpoint":"https://login.test/token"}"#;
    assert_eq!(refusal(document).await, ErrorKind::IssuerMismatch);
}

#[tokio::test]
async fn an_issuer_in_the_clear_is_not_even_asked() {
    let issuer = Issuer::replying([]);
    for (name, kind) in [
        ("http://login.test", ErrorKind::InsecureUrl),
        ("ftp://login.test", ErrorKind::InsecureUrl),
        ("https://me:hunter2@login.test", ErrorKind::InvalidUrl),
        ("https://login.test/#realm", ErrorKind::InvalidUrl),
        ("https://login.test/?hunter2", ErrorKind::InvalidUrl),
        ("login.test", ErrorKind::InvalidUrl),
    ] {
        let error = Provider::discover(name, issuer.transport())
            .await
            .unwrap_err();
        assert_eq!(error.kind(), kind, "{name}");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
    assert!(issuer.seen().is_empty());
}

#[tokio::test]
async fn a_document_cannot_send_secrets_into_the_clear_or_to_others() {
    for (endpoint, kind) in [
        ("http://login.test/token", ErrorKind::InsecureUrl),
        ("https://evil.test/token", ErrorKind::ForeignEndpoint),
        ("https://login.test:8443/token", ErrorKind::ForeignEndpoint),
        (
            "https://login.test.evil.test/token",
            ErrorKind::ForeignEndpoint,
        ),
        ("http://127.0.0.1/token", ErrorKind::ForeignEndpoint),
        ("https://login.test@evil.test/token", ErrorKind::InvalidUrl),
        ("https://login.test./token", ErrorKind::ForeignEndpoint),
        (
            "https://login\u{ff0e}test.evil.test/",
            ErrorKind::ForeignEndpoint,
        ),
        ("javascript:alert(1)", ErrorKind::InsecureUrl),
        ("//evil.test/token", ErrorKind::InvalidUrl),
        ("/token", ErrorKind::InvalidUrl),
    ] {
        assert_eq!(refusal(&document(endpoint)).await, kind, "{endpoint}");
        assert_eq!(refusal(&with_device(endpoint)).await, kind, "{endpoint}");
    }
}

#[tokio::test]
async fn an_origin_that_the_app_names_is_no_foreign_one() {
    let issuer = Issuer::new(|_| json(200, with_device("https://tokens.test/device")));
    let discovery = Discovery::new(ISSUER);
    let refused = discovery.clone().run(issuer.transport()).await.unwrap_err();
    assert!(
        refused.to_string().contains("https://tokens.test/device"),
        "{refused}"
    );
    assert!(
        refused.to_string().contains("Discovery::allow_origin"),
        "{refused}"
    );

    let others = discovery
        .clone()
        .allow_origin("https://others.test".parse().unwrap());
    assert!(others.run(issuer.transport()).await.is_err());
    let named = discovery.allow_origin("https://tokens.test".parse().unwrap());
    assert!(named.run(issuer.transport()).await.is_ok());
}

#[tokio::test]
async fn an_issuer_on_loopback_needs_no_tls() {
    let document =
        r#"{"issuer":"http://127.0.0.1:9701","token_endpoint":"http://127.0.0.1:9701/token"}"#;
    let issuer = Issuer::replying([json(200, document)]);
    let found = Provider::discover("http://127.0.0.1:9701", issuer.transport()).await;
    assert!(found.is_ok());
}

#[tokio::test]
async fn a_document_without_a_token_endpoint_is_of_no_use() {
    let document = format!(r#"{{"issuer":"{ISSUER}"}}"#);
    assert_eq!(refusal(&document).await, ErrorKind::Unsupported);
}

#[tokio::test(start_paused = true)]
async fn what_is_no_document_is_a_typed_error() {
    let huge = format!(r#"{{"padding":"{}"}}"#, "x".repeat(1024 * 1024));
    let gzip = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    let cases: [(Reply, ErrorKind); 10] = [
        (
            reply(200, gzip).with("content-encoding", "gzip"),
            ErrorKind::InvalidAnswer,
        ),
        (html(200), ErrorKind::InvalidAnswer),
        (json(200, "[]"), ErrorKind::InvalidAnswer),
        (json(200, ""), ErrorKind::InvalidAnswer),
        (json(200, huge), ErrorKind::InvalidAnswer),
        (html(403), ErrorKind::InvalidAnswer),
        (html(502), ErrorKind::Unavailable),
        (truncated(), ErrorKind::Transport),
        (Reply::Broken, ErrorKind::Transport),
        (Reply::Silence, ErrorKind::TimedOut),
    ];
    for (index, (reply, kind)) in cases.into_iter().enumerate() {
        let issuer = Issuer::replying([reply]);
        let error = Provider::discover(ISSUER, issuer.transport())
            .await
            .unwrap_err();
        assert_eq!(error.kind(), kind, "{index}: {error}");
        assert!(
            error.to_string().contains("https://login.test/realm"),
            "{error}"
        );
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
}

#[tokio::test]
async fn a_redirected_discovery_is_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let to = "https://login.test/elsewhere";
        let issuer = Issuer::replying([reply(status, "").with("location", to)]);
        let error = Provider::discover(ISSUER, issuer.transport())
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirected, "{status}");
        assert_eq!(issuer.seen().len(), 1);
    }
}
