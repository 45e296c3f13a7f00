//! `aws-sigv4` logs the headers that it signs. The layer does not let it, on either of its ways to a signature.
#![cfg(feature = "sigv4")]
#![allow(clippy::unwrap_used, reason = "the functions here are parts of tests")]

mod oracle;
#[path = "no_secrets/recorder.rs"]
mod recorder;

use std::convert::Infallible;
use std::time::SystemTime;

use aws_credential_types::Credentials;
use bytes::Bytes;
use gatewright::layers::SigV4Layer;
use http::{Request, Response};
use http_body_util::Full;
use oracle::Signing;
use tower::{Layer, ServiceExt, service_fn};

fn request(key: &str, other: &str) -> Request<Full<Bytes>> {
    let request = Request::get("https://api.test/")
        .header("x-api-key", key)
        .header("x-other", other);
    request.body(Full::default()).unwrap()
}

#[tokio::test]
async fn no_header_of_a_signed_request_is_logged() {
    recorder::start();
    let token = Some("planted-token".to_owned());
    let credentials = Credentials::new("AKIDEXAMPLE", "planted-secret", token, None, "test");

    let signing = Signing {
        credentials: &credentials,
        region: "us-east-1",
        service: "execute-api",
        time: SystemTime::UNIX_EPOCH,
    };
    oracle::added(&request("logged-key", ""), b"", &signing);
    assert!(
        recorder::recorded().contains("logged-key"),
        "or this test shows nothing"
    );

    let echo = service_fn(async |sent: Request<_>| Ok::<_, Infallible>(Response::new(sent)));
    let service = SigV4Layer::new("us-east-1", credentials).layer(echo);
    for other in ["plain", "with  blanks"] {
        service
            .clone()
            .oneshot(request("planted-key", other))
            .await
            .unwrap();
    }
    assert!(!recorder::recorded().contains("planted"));
}
