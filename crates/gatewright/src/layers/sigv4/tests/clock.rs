//! Clocks that are wrong, here or there.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use tower::{Service, ServiceExt, service_fn};
use tower_layer::Layer;

use super::{HTTPS, credentials, then};
use crate::BoxError;
use crate::layers::sigv4::{SigV4, SigV4Layer};
use crate::layers::test_support::TestRequest;

/// An API Gateway that accepts signatures from five minutes before to five minutes after its time.
#[derive(Clone)]
struct Gateway {
    /// Seconds that its clock is ahead of `then`.
    ahead: Arc<Mutex<i64>>,
    /// What its responses have as their `Date`, if not its time.
    date: Option<&'static str>,
    age: bool,
    /// The `x-amz-date` of each request.
    seen: Arc<Mutex<Vec<String>>>,
}

impl Gateway {
    fn ahead(seconds: i64) -> Self {
        let ahead = Arc::new(Mutex::new(seconds));
        Self {
            ahead,
            date: None,
            age: false,
            seen: Arc::default(),
        }
    }

    fn respond(&self, request: &TestRequest) -> Response<()> {
        let ahead = *self.ahead.lock().unwrap();
        let stamp = request.headers()["x-amz-date"].to_str().unwrap().to_owned();
        let signed_at = seconds_of_day(&stamp);
        self.seen.lock().unwrap().push(stamp);
        let mut response = Response::builder()
            .header("date", self.date.map_or_else(|| date(ahead), str::to_owned));
        if self.age {
            response = response.header("age", "1");
        }
        if (signed_at - NOON_36 - ahead).abs() > 300 {
            response = response
                .status(403)
                .header("x-amzn-errortype", "InvalidSignatureException");
        }
        response.body(()).unwrap()
    }

    fn seen(&self) -> Vec<String> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }
}

/// The time of day of `then`.
const NOON_36: i64 = (12 * 60 + 36) * 60;

fn seconds_of_day(stamp: &str) -> i64 {
    let number = |at: usize| stamp[at..at + 2].parse::<i64>().unwrap();
    (number(9) * 60 + number(11)) * 60 + number(13)
}

fn date(ahead: i64) -> String {
    let seconds = NOON_36 + ahead;
    format!(
        "Sun, 30 Aug 2015 {:02}:{:02}:{:02} GMT",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

type Client = tower::util::BoxCloneService<TestRequest, Response<()>, BoxError>;

fn client(gateway: &Gateway, layer: &SigV4Layer<Credentials>) -> Client {
    let gateway = gateway.clone();
    let service = service_fn(move |request: TestRequest| {
        let response = gateway.respond(&request);
        async move { Ok::<_, BoxError>(response) }
    });
    tower::util::BoxCloneService::new(SigV4::new(service, layer.clone()))
}

fn layer() -> SigV4Layer<Credentials> {
    SigV4Layer::new("us-east-1", credentials(None)).clock(then)
}

async fn send(client: &mut Client) -> StatusCode {
    let request = Request::post(HTTPS)
        .body(Full::<Bytes>::from("body"))
        .unwrap();
    client
        .ready()
        .await
        .unwrap()
        .call(request)
        .await
        .unwrap()
        .status()
}

#[tokio::test]
async fn a_wrong_clock_is_corrected_once_and_for_all_clones() {
    for ahead in [600, -600, 4 * 3600] {
        let gateway = Gateway::ahead(ahead);
        let layer = layer();
        let mut first = client(&gateway, &layer);
        assert_eq!(send(&mut first).await, 200, "{ahead}");
        assert_eq!(gateway.seen().len(), 2);
        let mut second = client(&gateway, &layer.clone());
        for client in [&mut first, &mut second] {
            assert_eq!(send(client).await, 200);
            assert_eq!(gateway.seen().len(), 1, "the correction is kept");
        }
    }
}

#[tokio::test]
async fn a_clock_that_is_set_right_is_trusted_again() {
    let gateway = Gateway::ahead(600);
    let mut client = client(&gateway, &layer());
    assert_eq!(send(&mut client).await, 200);
    *gateway.ahead.lock().unwrap() = 0;
    assert_eq!(send(&mut client).await, 200);
    assert_eq!(gateway.seen().last().unwrap(), "20150830T123600Z");
}

#[tokio::test]
async fn a_bogus_date_is_not_trusted() {
    let mut gateway = Gateway::ahead(600);
    gateway.date = Some("Mon, 31 Aug 2015 12:46:00 GMT");
    let mut client = client(&gateway, &layer());
    for _ in 0..2 {
        assert_eq!(send(&mut client).await, 403);
        assert_eq!(gateway.seen(), ["20150830T123600Z"]);
    }
}

#[tokio::test]
async fn the_date_of_a_cached_response_is_not_trusted() {
    let mut gateway = Gateway::ahead(600);
    gateway.age = true;
    assert_eq!(send(&mut client(&gateway, &layer())).await, 403);
    assert_eq!(gateway.seen().len(), 1);
}

#[tokio::test]
async fn a_refusal_that_is_not_for_the_clock_is_final() {
    let mut gateway = Gateway::ahead(600);
    gateway.date = Some("Sun, 30 Aug 2015 12:40:00 GMT");
    assert_eq!(send(&mut client(&gateway, &layer())).await, 403);
    assert_eq!(gateway.seen().len(), 1, "four minutes are not to blame");
}

#[tokio::test]
async fn a_second_refusal_is_final() {
    let mut gateway = Gateway::ahead(600);
    gateway.date = Some("Sun, 30 Aug 2015 15:00:00 GMT");
    assert_eq!(send(&mut client(&gateway, &layer())).await, 403);
    assert_eq!(gateway.seen(), ["20150830T123600Z", "20150830T150000Z"]);
}

#[tokio::test]
async fn the_correction_can_be_turned_off() {
    let gateway = Gateway::ahead(600);
    let mut client = client(&gateway, &layer().without_clock_correction());
    for _ in 0..2 {
        assert_eq!(send(&mut client).await, 403);
        assert_eq!(gateway.seen(), ["20150830T123600Z"]);
    }
}

#[tokio::test]
async fn a_response_that_took_long_teaches_nothing_and_is_signed_anew_once() {
    let gateway = Gateway::ahead(600);
    // Each look at the clock is sixteen minutes after the last one.
    let looks = Mutex::new(0);
    let clock = move || -> SystemTime {
        let mut looks = looks.lock().unwrap();
        *looks += 1;
        then() + Duration::from_secs(16 * 60 * (*looks - 1))
    };
    let layer = layer().clock(clock);
    assert_eq!(send(&mut client(&gateway, &layer)).await, 403);
    assert_eq!(gateway.seen().len(), 2);
}

#[tokio::test]
async fn what_is_sent_again_is_the_same_request() {
    let bodies = Arc::new(Mutex::new(Vec::new()));
    let service = service_fn({
        let bodies = Arc::clone(&bodies);
        move |mut request: TestRequest| {
            for name in ["authorization", "x-amz-date"] {
                request.headers_mut().remove(name).unwrap();
            }
            assert_eq!(request.extensions().get(), Some(&"kept"));
            bodies.lock().unwrap().push(format!("{request:?}"));
            let response = Response::builder().status(403).header("date", date(600));
            let response = response
                .header("x-amzn-errortype", "RequestTimeTooSkewed")
                .body(())
                .unwrap();
            async move { Ok::<_, BoxError>(response) }
        }
    });
    let request = Request::put("https://API.test/a?b=c+d")
        .header("x-a", "1")
        .header("x-a", "2")
        .header("x-api-key", "key")
        .extension("kept")
        .body(Full::<Bytes>::from("body"))
        .unwrap();
    layer().layer(service).oneshot(request).await.unwrap();
    let bodies = bodies.lock().unwrap();
    assert_eq!(bodies.len(), 2);
    assert_eq!(bodies[0], bodies[1]);
}
