//! Where credentials may go: to the origin of the file's endpoint, over TLS or loopback.

use gatewright::{AuthorizeErrorKind, Body, Error, RawResponse, Result, Token};
use gatewright_amplify::{Apis, ApisBuilder};
use http::Request;
use serde_json::json;
use tower::util::MapRequestLayer;

use crate::support::{Server, config, credentials};

const MODES: [&str; 5] = [
    "AWS_IAM",
    "API_KEY",
    "AMAZON_COGNITO_USER_POOLS",
    "OPENID_CONNECT",
    "AWS_LAMBDA",
];

/// One API called `a`, at this endpoint.
fn builder(mode: &str, endpoint: &str, server: &Server) -> ApisBuilder {
    let key = (mode == "API_KEY").then_some("EXAMPLE-key");
    let settings = json!({
        "authorizationType": mode, "apiKey": key, "region": "us-west-2", "endpoint": endpoint,
    });
    let builder = Apis::from_config(config(&[("a", settings)])).transport(server.service());
    match mode {
        "AWS_IAM" => builder.credentials("a", credentials()),
        "API_KEY" | "NONE" => builder,
        _ => builder.token("a", Token::new("a-token")),
    }
}

async fn call(builder: ApisBuilder) -> Result<RawResponse> {
    let apis = builder.build().unwrap();
    apis.get("a", "/items").unwrap().send().await
}

fn refusal(result: Result<RawResponse>) -> AuthorizeErrorKind {
    match result {
        Err(Error::Credentials(error)) => error.kind(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_credential_is_not_sent_in_the_clear() {
    for mode in MODES {
        for endpoint in [
            "http://shop.example/dev",
            "HTTP://10.0.0.1",
            "http://localhost.shop.example",
        ] {
            let server = Server::new();
            let kind = refusal(call(builder(mode, endpoint, &server)).await);
            assert_eq!(
                kind,
                AuthorizeErrorKind::InsecureTarget,
                "{mode} {endpoint}"
            );
            assert_eq!(server.count(), 0);
        }
    }
    let server = Server::new();
    call(builder("NONE", "http://shop.example/dev", &server))
        .await
        .unwrap();
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn a_server_of_ones_own_machine_needs_no_tls() {
    for mode in MODES {
        for endpoint in [
            "http://localhost:3000/dev",
            "http://127.0.0.1:3000",
            "http://[::1]:3000",
        ] {
            let server = Server::new();
            call(builder(mode, endpoint, &server)).await.unwrap();
            assert_eq!(server.count(), 1, "{mode} {endpoint}");
        }
    }
}

/// An interceptor that sends requests elsewhere.
fn detour(to: &'static str) -> MapRequestLayer<impl Fn(Request<Body>) -> Request<Body> + Clone> {
    MapRequestLayer::new(move |mut request: Request<Body>| {
        *request.uri_mut() = http::Uri::from_static(to);
        request
    })
}

#[tokio::test]
async fn an_interceptor_cannot_take_a_credential_elsewhere() {
    for mode in MODES {
        for to in [
            "https://evil.example/items",
            "https://shop.example.evil.example/items",
            "https://shop.example@evil.example/items",
            "https://shop.example:8443/items",
            "https://shop.example./items",
            "http://127.0.0.1/items",
        ] {
            let server = Server::new();
            let api = || builder(mode, "https://shop.example/dev", &server);
            for builder in [
                api().before_signing("a", detour(to)),
                api().after_signing("a", detour(to)),
            ] {
                let kind = refusal(call(builder).await);
                assert_eq!(kind, AuthorizeErrorKind::ForeignOrigin, "{mode} {to}");
                assert_eq!(server.count(), 0);
            }
        }
    }
}

#[tokio::test]
async fn an_interceptor_may_write_the_same_origin_in_another_way() {
    for mode in MODES {
        let server = Server::new();
        let builder = builder(mode, "https://shop.example/dev", &server);
        let to = "HTTPS://SHOP.example:443/dev/other";
        call(builder.before_signing("a", detour(to))).await.unwrap();
        assert_eq!(server.only().uri().path(), "/dev/other", "{mode}");
    }
}
