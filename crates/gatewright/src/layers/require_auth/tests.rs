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

async fn refusal(auth: Auth, uri: &str, headers: &[(&'static str, &str)]) -> Option<String> {
    let mut request = get_for(auth, uri);
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
            "an AWS signature: add `SigV4Layer`",
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
