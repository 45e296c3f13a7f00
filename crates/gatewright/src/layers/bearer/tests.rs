use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, Response, StatusCode};
use tower::ServiceExt;
use tower_layer::Layer;

use super::{BearerTokenLayer, ResponseHead};
use crate::layers::OnConflict;
use crate::layers::test_support::{
    OnlyWhenReady, TestRequest, chain, echo, get, get_for, kind, send_twice,
};
use crate::token::{ProvideToken, Token};
use crate::{Auth, AuthorizeErrorKind, BoxError, Place, Scheme};

const HTTPS: &str = "https://api.test/pets";
const X_ADMIN: HeaderName = HeaderName::from_static("x-admin");
const TWO: Auth = Auth::of(&[
    Scheme::Token {
        scheme: "admins",
        place: Place::Header("X-Admin"),
    },
    Scheme::Token {
        scheme: "guests",
        place: Place::Query("guest token"),
    },
]);

fn planted() -> BearerTokenLayer<Token> {
    BearerTokenLayer::new(Token::new("planted+/="))
}

async fn send<P: ProvideToken>(
    layer: BearerTokenLayer<P>,
    request: TestRequest,
) -> Result<TestRequest, BoxError> {
    let server = echo().map_response(Response::new);
    let response = layer.layer(server).oneshot(request).await?;
    Ok(response.into_body())
}

#[tokio::test]
async fn the_token_is_sent_if_wanted_or_if_there_is_no_operation() {
    for request in [get(HTTPS), get_for(Auth::BEARER, HTTPS)] {
        let sent = send(planted(), request).await.unwrap();
        assert_eq!(sent.headers()[AUTHORIZATION], "Bearer planted+/=");
        assert!(sent.headers()[AUTHORIZATION].is_sensitive());
    }
}

#[tokio::test]
async fn an_operation_that_wants_no_token_passes_untouched_and_asks_no_provider() {
    let layer = BearerTokenLayer::new(|| async { Err("not to be asked".into()) });
    for auth in [Auth::NONE, Auth::IAM, TWO] {
        let sent = send(layer.clone(), get_for(auth, "http://api.test/"))
            .await
            .unwrap();
        assert!(sent.headers().is_empty());
    }
}

#[tokio::test]
async fn a_raw_token_has_no_scheme_before_it() {
    let sent = send(planted().raw(), get(HTTPS)).await.unwrap();
    assert_eq!(sent.headers()[AUTHORIZATION], "planted+/=");
}

#[tokio::test]
async fn a_token_goes_where_the_authorizer_reads_it() {
    let sent = send(planted().in_header(X_ADMIN).raw(), get_for(TWO, HTTPS))
        .await
        .unwrap();
    assert_eq!(sent.headers()[X_ADMIN], "planted+/=");

    let request = get_for(TWO, "https://api.test/pets?a=1&guest%20token=old");
    let sent = send(planted().in_query("guest token"), request)
        .await
        .unwrap();
    assert_eq!(
        sent.uri(),
        "https://api.test/pets?a=1&guest%20token=planted%2B%2F%3D"
    );
    assert!(sent.headers().is_empty());
}

#[tokio::test]
async fn a_layer_for_one_authorizer_leaves_the_others_alone() {
    let layer = |scheme: &'static str| planted().in_header(X_ADMIN).for_scheme(scheme);
    let sent = send(layer("admins"), get_for(TWO, HTTPS)).await.unwrap();
    assert!(sent.headers().contains_key(X_ADMIN));
    let sent = send(layer("users"), get_for(TWO, HTTPS)).await.unwrap();
    assert!(!sent.headers().contains_key(X_ADMIN));
}

#[tokio::test]
async fn every_kind_of_provider_gives_tokens() {
    let shared = Arc::new(Token::new("planted"));
    assert!(
        send(BearerTokenLayer::new(shared), get(HTTPS))
            .await
            .is_ok()
    );
    let waits = || async {
        tokio::task::yield_now().await;
        Ok(Token::new("planted"))
    };
    assert!(send(BearerTokenLayer::new(waits), get(HTTPS)).await.is_ok());
}

#[tokio::test]
async fn the_error_of_a_provider_is_kept() {
    let layer = BearerTokenLayer::new(|| async { Err("no network".into()) });
    let error = send(layer, get(HTTPS)).await.unwrap_err();
    assert_eq!(kind(&error), Some(AuthorizeErrorKind::ProviderFailed));
    assert_eq!(error.source().unwrap().to_string(), "no network");
}

#[tokio::test]
async fn a_token_that_no_header_can_carry_is_refused_and_not_shown() {
    for secret in ["", "planted\n", "plan\r\nted"] {
        let layer = || BearerTokenLayer::new(Token::new(secret));
        for layer in [layer(), layer().in_query("t"), layer().uncached()] {
            let error = send(layer, get(HTTPS)).await.unwrap_err();
            assert_eq!(kind(&error), Some(AuthorizeErrorKind::InvalidSecret));
            assert!(!chain(error.as_ref()).contains("ted"));
        }
    }
}

#[tokio::test]
async fn a_token_that_is_there_follows_the_policy() {
    let with_token = || {
        let mut request = get(HTTPS);
        let theirs = http::HeaderValue::from_static("theirs");
        request.headers_mut().insert(AUTHORIZATION, theirs);
        request
    };
    let policy = |policy| send(planted().on_conflict(policy), with_token());
    let sent = policy(OnConflict::Replace).await.unwrap();
    assert_eq!(sent.headers()[AUTHORIZATION], "Bearer planted+/=");
    let sent = policy(OnConflict::Keep).await.unwrap();
    assert_eq!(sent.headers()[AUTHORIZATION], "theirs");
    let error = policy(OnConflict::Refuse).await.unwrap_err();
    assert_eq!(kind(&error), Some(AuthorizeErrorKind::Conflict));
}

#[tokio::test]
async fn only_the_place_of_the_token_is_looked_at_for_another() {
    let layer = || planted().in_query("t").on_conflict(OnConflict::Refuse);
    let error = send(layer(), get("https://api.test/?a&%74=x")).await;
    assert_eq!(
        kind(&error.unwrap_err()),
        Some(AuthorizeErrorKind::Conflict)
    );
    let sent = send(layer(), get("https://api.test/?a")).await.unwrap();
    assert_eq!(sent.uri(), "https://api.test/?a&t=planted%2B%2F%3D");
}

#[tokio::test]
async fn an_expired_token_is_not_sent_cached_or_not() {
    let end = SystemTime::UNIX_EPOCH + Duration::from_secs(1000);
    let layer = || BearerTokenLayer::new(Token::new("planted").with_expiry(end));
    for layer in [layer(), layer().uncached()] {
        let before = layer.clone().clock(move || end - Duration::from_secs(1));
        assert!(send(before, get(HTTPS)).await.is_ok());
        let at_the_end = send(layer.clock(move || end), get(HTTPS)).await;
        let error = at_the_end.unwrap_err();
        assert_eq!(kind(&error), Some(AuthorizeErrorKind::ProviderFailed));
    }
}

#[tokio::test]
async fn the_token_is_not_sent_in_the_clear() {
    let error = send(planted(), get("http://api.test/")).await.unwrap_err();
    assert_eq!(kind(&error), Some(AuthorizeErrorKind::InsecureTarget));
    assert!(
        send(planted().allow_insecure(), get("http://api.test/"))
            .await
            .is_ok()
    );
    assert!(send(planted(), get("http://localhost:3000/")).await.is_ok());
}

#[test]
fn debug_does_not_show_the_token() {
    let service = planted().layer(());
    assert!(!format!("{service:?} {:?}", Token::new("planted")).contains("planted"));
}

#[tokio::test]
async fn the_service_that_is_called_is_the_one_that_was_ready() {
    let server = OnlyWhenReady::default().map_response(Response::new);
    let service = planted().layer(server);
    send_twice(service, || get(HTTPS)).await.unwrap();
}

fn refused(status: u16, code: Option<&str>) -> bool {
    let mut headers = HeaderMap::new();
    if let Some(code) = code {
        headers.insert("x-amzn-errortype", code.parse().unwrap());
    }
    super::is_refused(&ResponseHead {
        status: StatusCode::from_u16(status).unwrap(),
        headers: &headers,
    })
}

#[test]
fn codes_of_expired_credentials() {
    for code in [
        "UnauthorizedException",
        "ExpiredTokenException",
        "ExpiredTokenException:http://internal.amazon.com/coral/com.amazon.coral.service/",
        "com.amazon.coral.service#ExpiredTokenException",
        "UnrecognizedClientException",
    ] {
        assert!(refused(401, Some(code)), "{code}");
        assert!(refused(403, Some(code)), "{code}");
        assert!(!refused(200, Some(code)), "{code}");
    }
    assert!(refused(401, None));
}

#[test]
fn other_refusals_are_not_about_the_credential() {
    for code in [
        "AccessDeniedException",
        "ForbiddenException",
        "MissingAuthenticationTokenException",
        "InvalidSignatureException",
        "",
    ] {
        assert!(!refused(401, Some(code)), "{code}");
        assert!(!refused(403, Some(code)), "{code}");
    }
    assert!(!refused(403, None));
    assert!(!refused(500, None));
}
