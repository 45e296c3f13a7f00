//! `cargo xtask tidy`: the edges of the architecture and the house rules, as checks that fail.
//!
//! Each rule is one small function from sources to findings, with a test that shows it fail on a bad sample.

mod circles;
mod crates;
mod functions;
mod modules;
mod paths;
mod purity;
mod source;
mod style;
mod tokens;
mod workspace;

use std::fmt;
use std::path::Path;
use std::process::ExitCode;

use crate::Outcome;
use source::Source;
use workspace::Workspace;

/// One place that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    /// Relative to the workspace.
    file: String,
    line: usize,
    /// What is wrong, and why it is a rule.
    message: String,
}

impl Finding {
    fn new(file: &str, line: usize, message: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            message: message.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Checks the workspace at `root` and prints what it finds.
pub(crate) fn run(root: &Path) -> Outcome {
    let workspace = Workspace::read(root)?;
    let findings = findings(&workspace);
    for finding in &findings {
        println!("{finding}");
    }
    println!(
        "tidy: {} crates, {} Rust files, {} findings",
        workspace.packages.len(),
        workspace.sources.len(),
        findings.len()
    );
    Ok(if findings.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn findings(workspace: &Workspace) -> Vec<Finding> {
    let mut findings = crates::check(&workspace.packages);
    findings.extend(modules::check(&workspace.sources));
    findings.extend(modules::rooms(&workspace.sources));
    findings.extend(circles::check(&workspace.sources));
    findings.extend(purity::check(&workspace.sources));
    findings.extend(workspace.sources.iter().flat_map(functions::too_long));
    findings.extend(workspace.sources.iter().flat_map(style::rust));
    findings.extend(workspace.texts.iter().flat_map(style::text));
    findings.sort();
    findings
}

/// The code that ships: neither a test file nor the test part of a file.
fn shipped<'a>(sources: &'a [Source], folder: &'a str) -> impl Iterator<Item = &'a Source> {
    let in_folder = move |source: &&Source| source.text.file.starts_with(folder);
    sources
        .iter()
        .filter(in_folder)
        .filter(|source| !source.is_test)
}
