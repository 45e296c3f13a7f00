//! What a benchmark may cost.

use crate::Outcome;

/// A figure and the most that it may be.
pub(crate) struct Bar {
    what: &'static str,
    is: f64,
    most: f64,
}

impl Bar {
    pub(crate) fn new(what: &'static str, is: f64, most: f64) -> Self {
        Self { what, is, most }
    }

    pub(crate) fn times_the_floor(is: f64, most: f64) -> Self {
        Self::new("times the floor", is, most)
    }

    pub(crate) fn allocations(is: u64, most: u64) -> Self {
        Self::new("allocations", is as f64, most as f64)
    }
}

/// An error that names each bar that is missed. All of them are printed.
pub(crate) fn check(subject: &str, bars: &[Bar]) -> Outcome {
    let mut missed = Vec::new();
    for Bar { what, is, most } in bars {
        println!("  bar: at most {most} {what}");
        if is > most {
            missed.push(format!("{is:.3} {what} is over the bar of {most}"));
        }
    }
    if missed.is_empty() {
        Ok(())
    } else {
        Err(format!("{subject}: {}", missed.join(", ")).into())
    }
}
