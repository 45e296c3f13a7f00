//! `codec`: bodies of 1 MB and of 300 bytes, decoded and encoded by the codec of generated types and by serde's derive.
//!
//! The bars are on instructions, which are the same on a busy machine; the times beside them show that instructions are
//! what it takes.

mod types;
mod work;

use std::hint::black_box;
use std::time::Duration;

use gatewright::BoxError;

use crate::callgrind::{Instructions, per_call};
use crate::{Outcome, thread_time};
use work::{Work, by, work};

/// Of the speed of serde's derive: in a call of a generated client, and where a user gives a generated type to `serde_json`.
const LEAST: [(&str, f64); 2] = [(by::CLIENT, 1.0), (by::USER, 0.8)];

const ROUNDS: u32 = 100;

pub(crate) const ARGUMENT: &str = "codec-work";

/// The process of which the instructions are counted.
pub(crate) fn count(size: &str, way: &str, by: &str, times: &str) -> Outcome {
    let work = work(size, way, by)?;
    for _ in 0..times.parse()? {
        assert!(black_box(work()));
    }
    Ok(())
}

pub(crate) fn run() -> Outcome {
    println!("codec: of the speed of serde's derive, by instructions (callgrind) and by CPU time");
    let mut slow = Vec::new();
    for (way, size, times) in [
        ("decode", "1MB", 1),
        ("decode", "300B", 1_000),
        ("encode", "1MB", 1),
    ] {
        slow.extend(subject(size, way, times)?);
    }
    match slow.as_slice() {
        [] => Ok(()),
        slow => Err(format!("codec: too slow: {}", slow.join(", ")).into()),
    }
}

/// Prints one body one way; returns who is below the bar. `times` make it long enough to be measured.
fn subject(size: &str, way: &str, times: u32) -> Result<Vec<String>, BoxError> {
    let who = [by::DERIVE, by::CLIENT, by::USER];
    let works = [
        work(size, way, who[0])?,
        work(size, way, who[1])?,
        work(size, way, who[2])?,
    ];
    let time = least_times(&works, times);
    let derive = instructions(size, way, by::DERIVE, times)?;
    println!(
        "  {way} {size:<4} derive {derive:>9} instructions, {:>8.1} µs",
        time[0]
    );
    let mut slow = Vec::new();
    for ((by, least), time_by) in LEAST.into_iter().zip(&time[1..]) {
        let instructions = instructions(size, way, by, times)?;
        let ratio = derive as f64 / instructions as f64;
        println!(
            "              {by} {instructions:>9} instructions, {time_by:>8.1} µs: {ratio:.3}, by time {:.2}",
            time[0] / time_by
        );
        if ratio < least {
            slow.push(format!(
                "{way} {size} by {by}, {ratio:.3} of at least {least}"
            ));
        }
    }
    Ok(slow)
}

/// For one call: the difference between a long run and a short one.
fn instructions(size: &str, way: &str, by: &str, times: u32) -> Result<u64, BoxError> {
    let runs = [u64::from(times), u64::from(times) * 3];
    let Instructions { hash, other } = per_call(&[ARGUMENT, size, way, by], runs, None)?;
    Ok(hash + other)
}

/// Of one call each, in microseconds. They take turns, so that a disturbance hits all.
fn least_times(works: &[Work; 3], times: u32) -> [f64; 3] {
    let mut least = [Duration::MAX; 3];
    for _ in 0..ROUNDS {
        for (work, least) in works.iter().zip(&mut least) {
            *least = (*least).min(time(work, times));
        }
    }
    least.map(|least| least.as_secs_f64() * 1e6 / f64::from(times))
}

fn time(work: &Work, times: u32) -> Duration {
    let start = thread_time::now();
    for _ in 0..times {
        black_box(work());
    }
    thread_time::now() - start
}
