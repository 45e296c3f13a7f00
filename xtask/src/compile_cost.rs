//! `cargo xtask compile-cost`: what a generated client costs to compile, beside those of its peers of the same document.

mod document;
pub(crate) mod measure;
pub(crate) mod package;
mod peer;
mod program;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use crate::Outcome;
use measure::Cost;
use package::Client;

/// Operations, and types, of the document.
const SIZE: usize = 200;

const RELEASE: &[&str] = &["build", "--release"];

/// How often each phase is measured; the cheapest run counts.
const RUNS: usize = 3;

/// One line of the table.
struct Row {
    lines: usize,
    check: Cost,
    release: Cost,
    program: Option<Cost>,
}

/// Prints a table. `peer` is whether to measure the peers, which are built from the registry for it.
pub(crate) fn run(root: &Path, peer: bool) -> Outcome {
    let place = root.join("target/compile-cost");
    fs::create_dir_all(&place)?;
    let document = place.join("large.json");
    fs::write(&document, serde_json::to_vec_pretty(&document::of(SIZE))?)?;
    println!("{SIZE} operations, {SIZE} types; user CPU seconds, the least of {RUNS}");
    println!("program: a release build of the client in a program that calls every operation");
    println!("client       lines    check    MiB   release    MiB   program    MiB");
    let ours = row(&package::gatewright(root, &place, &document)?)?;
    if peer {
        for peer in [peer::progenitor, peer::oas3_gen] {
            print_ratios(&ours, &row(&peer(&place, &document)?)?);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn row(client: &Client) -> Result<Row, Box<dyn Error>> {
    let program = client.program.as_ref();
    let program = program.map(|program| measure::of(program, RELEASE, RUNS));
    let row = Row {
        lines: client.lines,
        check: measure::of(&client.library, &["check"], RUNS)?,
        release: measure::of(&client.library, RELEASE, RUNS)?,
        program: program.transpose()?,
    };
    let costs = [Some(row.check), Some(row.release), row.program];
    let costs = costs.into_iter().flatten();
    let costs = costs.map(|cost| format!("{:>10.2} {:>6.0}", cost.user_seconds, cost.peak_mib));
    let costs: String = costs.collect();
    println!("{:<10} {:>7}{costs}", client.name, row.lines);
    Ok(row)
}

fn print_ratios(ours: &Row, theirs: &Row) {
    let ratio = |ours: Cost, theirs: Cost| ours.user_seconds / theirs.user_seconds;
    let program = ours.program.zip(theirs.program);
    let program = program.map(|(ours, theirs)| format!("{:>17.2}", ratio(ours, theirs)));
    println!(
        "ratio      {:>7.2}{:>10.2}{:>17.2}{}",
        ours.lines as f64 / theirs.lines as f64,
        ratio(ours.check, theirs.check),
        ratio(ours.release, theirs.release),
        program.unwrap_or_default()
    );
}
