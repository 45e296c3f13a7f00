//! What is not signed, and what the errors tell.

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use http::{HeaderValue, Request};
use http_body_util::Full;
use tower_layer::Layer;

use super::{HTTPS, SECRET, credentials, layer, send, then};
use crate::AuthorizeErrorKind;
use crate::layers::sigv4::SigV4Layer;
use crate::layers::test_support::{chain, get, kind};

#[tokio::test]
async fn what_cannot_be_signed_truthfully_is_refused() {
    let with_header = |value: &'static [u8]| {
        let mut request = get(HTTPS);
        request
            .headers_mut()
            .insert("x-a", HeaderValue::from_bytes(value).unwrap());
        request
    };
    for (request, reason) in [
        (
            get("https://api.test/a/../b"),
            "the path has a segment `.` or `..`",
        ),
        (
            get("https://api.test/a//b"),
            "the path has an empty segment",
        ),
        (
            get("https://api.test/?secret=%zz"),
            "the query has a `%` without two hex digits",
        ),
        (get("/pets"), "it has no host"),
        (get("api.test:443"), "the target has no path"),
        (with_header(b"a\tb"), "the header `x-a` has a tab"),
        (with_header(b"\xff"), "the header `x-a` is not UTF-8"),
    ] {
        let error = send(layer().allow_insecure(), request).await.unwrap_err();
        assert_eq!(kind(&error), Some(AuthorizeErrorKind::Unsignable));
        let text = error.to_string();
        assert!(
            text.starts_with(&format!("cannot sign the request: {reason}")),
            "{text}"
        );
        assert!(!text.contains("secret"));
    }
}

#[tokio::test]
async fn nothing_is_signed_for_a_target_in_the_clear() {
    let error = send(layer(), get("http://api.test/")).await.unwrap_err();
    assert_eq!(kind(&error), Some(AuthorizeErrorKind::InsecureTarget));
    assert!(send(layer(), get("http://127.0.0.1:3000/")).await.is_ok());
    assert!(
        send(layer().allow_insecure(), get("http://api.test/"))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let post = |body: &'static str| Request::post(HTTPS).body(Full::from(body)).unwrap();
    assert!(send(layer().body_limit(4), post("1234")).await.is_ok());
    let error = send(layer().body_limit(4), post("12345"))
        .await
        .unwrap_err();
    assert_eq!(kind(&error), Some(AuthorizeErrorKind::BodyTooLarge));
}

#[derive(Debug)]
struct Broken;

impl ProvideCredentials for Broken {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(Err(CredentialsError::not_loaded("no profile")))
    }
}

#[tokio::test]
async fn the_error_of_a_provider_is_kept() {
    let error = send(SigV4Layer::new("us-east-1", Broken), get(HTTPS))
        .await
        .unwrap_err();
    assert_eq!(kind(&error), Some(AuthorizeErrorKind::ProviderFailed));
    assert!(error.source().unwrap().is::<CredentialsError>());
}

#[tokio::test]
async fn credentials_with_stray_characters_are_refused_by_name_and_not_shown() {
    for (key, secret, token, which) in [
        ("planted\n", SECRET, None, "the access key id"),
        ("AKID", "planted ", None, "the secret access key"),
        (
            "AKID",
            SECRET,
            Some("plan\r\nted".to_owned()),
            "the session token",
        ),
        ("AKID", SECRET, Some(String::new()), "the session token"),
    ] {
        let credentials = Credentials::new(key, secret, token, None, "test");
        let error = send(SigV4Layer::new("us-east-1", credentials), get(HTTPS))
            .await
            .unwrap_err();
        assert_eq!(kind(&error), Some(AuthorizeErrorKind::InvalidSecret));
        assert!(error.to_string().starts_with(which), "{error}");
        assert!(!chain(error.as_ref()).contains("ted"));
    }
}

#[tokio::test]
async fn a_region_that_no_header_can_carry_is_refused() {
    let layer = SigV4Layer::new("us\neast", credentials(None));
    let error = send(layer, get(HTTPS)).await.unwrap_err();
    assert_eq!(kind(&error), Some(AuthorizeErrorKind::Unsignable));
}

#[tokio::test]
async fn secrets_are_nowhere_to_be_seen() {
    let layer = SigV4Layer::new("us-east-1", credentials(Some("planted"))).clock(then);
    let shown = format!("{:?} {layer:?}", layer.layer(()));
    let sent = send(layer, get(HTTPS)).await.unwrap();
    let shown = format!("{shown} {sent:?}");
    assert!(!shown.contains("planted") && !shown.contains(SECRET) && !shown.contains("Signature="));
}
