//! `nagle`: how long a call takes while another one waits for its response on the same connection of HTTP/2.
//!
//! Nagle's algorithm holds a small segment back until the one before is acknowledged, and a server that has no response yet
//! acknowledges after 40 ms.

use std::time::Duration;

use gatewright::BoxError;
use tokio::time::{Instant, sleep};

use crate::bar::{self, Bar};
use crate::callers::{self, Caller, Work, name};
use crate::h2::{self, Server};
use crate::{Outcome, process, runtime};

pub(crate) const ARGUMENT: &str = "nagle-client";

const MOST_MILLISECONDS: f64 = 1.0;
const ROUNDS: usize = 11;

pub(crate) fn run() -> Outcome {
    println!(
        "nagle: a call 3 ms after one that the server delays by 1 s, HTTP/2 over loopback; median of {ROUNDS}"
    );
    let server = Server::start()?;
    let mut ours = 0.0;
    for client in [name::REQWEST, name::SIGNED] {
        let printed = process::run(&[ARGUMENT, client, &server.base], Some(&server.roots()))?;
        [ours] = process::numbers(&printed)?;
        println!("  {client:<24}{ours:>7.2} ms");
    }
    bar::check(
        "nagle: stack().iam()",
        &[Bar::new("ms", ours, MOST_MILLISECONDS)],
    )
}

/// Prints the median in milliseconds.
pub(crate) fn child(client: &str, base: &str) -> Outcome {
    let median = runtime()?.block_on(callers::with(client, base, Overtake))?;
    println!("{}", median.as_secs_f64() * 1e3);
    Ok(())
}

struct Overtake;

impl Work for Overtake {
    type Output = Duration;

    async fn with<C: Caller>(
        self,
        new: impl Fn() -> Result<C, BoxError>,
    ) -> Result<Duration, BoxError> {
        let client = new()?;
        client.call("first").await?;
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            times.push(overtake(&client).await?);
        }
        times.sort_unstable();
        Ok(times[ROUNDS / 2])
    }
}

async fn overtake(client: &impl Caller) -> Result<Duration, BoxError> {
    let delayed = client.clone();
    let delayed = tokio::spawn(async move { delayed.call(h2::SLOW).await });
    sleep(Duration::from_millis(3)).await;
    let start = Instant::now();
    client.call("second").await?;
    let time = start.elapsed();
    delayed.await??;
    Ok(time)
}
