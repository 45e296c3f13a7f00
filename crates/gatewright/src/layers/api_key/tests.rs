use http::HeaderName;
use tower::ServiceExt;
use tower_layer::Layer;

use super::{ApiKeyLayer, X_API_KEY};
use crate::layers::OnConflict;
use crate::layers::test_support::{
    OnlyWhenReady, TestRequest, chain, echo, get, get_for, kind, send_twice,
};
use crate::token::Token;
use crate::{Auth, AuthOverride, AuthorizeErrorKind, BoxError, Place, Scheme};

const HTTPS: &str = "https://api.test/pets";
const X_PARTNER: HeaderName = HeaderName::from_static("x-partner");

fn planted() -> ApiKeyLayer {
    ApiKeyLayer::new("planted-key").unwrap()
}

async fn send(layer: ApiKeyLayer, request: TestRequest) -> Result<TestRequest, BoxError> {
    layer.layer(echo()).oneshot(request).await
}

fn with_key(mut request: TestRequest) -> TestRequest {
    let key = "callers-key".parse().unwrap();
    request.headers_mut().insert(X_API_KEY, key);
    request
}

#[tokio::test]
async fn the_key_is_sent_if_wanted_or_if_there_is_no_operation() {
    for request in [get(HTTPS), get_for(Auth::API_KEY, HTTPS)] {
        let sent = send(planted(), request).await.unwrap();
        assert_eq!(sent.headers()[X_API_KEY], "planted-key");
        assert!(sent.headers()[X_API_KEY].is_sensitive());
    }
}

#[tokio::test]
async fn an_operation_that_wants_no_key_passes_untouched() {
    let request = get_for(Auth::IAM, "http://api.test/");
    let sent = send(planted(), request).await.unwrap();
    assert!(sent.headers().is_empty());
}

#[tokio::test]
async fn an_override_decides_for_one_request() {
    for (override_, is_sent) in [(Auth::NONE, false), (Auth::API_KEY, true)] {
        for mut request in [get(HTTPS), get_for(Auth::API_KEY, HTTPS)] {
            request.extensions_mut().insert(AuthOverride(override_));
            let sent = send(planted(), request).await.unwrap();
            assert_eq!(sent.headers().contains_key(X_API_KEY), is_sent);
        }
    }
}

#[tokio::test]
async fn the_key_comes_from_a_provider_each_time() {
    let calls = std::sync::atomic::AtomicU32::new(0);
    let layer = ApiKeyLayer::from_provider(move || {
        let call = calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        async move {
            tokio::task::yield_now().await;
            Ok(Token::new(format!("planted-{call}")))
        }
    });
    for expected in ["planted-0", "planted-1"] {
        let sent = send(layer.clone(), get(HTTPS)).await.unwrap();
        assert_eq!(sent.headers()[X_API_KEY], expected);
        assert!(sent.headers()[X_API_KEY].is_sensitive());
    }
    let untouched = send(layer, get_for(Auth::IAM, HTTPS)).await.unwrap();
    assert!(untouched.headers().is_empty());
}

#[tokio::test]
async fn a_provider_that_fails_or_gives_no_key_is_an_error_without_the_key() {
    let fails = ApiKeyLayer::from_provider(|| async { Err("no network".into()) });
    let error = send(fails, get(HTTPS)).await.unwrap_err();
    assert_eq!(kind(&error), Some(AuthorizeErrorKind::ProviderFailed));
    assert_eq!(error.source().unwrap().to_string(), "no network");

    let error = send(
        ApiKeyLayer::from_provider(Token::new("planted\n")),
        get(HTTPS),
    )
    .await
    .unwrap_err();
    assert_eq!(kind(&error), Some(AuthorizeErrorKind::InvalidSecret));
    assert!(!chain(error.as_ref()).contains("planted"));
}

#[tokio::test]
async fn a_key_that_is_there_is_replaced_kept_or_refused_as_told() {
    let layer = |policy| planted().on_conflict(policy);
    let sent = send(planted(), with_key(get(HTTPS))).await.unwrap();
    assert_eq!(sent.headers()[X_API_KEY], "planted-key");

    let sent = send(layer(OnConflict::Keep), with_key(get(HTTPS)))
        .await
        .unwrap();
    assert_eq!(sent.headers()[X_API_KEY], "callers-key");
    let sent = send(layer(OnConflict::Keep), get(HTTPS)).await.unwrap();
    assert_eq!(sent.headers()[X_API_KEY], "planted-key");

    let error = send(layer(OnConflict::Refuse), with_key(get(HTTPS)))
        .await
        .unwrap_err();
    assert_eq!(kind(&error), Some(AuthorizeErrorKind::Conflict));
    assert!(send(layer(OnConflict::Refuse), get(HTTPS)).await.is_ok());
}

#[tokio::test]
async fn another_header_serves_operations_that_ask_for_a_key_or_for_a_token_there() {
    const PARTNER: Auth = Auth::of(&[Scheme::Token {
        scheme: "partners",
        place: Place::Header("X-Partner"),
    }]);
    for auth in [Auth::API_KEY, PARTNER] {
        let sent = send(planted().header(X_PARTNER), get_for(auth, HTTPS)).await;
        let sent = sent.unwrap();
        assert_eq!(sent.headers()[X_PARTNER], "planted-key");
        assert!(!sent.headers().contains_key(X_API_KEY));
    }
    let sent = send(planted(), get_for(PARTNER, HTTPS)).await.unwrap();
    assert!(sent.headers().is_empty());
}

#[tokio::test]
async fn the_key_is_not_sent_in_the_clear() {
    let http = "http://api.test/";
    let error = send(planted(), get(http)).await.unwrap_err();
    assert_eq!(kind(&error), Some(AuthorizeErrorKind::InsecureTarget));
    assert!(send(planted().allow_insecure(), get(http)).await.is_ok());
}

#[tokio::test]
async fn the_key_goes_to_the_named_origin_only() {
    let layer = || planted().only_to("https://api.test".parse().unwrap());
    assert!(send(layer(), get(HTTPS)).await.is_ok());
    let error = send(layer(), get("https://other.test/pets"))
        .await
        .unwrap_err();
    assert_eq!(kind(&error), Some(AuthorizeErrorKind::ForeignOrigin));
}

#[test]
fn debug_does_not_show_the_key() {
    let service = planted().layer(());
    assert!(!format!("{service:?}").contains("planted"));
}

#[tokio::test]
async fn the_service_that_is_called_is_the_one_that_was_ready() {
    let provided = ApiKeyLayer::from_provider(Token::new("planted-key"));
    for layer in [planted(), provided] {
        let service = layer.layer(OnlyWhenReady::default());
        send_twice(service, || get(HTTPS)).await.unwrap();
    }
}
