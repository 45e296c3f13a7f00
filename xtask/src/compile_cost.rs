//! `cargo xtask compile-cost`: what a generated client costs to compile, beside progenitor's of the same document.

mod document;
mod measure;
mod package;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use crate::Outcome;
use package::Package;

/// Operations, and types, of the document.
const SIZE: usize = 200;

/// How often each phase is measured; the cheapest run counts.
const RUNS: usize = 3;

/// One line of the table.
struct Row {
    lines: usize,
    check: measure::Cost,
    release: measure::Cost,
}

/// Prints a table. `peer` is whether to measure progenitor too, which is built from the registry for it.
pub(crate) fn run(root: &Path, peer: bool) -> Outcome {
    let place = root.join("target/compile-cost");
    fs::create_dir_all(&place)?;
    let document = place.join("large.json");
    fs::write(&document, serde_json::to_vec_pretty(&document::of(SIZE))?)?;
    println!("{SIZE} operations, {SIZE} types; user CPU seconds, the least of {RUNS}");
    println!("client       lines    check    MiB   release    MiB");
    let ours = row(&package::gatewright(root, &place, &document)?)?;
    if peer {
        let theirs = row(&package::progenitor(&place, &document)?)?;
        println!(
            "ratio       {:>6.2} {:>8.2} {:>16.2}",
            ours.lines as f64 / theirs.lines as f64,
            ours.check.user_seconds / theirs.check.user_seconds,
            ours.release.user_seconds / theirs.release.user_seconds,
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn row(package: &Package) -> Result<Row, Box<dyn Error>> {
    let row = Row {
        lines: package.lines,
        check: measure::of(package, &["check"], RUNS)?,
        release: measure::of(package, &["build", "--release"], RUNS)?,
    };
    println!(
        "{:<10} {:>7} {:>8.2} {:>6.0} {:>9.2} {:>6.0}",
        package.name,
        row.lines,
        row.check.user_seconds,
        row.check.peak_mib,
        row.release.user_seconds,
        row.release.peak_mib
    );
    Ok(row)
}
