//! `in_flight`: the memory of calls that wait for their responses, all on one connection of HTTP/2.

use gatewright::BoxError;

use crate::bar::{self, Bar};
use crate::callers::{self, Caller, Work, name};
use crate::h2::{self, IN_FLIGHT, Server};
use crate::{Outcome, allocations, process, runtime};

pub(crate) const ARGUMENT: &str = "in-flight-client";

/// Of what reqwest holds, which signs nothing.
const MOST_TIMES_REQWEST: f64 = 1.5;

pub(crate) fn run() -> Outcome {
    println!(
        "in_flight: {IN_FLIGHT} calls that wait on one connection of HTTP/2; bytes of the client by call"
    );
    let server = Server::start()?;
    let [mut bare, mut reqwest, mut ours] = [0.0; 3];
    for client in [name::BARE, name::REQWEST, name::UNSIGNED, name::SIGNED] {
        let printed = process::run(&[ARGUMENT, client, &server.base], Some(&server.roots()))?;
        let [heap, resident] = process::numbers(&printed)?;
        match client {
            name::BARE => bare = heap,
            name::REQWEST => reqwest = heap,
            _ => ours = heap,
        }
        println!(
            "  {client:<24}{heap:>7.0} on the heap, {:.2} times; {resident:>7.0} resident",
            heap / bare
        );
    }
    bar::check(
        "in_flight: stack().iam()",
        &[Bar::new(
            "times reqwest's heap",
            ours / reqwest,
            MOST_TIMES_REQWEST,
        )],
    )
}

/// Prints the bytes by call: on the heap, and resident.
pub(crate) fn child(client: &str, base: &str) -> Outcome {
    let [heap, resident] = runtime()?.block_on(callers::with(client, base, Wait))?;
    println!("{heap} {resident}");
    Ok(())
}

struct Wait;

impl Work for Wait {
    type Output = [usize; 2];

    async fn with<C: Caller>(
        self,
        new: impl Fn() -> Result<C, BoxError>,
    ) -> Result<[usize; 2], BoxError> {
        let client = new()?;
        client.call("first").await?;
        let before = [heap(), resident()?];
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..IN_FLIGHT {
            let client = client.clone();
            tasks.spawn(async move { client.call(h2::HELD).await });
        }
        client.call(h2::ARRIVED).await?;
        let after = [heap(), resident()?];
        client.call(h2::RELEASE).await?;
        tasks.join_all().await.into_iter().collect::<Outcome>()?;
        Ok([0, 1].map(|index| after[index].saturating_sub(before[index]) / IN_FLIGHT))
    }
}

/// What this thread holds, which is all of the client.
fn heap() -> usize {
    let so_far = allocations::so_far();
    usize::try_from(so_far.bytes - so_far.freed).unwrap_or_default()
}

/// The bytes of this process that are in memory (Linux).
fn resident() -> Result<usize, BoxError> {
    const PAGE: usize = 4096;
    let pages = std::fs::read_to_string("/proc/self/statm")?;
    let pages = pages
        .split_whitespace()
        .nth(1)
        .ok_or("no size in /proc/self/statm")?;
    Ok(pages.parse::<usize>()? * PAGE)
}
