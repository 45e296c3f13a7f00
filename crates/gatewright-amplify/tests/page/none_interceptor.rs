//! "NONE": an interceptor for the requests of one API, named by its name in the file.

use gatewright::layers::InjectHeadersLayer;
use gatewright::{Body, BoxError};
use gatewright_amplify::Apis;
use http::{HeaderValue, Request};
use tower::filter::AsyncFilterLayer;
use tower::util::MapRequestLayer;

use crate::support::{config, header, received, shop};

/// The page's `CustomInterceptor`.
fn custom_interceptor(mut request: Request<Body>) -> Request<Body> {
    let value = HeaderValue::from_static("headerValue");
    request.headers_mut().insert("headerkey", value);
    request
}

#[tokio::test]
async fn an_interceptor_changes_every_request_of_its_api() {
    let gateway = shop().build().unwrap();
    let apis = Apis::from_config(config("NONE"))
        .before_signing("yourApiName", MapRequestLayer::new(custom_interceptor))
        .transport(gateway.clone())
        .build()
        .unwrap();
    let answer = apis.get("yourApiName", "/status").unwrap().send().await;
    assert_eq!(answer.unwrap().status(), 200);
    assert_eq!(
        header(&received(&gateway), "headerkey"),
        Some("headerValue")
    );
}

#[tokio::test]
async fn a_header_alone_needs_no_code_of_its_own() {
    let gateway = shop().build().unwrap();
    let headers = InjectHeadersLayer::new().try_overriding("headerKey", "headerValue");
    let apis = Apis::from_config(config("NONE"))
        .before_signing("yourApiName", headers.unwrap())
        .transport(gateway.clone())
        .build()
        .unwrap();
    let answer = apis.get("yourApiName", "/status").unwrap().send().await;
    assert_eq!(answer.unwrap().status(), 200);
    assert_eq!(
        header(&received(&gateway), "headerkey"),
        Some("headerValue")
    );
}

/// `intercept` may throw: then nothing is sent, and the caller gets that error.
#[tokio::test]
async fn an_interceptor_may_refuse_a_request() {
    async fn refuse(_: Request<Body>) -> Result<Request<Body>, BoxError> {
        Err("not while the shop is closed".into())
    }
    let gateway = shop().build().unwrap();
    let apis = Apis::from_config(config("NONE"))
        .before_signing("yourApiName", AsyncFilterLayer::new(refuse))
        .transport(gateway.clone())
        .build()
        .unwrap();
    let answer = apis.get("yourApiName", "/status").unwrap().send().await;
    let error = answer.unwrap_err();
    let cause = std::error::Error::source(&error).unwrap();
    assert_eq!(cause.to_string(), "not while the shop is closed");
    assert!(gateway.requests().is_empty());
}

#[test]
fn an_api_that_the_file_does_not_have_is_an_error_at_construction() {
    let layer = MapRequestLayer::new(custom_interceptor);
    let builder = Apis::from_config(config("NONE")).before_signing("yourApiNam", layer);
    assert_eq!(
        builder.build().unwrap_err().to_string(),
        "amplifyconfiguration.json has no REST API `yourApiNam`; did you mean `yourApiName`? It has: yourApiName"
    );
}
