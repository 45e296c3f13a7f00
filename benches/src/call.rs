//! `call`: one whole typed call over loopback, beside hyper-util alone and beside other clients.
//!
//! Instructions do not depend on what else the machine does. Valgrind knows no instructions for hashing, so hashes are
//! counted apart: on a real machine they are what `signing` shows of them.

use gatewright::BoxError;

use crate::allocations::Allocations;
use crate::bar::{self, Bar};
use crate::callers::{self, Caller, PET, Work, name};
use crate::callgrind::{Instructions, per_call};
use crate::{Outcome, allocations, runtime, server};

pub(crate) const ARGUMENT: &str = "call-client";

const MOST_TIMES_BARE: f64 = 1.45;
const MOST_ALLOCATIONS: u64 = 50;

/// What the start of the process costs is the same in both.
const RUNS: [u64; 2] = [200, 700];

/// The floor first.
const CLIENTS: [&str; 8] = [
    name::BARE,
    name::TRANSPORT,
    name::UNSIGNED,
    name::SIGNED,
    name::TYPED,
    name::REQWEST,
    name::PROGENITOR,
    name::REQWEST_SIGNED,
];

pub(crate) fn run() -> Outcome {
    println!(
        "call: GET over loopback, HTTP/1.1 kept alive, a response of {} bytes decoded; instructions of the client's thread (callgrind)",
        PET.len()
    );
    let mut bare = None;
    let mut outcome = Ok(());
    for client in CLIENTS {
        let cost = per_call(&[ARGUMENT, client], RUNS, None)?;
        let ratio = cost.times(*bare.get_or_insert(cost));
        let allocations = allocations(client)?;
        print(client, cost, ratio, allocations);
        if client == name::SIGNED {
            outcome = bar::check(
                "call: stack().iam()",
                &[
                    Bar::times_the_floor(ratio, MOST_TIMES_BARE),
                    Bar::allocations(allocations.count, MOST_ALLOCATIONS),
                ],
            );
        }
    }
    outcome
}

fn print(
    client: &str,
    Instructions { hash, other }: Instructions,
    ratio: f64,
    allocations: Allocations,
) {
    let Allocations { count, bytes, .. } = allocations;
    println!(
        "  {client:<24}{other:>8}, {ratio:.3} times, {count:>4} allocations of {bytes:>6} bytes; and {hash:>6} of hashing"
    );
}

/// By one call of many.
fn allocations(client: &str) -> Result<Allocations, BoxError> {
    let base = base()?;
    runtime()?.block_on(callers::with(client, &base, Allocating))
}

/// The process that is counted: so many calls, one after the other.
pub(crate) fn child(client: &str, calls: &str) -> Outcome {
    let base = base()?;
    runtime()?.block_on(callers::with(client, &base, Repeat(calls.parse()?)))
}

fn base() -> Result<String, BoxError> {
    Ok(format!(
        "http://{}",
        server::start(0, server::GATEWAY, PET)?
    ))
}

struct Repeat(u64);

impl Work for Repeat {
    type Output = ();

    async fn with<C: Caller>(self, new: impl Fn() -> Result<C, BoxError>) -> Outcome {
        repeat(&new()?, self.0).await
    }
}

struct Allocating;

impl Work for Allocating {
    type Output = Allocations;

    async fn with<C: Caller>(
        self,
        new: impl Fn() -> Result<C, BoxError>,
    ) -> Result<Allocations, BoxError> {
        const CALLS: u64 = 200;
        let client = new()?;
        repeat(&client, CALLS).await?;
        let before = allocations::so_far();
        repeat(&client, CALLS).await?;
        let Allocations {
            count,
            bytes,
            freed,
        } = allocations::so_far() - before;
        Ok(Allocations {
            count: count / CALLS,
            bytes: bytes / CALLS,
            freed: freed / CALLS,
        })
    }
}

async fn repeat(client: &impl Caller, calls: u64) -> Outcome {
    for _ in 0..calls {
        client.call("0f8fad5b-d9cb-469f-a165-70867728950e").await?;
    }
    Ok(())
}
