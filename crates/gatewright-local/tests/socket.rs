//! The gateway on a real socket, called by a signing client.
#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use std::net::SocketAddr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use bytes::Bytes;
use gatewright_local::{LocalGateway, Verdict};
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;

const EXPORT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/fixtures/pets-prod-oas30-apigateway.json"
);

type Http = Client<HttpConnector, Full<Bytes>>;

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_795_411_860)
}

async fn start() -> LocalGateway {
    let builder = LocalGateway::from_path(EXPORT).unwrap();
    let builder = builder.credentials("ASIAEXAMPLE", "the-secret", Some("the-token"));
    builder
        .api_key("the-api-key")
        .clock(now)
        .start()
        .await
        .unwrap()
}

/// Signs with the crate that AWS's own SDK signs with.
fn signed(url: &str, secret: &str) -> Request<Full<Bytes>> {
    let token = Some("the-token".to_owned());
    let identity = Credentials::new("ASIAEXAMPLE", secret, token, None, "test").into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region("eu-west-1")
        .name("execute-api")
        .time(now())
        .settings(SigningSettings::default())
        .build()
        .unwrap();
    let mut request = Request::get(url)
        .header("x-api-key", "the-api-key")
        .body(Full::default())
        .unwrap();
    let headers = std::iter::once(("x-api-key", "the-api-key"));
    let signable = SignableRequest::new("GET", url, headers, SignableBody::Bytes(b"")).unwrap();
    let (instructions, _) = sign(signable, &params.into()).unwrap().into_parts();
    instructions.apply_to_request_http1x(&mut request);
    request
}

async fn send(client: &Http, request: Request<Full<Bytes>>) -> Response<Bytes> {
    let (parts, body) = client.request(request).await.unwrap().into_parts();
    Response::from_parts(parts, body.collect().await.unwrap().to_bytes())
}

async fn signed_calls_are_judged(client: Http) {
    let gateway = start().await;
    let url = format!("{}/pets?limit=a%20b%2Bc", gateway.url());

    let passed = send(&client, signed(&url, "the-secret")).await;
    assert_eq!(passed.status(), 200);
    assert_eq!(passed.body(), r#"[{"id":1,"name":"Rex"}]"#);

    let refused = send(&client, signed(&url, "another-secret")).await;
    assert_eq!(refused.status(), 403);
    assert_eq!(
        refused.headers()["x-amzn-errortype"],
        "InvalidSignatureException"
    );

    let received = gateway.requests();
    assert_eq!(received[0].principal.as_deref(), Some("ASIAEXAMPLE"));
    assert_eq!(received[0].verdict, Verdict::Passed);
    assert!(matches!(received[1].verdict, Verdict::Refused { .. }));
}

#[tokio::test]
async fn signed_calls_are_judged_over_http_1() {
    signed_calls_are_judged(Client::builder(TokioExecutor::new()).build_http()).await;
}

#[tokio::test]
async fn signed_calls_are_judged_over_http_2() {
    signed_calls_are_judged(
        Client::builder(TokioExecutor::new())
            .http2_only(true)
            .build_http(),
    )
    .await;
}

#[tokio::test]
async fn the_key_set_is_served_at_the_address_of_the_gateway() {
    let gateway = start().await;
    let client: Http = Client::builder(TokioExecutor::new()).build_http();
    let root = gateway.url().strip_suffix("/prod").unwrap();
    let get = |url: String| Request::get(url).body(Full::default()).unwrap();
    let metadata = send(
        &client,
        get(format!("{root}/.well-known/openid-configuration")),
    )
    .await;
    let metadata: serde_json::Value = serde_json::from_slice(metadata.body()).unwrap();
    assert_eq!(metadata["issuer"], root);
    let keys = send(
        &client,
        get(metadata["jwks_uri"].as_str().unwrap().to_owned()),
    )
    .await;
    let keys: serde_json::Value = serde_json::from_slice(keys.body()).unwrap();
    assert_eq!(keys["keys"][0]["kty"], "RSA");
}

#[tokio::test]
async fn a_dropped_gateway_takes_no_more_connections() {
    let gateway = start().await;
    let url = gateway.url().to_owned();
    let address: SocketAddr = url["http://".len()..]
        .strip_suffix("/prod")
        .unwrap()
        .parse()
        .unwrap();
    assert!(tokio::net::TcpStream::connect(address).await.is_ok());
    drop(gateway);
    // The server notices when it is next polled; a connection that slips in before is closed unanswered.
    for _ in 0..1_000 {
        if tokio::net::TcpStream::connect(address).await.is_err() {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("{address} still takes connections");
}

#[tokio::test]
async fn other_machines_are_let_in_only_if_that_is_said() {
    let address: SocketAddr = "0.0.0.0:0".parse().unwrap();
    let error = LocalGateway::from_path(EXPORT)
        .unwrap()
        .bind(address)
        .start()
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "0.0.0.0:0 can be reached from other machines; call `allow_remote` if that is meant"
    );
    assert!(
        LocalGateway::from_path(EXPORT)
            .unwrap()
            .bind(address)
            .allow_remote()
            .start()
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn an_address_in_use_and_a_missing_file_are_named() {
    let gateway = start().await;
    let address: SocketAddr = gateway.url()["http://".len()..]
        .strip_suffix("/prod")
        .unwrap()
        .parse()
        .unwrap();
    let error = LocalGateway::from_path(EXPORT)
        .unwrap()
        .bind(address)
        .start()
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), format!("cannot listen on {address}"));
    let error = LocalGateway::from_path("no/such/export.json").unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot read the document no/such/export.json"
    );
    assert!(std::error::Error::source(&error).is_some());
}
