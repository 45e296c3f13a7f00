//! `cargo xtask bench`: the benchmarks, those of whole packages, and the one test that takes a release build to be run in
//! full.

mod binary;
mod check_cost;
mod program;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use crate::{Outcome, cargo};

const DIFFERENTIAL: &str = "signer-differential";
const BINARY: &str = "binary";
/// Minutes of compiling from nothing: only by its name.
const CHECK_COST: &str = "check-cost";
/// Also in a debug build: that is what a user's tests are.
const STARTUP: &str = "startup";

type Passed = Result<bool, Box<dyn Error>>;

/// Runs the benchmark of this name, or all.
pub(crate) fn run(root: &Path, name: Option<&str>) -> Outcome {
    let passed = match name {
        Some(DIFFERENTIAL) => vec![succeeds(root, &TEST)],
        Some(BINARY) => vec![binary::run(root)],
        Some(CHECK_COST) => vec![check_cost::run(root)],
        Some(STARTUP) => vec![
            bench(root, "release", &[STARTUP]),
            bench(root, "dev", &[STARTUP]),
        ],
        Some(name) => vec![bench(root, "release", &[name])],
        None => vec![
            bench(root, "release", &[]),
            bench(root, "dev", &[STARTUP]),
            binary::run(root),
            succeeds(root, &TEST),
        ],
    };
    let passed: Vec<bool> = passed.into_iter().collect::<Result<_, _>>()?;
    Ok(if passed.into_iter().all(|passed| passed) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Runs the benchmarks of the package `benches`: that of the name in `names`, or all.
fn bench(root: &Path, profile: &str, names: &[&str]) -> Passed {
    succeeds(
        root,
        &[&BENCHES[..], &["--profile", profile, "--"], names].concat(),
    )
}

/// A figure beside the most that it may be; whether it is.
fn within(what: &str, is: f64, most: f64) -> bool {
    let passed = is <= most;
    let verdict = if passed { "at most" } else { "MISSED, at most" };
    println!("  {what} {is:.2}, {verdict} {most:.2}");
    passed
}

/// Locked, so that the peers are those that the bars were set with. Below the other targets, for one folder to remove.
const BENCHES: [&str; 7] = [
    "run",
    "--quiet",
    "--locked",
    "--manifest-path",
    "benches/Cargo.toml",
    "--target-dir",
    "target/benches",
];
/// 100,000 random requests against `aws-sigv4`.
const TEST: [&str; 8] = [
    "test",
    "--release",
    "--package",
    "gatewright",
    "--test",
    "sigv4_differential",
    "--",
    "--nocapture",
];

fn succeeds(root: &Path, arguments: &[&str]) -> Passed {
    Ok(cargo()
        .args(arguments)
        .current_dir(root)
        .status()?
        .success())
}
