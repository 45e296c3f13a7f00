//! `signing`: what the layer adds to a request without body, with six headers and a session token of 900 bytes, when key
//! and credentials are cached.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use aws_credential_types::Credentials;
use bytes::Bytes;
use gatewright::BoxError;
use gatewright::layers::{SigV4, SigV4Layer};
use http::{Request, Response};
use http_body_util::Full;
use tower::{Service, ServiceExt};

use crate::bar::{self, Bar};
use crate::floor::{Floor, hash};
use crate::timing::Time;
use crate::{Outcome, allocations, aws, sample, timing};

const MOST_TIMES_THE_FLOOR: f64 = 1.2;
const MOST_ALLOCATIONS: u64 = 5;
/// Of the canonical request and of what is signed then.
const LENGTHS: [usize; 2] = [1366, 137];

type Sent = Request<Full<Bytes>>;

/// Drops the request and answers.
#[derive(Clone)]
struct Sink;

impl Service<Sent> for Sink {
    type Response = Response<()>;
    type Error = Infallible;
    type Future = Ready<Result<Response<()>, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Sent) -> Self::Future {
        black_box(&request);
        ready(Ok(Response::new(())))
    }
}

type Signer = SigV4<Sink, Credentials>;

/// One way to sign.
struct Cost {
    time: Time,
    allocations: u64,
}

struct Costs {
    hashes: Time,
    floor: Cost,
    layer: Cost,
    aws: Cost,
}

pub(crate) fn run() -> Outcome {
    let template = sample::request(
        "https://abc.execute-api.us-west-2.amazonaws.com",
        Bytes::new(),
    );
    let credentials = sample::credentials();
    let signer = SigV4::new(Sink, SigV4Layer::new(sample::REGION, credentials.clone()));
    let costs = measure(&template, warm(signer, &template)?, &credentials);
    print(&costs);
    judge(&costs)
}

/// Fills the caches: the provider is asked in a task.
fn warm(mut signer: Signer, template: &Sent) -> Result<Signer, BoxError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    runtime.block_on(async { signer.ready().await?.call(template.clone()).await })?;
    Ok(signer)
}

fn measure(template: &Sent, mut signer: Signer, credentials: &Credentials) -> Costs {
    let floor = Floor::new();
    let text = vec![b'x'; LENGTHS[0]];
    let mut copy = || drop(black_box(template.clone()));
    let mut hashes = || {
        black_box((hash(black_box(&text)), floor.mac(&text[..LENGTHS[1]])));
    };
    let mut best = || floor.sign(black_box(&mut template.clone()), b"");
    let mut layer = || call(&mut signer, template.clone());
    let mut aws = || aws::sign_request(black_box(&mut template.clone()), credentials);

    // The first copy of a header value makes it shared.
    best();
    let copies = allocations::of(copy);
    let counts = [
        allocations::of(best),
        allocations::of(&mut layer),
        allocations::of(aws),
    ];
    let [copy, hashes, best, layer, aws] =
        timing::of([&mut copy, &mut hashes, &mut best, &mut layer, &mut aws]);
    let cost = |time: Time, count: u64| Cost {
        time: time.minus(copy),
        allocations: count - copies,
    };
    Costs {
        hashes,
        floor: cost(best, counts[0]),
        layer: cost(layer, counts[1]),
        aws: cost(aws, counts[2]),
    }
}

/// A call that has nothing to wait for.
fn call(signer: &mut Signer, request: Sent) {
    let mut context = Context::from_waker(Waker::noop());
    assert!(signer.poll_ready(&mut context).is_ready());
    let answer = pin!(signer.call(request)).poll(&mut context);
    assert!(
        matches!(answer, Poll::Ready(Ok(_))),
        "a cached signature is made at once"
    );
}

fn print(costs: &Costs) {
    let Costs {
        hashes,
        floor,
        layer,
        aws,
    } = costs;
    println!(
        "signing: no body, 6 headers, token of 900 bytes; CPU time of the thread, without the copy of the request"
    );
    println!("  hashes alone  {hashes}");
    for (name, cost) in [
        ("floor     ", floor),
        ("SigV4Layer", layer),
        ("aws-sigv4 ", aws),
    ] {
        let Cost { time, allocations } = cost;
        let ratio = time.over(floor.time);
        println!("  {name}    {time}, {allocations:>3} allocations, {ratio:.2} times the floor");
    }
}

fn judge(Costs { floor, layer, .. }: &Costs) -> Outcome {
    bar::check(
        "signing: SigV4Layer",
        &[
            Bar::times_the_floor(layer.time.over(floor.time), MOST_TIMES_THE_FLOOR),
            Bar::allocations(layer.allocations, MOST_ALLOCATIONS),
        ],
    )
}
