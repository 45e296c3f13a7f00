//! A machine whose clock is wrong, and set right while the program runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::SystemTime;

use gatewright::{Body, BoxError, BoxService, HttpService};
use gatewright_core::kit::calendar::{DAY, civil};
use http::{Method, Request, Response, StatusCode};
use tower::{ServiceExt, service_fn};

use super::clients::{Client, SIGNING, WITH_TOKENS, call};
use super::*;
use crate::support::Clock;

/// As far as AWS lets the time of a signature differ from its own.
const TOLERANCE: u64 = 300;

/// A machine's clock: so many seconds ahead of the servers.
#[derive(Clone, Default)]
struct Ahead(Arc<AtomicI64>);

impl Ahead {
    fn set(&self, seconds: i64) {
        self.0.store(seconds, Ordering::Relaxed);
    }

    fn clock(&self, servers: &Clock) -> impl Fn() -> SystemTime + Clone + Send + Sync + use<> {
        let (ahead, servers) = (Arc::clone(&self.0), servers.clone());
        move || {
            let seconds = servers
                .seconds()
                .checked_add_signed(ahead.load(Ordering::Relaxed));
            SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.unwrap())
        }
    }
}

/// `YYYYMMDDTHHMMSSZ`
fn amz_date(seconds: u64) -> String {
    let (year, month, day) = civil(seconds / DAY);
    let (hour, minute, second) = (seconds % DAY / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
}

fn http_date(seconds: u64) -> String {
    let (year, month, day) = civil(seconds / DAY);
    let month = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ][month as usize - 1];
    let (hour, minute, second) = (seconds % DAY / 3600, seconds / 60 % 60, seconds % 60);
    format!("Mon, {day:02} {month} {year} {hour:02}:{minute:02}:{second:02} GMT")
}

/// With the `Date` of the servers.
fn dated(service: impl HttpService, clock: &Clock) -> BoxService {
    let clock = clock.clone();
    let service = service.boxed().map_response(move |mut response| {
        let date = http_date(clock.seconds()).parse().unwrap();
        response.headers_mut().insert("date", date);
        response
    });
    HttpService::boxed(service)
}

/// An API that takes a signature of its own time, with credentials that have not ended.
fn strict_api(cognito: &Cognito) -> BoxService {
    let cognito = cognito.clone();
    let api = service_fn(move |request: Request<Body>| {
        let refusal = refusal(&cognito, &request);
        async move {
            let mut response = Response::new(Body::empty());
            if let Some(code) = refusal {
                *response.status_mut() = StatusCode::FORBIDDEN;
                let code = code.parse().unwrap();
                response.headers_mut().insert("x-amzn-errortype", code);
            }
            Ok::<_, BoxError>(response)
        }
    });
    HttpService::boxed(api)
}

fn refusal(cognito: &Cognito, request: &Request<Body>) -> Option<&'static str> {
    let authorization = request.headers()["authorization"].to_str().unwrap();
    let (_, scope) = authorization.split_once("Credential=")?;
    let (key, _) = scope.split_once('/').unwrap();
    let date = request.headers()["x-amz-date"].to_str().unwrap();
    let now = cognito.clock().seconds();
    let is_timely =
        (amz_date(now - TOLERANCE)..amz_date(now + TOLERANCE)).contains(&date.to_owned());
    if !is_timely {
        Some("InvalidSignatureException")
    } else if !cognito.is_valid_key(key) {
        Some("ExpiredTokenException")
    } else {
        None
    }
}

/// Cognito with the `Date` of AWS in its responses, or behind a proxy that takes it out.
fn transport(cognito: &Cognito, is_dated: bool) -> BoxService {
    if is_dated {
        dated(cognito.service(), &cognito.clock())
    } else {
        cognito.service().boxed()
    }
}

/// How many of 120 calls, one a minute, do not succeed, if the machine's clock is `before` seconds ahead, and `after`
/// seconds after call 20.
async fn failures(client: Client, user: &str, before: i64, after: i64) -> Vec<usize> {
    let mut failed = Vec::new();
    for is_dated in [true, false] {
        failed.extend(failures_of(client, user, (before, after), is_dated).await);
    }
    failed
}

async fn failures_of(
    client: Client,
    user: &str,
    (before, after): (i64, i64),
    is_dated: bool,
) -> Vec<usize> {
    let cognito = cognito(Settings::default());
    let (servers, ahead) = (cognito.clock(), Ahead::default());
    ahead.set(before);
    let clock = ahead.clock(&servers);
    let session = builder(&cognito)
        .transport(transport(&cognito, is_dated))
        .clock(clock.clone())
        .build()
        .unwrap();
    if !user.is_empty() {
        sign_in(&session, user).await;
    }
    let client = client(
        &session,
        dated(strict_api(&cognito), &servers),
        &gatewright_core::rt::Clock::new(clock),
    );
    let mut failures = Vec::new();
    for number in 0..120 {
        if number == 20 {
            ahead.set(after);
        }
        if !matches!(call(client.clone(), Method::POST).await, Ok(StatusCode::OK)) {
            failures.push(number);
        }
        cognito.advance(Duration::from_secs(60));
        tokio::time::advance(Duration::from_secs(60)).await;
        settle().await;
    }
    failures
}

const WRONG: [i64; 4] = [-7200, -4000, 3000, 4000];

#[tokio::test(start_paused = true)]
async fn signed_calls_work_on_a_machine_whose_clock_is_wrong() {
    for ahead in WRONG {
        for (name, client) in SIGNING {
            for user in ["", "alice"] {
                let failures = failures(client, user, ahead, ahead).await;
                assert_eq!(failures, [0; 0], "{name}, {user}, {ahead}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn signed_calls_work_when_a_wrong_clock_is_set_right() {
    for ahead in WRONG {
        for (name, client) in SIGNING {
            for user in ["", "alice"] {
                let failures = failures(client, user, ahead, 0).await;
                assert_eq!(failures, [0; 0], "{name}, {user}, {ahead}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn signed_calls_work_when_a_clock_goes_wrong() {
    for ahead in WRONG {
        for (name, client) in SIGNING {
            let failures = failures(client, "", 0, ahead).await;
            assert_eq!(failures, [0; 0], "{name}, {ahead}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn calls_with_tokens_work_whatever_the_clock_does() {
    for (before, after) in [
        (-4000, -4000),
        (4000, 4000),
        (-4000, 0),
        (4000, 0),
        (0, 4000),
    ] {
        for (name, client) in WITH_TOKENS {
            let failures = failures(client, "alice", before, after).await;
            assert_eq!(failures, [0; 0], "{name}, {before}, {after}");
        }
    }
}
