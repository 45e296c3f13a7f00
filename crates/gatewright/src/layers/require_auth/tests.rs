use http::{HeaderName, HeaderValue};
use tower::ServiceExt;
use tower_layer::Layer;

use super::{RequireAuth, RequireAuthLayer};
use crate::layers::ApiKeyLayer;
use crate::layers::test_support::{TestRequest, echo, get, get_for, kind};
use crate::{Auth, AuthOverride, AuthorizeErrorKind, Place, Scheme};

const ALL: Auth = Auth::of(&[
    Scheme::ApiKey,
    Scheme::Iam,
    Scheme::Token {
        scheme: "admins",
        place: Place::Header("X-Admin"),
    },
    Scheme::Token {
        scheme: "guests",
        place: Place::Query("guest"),
    },
]);

async fn refusal(auth: Auth, path: &str, headers: &[(&'static str, &str)]) -> Option<String> {
    let mut request = get_for(auth, &format!("https://api.test{path}"));
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    let error = RequireAuth::new(echo()).oneshot(request).await.err()?;
    assert_eq!(kind(&error), Some(AuthorizeErrorKind::MissingCredential));
    Some(error.to_string())
}

#[tokio::test]
async fn each_missing_scheme_is_named_with_its_layer() {
    let signed = ("authorization", "AWS4-HMAC-SHA256 Credential=..");
    let (key, admin) = (("x-api-key", "k"), ("x-admin", "t"));
    for (uri, headers, advice) in [
        ("/", vec![], "an API key: add `ApiKeyLayer`"),
        ("/", vec![key], "an AWS signature: add `SigV4Layer`"),
        (
            "/",
            vec![key, ("authorization", "Bearer t")],
            "an AWS signature, but the header `authorization` holds something else: add `SigV4Layer`",
        ),
        (
            "/",
            vec![key, signed],
            "a token for `admins` in header `X-Admin`: add `BearerTokenLayer` with `in_header`",
        ),
        (
            "/?Guest=t",
            vec![key, signed, admin],
            "a token for `guests` in query parameter `guest`: add `BearerTokenLayer` with `in_query`",
        ),
    ] {
        let expected = format!("operation `getPet` needs {advice}");
        assert_eq!(refusal(ALL, uri, &headers).await, Some(expected));
    }
    assert_eq!(refusal(ALL, "/?guest=t", &[key, signed, admin]).await, None);
}

#[tokio::test]
async fn requests_that_ask_for_nothing_pass() {
    assert_eq!(refusal(Auth::NONE, "/", &[]).await, None);
    assert!(RequireAuth::new(echo()).oneshot(get("/")).await.is_ok());
}

#[tokio::test]
async fn a_bearer_token_in_its_usual_place_needs_no_setting() {
    let advice = refusal(Auth::BEARER, "/", &[]).await.unwrap();
    assert!(
        advice.ends_with("in header `authorization`: add `BearerTokenLayer`"),
        "{advice}"
    );
}

#[tokio::test]
async fn an_override_is_what_is_demanded() {
    let mut request = get_for(Auth::IAM, "/");
    request.extensions_mut().insert(AuthOverride(Auth::NONE));
    assert!(RequireAuth::new(echo()).oneshot(request).await.is_ok());

    let mut request = get("/");
    request.extensions_mut().insert(AuthOverride(Auth::API_KEY));
    let error = RequireAuth::new(echo()).oneshot(request).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the request needs an API key: add `ApiKeyLayer`"
    );
}

#[tokio::test]
async fn a_key_in_another_header_counts() {
    let layer = ApiKeyLayer::new("planted-key").unwrap();
    let layer = layer.header(HeaderName::from_static("x-partner"));
    let stack = layer.layer(RequireAuth::new(echo()));
    let request = get_for(Auth::API_KEY, "https://api.test/");
    assert!(stack.oneshot(request).await.is_ok());
}

async fn passes(request: TestRequest) -> bool {
    let layer = RequireAuthLayer::new().only_to("https://api.test".parse().unwrap());
    match layer.layer(echo()).oneshot(request).await {
        Ok(_) => true,
        Err(error) => {
            assert_eq!(kind(&error), Some(AuthorizeErrorKind::ForeignOrigin));
            false
        }
    }
}

#[tokio::test]
async fn a_credential_goes_to_its_origin_only() {
    let mut sensitive = HeaderValue::from_static("t");
    sensitive.set_sensitive(true);
    let plain = HeaderValue::from_static("t");
    for (name, value, is_credential) in [
        ("authorization", &plain, true),
        ("cookie", &plain, true),
        ("x-api-key", &plain, true),
        ("x-amz-security-token", &plain, true),
        ("x-admin", &sensitive, true),
        ("x-admin", &plain, false),
    ] {
        for (uri, is_home) in [("https://api.test/", true), ("https://cdn.test/", false)] {
            let mut request = get(uri);
            request.headers_mut().insert(name, value.clone());
            assert_eq!(
                passes(request).await,
                is_home || !is_credential,
                "{name} {uri}"
            );
        }
    }
}

#[tokio::test]
async fn an_empty_credential_is_none() {
    let signed = ("authorization", "AWS4-HMAC-SHA256 Credential=..");
    let (key, admin) = (("x-api-key", "k"), ("x-admin", "t"));
    for empty in [
        "",
        " ",
        "\t ",
        "Bearer",
        "Bearer ",
        "bearer",
        " BEARER  ",
        "Basic",
    ] {
        for (auth, header) in [
            (Auth::BEARER, "authorization"),
            (Auth::API_KEY, "x-api-key"),
        ] {
            let refusal = refusal(auth, "/", &[(header, empty)]).await.unwrap();
            let fault = format!("but the header `{header}` is empty: add `");
            assert!(refusal.contains(&fault), "{empty:?}: {refusal}");
        }
        let headers = [key, signed, ("x-admin", empty)];
        let refusal = refusal(ALL, "/?guest=t", &headers).await.unwrap();
        assert!(
            refusal.contains("`X-Admin` is empty"),
            "{empty:?}: {refusal}"
        );
    }
    for query in [
        "guest=",
        "guest",
        "guest=+",
        "guest=%20%09",
        "guest=Bearer%20",
        "guest=t&guest=",
    ] {
        let refusal = refusal(ALL, &format!("/?{query}"), &[key, signed, admin]).await;
        let refusal = refusal.unwrap_or_else(|| panic!("{query} passes"));
        assert!(
            refusal.contains("query parameter `guest` is empty"),
            "{refusal}"
        );
    }
}

#[tokio::test]
async fn a_signature_without_content_is_none() {
    for (value, fault) in [
        ("AWS4-HMAC-SHA256", "is empty"),
        ("AWS4-HMAC-SHA256  ", "is empty"),
        ("", "is empty"),
        ("Bearer t", "holds something else"),
        ("Basic dTpw", "holds something else"),
        ("AWS4-HMAC-SHA256Credential", "is empty"),
    ] {
        let refusal = refusal(Auth::IAM, "/", &[("authorization", value)]).await;
        let refusal = refusal.unwrap_or_else(|| panic!("{value} passes"));
        assert!(refusal.contains(fault), "{value}: {refusal}");
    }
}

#[tokio::test]
async fn a_signature_is_no_token() {
    const IN_QUERY: Auth = Auth::of(&[Scheme::Token {
        scheme: "guests",
        place: Place::Query("guest"),
    }]);
    const IN_HEADER: Auth = Auth::of(&[Scheme::Token {
        scheme: "admins",
        place: Place::Header("X-Admin"),
    }]);
    for value in [
        "AWS4-HMAC-SHA256 Credential=..",
        " AWS4-HMAC-SHA256 Credential=..",
        "AWS4-ECDSA-P256-SHA256 Credential=..",
    ] {
        let query = format!("/?guest={}", value.replace(' ', "%20"));
        for refusal in [
            refusal(Auth::BEARER, "/", &[("authorization", value)]).await,
            refusal(IN_HEADER, "/", &[("x-admin", value)]).await,
            refusal(IN_QUERY, &query, &[]).await,
        ] {
            let refusal = refusal.unwrap_or_else(|| panic!("{value} passes"));
            assert!(
                refusal.contains("holds an AWS signature: add `BearerTokenLayer`"),
                "{refusal}"
            );
        }
    }
}

#[tokio::test]
async fn the_second_of_two_tokens_counts_as_well() {
    let mut request = get_for(Auth::BEARER, "https://api.test/");
    for value in ["Bearer t", ""] {
        let value = HeaderValue::from_static(value);
        request.headers_mut().append("authorization", value);
    }
    let error = RequireAuth::new(echo()).oneshot(request).await.unwrap_err();
    assert!(error.to_string().contains("is empty"), "{error}");
}

const QUERY: Auth = Auth::of(&[Scheme::Token {
    scheme: "guests",
    place: Place::Query("guest"),
}]);
const HEADER: Auth = Auth::of(&[Scheme::Token {
    scheme: "admins",
    place: Place::Header("X-Admin"),
}]);

fn with(mut request: TestRequest, name: &'static str, value: &HeaderValue) -> TestRequest {
    request.headers_mut().insert(name, value.clone());
    request
}

/// Requests with a credential of the caller to `origin`, and its place.
fn brought(origin: &str) -> Vec<(TestRequest, &'static str)> {
    let plain = HeaderValue::from_static("hunter2");
    let mut sensitive = plain.clone();
    sensitive.set_sensitive(true);
    let uri = format!("{origin}/pets");
    let to_guests = get_for(QUERY, &format!("{uri}?guest=hunter2"));
    let mut overridden = get(&format!("{uri}?guest=hunter2"));
    overridden.extensions_mut().insert(AuthOverride(QUERY));
    vec![
        (with(get(&uri), "authorization", &plain), "authorization"),
        (
            with(get_for(Auth::BEARER, &uri), "authorization", &plain),
            "authorization",
        ),
        (
            with(get_for(Auth::NONE, &uri), "authorization", &plain),
            "authorization",
        ),
        (
            with(get(&uri), "proxy-authorization", &plain),
            "proxy-authorization",
        ),
        (with(get(&uri), "cookie", &plain), "cookie"),
        (with(get(&uri), "x-api-key", &plain), "x-api-key"),
        (
            with(get(&uri), "x-amz-security-token", &plain),
            "x-amz-security-token",
        ),
        (with(get(&uri), "x-own", &sensitive), "x-own"),
        (with(get_for(HEADER, &uri), "x-admin", &plain), "x-admin"),
        (to_guests, "guest"),
        (overridden, "guest"),
    ]
}

#[tokio::test]
async fn what_a_caller_brings_does_not_go_over_plain_http() {
    for origin in [
        "http://api.test",
        "http://10.0.0.1:8080",
        "http://localhost.api.test",
        "",
    ] {
        for (request, place) in brought(origin) {
            let shown = format!("{request:?}");
            let outcome = RequireAuth::new(echo()).oneshot(request).await;
            let error = outcome.err().unwrap_or_else(|| panic!("sent: {shown}"));
            assert_eq!(
                kind(&error),
                Some(AuthorizeErrorKind::InsecureTarget),
                "{shown}"
            );
            let error = error.to_string();
            assert!(error.contains(&format!("`{place}`")), "{error}");
            assert!(
                error.contains("`allow_insecure()` on `RequireAuthLayer`"),
                "{error}"
            );
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
}

#[tokio::test]
async fn what_a_caller_brings_goes_over_tls_to_loopback_and_where_the_user_allows_it() {
    for origin in [
        "https://api.test",
        "http://localhost:3000",
        "http://127.0.0.1",
        "http://[::1]:1",
    ] {
        for (request, place) in brought(origin) {
            let outcome = RequireAuth::new(echo()).oneshot(request).await;
            assert!(outcome.is_ok(), "{place} to {origin}");
        }
    }
    for (request, place) in brought("http://api.test") {
        let layer = RequireAuthLayer::new().allow_insecure();
        assert!(
            layer.layer(echo()).oneshot(request).await.is_ok(),
            "{place}"
        );
    }
    for (request, place) in brought("http://api.test") {
        let service = RequireAuth::new(echo()).allow_insecure();
        assert!(service.oneshot(request).await.is_ok(), "{place}");
    }
}

#[tokio::test]
async fn a_request_without_credentials_goes_over_plain_http() {
    let empty = HeaderValue::from_static("");
    for request in [
        get("http://api.test/?guest=t"),
        with(
            get("http://api.test/"),
            "x-own",
            &HeaderValue::from_static("t"),
        ),
        with(get("http://api.test/"), "cookie", &empty),
        with(get("/"), "authorization", &empty),
    ] {
        assert!(RequireAuth::new(echo()).oneshot(request).await.is_ok());
    }
}

#[tokio::test]
async fn a_layer_that_may_send_in_the_clear_need_not_be_allowed_twice() {
    let key = ApiKeyLayer::new("planted-key").unwrap().allow_insecure();
    let elsewhere = key.clone().header(HeaderName::from_static("x-partner"));
    for layer in [key.clone(), elsewhere] {
        let stack = layer.layer(RequireAuth::new(echo()));
        let request = get_for(Auth::API_KEY, "http://api.test/");
        assert!(stack.oneshot(request).await.is_ok());
    }
    // What it was allowed is its key, and nothing else that the request carries.
    let request = get_for(Auth::API_KEY, "http://api.test/");
    let request = with(request, "cookie", &HeaderValue::from_static("c"));
    let stack = key.layer(RequireAuth::new(echo()));
    let error = stack.oneshot(request).await.unwrap_err();
    assert!(error.to_string().contains("the header `cookie`"), "{error}");
}

#[tokio::test]
async fn an_allowed_network_makes_no_foreign_origin_a_good_one() {
    let layer = RequireAuthLayer::new().allow_insecure();
    let layer = layer.only_to("http://api.test".parse().unwrap());
    let value = HeaderValue::from_static("t");
    for target in [
        "http://cdn.test/",
        "http://api.test:99999/",
        "https://api.test/",
    ] {
        let request = with(get(target), "cookie", &value);
        let error = layer.layer(echo()).oneshot(request).await.unwrap_err();
        assert_eq!(
            kind(&error),
            Some(AuthorizeErrorKind::ForeignOrigin),
            "{target}"
        );
    }
}
