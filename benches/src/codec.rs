//! `codec`: an answer of 1 MB, decoded and encoded by the codec of generated types and by serde's derive.

mod types;

use std::hint::black_box;
use std::time::Duration;

use crate::{Outcome, thread_time};
use types::{DerivedPage, Page, page};

const ROUNDS: usize = 100;

/// Of the speed of serde's derive.
const LEAST: f64 = 0.8;

pub(crate) fn run() -> Outcome {
    let json = serde_json::to_vec(&page(5_300))?;
    let derived: DerivedPage = serde_json::from_slice(&json)?;
    let generated: Page = serde_json::from_slice(&json)?;
    println!(
        "codec: an answer of {} bytes; CPU time of the thread",
        json.len()
    );
    let decoded = ratio(
        "decode",
        || serde_json::from_slice::<DerivedPage>(&json).is_ok(),
        || serde_json::from_slice::<Page>(&json).is_ok(),
    );
    let encoded = ratio(
        "encode",
        || serde_json::to_vec(&derived).is_ok(),
        || serde_json::to_vec(&generated).is_ok(),
    );
    if decoded < LEAST || encoded < LEAST {
        return Err(format!("codec: less than {LEAST} of the speed of serde's derive").into());
    }
    Ok(())
}

/// Times both in turns; the speed of `generated` over that of `derived`.
fn ratio(what: &str, derived: impl Fn() -> bool, generated: impl Fn() -> bool) -> f64 {
    let mut least = [Duration::MAX; 2];
    for _ in 0..ROUNDS {
        least[0] = least[0].min(time(&derived));
        least[1] = least[1].min(time(&generated));
    }
    let [derived, generated] = least.map(|least| least.as_secs_f64() * 1e6);
    let ratio = derived / generated;
    println!(
        "  {what}   derive {derived:>6.0} µs, generated {generated:>6.0} µs, {ratio:.2} of its speed"
    );
    ratio
}

fn time(call: impl Fn() -> bool) -> Duration {
    let start = thread_time::now();
    black_box(call());
    thread_time::now() - start
}
