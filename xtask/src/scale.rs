//! `cargo xtask scale`: what it costs to generate a client of a very large document, and whether the cost grows as the document
//! does.

mod child;
mod document;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use crate::{Outcome, cargo};
use child::Cost;
pub(crate) use child::generate;

/// Operations of the documents that are written for this.
const SIZES: [usize; 3] = [100, 1_000, 10_000];

/// How often each document is measured; the cheapest run counts.
const RUNS: usize = 3;

/// What a document of the size of GitHub's (1,200 operations, 13 MB) may cost.
const MAX_CPU_SECONDS: f64 = 2.0;
const MAX_PEAK_MIB: f64 = 300.0;

/// The most that an operation of one document may cost of what one of another does.
const MAX_RATIO: f64 = 1.5;

const TITLE: &str = "operations   MiB   CPU s  ms/operation  peak MiB    lines";

/// Measures documents of several sizes: the second is held to the bars of a document like GitHub's, all to a cost that grows no
/// faster than they do.
pub(crate) fn sizes(root: &Path) -> Outcome {
    let place = root.join("target/scale");
    fs::create_dir_all(&place)?;
    build()?;
    println!("{TITLE}");
    let mut costs = Vec::new();
    for size in SIZES {
        let file = place.join(format!("{size}.json"));
        fs::write(&file, serde_json::to_vec(&document::of(size))?)?;
        costs.push(measure(&file)?);
    }
    let ratio = ratio(&costs);
    println!(
        "an operation costs up to {ratio:.2} times what it costs in another of these documents"
    );
    let is_linear = holds("the ratio", ratio, MAX_RATIO);
    Ok(code(is_small(&costs[1]) && is_linear))
}

/// Measures one document, which is held to the bars of GitHub's.
pub(crate) fn document(file: &Path) -> Outcome {
    build()?;
    println!("{TITLE}");
    Ok(code(is_small(&measure(file)?)))
}

/// The generator as a user has it who cares for its speed; tasks themselves are not optimised.
fn build() -> Result<(), Box<dyn Error>> {
    let built = cargo()
        .args(["build", "--quiet", "--release", "--package", "xtask"])
        .args(["--bin", "xtask"])
        .status()?;
    if built.success() {
        Ok(())
    } else {
        Err("xtask does not compile".into())
    }
}

fn measure(file: &Path) -> Result<Cost, Box<dyn Error>> {
    let cost = child::measure(file, RUNS)?;
    println!(
        "{:>10} {:>5.1} {:>7.2} {:>13.2} {:>9.0} {:>8}",
        cost.operations,
        fs::metadata(file)?.len() as f64 / f64::from(1 << 20),
        cost.cpu_seconds,
        cost.of_an_operation() * 1_000.0,
        cost.peak_mib,
        cost.lines
    );
    Ok(cost)
}

fn ratio(costs: &[Cost]) -> f64 {
    let each = || costs.iter().map(Cost::of_an_operation);
    let (least, most) = (
        each().fold(f64::INFINITY, f64::min),
        each().fold(0.0, f64::max),
    );
    most / least
}

/// Both are said, even if the first is missed.
fn is_small(cost: &Cost) -> bool {
    let of = format!("with {} operations the", cost.operations);
    let is_fast = holds(
        &format!("{of} CPU time in s"),
        cost.cpu_seconds,
        MAX_CPU_SECONDS,
    );
    let is_lean = holds(
        &format!("{of} peak memory in MiB"),
        cost.peak_mib,
        MAX_PEAK_MIB,
    );
    is_fast && is_lean
}

fn holds(what: &str, found: f64, most: f64) -> bool {
    let holds = found <= most;
    if !holds {
        eprintln!("{what} is {found:.2}, over {most}");
    }
    holds
}

fn code(passed: bool) -> ExitCode {
    if passed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
