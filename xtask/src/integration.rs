//! `cargo xtask integration`: the end-to-end tests, against a local AWS and an OpenID Connect provider.
//!
//! The peers are installed below `target/peers`, each at the version that `tests/integration/peers` pins, listen on free
//! ports of loopback only, and end with this process, however that ends.

mod faketime;
mod folder;
mod packages;
mod peers;
mod port;
mod process;
mod signin;

use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitCode};

use crate::{Outcome, cargo};
use folder::Folder;
use peers::Peers;
use process::Process;
pub(crate) use signin::sign_in;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Runs the tests whose names contain `filter`, or all of them.
pub(crate) fn run(root: &Path, filter: Option<&str>) -> Outcome {
    // Compiled first, so that nothing is started for tests that do not compile.
    let mut tests = cargo_test(root);
    if !(built(root)? && tests.arg("--no-run").status()?.success()) {
        return Ok(ExitCode::FAILURE);
    }
    let folder = Folder::create(root)?;
    let peers = Peers::start(root, &folder)?;
    let mut tests = cargo_test(root);
    tests.args(filter).env(peers::VARIABLE, peers.description());
    if Process::start(root, &tests)?.wait()?.success() {
        return Ok(ExitCode::SUCCESS);
    }
    folder.show_logs();
    Ok(ExitCode::FAILURE)
}

/// The example, which is tested too.
fn built(root: &Path) -> Result<bool> {
    let mut command = cargo();
    command.args(["build", "--package", "signin"]);
    Ok(command.current_dir(root).status()?.success())
}

fn cargo_test(root: &Path) -> Command {
    let mut command = cargo();
    command
        .args(["test", "--package", "gatewright-integration"])
        .args(["--features", "peers"])
        .current_dir(root);
    command
}

/// The folder of what is installed and started: `tests/integration/peers`.
fn sources(root: &Path) -> std::path::PathBuf {
    root.join("tests/integration/peers")
}

/// Runs a command that has to succeed, and gives back what it printed.
fn output(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .map_err(|error| format!("{program} does not run: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout)?);
    }
    let words = String::from_utf8_lossy(&output.stderr);
    Err(format!("{program} failed: {}", words.trim_end()).into())
}
