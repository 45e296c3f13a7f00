//! This program again, in a process of its own.

use std::path::Path;
use std::process::{Command, Stdio};

use gatewright::BoxError;

/// What it prints. It trusts the certificates in `roots`, or those of the system.
pub(crate) fn run(arguments: &[&str], roots: Option<&Path>) -> Result<String, BoxError> {
    output(
        &mut Command::new(std::env::current_exe()?),
        arguments,
        roots,
    )
}

/// The same by way of another program.
pub(crate) fn output(
    command: &mut Command,
    arguments: &[&str],
    roots: Option<&Path>,
) -> Result<String, BoxError> {
    if let Some(roots) = roots {
        // All clients here read the system's roots, and with them this variable.
        command.env("SSL_CERT_FILE", roots);
    }
    let output = command.args(arguments).stdin(Stdio::null()).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// The numbers in a line that a child prints.
pub(crate) fn numbers<const N: usize>(line: &str) -> Result<[f64; N], BoxError> {
    let numbers: Vec<f64> = line
        .split_whitespace()
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    let numbers = <[f64; N]>::try_from(numbers);
    numbers.map_err(|_| format!("not {N} numbers: {line}").into())
}
