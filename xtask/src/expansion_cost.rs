//! `cargo xtask expansion-cost`: what a `#[rest_endpoint]` trait costs to compile, beside the same client written by hand and
//! beside the macros of two peers; and what the macro itself costs to build.

mod dialect;
mod macros;
mod source;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use crate::Outcome;
use crate::compile_cost::{measure, package};
use dialect::Dialect;

/// Methods of the trait, each of which has four arguments.
const SIZE: usize = 100;

/// How often a crate is checked; the cheapest run counts.
const RUNS: usize = 5;

/// At most so many times the CPU seconds of the client that is written by hand.
const BY_HAND: f64 = 1.3;

/// Prints a table; fails if a bar is missed. `peer` is whether to measure the peers too, which are built from the registry for it.
pub(crate) fn run(root: &Path, peer: bool) -> Outcome {
    let place = root.join("target/expansion-cost");
    fs::create_dir_all(&place)?;
    println!(
        "a trait of {SIZE} methods with 4 arguments; user CPU seconds of `cargo check`, the least of {RUNS}"
    );
    println!("client       lines    check    MiB");
    let ours = row(root, &place, &dialect::GATEWRIGHT)?;
    let mut missed = compare(ours, row(root, &place, &dialect::BY_HAND)?, BY_HAND);
    if peer {
        for theirs in [&dialect::CONJURE, &dialect::FEIGNHTTP] {
            missed |= compare(ours, row(root, &place, theirs)?, 1.0);
        }
    }
    missed |= macros::run(root, &place)?;
    Ok(if missed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// The CPU seconds of a client.
fn row(root: &Path, place: &Path, dialect: &Dialect) -> Result<f64, Box<dyn Error>> {
    let dependencies = dialect
        .dependencies
        .replace("{root}", &root.display().to_string());
    let package = package::package(place, dialect.name, "trait", "src/lib.rs", &dependencies)?;
    let code = source::of(dialect, SIZE);
    fs::write(package.folder.join(package.source), &code)?;
    if !dialect.is_peer {
        fs::copy(root.join("Cargo.lock"), package.folder.join("Cargo.lock"))?;
    }
    let cost = measure::of(&package, &["check"], RUNS)?;
    let lines = code.lines().count();
    println!(
        "{:<10} {lines:>7} {:>8.2} {:>6.0}",
        dialect.name, cost.user_seconds, cost.peak_mib
    );
    Ok(cost.user_seconds)
}

/// Prints how our client compares to another; whether it costs more than it may.
fn compare(ours: f64, theirs: f64, bar: f64) -> bool {
    let ratio = ours / theirs;
    let missed = ratio > bar;
    println!(
        "ratio      {ratio:>16.2}   {} {bar:.2}",
        if missed { "MISSED, at most" } else { "at most" }
    );
    missed
}
