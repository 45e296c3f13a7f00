//! The default chain of credentials, in a process whose environment is known.

#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]
#![cfg(feature = "aws-config")]

use std::convert::Infallible;
use std::env;
use std::process::Command;

use bytes::Bytes;
use gatewright::layers::SigV4Layer;
use gatewright::layers::sigv4::default_chain;
use http::{Request, Response};
use http_body_util::Full;
use tower::{Layer, ServiceExt};

#[test]
fn the_environment_is_looked_at_first() {
    let child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "signed_with_the_environment", "--ignored"])
        .env("AWS_ACCESS_KEY_ID", "AKIDPLANTED")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .env("AWS_SESSION_TOKEN", "session")
        .output()
        .unwrap();
    let output = String::from_utf8_lossy(&child.stdout);
    assert!(child.status.success(), "{output}");
    assert!(output.contains("1 passed"), "{output}");
}

#[tokio::test]
#[ignore = "the test above runs it, in a separate process"]
async fn signed_with_the_environment() {
    let layer = SigV4Layer::new("eu-central-1", default_chain("eu-central-1").await);
    let server = tower::service_fn(async |request: Request<Full<Bytes>>| {
        Ok::<_, Infallible>(Response::new(request))
    });
    let request = Request::get("https://api.test/pets")
        .body(Full::default())
        .unwrap();
    let sent = layer.layer(server).oneshot(request).await.unwrap();
    let headers = sent.body().headers();
    let authorization = headers["authorization"].to_str().unwrap();
    assert!(authorization.contains("Credential=AKIDPLANTED/"));
    assert_eq!(headers["x-amz-security-token"], "session");
}
