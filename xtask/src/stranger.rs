//! `cargo xtask stranger`: the crate that the README has a newcomer write builds and calls an API, and a newcomer's
//! mistakes in it are errors that help.

mod package;
mod readme;
mod server;
mod trial;

use std::path::Path;
use std::process::ExitCode;

use crate::Outcome;
use package::Package;
use readme::Readme;
use server::Server;
use trial::TRIALS;

/// Fails when a trial does not end as it has to.
pub(crate) fn run(root: &Path) -> Outcome {
    let readme = Readme::read(root)?;
    let package = Package::create(root)?;
    let server = Server::start(root, &readme.server)?;
    let mut passed = true;
    for trial in &TRIALS {
        package.write(&trial.files(&readme.files)?)?;
        let verdict = trial.judge(&package.run(server.url())?);
        passed &= verdict.is_ok();
        println!(
            "{}: {}",
            trial.name,
            verdict.err().as_deref().unwrap_or("passed")
        );
    }
    Ok(if passed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
