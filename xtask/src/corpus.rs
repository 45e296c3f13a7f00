//! `cargo xtask corpus DIR`: generates a client for every document of a folder and compiles all of them; with `--call` also calls
//! every operation against the local gateway of its document.

mod calls;
mod compiler;
mod document;
mod package;
mod table;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use crate::Outcome;
use document::{Document, Verdict};
use package::Package;

/// Fails when a document makes the generator panic, when something generated does not compile or demands other credentials than
/// the oracle reads in the document, and when a call does not end as it has to. That a document is refused is no failure: its message is for a person to judge.
pub(crate) fn run(root: &Path, folder: &Path, calls: bool) -> Outcome {
    let mut documents = document::read(&folder.canonicalize().unwrap_or(folder.to_owned()))?;
    if calls {
        documents.iter_mut().for_each(write_calls);
    }
    let package = Package::new(root, calls);
    compile(&package, &mut documents)?;
    print!("{}", table::of(&documents));
    let is_fault = |document: &Document| match &document.verdict {
        Verdict::Panicked(_) | Verdict::Broken(_) => true,
        Verdict::Generated(client) => !client.differences.is_empty(),
        Verdict::Refused(_) => false,
    };
    let passed = !calls || package.run()?;
    Ok(if passed && !documents.iter().any(is_fault) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn write_calls(document: &mut Document) {
    let Verdict::Generated(client) = &mut document.verdict else {
        return;
    };
    let module = package::module_name(&document.name);
    match calls::code(&document.path, document.resource.as_deref(), &module) {
        Ok(code) => client.calls = Some(code),
        Err(why) => document.verdict = Verdict::Broken(format!("its calls: {why}")),
    }
}

/// Compiles the generated clients and marks those that do not compile. The compiler stops at the first stage that
/// fails, so what fails is taken out and the rest compiled again until nothing does.
fn compile(package: &Package, documents: &mut [Document]) -> Result<(), Box<dyn Error>> {
    loop {
        package.write(documents)?;
        let errors = package.compile()?;
        if errors.is_empty() {
            return Ok(());
        }
        for (module, message) in errors {
            let broken = documents
                .iter_mut()
                .find(|document| package::module_name(&document.name) == module);
            let broken = broken.ok_or_else(|| format!("not in a generated client: {message}"))?;
            broken.verdict = Verdict::Broken(message);
        }
    }
}
