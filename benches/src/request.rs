//! `request`: what the layer adds to a whole request over loopback, in instructions of the client's thread.
//!
//! Instructions do not depend on what else the machine does. Valgrind knows no instructions for hashing, so hashes are
//! counted apart: on a real machine they are what `signing` shows of them.

use crate::bar::{self, Bar};
use crate::callgrind::{Instructions, per_call};
use crate::{Outcome, client};

const MOST_TIMES_BARE: f64 = 1.29;
const RUNS: [u64; 2] = [300, 1300];

pub(crate) fn run() -> Outcome {
    let [bare, floor, signed] = ["bare", "floor", "signed"]
        .map(|variant| per_call(&[client::ARGUMENT, variant], RUNS, None));
    let (bare, floor, signed) = (bare?, floor?, signed?);
    println!(
        "request: POST of 256 bytes over loopback, HTTP/1.1 kept alive; instructions of the client's thread (callgrind)"
    );
    println!("  hyper-util              {:>7}", bare.other);
    for (name, cost) in [
        ("floor on hyper-util     ", floor),
        ("SigV4Layer on hyper-util", signed),
    ] {
        let Instructions { hash, other } = cost;
        let ratio = cost.times(bare);
        println!(
            "  {name}{other:>7}, {ratio:.3} times hyper-util alone; and {hash} of hashing in software"
        );
    }
    bar::check(
        "request: SigV4Layer",
        &[Bar::times_the_floor(signed.times(bare), MOST_TIMES_BARE)],
    )
}
