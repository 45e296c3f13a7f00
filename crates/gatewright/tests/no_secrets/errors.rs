//! Every error, provoked with a secret where it could show one.

use std::time::Duration;

use bytes::Bytes;
use gatewright::client::{BaseUrl, RequestBuilder, RestClient};
use gatewright::layers::{ApiKeyLayer, BearerTokenLayer, LimitsLayer, OnConflict};
use gatewright::{
    Auth, AuthorizeErrorKind, Body, BoxError, BoxService, Error, HttpService, NoError, Operation,
    Origin, RawResponse, Token, format,
};
use http::Request;
use http_body_util::Full;
use serde::Deserialize;
use tower::{Layer, ServiceExt, service_fn};

use super::shown::{KEY, MARK, TOKEN, X_TOKEN, error_hides, hides, key, signer, token};

fn silent() -> BoxService {
    HttpService::boxed(service_fn(async |_: Request<Body>| {
        Ok::<_, BoxError>(http::Response::new(Body::empty()))
    }))
}

/// The error of a layer that refuses a request.
async fn refusal<L>(layer: L, request: Request<Body>, kind: AuthorizeErrorKind)
where
    L: Layer<BoxService, Service: HttpService>,
{
    let service = HttpService::boxed(layer.layer(silent()));
    let error = service.oneshot(request).await.unwrap_err();
    error_hides(error.as_ref());
    let error = error.downcast::<gatewright::AuthorizeError>().unwrap();
    assert_eq!(error.kind(), kind);
}

fn get(target: &str) -> Request<Body> {
    Request::get(target).body(Body::from(TOKEN)).unwrap()
}

const HTTPS: &str = "https://api.test/s3cr3t?token=s3cr3t";
const HTTP: &str = "http://s3cr3t:s3cr3t@api.test/s3cr3t?token=s3cr3t";

#[tokio::test]
async fn requests_that_are_not_authorized() {
    use AuthorizeErrorKind as K;
    error_hides(&ApiKeyLayer::new(format!("{KEY}\n")).unwrap_err());
    let bad = || Token::new(format!("{TOKEN}\n"));
    refusal(
        ApiKeyLayer::from_provider(bad()),
        get(HTTPS),
        K::InvalidSecret,
    )
    .await;
    refusal(BearerTokenLayer::new(bad()), get(HTTPS), K::InvalidSecret).await;
    refusal(
        BearerTokenLayer::new(bad()).in_query("t"),
        get(HTTPS),
        K::InvalidSecret,
    )
    .await;

    refusal(key(), get(HTTP), K::InsecureTarget).await;
    refusal(token(), get(HTTP), K::InsecureTarget).await;
    refusal(signer(), get(HTTP), K::InsecureTarget).await;
    let origin = || "https://other.test".parse::<Origin>().unwrap();
    refusal(key().only_to(origin()), get(HTTPS), K::ForeignOrigin).await;
    refusal(token().only_to(origin()), get(HTTPS), K::ForeignOrigin).await;
    refusal(signer().only_to(origin()), get(HTTPS), K::ForeignOrigin).await;

    let mut taken = get(HTTPS);
    for name in ["x-api-key", "x-token", "authorization"] {
        taken.headers_mut().insert(name, TOKEN.parse().unwrap());
    }
    let taken = || {
        let mut request = get(HTTPS);
        request.headers_mut().clone_from(taken.headers());
        request
    };
    refusal(key().on_conflict(OnConflict::Refuse), taken(), K::Conflict).await;
    refusal(
        token().on_conflict(OnConflict::Refuse),
        taken(),
        K::Conflict,
    )
    .await;
    refusal(
        signer().on_conflict(OnConflict::Refuse),
        taken(),
        K::Conflict,
    )
    .await;
}

#[tokio::test]
async fn requests_that_cannot_be_signed() {
    use AuthorizeErrorKind as K;
    refusal(
        signer(),
        get("https://api.test/s3cr3t%zz?s3cr3t=%zz"),
        K::Unsignable,
    )
    .await;
    let mut tab = get(HTTPS);
    tab.headers_mut()
        .insert("x-argument", "s3cr3t\ts3cr3t".parse().unwrap());
    refusal(signer(), tab, K::Unsignable).await;
    let long = get(HTTPS).map(|_| Body::new(Full::new(Bytes::from_static(TOKEN.as_bytes()))));
    refusal(signer().body_limit(3), long, K::BodyTooLarge).await;
}

#[test]
fn arguments_that_cannot_be_sent() {
    let rest = RestClient::new((), "https://api.test".parse().unwrap());
    let error = |request: RequestBuilder<'_, ()>| request.into_request().unwrap_err();
    let get = |path| rest.get("getIt", path, Auth::NONE);
    error_hides(&error(get("/").header("x-argument", &"s3cr3t\r\n")));
    error_hides(&error(get("/{rest+}").greedy("rest", &"s3cr3t/../s3cr3t")));
    error_hides(&"https://u:s3cr3t@api.test".parse::<BaseUrl>().unwrap_err());
    error_hides(
        &"https://u:s3cr3t@api.test/s3cr3t"
            .parse::<Origin>()
            .unwrap_err(),
    );
}

#[test]
fn texts_that_are_not_of_their_form() {
    error_hides(&format::Base64::from(TOKEN).decode().unwrap_err());
    #[cfg(feature = "time")]
    error_hides(&time::OffsetDateTime::try_from(&format::DateTime::from(TOKEN)).unwrap_err());
    #[cfg(feature = "uuid")]
    error_hides(&uuid::Uuid::try_from(&format::Uuid::from(TOKEN)).unwrap_err());
}

/// The documented error of an API, which repeats what it was sent.
#[derive(Debug, Deserialize)]
struct Problem {
    message: String,
}

type ServerResponse = (u16, &'static [(&'static str, &'static str)], String);

async fn call<T, E>(response: &ServerResponse) -> Result<T, Error<E>>
where
    Result<T, Error<E>>: gatewright::client::CallResult,
{
    let (status, headers, body) = response.clone();
    let server = service_fn(move |_: Request<Body>| {
        let mut response = http::Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        std::future::ready(response.body(Body::from(body.clone())))
    });
    let rest = RestClient::new(server, "https://api.test".parse().unwrap());
    let request = Request::get("https://api.test/")
        .body(Body::empty())
        .unwrap();
    rest.send(request).await
}

/// What API Gateway says of a token that is no signature, and of a signature that is wrong.
fn echoes() -> [String; 3] {
    let malformed = format!(
        "'{TOKEN}' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer {TOKEN}'."
    );
    let canonical = format!(
        "The request signature we calculated does not match the signature you provided.\n\nThe Canonical String for \
         this request should have been\n'GET\n/pets\n\nhost:api.test\nx-amz-security-token:{TOKEN}\nx-api-key:{KEY}\n\n"
    );
    let raw =
        format!("Authorization header requires 'Credential' parameter. Authorization={TOKEN}");
    [malformed, canonical, raw]
}

const TYPED: &[(&str, &str)] = &[
    ("x-amzn-errortype", "IncompleteSignatureException"),
    ("www-authenticate", "Bearer s3cr3t-token-0123456789"),
];

#[tokio::test]
async fn responses_that_repeat_a_credential() {
    for echo in echoes() {
        let body = serde_json::json!({ "message": echo }).to_string();
        let gateway = call::<RawResponse, NoError>(&(403, TYPED, body.clone()))
            .await
            .unwrap_err();
        assert!(matches!(gateway, Error::Gateway(_)));
        error_hides(&gateway);

        let api = call::<RawResponse, Problem>(&(403, &[], body.clone()))
            .await
            .unwrap_err();
        assert!(
            api.api().unwrap().message.contains(MARK),
            "the decoded error is what the API said"
        );
        error_hides(&api);

        let unexpected = call::<RawResponse, NoError>(&(403, &[], body))
            .await
            .unwrap_err();
        assert!(matches!(unexpected, Error::Unexpected(_)));
        error_hides(&unexpected);
    }
}

#[tokio::test]
async fn responses_that_cannot_be_decoded() {
    for body in [
        format!("\"{TOKEN}\""),
        format!("{{\"message\":7,\"{TOKEN}\":1}}"),
        format!("[{TOKEN}]"),
    ] {
        let error = call::<u8, NoError>(&(200, &[], body.clone()))
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Unexpected(_)));
        error_hides(&error);
        hides(
            &call::<Problem, NoError>(&(200, &[], body))
                .await
                .unwrap_err(),
        );
    }
}

#[tokio::test(start_paused = true)]
async fn calls_that_take_too_long() {
    let hangs = service_fn(async |_: Request<Body>| {
        std::future::pending::<Result<http::Response<Body>, BoxError>>().await
    });
    let service = LimitsLayer::new()
        .time(Duration::from_secs(1))
        .layer(key().layer(hangs));
    let error = service.oneshot(get(HTTPS)).await.unwrap_err();
    assert!(error.is::<gatewright::TimedOut>());
    error_hides(error.as_ref());
}

#[tokio::test]
async fn operations_that_lack_a_credential() {
    const NAMED: Operation = Operation::new("getPets", "GET", "/pets", gatewright::Auth::API_KEY);
    let mut request = get(HTTPS);
    request.extensions_mut().insert(NAMED);
    request
        .headers_mut()
        .insert(X_TOKEN, TOKEN.parse().unwrap());
    let require = gatewright::layers::RequireAuthLayer::new();
    refusal(require, request, AuthorizeErrorKind::MissingCredential).await;
}
