use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::Full;
use tokio::time::Instant;
use tower::retry::budget::{Budget, TpsBudget};
use tower::{Service, ServiceExt, service_fn};
use tower_layer::Layer;

use super::RetryLayer;
use crate::layers::Attempt;
use crate::{AuthorizeError, AuthorizeErrorKind, Body, BoxError};

/// Responses, in turn; after the last one 200. It notes when each attempt came and which one it said it was.
#[derive(Clone, Default)]
struct Api(Arc<Mutex<Script>>);

#[derive(Default)]
struct Script {
    responses: VecDeque<Result<Response<Body>, BoxError>>,
    attempts: Vec<(Duration, u32)>,
    began: Option<Instant>,
}

impl Api {
    fn that(responses: impl IntoIterator<Item = Result<Response<Body>, BoxError>>) -> Self {
        let api = Self::default();
        api.0.lock().unwrap().responses = responses.into_iter().collect();
        api
    }

    fn always(status: u16) -> Self {
        Self::that((0..9).map(|_| with_status(status, &[])))
    }

    fn respond(&self, request: &Request<Body>) -> Result<Response<Body>, BoxError> {
        let mut script = self.0.lock().unwrap();
        let now = crate::rt::instant();
        let began = *script.began.get_or_insert(now);
        let attempt = Attempt::of(request.extensions()).number();
        script.attempts.push((now - began, attempt));
        let next = script.responses.pop_front();
        next.unwrap_or_else(|| with_status(200, &[]))
    }

    async fn call(
        &self,
        layer: RetryLayer,
        request: Request<Body>,
    ) -> Result<Response<Body>, BoxError> {
        let api = self.clone();
        let service = service_fn(move |request| std::future::ready(api.respond(&request)));
        layer.layer(service).oneshot(request).await
    }

    fn count(&self) -> usize {
        self.0.lock().unwrap().attempts.len()
    }

    /// Milliseconds since the first attempt.
    fn times(&self) -> Vec<u128> {
        let script = self.0.lock().unwrap();
        script
            .attempts
            .iter()
            .map(|(time, _)| time.as_millis())
            .collect()
    }
}

fn with_status(
    status: u16,
    headers: &[(&'static str, &'static str)],
) -> Result<Response<Body>, BoxError> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    Ok(response.body(Body::empty())?)
}

fn request(method: Method) -> Request<Body> {
    let request = Request::builder().method(method).uri("https://api.test/");
    request.body(Body::from("bytes")).unwrap()
}

/// How often an API that fails in this way for ever is asked.
async fn attempts(layer: RetryLayer, request: Request<Body>, fails: Fails) -> usize {
    let api = Api::that(std::iter::repeat_with(fails).take(9));
    let _ = api.call(layer, request).await;
    api.count()
}

type Fails = fn() -> Result<Response<Body>, BoxError>;

const THROTTLED: (&str, &str) = ("x-amzn-errortype", "TooManyRequestsException");
const QUOTA: (&str, &str) = (
    "x-amzn-errortype",
    "LimitExceededException:http://internal.example/",
);

#[tokio::test(start_paused = true)]
async fn a_throttled_request_is_repeated_whatever_its_method() {
    for method in [Method::GET, Method::POST, Method::PATCH] {
        for throttled in [
            || with_status(429, &[]),
            || with_status(429, &[THROTTLED]),
            || with_status(418, &[THROTTLED]),
        ] {
            assert_eq!(
                attempts(RetryLayer::new(), request(method.clone()), throttled).await,
                3
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_used_up_quota_is_not_asked_again() {
    for quota in [|| with_status(429, &[QUOTA]), || with_status(503, &[QUOTA])] {
        assert_eq!(
            attempts(RetryLayer::new(), request(Method::GET), quota).await,
            1
        );
    }
}

#[tokio::test(start_paused = true)]
async fn an_api_that_is_unavailable_is_asked_again_for_idempotent_methods_only() {
    let fails: [Fails; 4] = [
        || with_status(502, &[]),
        || with_status(503, &[]),
        || with_status(504, &[]),
        || Err("connection reset".into()),
    ];
    for (method, expected) in [
        (Method::GET, 3),
        (Method::HEAD, 3),
        (Method::OPTIONS, 3),
        (Method::PUT, 3),
        (Method::DELETE, 3),
        (Method::POST, 1),
        (Method::PATCH, 1),
    ] {
        for fails in fails {
            let count = attempts(RetryLayer::new(), request(method.clone()), fails).await;
            assert_eq!(count, expected, "{method}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn post_is_repeated_with_an_idempotency_key_or_if_told_so() {
    let fails = || with_status(503, &[]);
    let mut with_key = request(Method::POST);
    with_key
        .headers_mut()
        .insert("Idempotency-Key", "7".parse().unwrap());
    assert_eq!(attempts(RetryLayer::new(), with_key, fails).await, 3);
    let layer = RetryLayer::new().also_unsafe();
    assert_eq!(attempts(layer, request(Method::POST), fails).await, 3);
}

#[tokio::test(start_paused = true)]
async fn what_will_be_the_same_next_time_is_not_repeated() {
    for status in [200, 301, 400, 401, 403, 404, 413, 500, 501] {
        let api = Api::always(status);
        let response = api.call(RetryLayer::new(), request(Method::GET)).await;
        assert_eq!(
            (api.count(), response.unwrap().status().as_u16()),
            (1, status)
        );
    }
    let refused = || {
        let error = AuthorizeError::new(AuthorizeErrorKind::ProviderFailed, "no token");
        Err(error.into())
    };
    assert_eq!(
        attempts(RetryLayer::new(), request(Method::GET), refused).await,
        1
    );
}

#[tokio::test(start_paused = true)]
async fn a_stream_is_sent_once() {
    let stream = Body::new(Full::new(bytes::Bytes::from_static(b"bytes")));
    let request = request(Method::PUT).map(|_| stream);
    assert_eq!(
        attempts(RetryLayer::new(), request, || with_status(429, &[])).await,
        1
    );
}

#[tokio::test(start_paused = true)]
async fn the_waits_double_and_jitter_takes_its_share() {
    let layer = RetryLayer::new().attempts(5);
    for (jitter, expected) in [
        (1.0, [0, 100, 300, 700, 1500]),
        (0.5, [0, 50, 150, 350, 750]),
        (0.0, [0, 0, 0, 0, 0]),
    ] {
        let api = Api::always(503);
        let layer = layer.clone().jitter(move || jitter);
        let _ = api.call(layer, request(Method::GET)).await;
        assert_eq!(api.times(), expected);
    }
    let api = Api::always(503);
    let (first, longest) = (Duration::from_secs(1), Duration::from_secs(3));
    let layer = layer.backoff(first, longest).jitter(|| 1.0);
    let _ = api.call(layer, request(Method::GET)).await;
    assert_eq!(api.times(), [0, 1000, 3000, 6000, 9000]);
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_is_waited_for_unless_it_is_too_long() {
    let api = Api::that([with_status(429, &[("retry-after", "7")])]);
    let response = api
        .call(RetryLayer::new(), request(Method::POST))
        .await
        .unwrap();
    assert_eq!(
        (response.status(), api.times()),
        (StatusCode::OK, vec![0, 7000])
    );

    let too_long = || with_status(429, &[("retry-after", "21")]);
    assert_eq!(
        attempts(RetryLayer::new(), request(Method::GET), too_long).await,
        1
    );
    let patient = RetryLayer::new().max_retry_after(Duration::from_secs(21));
    assert_eq!(attempts(patient, request(Method::GET), too_long).await, 3);
}

#[tokio::test(start_paused = true)]
async fn each_attempt_says_which_one_it_is_and_the_response_how_many_it_took() {
    let api = Api::that([with_status(503, &[]), Err("reset".into())]);
    let response = api
        .call(RetryLayer::new(), request(Method::GET))
        .await
        .unwrap();
    assert_eq!(Attempt::of(response.extensions()).number(), 3);
    let script = api.0.lock().unwrap();
    let said: Vec<u32> = script
        .attempts
        .iter()
        .map(|(_, attempt)| *attempt)
        .collect();
    assert_eq!(said, [1, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn the_last_failure_is_what_the_caller_gets() {
    let api = Api::that([
        with_status(503, &[]),
        with_status(502, &[]),
        with_status(504, &[]),
    ]);
    let response = api
        .call(RetryLayer::new(), request(Method::GET))
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::GATEWAY_TIMEOUT);
    let api = Api::that([
        with_status(503, &[]),
        with_status(502, &[]),
        Err("reset".into()),
    ]);
    let error = api
        .call(RetryLayer::new(), request(Method::GET))
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "reset");
}

#[tokio::test(start_paused = true)]
async fn one_attempt_or_none_means_that_nothing_is_repeated() {
    for most in [0, 1] {
        let layer = RetryLayer::new().attempts(most);
        assert_eq!(
            attempts(layer, request(Method::GET), || with_status(503, &[])).await,
            1
        );
    }
}

/// 2 repetitions, and no more.
fn two() -> TpsBudget {
    TpsBudget::new(Duration::from_secs(1), 2, 0.0)
}

#[tokio::test(start_paused = true)]
async fn a_spent_budget_ends_repetitions_and_clones_share_it() {
    let layer = RetryLayer::new().budget(two());
    let fails = || with_status(503, &[]);
    assert_eq!(
        attempts(layer.clone(), request(Method::GET), fails).await,
        3
    );
    assert_eq!(attempts(layer, request(Method::GET), fails).await, 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_goes_well_is_deposited() {
    #[derive(Clone, Default)]
    struct Deposits(Arc<Mutex<u32>>);
    impl Budget for Deposits {
        fn deposit(&self) {
            *self.0.lock().unwrap() += 1;
        }
        fn withdraw(&self) -> bool {
            true
        }
    }
    let deposits = Deposits::default();
    let layer = RetryLayer::new().budget(deposits.clone());
    let _ = Api::always(503)
        .call(layer.clone(), request(Method::GET))
        .await;
    assert_eq!(*deposits.0.lock().unwrap(), 0);
    let _ = Api::that([with_status(503, &[])])
        .call(layer, request(Method::GET))
        .await;
    assert_eq!(*deposits.0.lock().unwrap(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_repetition_is_the_same_request() {
    let seen: Arc<Mutex<Vec<(Method, HeaderMap, String)>>> = Arc::default();
    let note = Arc::clone(&seen);
    let fails = service_fn(move |request: Request<Body>| {
        let (parts, body) = request.into_parts();
        let body = String::from_utf8(body.as_bytes().unwrap().to_vec()).unwrap();
        note.lock()
            .unwrap()
            .push((parts.method, parts.headers, body));
        std::future::ready(with_status(503, &[]))
    });
    let mut put = request(Method::PUT);
    put.headers_mut().insert("x-a", "1".parse().unwrap());
    let mut service = RetryLayer::new().layer(fails);
    let _ = service.ready().await.unwrap().call(put).await;
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 3);
    assert!(seen.iter().all(|it| *it == seen[0]));
    assert_eq!(
        (seen[0].2.as_str(), &seen[0].1["x-a"]),
        ("bytes", &"1".parse().unwrap())
    );
}

#[cfg(feature = "transport")]
#[tokio::test(start_paused = true)]
async fn what_the_transport_lacks_is_not_asked_for_again() {
    let lacks = || {
        let error = crate::transport::Proxy::new("gopher://proxy.test").unwrap_err();
        let wrapped = crate::Error::<()>::Transport(error.into());
        Err(wrapped.into())
    };
    assert_eq!(
        attempts(RetryLayer::new(), request(Method::GET), lacks).await,
        1
    );
}
