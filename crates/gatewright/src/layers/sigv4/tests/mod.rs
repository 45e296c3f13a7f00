mod bodies;
mod clock;
mod credentials;
mod refusals;
mod settings;

use std::collections::HashSet;
use std::convert::Infallible;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use aws_sigv4::http_request::{self, SignableBody, SignableRequest, SigningSettings};
use aws_sigv4::sign::v4;
use bytes::Bytes;
use http::header::{AUTHORIZATION, HOST};
use http::{HeaderValue, Request, Response};
use http_body_util::{BodyExt, Full};
use tower::{ServiceExt, service_fn};
use tower_layer::Layer;

use super::SigV4Layer;
use crate::layers::test_support::{OnlyWhenReady, TestRequest, get, get_for, send_twice};
use crate::{Auth, BoxError};

const HTTPS: &str = "https://api.test/prod/pets";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// 2015-08-30T12:36:00Z, the time of AWS's published examples.
fn then() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_938_160)
}

fn credentials(token: Option<&str>) -> Credentials {
    Credentials::new(
        "AKIDEXAMPLE",
        SECRET,
        token.map(str::to_owned),
        None,
        "test",
    )
}

fn layer() -> SigV4Layer<Credentials> {
    SigV4Layer::new("us-east-1", credentials(None)).clock(then)
}

async fn send<P: ProvideCredentials + 'static>(
    layer: SigV4Layer<P>,
    request: TestRequest,
) -> Result<TestRequest, BoxError> {
    let echo = service_fn(async |sent: TestRequest| Ok::<_, Infallible>(Response::new(sent)));
    Ok(layer.layer(echo).oneshot(request).await?.into_body())
}

fn authorization(request: &TestRequest) -> &str {
    request.headers()[AUTHORIZATION].to_str().unwrap()
}

#[tokio::test]
async fn the_published_vector_get_vanilla_is_met() {
    let sent = send(
        layer().service("service"),
        get("https://example.amazonaws.com/"),
    )
    .await
    .unwrap();
    assert_eq!(
        authorization(&sent),
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
         SignedHeaders=host;x-amz-date, \
         Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
    );
    assert_eq!(sent.headers()["x-amz-date"], "20150830T123600Z");
}

/// The `authorization` that `aws-sigv4` makes for a request that is already canonical.
fn direct(uri: &str, headers: &[(&str, &str)], body: &[u8], credentials: Credentials) -> String {
    let identity = credentials.into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region("us-east-1")
        .name("execute-api")
        .time(then())
        .settings(SigningSettings::default())
        .build()
        .unwrap()
        .into();
    let body = SignableBody::Bytes(body);
    let request = SignableRequest::new("POST", uri, headers.iter().copied(), body).unwrap();
    let (instructions, _) = http_request::sign(request, &params).unwrap().into_parts();
    let value = instructions
        .headers()
        .find(|(name, _)| *name == "authorization")
        .unwrap()
        .1;
    value.to_owned()
}

#[tokio::test]
async fn the_signature_is_that_of_aws_sigv4_and_the_body_is_covered() {
    let uri = "https://api.test/prod/a%20b/%C3%A9?b=2&a=x%2By&a=%20";
    let headers = [
        ("content-type", "application/json"),
        ("x-tenant-id", "blue  green"),
    ];
    let request = headers
        .iter()
        .fold(Request::post(uri), |request, (name, value)| {
            request.header(*name, *value)
        });
    let request = request.body(Full::from(r#"{"id":1}"#)).unwrap();
    let layer = SigV4Layer::new("us-east-1", credentials(Some("TOKEN/+="))).clock(then);

    let sent = send(layer, request).await.unwrap();

    let expected = direct(uri, &headers, br#"{"id":1}"#, credentials(Some("TOKEN/+=")));
    assert_eq!(authorization(&sent), expected);
    assert_eq!(sent.headers()["x-amz-security-token"], "TOKEN/+=");
    assert_eq!(
        sent.into_body().collect().await.unwrap().to_bytes(),
        r#"{"id":1}"#
    );
}

#[tokio::test]
async fn the_uri_that_is_sent_is_the_one_that_is_signed() {
    let written = "https://user:pw@API.test:443/prod/é%2f?q=a+b&&r=/:&s=%7e";
    let canonical = "https://api.test/prod/%C3%A9%2F?q=a%20b&r=%2F%3A&s=~";
    let request = Request::post(written).body(Full::default()).unwrap();
    let sent = send(layer(), request).await.unwrap();
    assert_eq!(sent.uri(), canonical);
    assert_eq!(
        authorization(&sent),
        direct(canonical, &[], b"", credentials(None))
    );
}

#[tokio::test]
async fn only_operations_with_iam_are_signed() {
    assert!(
        send(layer(), get_for(Auth::IAM, HTTPS))
            .await
            .unwrap()
            .headers()
            .len()
            == 2
    );
    for auth in [Auth::NONE, Auth::API_KEY, Auth::BEARER] {
        let sent = send(layer(), get_for(auth, "http://api.test/a//b?c=%zz"))
            .await
            .unwrap();
        assert!(sent.headers().is_empty());
        assert_eq!(sent.uri(), "http://api.test/a//b?c=%zz");
    }
}

const NEVER_SIGNED: [&str; 15] = [
    "authorization",
    "baggage",
    "connection",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "traceparent",
    "tracestate",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-amzn-trace-id",
];

#[tokio::test]
async fn what_changes_on_the_way_is_not_signed() {
    let mut request = get(HTTPS);
    for name in NEVER_SIGNED {
        request
            .headers_mut()
            .insert(name, HeaderValue::from_static("x"));
    }
    request
        .headers_mut()
        .insert("x-api-key", HeaderValue::from_static("key"));
    let sent = send(layer(), request).await.unwrap();
    let signed = "SignedHeaders=host;x-amz-date;x-api-key,";
    assert!(
        authorization(&sent).contains(signed),
        "{}",
        authorization(&sent)
    );
}

#[tokio::test]
async fn an_old_signature_is_replaced() {
    let old =
        SigV4Layer::new("eu-west-1", credentials(Some("OLD"))).clock(|| SystemTime::UNIX_EPOCH);
    let signed_before = send(old, get(HTTPS)).await.unwrap();
    let signed_again = send(layer(), signed_before).await.unwrap();
    let signed_once = send(layer(), get(HTTPS)).await.unwrap();
    assert_eq!(signed_again.headers(), signed_once.headers());
}

#[tokio::test]
async fn a_host_header_is_signed_in_place_of_the_uri() {
    let mut request = get("https://vpce-1.execute-api.us-east-1.vpce.amazonaws.com/prod");
    request
        .headers_mut()
        .insert(HOST, HeaderValue::from_static("api.test"));
    let sent = send(layer(), request).await.unwrap();
    let same = send(layer(), get("https://api.test/prod")).await.unwrap();
    assert_eq!(authorization(&sent), authorization(&same));
}

#[tokio::test]
async fn every_part_of_a_request_changes_its_signature() {
    let post = |uri: &str, tenant: &'static str, body: &'static str| {
        Request::post(uri)
            .header("x-tenant", tenant)
            .body(Full::<Bytes>::from(body))
            .unwrap()
    };
    let mut signatures = HashSet::new();
    for request in [
        post("https://api.test/a?b=c", "blue", "body"),
        post("https://api.test/a?b=d", "blue", "body"),
        post("https://api.test/b?b=c", "blue", "body"),
        post("https://api.best/a?b=c", "blue", "body"),
        post("https://api.test/a?b=c", "red", "body"),
        post("https://api.test/a?b=c", "blue", "Body"),
        Request::get("https://api.test/a?b=c")
            .header("x-tenant", "blue")
            .body(Full::from("body"))
            .unwrap(),
    ] {
        let sent = send(layer(), request).await.unwrap();
        assert!(signatures.insert(authorization(&sent).to_owned()));
    }
}

#[tokio::test]
async fn the_service_that_is_called_is_the_one_that_was_ready() {
    let service = layer().layer(OnlyWhenReady::default().map_response(Response::new));
    send_twice(service, || get(HTTPS)).await.unwrap();
}
