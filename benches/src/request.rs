//! `request`: what the layer adds to a whole request over loopback, in instructions of the client's thread.
//!
//! Instructions do not depend on what else the machine does. Valgrind knows no instructions for hashing, so hashes are
//! counted apart: on a real machine they are what `signing` shows of them.

use gatewright::BoxError;

use crate::callgrind::{Instructions, of_first_thread};
use crate::{Outcome, client};

const MOST_TIMES_BARE: f64 = 1.22;
/// What the start of the process costs is the same in both.
const RUNS: [u64; 2] = [300, 1300];

pub(crate) fn run() -> Outcome {
    let [bare, floor, signed] = [
        per_request("bare")?,
        per_request("floor")?,
        per_request("signed")?,
    ];
    let times_bare = |instructions: Instructions| instructions.other as f64 / bare.other as f64;
    println!(
        "request: POST of 256 bytes over loopback, HTTP/1.1 kept alive; instructions of the client's thread (callgrind)"
    );
    println!("  hyper-util              {:>7}", bare.other);
    for (name, cost) in [
        ("floor on hyper-util     ", floor),
        ("SigV4Layer on hyper-util", signed),
    ] {
        let Instructions { hash, other } = cost;
        let ratio = times_bare(cost);
        println!(
            "  {name}{other:>7}, {ratio:.3} times hyper-util alone; and {hash} of hashing in software"
        );
    }
    if times_bare(signed) > MOST_TIMES_BARE {
        return Err(
            format!("request: over the bar of {MOST_TIMES_BARE} times hyper-util alone").into(),
        );
    }
    Ok(())
}

/// The difference between a long run and a short one, by request.
fn per_request(variant: &str) -> Result<Instructions, BoxError> {
    let count =
        |requests: u64| of_first_thread(&[client::ARGUMENT, variant, &requests.to_string()]);
    let (short, long) = (count(RUNS[0])?, count(RUNS[1])?);
    let each = |short: u64, long: u64| long.saturating_sub(short) / (RUNS[1] - RUNS[0]);
    Ok(Instructions {
        hash: each(short.hash, long.hash),
        other: each(short.other, long.other),
    })
}
