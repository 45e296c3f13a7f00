//! Benchmarks: `cargo xtask bench [name]`.
//!
//! Each prints what something costs, what it would cost at best, and the ratio, all taken in one run: the ratio is what
//! stays the same on a busy machine.

mod allocations;
mod aws;
mod callgrind;
mod client;
mod codec;
mod dates;
mod floor;
mod request;
mod sample;
mod server;
mod signing;
mod thread_time;
mod timing;
mod token_hit;

use std::process::ExitCode;

use gatewright::BoxError;

type Outcome = Result<(), BoxError>;

type Bench = (&'static str, fn() -> Outcome);

/// By name, in the order in which all of them run.
const BENCHES: [Bench; 4] = [
    ("signing", signing::run),
    ("request", request::run),
    ("token_hit", token_hit::run),
    ("codec", codec::run),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        [] => all(),
        [codec::ARGUMENT, size, way, by, times] => codec::count(size, way, by, times),
        [client::ARGUMENT, variant, requests] => client::run(variant, requests),
        [name] => named(name),
        _ => Err(usage().into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
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
