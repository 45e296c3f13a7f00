//! `startup`: the CPU time of a program's first clients and first calls, each run in a process of its own.
//!
//! A debug build of it shows what each test of a user pays.

use std::time::Duration;

use gatewright::BoxError;

use crate::bar::{self, Bar};
use crate::callers::{self, Caller, PET, Work, name};
use crate::{Outcome, process, runtime, server, thread_time};

pub(crate) const ARGUMENT: &str = "startup-client";

/// A second client of a process does not read the system's certificates again.
const MOST_OF_A_SECOND_CLIENT: f64 = 0.2;
const MOST_TIMES_REQWEST: f64 = 1.1;
/// Of a client and its first call, in a debug build.
const MOST_MILLISECONDS: f64 = 10.0;
const ROUNDS: usize = 9;

/// Milliseconds: the first client, a second one, a call by the first, another one.
type Times = [f64; 4];

pub(crate) fn run() -> Outcome {
    let build = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    println!(
        "startup: {build} build, HTTP/1.1 over loopback; ms of CPU time of the process, the least of {ROUNDS}"
    );
    println!("                          client, second one, first call, second one");
    let base = format!("http://{}", server::start(0, server::GATEWAY, PET)?);
    let mut least = [[f64::MAX; 4]; 2];
    for _ in 0..ROUNDS {
        for (client, least) in [name::REQWEST_SIGNED, name::SIGNED]
            .into_iter()
            .zip(&mut least)
        {
            let times: Times = process::numbers(&process::run(&[ARGUMENT, client, &base], None)?)?;
            *least = [0, 1, 2, 3].map(|index| least[index].min(times[index]));
        }
    }
    let [reqwest, ours] = least;
    print(name::REQWEST_SIGNED, reqwest);
    print(name::SIGNED, ours);
    judge(reqwest, ours)
}

fn print(client: &str, [one, two, first, second]: Times) {
    println!("  {client:<24}{one:>6.2}{two:>12.2}{first:>12.2}{second:>12.2}");
}

fn judge(reqwest: Times, ours: Times) -> Outcome {
    let first = |times: Times| times[0] + times[2];
    let bars = if cfg!(debug_assertions) {
        vec![Bar::new(
            "ms for a client and a call",
            first(ours),
            MOST_MILLISECONDS,
        )]
    } else {
        vec![
            Bar::new(
                "times reqwest's client and call",
                first(ours) / first(reqwest),
                MOST_TIMES_REQWEST,
            ),
            Bar::new(
                "times reqwest's second client",
                ours[1] / reqwest[1],
                MOST_OF_A_SECOND_CLIENT,
            ),
        ]
    };
    bar::check("startup: stack().iam()", &bars)
}

/// Prints the times.
pub(crate) fn child(client: &str, base: &str) -> Outcome {
    let [one, two, first, second] = runtime()?.block_on(callers::with(client, base, Start))?;
    println!("{one} {two} {first} {second}");
    Ok(())
}

struct Start;

impl Work for Start {
    type Output = Times;

    async fn with<C: Caller>(
        self,
        new: impl Fn() -> Result<C, BoxError>,
    ) -> Result<Times, BoxError> {
        let mut times = vec![thread_time::of_process()];
        let client = new()?;
        times.push(thread_time::of_process());
        let other = new()?;
        times.push(thread_time::of_process());
        client.call("first").await?;
        times.push(thread_time::of_process());
        client.call("second").await?;
        times.push(thread_time::of_process());
        drop(other);
        let milliseconds = |from: Duration, to: Duration| (to - from).as_secs_f64() * 1e3;
        Ok([0, 1, 2, 3].map(|index| milliseconds(times[index], times[index + 1])))
    }
}
