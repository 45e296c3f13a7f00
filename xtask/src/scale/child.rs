//! One document, generated in a process of its own so that its memory is its own.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::Outcome;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// About as many operations are generated in one run, a small document again and again, so that the clock, which counts
/// hundredths of a second, is fine enough.
const OPERATIONS_IN_A_RUN: usize = 2_000;

/// What it costs to generate a client once.
#[derive(Clone, Copy)]
pub(super) struct Cost {
    pub(super) operations: usize,
    pub(super) lines: usize,
    /// Of user and system.
    pub(super) cpu_seconds: f64,
    pub(super) peak_mib: f64,
}

impl Cost {
    /// CPU seconds.
    pub(super) fn of_an_operation(&self) -> f64 {
        self.cpu_seconds / self.operations as f64
    }
}

/// What the process does: generates a client of `file` as often as said, and prints its operations and lines.
pub(crate) fn generate(file: &Path, times: &str) -> Outcome {
    for _ in 1..times.parse()? {
        gatewright_build::configure().generate(file)?;
    }
    let generated = gatewright_build::configure().generate(file)?;
    println!(
        "{} {}",
        generated.operations,
        generated.code.lines().count()
    );
    Ok(ExitCode::SUCCESS)
}

/// The time of the cheapest of `runs`, because everything else on the machine only adds to it; the memory of one generation.
pub(super) fn measure(file: &Path, runs: usize) -> Result<Cost> {
    let once = run(file, 1)?;
    let times = (OPERATIONS_IN_A_RUN / once.operations.max(1)).max(1);
    let mut least = f64::INFINITY;
    for _ in 0..runs {
        least = least.min(run(file, times)?.cpu_seconds);
    }
    Ok(Cost {
        cpu_seconds: least,
        ..once
    })
}

/// Runs the process under `time`.
fn run(file: &Path, times: usize) -> Result<Cost> {
    let program = program()?;
    let report = file.with_extension("time");
    let run = Command::new("/usr/bin/time")
        .args(["--format", "%U %S %M", "--output"])
        .arg(&report)
        .arg(program)
        .args(["scale", "--here"])
        .arg(file)
        .arg(times.to_string())
        .output()
        .map_err(|error| format!("GNU time is needed at /usr/bin/time: {error}"))?;
    if !run.status.success() {
        let errors = String::from_utf8_lossy(&run.stderr);
        return Err(format!("{} is not generated:\n{errors}", file.display()).into());
    }
    let [operations, lines] = numbers(&String::from_utf8_lossy(&run.stdout))?;
    let [user, system, kibibytes] = numbers::<f64, 3>(&fs::read_to_string(report)?)?;
    Ok(Cost {
        operations,
        lines,
        cpu_seconds: (user + system) / times as f64,
        peak_mib: kibibytes / 1_024.0,
    })
}

/// The optimised build of this program, beside the one that runs.
fn program() -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    let folder = here.ancestors().nth(2).ok_or("has no target folder")?;
    Ok(folder.join("release").join("xtask"))
}

fn numbers<T: std::str::FromStr, const N: usize>(text: &str) -> Result<[T; N]> {
    let numbers: Vec<T> = text
        .split_whitespace()
        .filter_map(|number| number.parse().ok())
        .collect();
    numbers
        .try_into()
        .map_err(|_| format!("{N} numbers were expected, not {text:?}").into())
}
