//! `cargo xtask bench`: the benchmarks, and the one test that takes a release build to be run in full.

use std::path::Path;
use std::process::ExitCode;

use crate::{Outcome, cargo};

const DIFFERENTIAL: &str = "signer-differential";

/// Runs the benchmark of this name, or all.
pub(crate) fn run(root: &Path, name: Option<&str>) -> Outcome {
    let outcomes = match name {
        Some(DIFFERENTIAL) => vec![succeeds(root, &TEST)?],
        Some(name) => vec![succeeds(root, &[&BENCHES[..], &["--", name]].concat())?],
        None => vec![succeeds(root, &BENCHES)?, succeeds(root, &TEST)?],
    };
    Ok(if outcomes.into_iter().all(|succeeded| succeeded) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Locked, so that the peers are those that the bars were set with. Below the other targets, for one folder to remove.
const BENCHES: [&str; 8] = [
    "run",
    "--quiet",
    "--release",
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

fn succeeds(root: &Path, arguments: &[&str]) -> Result<bool, Box<dyn std::error::Error>> {
    Ok(cargo()
        .args(arguments)
        .current_dir(root)
        .status()?
        .success())
}
