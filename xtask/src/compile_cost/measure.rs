//! What the compiler needs for one package, its dependencies built beforehand.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::package::Package;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What one phase cost.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    /// Of cargo and everything it starts.
    pub(crate) user_seconds: f64,
    /// What the system did for them.
    pub(crate) system_seconds: f64,
    /// Of the largest process.
    pub(crate) peak_mib: f64,
}

/// The cheapest of `runs`, because everything else on the machine only adds to it.
pub(crate) fn of(package: &Package, phase: &[&str], runs: usize) -> Result<Cost> {
    cargo(package, phase)?;
    let mut best: Option<Cost> = None;
    for _ in 0..runs {
        touch(&package.folder.join(package.source))?;
        let cost = cargo(package, phase)?;
        if best.is_none_or(|best| cost.user_seconds < best.user_seconds) {
            best = Some(cost);
        }
    }
    best.ok_or_else(|| "nothing was measured".into())
}

fn touch(source: &Path) -> Result<()> {
    let code = fs::read(source)?;
    Ok(fs::write(source, code)?)
}

/// Runs one phase under `time`, which counts the processes that cargo starts too.
pub(crate) fn cargo(package: &Package, phase: &[&str]) -> Result<Cost> {
    let report = package.folder.join("time.txt");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let run = Command::new("/usr/bin/time")
        .args(["--format", "%U %S %M", "--output"])
        .arg(&report)
        .arg(cargo)
        .args(phase)
        .args(["--quiet", "--jobs", "1"])
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TARGET_DIR", package.folder.join("target"))
        .current_dir(&package.folder)
        .output()
        .map_err(|error| format!("GNU time is needed at /usr/bin/time: {error}"))?;
    if !run.status.success() {
        let name = package.name;
        let errors = String::from_utf8_lossy(&run.stderr);
        return Err(format!("the client of {name} does not compile:\n{errors}").into());
    }
    parse(&fs::read_to_string(report)?)
}

fn parse(report: &str) -> Result<Cost> {
    let mut numbers = report.split_whitespace().map(str::parse::<f64>);
    let mut next = || match numbers.next() {
        Some(Ok(number)) => Ok(number),
        _ => Err(format!("`time` said {report:?}")),
    };
    let (user_seconds, system_seconds, kibibytes) = (next()?, next()?, next()?);
    Ok(Cost {
        user_seconds,
        system_seconds,
        peak_mib: kibibytes / 1024.0,
    })
}
