//! An API behind a gateway that has the true time, and its client.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use gatewright::BoxError;
use gatewright::layers::SigV4Layer;
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use httpdate::fmt_http_date;
use tower::util::BoxCloneService;
use tower::{Service, ServiceExt, service_fn};
use tower_layer::Layer;

use crate::provider::Provider;
use crate::world::{World, shift};

type Client = BoxCloneService<Request<Full<Bytes>>, Response<()>, BoxError>;

pub(crate) struct Api {
    gateway: Arc<Gateway>,
    client: Client,
    url: &'static str,
}

/// Judges signatures by the true time.
struct Gateway {
    world: Arc<World>,
    provider: Provider,
    /// Seconds that the `Date` of its responses is ahead of the truth.
    lie: AtomicI64,
    /// Whether it refuses every signature.
    refuses: AtomicBool,
    /// Seconds for which the process freezes before the next request arrives.
    freeze: AtomicI64,
    /// The times of the signatures that arrived.
    signed_at: Mutex<Vec<SystemTime>>,
}

impl Api {
    pub(crate) fn new(
        url: &'static str,
        world: &Arc<World>,
        provider: &Provider,
        layer: &SigV4Layer<Provider>,
    ) -> Self {
        let gateway = Arc::new(Gateway {
            world: Arc::clone(world),
            provider: provider.clone(),
            lie: AtomicI64::new(0),
            refuses: AtomicBool::new(false),
            freeze: AtomicI64::new(0),
            signed_at: Mutex::default(),
        });
        let server = Arc::clone(&gateway);
        let service = service_fn(move |request: Request<Full<Bytes>>| {
            let response = server.respond(&request);
            async move { Ok::<_, Infallible>(response) }
        });
        let clock = Arc::clone(world);
        let layer = layer.clone().clock(move || clock.machine());
        let client = BoxCloneService::new(layer.layer(service));
        Self {
            gateway,
            client,
            url,
        }
    }

    /// The `Date` of the responses is so many seconds ahead of the truth.
    pub(crate) fn lie(&self, seconds: i64) {
        self.gateway.lie.store(seconds, Ordering::SeqCst);
    }

    /// It refuses every signature from now on.
    pub(crate) fn refuse(&self) {
        self.gateway.refuses.store(true, Ordering::SeqCst);
    }

    /// The process freezes once, when the next request is signed and not yet sent.
    pub(crate) fn freeze(&self, seconds: i64) {
        self.gateway.freeze.store(seconds, Ordering::SeqCst);
    }

    /// How a call ends: well, or why not.
    pub(crate) async fn call(&mut self) -> Result<(), String> {
        let request = Request::get(self.url).body(Full::default()).unwrap();
        match self.client.ready().await.unwrap().call(request).await {
            Ok(response) if response.status() == StatusCode::OK => Ok(()),
            Ok(response) => Err(response.status().to_string()),
            Err(error) => Err(format!("not sent: {error}")),
        }
    }

    /// So many calls, and a pause after each. Gives those that failed.
    pub(crate) async fn calls(&mut self, number: usize, pause: u64) -> Vec<String> {
        let mut failed = Vec::new();
        for call in 0..number {
            if let Err(error) = self.call().await {
                failed.push(format!("call {call}: {error}"));
            }
            self.gateway.world.pass(pause).await;
        }
        failed
    }

    /// The times of the signatures that arrived since the last look.
    pub(crate) fn signed_at(&self) -> Vec<SystemTime> {
        std::mem::take(&mut self.gateway.signed_at.lock().unwrap())
    }
}

impl Gateway {
    fn respond(&self, request: &Request<Full<Bytes>>) -> Response<()> {
        self.world.freeze(self.freeze.swap(0, Ordering::SeqCst));
        let (status, error) = match self.fault(request) {
            Some(fault) => (StatusCode::FORBIDDEN, Some(fault)),
            None => (StatusCode::OK, None),
        };
        let date = shift(self.world.truth(), self.lie.load(Ordering::SeqCst));
        let mut response = Response::builder()
            .status(status)
            .header("date", fmt_http_date(date));
        if let Some(error) = error {
            response = response.header("x-amzn-errortype", error);
        }
        response.body(()).unwrap()
    }

    fn fault(&self, request: &Request<Full<Bytes>>) -> Option<&'static str> {
        let header = |name| request.headers()[name].to_str().unwrap();
        let signed_at = time(header("x-amz-date"));
        self.signed_at.lock().unwrap().push(signed_at);
        let is_off = distance(signed_at, self.world.truth()) > Duration::from_secs(5 * 60);
        if is_off || self.refuses.load(Ordering::SeqCst) {
            return Some("InvalidSignatureException");
        }
        let has_ended = self.provider.has_ended(header("authorization"));
        has_ended.then_some("ExpiredTokenException")
    }
}

/// How far two times are apart.
pub(crate) fn distance(one: SystemTime, other: SystemTime) -> Duration {
    let apart = one.duration_since(other);
    apart.unwrap_or_else(|error| error.duration())
}

/// The time of an `x-amz-date`.
fn time(stamp: &str) -> SystemTime {
    let number = |from: usize, to: usize| stamp[from..to].parse::<u64>().unwrap();
    let seconds = (number(9, 11) * 60 + number(11, 13)) * 60 + number(13, 15);
    let days = days(number(0, 4), number(4, 6), number(6, 8));
    SystemTime::UNIX_EPOCH + Duration::from_secs(days * 24 * 3_600 + seconds)
}

/// The days from 1970 to a date. Years begin in March, so that the leap day is the last one.
fn days(year: u64, month: u64, day: u64) -> u64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year / 4 - year / 100 + year / 400;
    year * 365 + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468
}
