//! `check-cost`: the CPU time from nothing to a first client that compiles, beside the same with peers as they come.

use std::error::Error;
use std::fs;
use std::path::Path;

use super::program::{self, Program};
use super::{Passed, within};
use crate::compile_cost::measure;

/// Of the CPU time of each peer.
const MOST_OF_A_PEER: f64 = 0.7;

pub(super) fn run(root: &Path) -> Passed {
    println!(
        "check-cost: `cargo check` of a first client from nothing, without debug information; CPU seconds (user + system)"
    );
    let place = root.join("target/check-cost");
    let ours = seconds(root, &place, &program::gatewright(root, "gatewright", ""))?;
    let mut passed = true;
    for peer in [program::reqwest(false), program::progenitor()] {
        let theirs = seconds(root, &place, &peer)?;
        passed &= within(
            &format!("ratio to {}", peer.name),
            ours / theirs,
            MOST_OF_A_PEER,
        );
    }
    Ok(passed)
}

fn seconds(root: &Path, place: &Path, program: &Program) -> Result<f64, Box<dyn Error>> {
    let program = Program {
        dependencies: format!("{}\n[profile.dev]\ndebug = 0\n", program.dependencies),
        ..program.clone()
    };
    let package = program.write(root, place)?;
    let target = package.folder.join("target");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    // So that no download is counted.
    let fetched = crate::cargo()
        .args(["fetch", "--quiet"])
        .current_dir(&package.folder)
        .status()?;
    if !fetched.success() {
        return Err(format!("the dependencies of {} cannot be fetched", package.name).into());
    }
    let cost = measure::cargo(&package, &["check"])?;
    let sum = cost.user_seconds + cost.system_seconds;
    println!(
        "  {:<20} {:>6.1} + {:>5.1} = {sum:>6.1}",
        package.name, cost.user_seconds, cost.system_seconds
    );
    Ok(sum)
}
