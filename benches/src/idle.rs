//! `idle`: what a layer costs that has nothing to do, over a service that responds at once.

use std::future::{Ready, ready};
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Waker};

use gatewright::layers::{InjectHeadersLayer, RequireAuthLayer, RetryLayer, TraceLayer};
use gatewright::{Auth, Body, BoxError, Operation};
use http::{Request, Response};
use tower::{Layer, Service};

use crate::bar::{self, Bar};
use crate::callgrind::per_call;
use crate::{Outcome, allocations, runtime};

pub(crate) const ARGUMENT: &str = "idle-client";

const RUNS: [u64; 2] = [200, 700];
const NONE: &str = "no layer";
const TRACE: &str = "Trace, no subscriber";
const HEADERS: &str = "InjectHeaders, empty";
const RETRY: &str = "Retry, one attempt";
const ONCE: &str = "RequireAuth";
const TWICE: &str = "RequireAuth, twice";

/// A layer, and what it is laid over.
const LAYERS: [(&str, &str); 4] = [(TRACE, NONE), (HEADERS, NONE), (RETRY, NONE), (TWICE, ONCE)];

pub(crate) fn run() -> Outcome {
    println!("idle: what a layer without work adds to a call; instructions (callgrind)");
    let mut missed = Vec::new();
    for (layer, floor) in LAYERS {
        let [with, without] = [layer, floor].map(|layer| per_call(&[ARGUMENT, layer], RUNS, None));
        let (with, without) = (with?.other, without?.other);
        let allocations = count(layer)?.saturating_sub(count(floor)?);
        let added = with.saturating_sub(without);
        println!("  {layer:<24}{added:>6} over {without} of {floor}, {allocations} allocations");
        missed.extend(
            bar::check(
                &format!("idle: {layer}"),
                &[Bar::allocations(allocations, 0)],
            )
            .err(),
        );
    }
    let missed: Vec<String> = missed.iter().map(ToString::to_string).collect();
    if missed.is_empty() {
        Ok(())
    } else {
        Err(missed.join("\n").into())
    }
}

/// The allocations of a call that is not the first.
fn count(layer: &str) -> Result<u64, BoxError> {
    let mut count = 0;
    with(layer, &mut |call| {
        call();
        count = allocations::of(call);
    })?;
    Ok(count)
}

/// The process that is counted.
pub(crate) fn child(layer: &str, calls: &str) -> Outcome {
    let calls: u64 = calls.parse()?;
    with(layer, &mut |call| (0..calls).for_each(|_| call()))
}

/// Hands a call through the layer of this name to `work`.
fn with(layer: &str, work: &mut dyn FnMut(&mut dyn FnMut())) -> Outcome {
    let runtime = runtime()?;
    let _inside = runtime.enter();
    let bare = tower::service_fn(respond);
    match layer {
        NONE => repeat(bare, work),
        ONCE => repeat(RequireAuthLayer::new().layer(bare), work),
        TRACE => repeat(TraceLayer::new().layer(bare), work),
        HEADERS => repeat(InjectHeadersLayer::new().layer(bare), work),
        RETRY => repeat(RetryLayer::new().attempts(1).layer(bare), work),
        TWICE => {
            let inner = RequireAuthLayer::new().layer(bare);
            repeat(RequireAuthLayer::new().layer(inner), work);
        }
        _ => return Err(format!("no layer `{layer}`").into()),
    }
    Ok(())
}

fn respond(request: Request<Body>) -> Ready<Result<Response<Body>, BoxError>> {
    drop(black_box(request));
    ready(Ok(Response::new(Body::empty())))
}

fn repeat<S>(mut service: S, work: &mut dyn FnMut(&mut dyn FnMut()))
where
    S: Service<Request<Body>>,
{
    work(&mut || {
        let mut context = Context::from_waker(Waker::noop());
        assert!(service.poll_ready(&mut context).is_ready());
        let response = pin!(service.call(request())).poll(&mut context);
        assert!(response.is_ready(), "there is nothing to wait for");
    });
}

/// As a generated client makes it, of an operation that asks for no credential.
fn request() -> Request<Body> {
    const OPERATION: Operation = Operation::new("getPet", "GET", "/pets/{id}", Auth::NONE);
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = http::Uri::from_static("https://api.test/pets/1");
    request.extensions_mut().insert(OPERATION);
    request
}
