//! Benchmarks: `cargo xtask bench [name]`.
//!
//! Each prints what something costs, what it would cost at best, and the ratio, all taken in one run: the ratio is what
//! stays the same on a busy machine.

mod allocations;
mod aws;
mod bar;
mod call;
mod callers;
mod callgrind;
mod client;
mod codec;
mod dates;
mod floor;
mod h2;
mod http2;
mod idle;
mod in_flight;
mod nagle;
mod process;
mod request;
mod sample;
mod server;
mod signing;
mod startup;
mod thread_time;
mod timing;
mod token_hit;

use std::process::ExitCode;

use gatewright::BoxError;

type Outcome = Result<(), BoxError>;

type Bench = (&'static str, fn() -> Outcome);

/// By name, in the order in which all of them run.
const BENCHES: [Bench; 10] = [
    ("signing", signing::run),
    ("request", request::run),
    ("call", call::run),
    ("http2", http2::run),
    ("nagle", nagle::run),
    ("in_flight", in_flight::run),
    ("startup", startup::run),
    ("idle", idle::run),
    ("token_hit", token_hit::run),
    ("codec", codec::run),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        [] => all(),
        [name] => named(name),
        arguments => child(arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// A process that a benchmark starts.
fn child(arguments: &[&str]) -> Outcome {
    match arguments {
        [client::ARGUMENT, variant, requests] => client::run(variant, requests),
        [codec::ARGUMENT, size, way, by, times] => codec::count(size, way, by, times),
        [call::ARGUMENT, client, calls] => call::child(client, calls),
        [h2::ARGUMENT, roots] => h2::child(roots),
        [http2::ARGUMENT, client, base, calls] => http2::child(client, base, calls),
        [nagle::ARGUMENT, client, base] => nagle::child(client, base),
        [in_flight::ARGUMENT, client, base] => in_flight::child(client, base),
        [startup::ARGUMENT, client, base] => startup::child(client, base),
        [idle::ARGUMENT, layer, calls] => idle::child(layer, calls),
        _ => Err(usage().into()),
    }
}

/// One thread, whose instructions and allocations are counted.
fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
}

/// All of them, also after one that is over its bar.
fn all() -> Outcome {
    let over = BENCHES.iter().filter_map(|(_, run)| run().err());
    let over: Vec<String> = over.map(|error| error.to_string()).collect();
    if over.is_empty() {
        Ok(())
    } else {
        Err(over.join("\n").into())
    }
}

fn named(name: &str) -> Outcome {
    let bench = BENCHES.iter().find(|(known, _)| *known == name);
    let (_, run) = bench.ok_or_else(usage)?;
    run()
}

fn usage() -> String {
    let names: Vec<&str> = BENCHES.iter().map(|(name, _)| *name).collect();
    format!("the benchmarks are: {}", names.join(", "))
}
