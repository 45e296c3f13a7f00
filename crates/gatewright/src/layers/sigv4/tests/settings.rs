//! Services, hosts, headers, bodies and conflicts: what the settings change.

use aws_credential_types::Credentials;
use http::header::{AUTHORIZATION, HOST, HeaderName};
use http::{HeaderValue, Request, Version};
use http_body_util::Full;

use super::{HTTPS, authorization, credentials, direct, layer, send, then};
use crate::AuthorizeErrorKind;
use crate::layers::OnConflict;
use crate::layers::sigv4::SigV4Layer;
use crate::layers::test_support::{TestRequest, get, kind};

fn with_header(uri: &str, name: &'static str, value: &'static str) -> TestRequest {
    let mut request = get(uri);
    request
        .headers_mut()
        .insert(name, HeaderValue::from_static(value));
    request
}

async fn signed(layer: SigV4Layer<Credentials>, request: TestRequest) -> TestRequest {
    send(layer.clock(then), request).await.unwrap()
}

#[tokio::test]
async fn each_preset_signs_for_its_service() {
    let layers = [
        (
            SigV4Layer::execute_api("eu-west-1", credentials(None)),
            "eu-west-1/execute-api",
        ),
        (
            SigV4Layer::lambda_url("eu-west-1", credentials(None)),
            "eu-west-1/lambda",
        ),
        (
            SigV4Layer::vpc_lattice("eu-west-1", credentials(None)),
            "eu-west-1/vpc-lattice-svcs",
        ),
        (layer().service("another"), "us-east-1/another"),
    ];
    for (layer, scope) in layers {
        let sent = signed(layer, get(HTTPS)).await;
        let expected = format!("Credential=AKIDEXAMPLE/20150830/{scope}/aws4_request");
        assert!(
            authorization(&sent).contains(&expected),
            "{}",
            authorization(&sent)
        );
    }
}

#[tokio::test]
async fn lattice_is_told_that_the_body_is_not_signed() {
    let layer = || SigV4Layer::vpc_lattice("eu-west-1", credentials(None)).body_limit(0);
    let post = |body: &'static str| Request::post(HTTPS).body(Full::from(body)).unwrap();
    let sent = signed(layer(), post("one")).await;
    assert_eq!(sent.headers()["x-amz-content-sha256"], "UNSIGNED-PAYLOAD");
    assert!(authorization(&sent).contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date,"));
    let other = signed(layer(), post("two")).await;
    assert_eq!(authorization(&sent), authorization(&other));
}

#[tokio::test]
async fn another_service_does_not_inherit_the_unsigned_body() {
    let layer = || SigV4Layer::vpc_lattice("us-east-1", credentials(None)).service("execute-api");
    let sent = signed(layer(), get(HTTPS)).await;
    let plain = signed(super::layer(), get(HTTPS)).await;
    assert_eq!(sent.headers(), plain.headers());
}

#[tokio::test]
async fn a_private_api_is_signed_under_its_own_name() {
    let api = "abc.execute-api.us-east-1.amazonaws.com";
    let layer = layer().signing_host(HeaderValue::from_static(api));
    let sent = signed(
        layer,
        get("https://vpce-1.execute-api.us-east-1.vpce.amazonaws.com/prod"),
    )
    .await;
    let same = signed(super::layer(), get(&format!("https://{api}/prod"))).await;
    assert_eq!(sent.headers()[HOST], api);
    assert_eq!(authorization(&sent), authorization(&same));
}

#[tokio::test]
async fn the_id_of_a_private_api_is_signed_over_any_version_of_http() {
    let uri = "https://vpce-1.execute-api.us-east-1.vpce.amazonaws.com/prod";
    for version in [Version::HTTP_11, Version::HTTP_2] {
        let mut request = with_header(uri, "x-apigw-api-id", "abc");
        *request.version_mut() = version;
        let sent = signed(layer(), request).await;
        assert!(authorization(&sent).contains("SignedHeaders=host;x-amz-date;x-apigw-api-id,"));
    }
}

#[tokio::test]
async fn over_http_2_the_host_is_that_of_the_uri() {
    let http2 = |uri: &str, host: &'static str| {
        let mut request = with_header(uri, "host", host);
        *request.version_mut() = Version::HTTP_2;
        request
    };
    let sent = signed(layer(), http2(HTTPS, "api.test")).await;
    assert_eq!(
        authorization(&sent),
        authorization(&signed(layer(), get(HTTPS)).await)
    );
    for (uri, host) in [
        (HTTPS, "other.test"),
        (HTTPS, "api.test:443"),
        (HTTPS, "API.test"),
        ("/prod/pets", "api.test"),
    ] {
        let error = send(layer().allow_insecure(), http2(uri, host))
            .await
            .unwrap_err();
        assert_eq!(kind(&error), Some(AuthorizeErrorKind::Unsignable), "{host}");
        assert!(
            error.to_string().contains("HTTP/2 sends that of the URI"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn ports_and_addresses_are_signed_as_they_are_sent() {
    for uri in [
        "https://api.test:8443/x",
        "http://localhost:3000/x",
        "http://127.0.0.1:8080/x",
        "http://[::1]:3000/x",
        "http://[::1]/x",
    ] {
        let request = Request::post(uri).body(Full::default()).unwrap();
        let sent = signed(layer(), request).await;
        assert_eq!(
            authorization(&sent),
            direct(uri, &[], b"", credentials(None)),
            "{uri}"
        );
    }
}

#[tokio::test]
async fn a_header_can_be_left_out_but_not_one_that_aws_demands() {
    let names = ["x-forwarded-for", "x-amz-meta", "host"].map(HeaderName::from_static);
    let layer = names.into_iter().fold(layer(), SigV4Layer::unsigned_header);
    let mut request = with_header(HTTPS, "x-forwarded-for", "192.0.2.1");
    request
        .headers_mut()
        .insert("x-amz-meta", HeaderValue::from_static("x"));
    let sent = signed(layer, request).await;
    assert!(authorization(&sent).contains("SignedHeaders=host;x-amz-date;x-amz-meta,"));
    assert_eq!(sent.headers()["x-forwarded-for"], "192.0.2.1");
}

#[tokio::test]
async fn a_signature_that_is_there_is_replaced_kept_or_refused() {
    for name in ["authorization", "x-amz-date", "x-amz-security-token"] {
        let old = || with_header(HTTPS, name, "old");
        let replaced = signed(layer(), old()).await;
        assert_eq!(
            replaced.headers(),
            signed(layer(), get(HTTPS)).await.headers()
        );
        let kept = signed(layer().on_conflict(OnConflict::Keep), old()).await;
        assert_eq!(kept.headers(), old().headers());
        let error = send(layer().on_conflict(OnConflict::Refuse), old())
            .await
            .unwrap_err();
        assert_eq!(kind(&error), Some(AuthorizeErrorKind::Conflict));
        assert!(error.to_string().contains(name) && !error.to_string().contains("old"));
    }
}

#[tokio::test]
async fn requests_without_a_signature_are_signed_under_every_policy() {
    for policy in [OnConflict::Replace, OnConflict::Keep, OnConflict::Refuse] {
        let sent = signed(layer().on_conflict(policy), get(HTTPS)).await;
        assert!(sent.headers().contains_key(AUTHORIZATION));
    }
}

#[tokio::test]
async fn blanks_in_a_header_are_signed_as_aws_reads_them() {
    let request = Request::post(HTTPS)
        .header("x-a", "  blue   green ")
        .body(Full::default())
        .unwrap();
    let sent = signed(layer(), request).await;
    let expected = direct(HTTPS, &[("x-a", "blue green")], b"", credentials(None));
    assert_eq!(authorization(&sent), expected);
}
