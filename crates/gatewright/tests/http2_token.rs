//! The session token over HTTP/2: its encoder may keep it, and nothing writes it down.
#![cfg(all(
    feature = "http2",
    feature = "sigv4",
    any(feature = "ring", feature = "aws-lc-rs")
))]
#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

#[path = "transport/certificate.rs"]
mod certificate;
#[path = "no_secrets/recorder.rs"]
mod recorder;
#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "transport/server.rs"]
mod server;

use std::fmt::Write;

use aws_credential_types::Credentials;
use gatewright::client::{BaseUrl, PlainText, RestClient};
use gatewright::layers::SigV4Layer;
use gatewright::{Auth, BoxService, transport};
use sha2::{Digest, Sha256};

use server::{Server, Settings};

/// As long as those of AWS STS, and as hard to guess.
fn session_token() -> String {
    let mut token = String::new();
    for block in 0..18_u32 {
        for byte in Sha256::digest(block.to_be_bytes()) {
            write!(token, "{byte:02x}").unwrap();
        }
    }
    token
}

async fn call(rest: &RestClient<BoxService>) {
    let get_pets = rest.get("getPets", "/pets", Auth::IAM);
    let pets: gatewright::Result<PlainText> = get_pets.call().await;
    pets.unwrap();
}

fn client(server: &Server, token: &str) -> RestClient<BoxService> {
    let base: BaseUrl = server.url().parse().unwrap();
    let credentials = Credentials::new(
        "AKIDEXAMPLE",
        "s3cr3t",
        Some(token.to_owned()),
        None,
        "test",
    );
    let transport = transport::builder().root_certificate_der(server.certificate.der());
    let service = gatewright::stack(&base)
        .iam(SigV4Layer::new("eu-west-1", credentials))
        .build_on(transport.build().unwrap());
    RestClient::new(service, base)
}

#[tokio::test]
async fn a_session_token_is_sent_once_a_connection() {
    let server = Server::start().await;
    let token = session_token();
    let rest = client(&server, &token);
    call(&rest).await;
    for _ in 0..3 {
        let before = server.arrived();
        call(&rest).await;
        let sent = server.arrived() - before;
        assert!(sent < token.len() / 2, "{sent} bytes");
    }
}

#[tokio::test]
async fn a_session_token_is_in_no_log_of_any_crate() {
    recorder::start();
    let http1 = Settings {
        protocols: vec![b"http/1.1".to_vec()],
        ..Settings::default()
    };
    for server in [Server::start().await, Server::with(http1).await] {
        let token = session_token();
        let rest = client(&server, &token);
        call(&rest).await;
        call(&rest).await;
        let recorded = recorder::recorded();
        for target in ["hyper_util::client", "gatewright"] {
            assert!(
                recorded.contains(target),
                "{target} wrote nothing: {recorded}"
            );
        }
        assert!(
            !recorded.contains(&token[..20]) && !recorded.contains("s3cr3t"),
            "{recorded}"
        );
    }
    assert!(recorder::recorded().contains("h2::"), "h2 wrote nothing");
}
