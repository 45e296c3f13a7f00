//! `token_hit`: what a request pays for a token that is in the cache and fresh.

use std::convert::Infallible;
use std::future::{Future, Ready, ready};
use std::hint::black_box;
use std::pin::pin;
use std::sync::{PoisonError, RwLock};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use gatewright::layers::BearerTokenLayer;
use gatewright::layers::bearer::CachedToken;
use gatewright::token::{ProvideToken, Token};
use http::{Request, Response};
use http_body_util::Full;
use tower::{Layer, Service};

use crate::bar::{self, Bar};
use crate::timing::Time;
use crate::{Outcome, allocations, sample, timing};

const MOST_TIMES_THE_FLOOR: f64 = 1.1;

type Sent = Request<Full<Bytes>>;

/// Drops the request and answers.
#[derive(Clone)]
struct Sink;

impl Service<Sent> for Sink {
    type Response = Response<()>;
    type Error = Infallible;
    type Future = Ready<Result<Response<()>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Sent) -> Self::Future {
        black_box(&request);
        ready(Ok(Response::new(())))
    }
}

/// The least that a cache does: reads the clock, compares, and shares a token.
struct Floor {
    entry: RwLock<(Token, SystemTime)>,
}

impl Floor {
    fn hit(&self) -> Option<Token> {
        let entry = self.entry.read().unwrap_or_else(PoisonError::into_inner);
        (now() < entry.1).then(|| entry.0.clone())
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "what is measured reads the clock too"
)]
fn now() -> SystemTime {
    SystemTime::now()
}

pub(crate) fn run() -> Outcome {
    let end = now() + Duration::from_secs(24 * 60 * 60);
    let token = Token::new(sample::token()).with_expiry(end);
    let cache = CachedToken::new(token.clone());
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?
        .block_on(cache.provide_token())?;
    let floor = Floor {
        entry: RwLock::new((token, end)),
    };
    println!("token_hit: a fresh token of 900 bytes; CPU time of the thread");
    layers(&cache);
    hit(&cache, &floor)
}

/// What the whole layer adds to a request: for information.
fn layers(cache: &CachedToken<Token>) {
    let template = sample::request("https://api.test", Bytes::new());
    let layer = BearerTokenLayer::from_cache(cache.clone());
    let once = layer.clone().without_replay().layer(Sink);
    let replaying = layer.layer(Sink);

    let mut bare = || poll(Sink.call(template.clone()));
    let mut once = || poll(once.clone().call(template.clone()));
    let mut replaying = || poll(replaying.clone().call(template.clone()));
    let [none, one, two] = timing::of([&mut bare, &mut once, &mut replaying]);
    // Counted when all is warm.
    let bare = allocations::of(bare);
    let [once, replaying] = [allocations::of(once), allocations::of(replaying)];
    let report = |layer, time: Time, count| {
        println!(
            "  {layer}   {}, {} allocations",
            time.minus(none),
            count - bare
        );
    };
    report("BearerToken, no replay", one, once);
    report("BearerToken           ", two, replaying);
}

fn hit(cache: &CachedToken<Token>, floor: &Floor) -> Outcome {
    let mut at_best = || drop(black_box(floor.hit()));
    // What a layer asks of a provider first.
    let mut hit = || drop(black_box(cache.token_at_hand()));
    let mut awaited = || poll(cache.provide_token());
    let [floor, time, awaited] = timing::of([&mut at_best, &mut hit, &mut awaited]);
    let count = allocations::of(hit);
    println!("  floor                    {floor}");
    println!("  CachedToken              {time}, {count} allocations");
    println!("  CachedToken, awaited     {awaited}");
    println!("  CachedToken / floor {:.2}", time.over(floor));
    bar::check(
        "token_hit: CachedToken",
        &[
            Bar::times_the_floor(time.over(floor), MOST_TIMES_THE_FLOOR),
            Bar::allocations(count, 0),
        ],
    )
}

fn poll<T>(future: impl Future<Output = T>) {
    let poll = pin!(future).poll(&mut Context::from_waker(Waker::noop()));
    assert!(poll.is_ready(), "a hit does not wait");
    black_box(&poll);
}
