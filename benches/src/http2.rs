//! `http2`: the same call over one connection of HTTP/2 and TLS, by 64 tasks on one thread.

use gatewright::BoxError;

use crate::bar::{self, Bar};
use crate::callers::{self, Caller, Work, name};
use crate::callgrind::per_call;
use crate::h2::Server;
use crate::{Outcome, runtime};

pub(crate) const ARGUMENT: &str = "http2-client";

const MOST_TIMES_BARE: f64 = 1.60;
const TASKS: u64 = 64;
const RUNS: [u64; 2] = [10 * TASKS, 40 * TASKS];

/// The floor first.
const CLIENTS: [&str; 5] = [
    name::BARE,
    name::REQWEST,
    name::UNSIGNED,
    name::SIGNED,
    name::REQWEST_SIGNED,
];

pub(crate) fn run() -> Outcome {
    println!(
        "http2: GET over loopback, HTTP/2 and TLS, {TASKS} tasks; instructions of the client's thread (callgrind)"
    );
    let server = Server::start()?;
    let mut bare = None;
    let mut outcome = Ok(());
    for client in CLIENTS {
        let arguments = [ARGUMENT, client, &server.base];
        let cost = per_call(&arguments, RUNS, Some(&server.roots()))?;
        let ratio = cost.times(*bare.get_or_insert(cost));
        let (other, hash) = (cost.other, cost.hash);
        println!("  {client:<24}{other:>8}, {ratio:.3} times; and {hash:>6} of hashing");
        if client == name::SIGNED {
            outcome = bar::check(
                "http2: stack().iam()",
                &[Bar::times_the_floor(ratio, MOST_TIMES_BARE)],
            );
        }
    }
    outcome
}

/// The process that is counted.
pub(crate) fn child(client: &str, base: &str, calls: &str) -> Outcome {
    runtime()?.block_on(callers::with(client, base, Share(calls.parse()?)))
}

/// So many calls, shared by the tasks.
struct Share(u64);

impl Work for Share {
    type Output = ();

    async fn with<C: Caller>(self, new: impl Fn() -> Result<C, BoxError>) -> Outcome {
        let client = new()?;
        // The connection is there before the tasks are.
        client.call("first").await?;
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..TASKS {
            let client = client.clone();
            tasks.spawn(async move {
                for _ in 0..self.0 / TASKS {
                    client.call("0f8fad5b-d9cb-469f-a165-70867728950e").await?;
                }
                Ok::<_, BoxError>(())
            });
        }
        tasks.join_all().await.into_iter().collect()
    }
}
