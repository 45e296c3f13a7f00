use http::{HeaderName, HeaderValue};
use tower::ServiceExt;
use tower_layer::Layer;

use super::{InjectHeadersLayer, InjectMode};
use crate::AuthorizeErrorKind;
use crate::layers::test_support::{OnlyWhenReady, echo, get, kind, send_twice};

const X_A: HeaderName = HeaderName::from_static("x-a");
const NINE: HeaderValue = HeaderValue::from_static("9");

fn new() -> InjectHeadersLayer {
    InjectHeadersLayer::new()
}

/// The values of `x-a` after the layer, on a request that has two.
async fn values(layer: InjectHeadersLayer) -> Vec<String> {
    let mut request = get("http://api.test/");
    for value in ["1", "2"] {
        request.headers_mut().append(X_A, value.parse().unwrap());
    }
    let sent = layer.layer(echo()).oneshot(request).await.unwrap();
    let values = sent.headers().get_all(X_A).iter();
    values.map(|v| v.to_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn each_mode_treats_a_header_that_is_there_in_its_own_way() {
    for (mode, fixed, expected) in [
        (InjectMode::Override, new().overriding(X_A, NINE), vec!["9"]),
        (
            InjectMode::IfNotPresent,
            new().if_not_present(X_A, NINE),
            vec!["1", "2"],
        ),
        (
            InjectMode::Append,
            new().appending(X_A, NINE),
            vec!["1", "2", "9"],
        ),
    ] {
        let made = new().from_request(mode, X_A, |_| Some(NINE));
        let fetched = new().from_request_async(mode, X_A, |_| async { Ok(Some(NINE)) });
        for layer in [fixed, made, fetched] {
            assert_eq!(values(layer).await, expected, "{mode:?}");
        }
    }
}

#[tokio::test]
async fn an_absent_header_is_added_in_every_mode() {
    let layer = new()
        .try_overriding("x-1", "a")
        .and_then(|layer| layer.try_if_not_present("x-2", "b"))
        .and_then(|layer| layer.try_appending("x-3", "c"))
        .unwrap();
    let sent = layer.layer(echo()).oneshot(get("http://api.test/")).await;
    let sent = sent.unwrap();
    assert_eq!(sent.headers()["x-1"], "a");
    assert_eq!(sent.headers()["x-2"], "b");
    assert_eq!(sent.headers()["x-3"], "c");
}

#[tokio::test]
async fn headers_are_put_in_order_and_see_those_before_them() {
    const X_B: HeaderName = HeaderName::from_static("x-b");
    const X_C: HeaderName = HeaderName::from_static("x-c");
    let layer = new()
        .overriding(X_A, NINE)
        .from_request_async(InjectMode::Override, X_B, |parts| {
            let value = parts.headers[X_A].clone();
            async move {
                tokio::task::yield_now().await;
                Ok(Some(value))
            }
        })
        .from_request(InjectMode::Override, X_C, |parts| {
            parts.headers.get(X_B).cloned()
        });
    let sent = layer.layer(echo()).oneshot(get("http://api.test/")).await;
    assert_eq!(sent.unwrap().headers()[X_C], "9");
}

#[tokio::test]
async fn no_value_leaves_the_request_as_it_is() {
    let made = new().from_request(InjectMode::Override, X_A, |_| None);
    let fetched = new().from_request_async(InjectMode::Override, X_A, |_| async { Ok(None) });
    for layer in [made, fetched] {
        assert_eq!(values(layer).await, ["1", "2"]);
    }
}

#[tokio::test]
async fn a_value_that_is_not_needed_is_not_made() {
    let made = new().from_request(InjectMode::IfNotPresent, X_A, |_| panic!("was made"));
    let fetched = new().from_request_async(InjectMode::IfNotPresent, X_A, |_| async {
        Err("was asked for".into())
    });
    for layer in [made, fetched] {
        assert_eq!(values(layer).await, ["1", "2"]);
    }
}

#[tokio::test]
async fn a_value_that_cannot_be_had_fails_the_request_and_names_the_header() {
    let layer = new().from_request_async(InjectMode::Override, X_A, |_| async {
        Err("no network".into())
    });
    let error = layer.layer(echo()).oneshot(get("http://api.test/")).await;
    let error = error.unwrap_err();
    assert_eq!(kind(&error), Some(AuthorizeErrorKind::ProviderFailed));
    assert!(error.to_string().contains("the header `x-a`"), "{error}");
    assert_eq!(error.source().unwrap().to_string(), "no network");
}

#[test]
fn bad_names_and_values_are_errors() {
    assert!(new().try_overriding("x a", "1").is_err());
    assert!(new().try_overriding("x-a", "1\n2").is_err());
}

#[test]
fn debug_shows_names_alone() {
    let layer = new().try_appending("x-a", "planted").unwrap();
    assert_eq!(format!("{layer:?}"), "InjectHeadersLayer [\"x-a\"]");
}

#[tokio::test]
async fn the_service_that_is_called_is_the_one_that_was_ready() {
    let fetched = new().from_request_async(InjectMode::Override, X_A, |_| async { Ok(None) });
    for layer in [new().overriding(X_A, NINE), fetched] {
        let service = layer.layer(OnlyWhenReady::default());
        send_twice(service, || get("http://api.test/"))
            .await
            .unwrap();
    }
}
