//! `cargo xtask corpus DIR`: generates a client for every document of a folder and compiles all of them.

mod document;
mod package;
mod table;

use std::path::Path;
use std::process::ExitCode;

use crate::Outcome;
use document::{Document, Verdict};

/// Fails when a document makes the generator panic, or when something generated does not compile. That a document is
/// refused is no failure: its message is for a person to judge.
pub(crate) fn run(root: &Path, folder: &Path) -> Outcome {
    let mut documents = document::read(folder)?;
    package::compile(root, &mut documents)?;
    print!("{}", table::of(&documents));
    let is_fault =
        |document: &Document| matches!(document.verdict, Verdict::Panicked(_) | Verdict::Broken(_));
    Ok(if documents.iter().any(is_fault) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
