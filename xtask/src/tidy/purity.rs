//! Crates and modules that neither read files nor ask the environment.

use super::source::Source;
use super::{Finding, shipped};

const PURE: [(&str, &str); 3] = [
    (
        "crates/gatewright-codegen/src/",
        "the emitter is a pure function of the model",
    ),
    (
        "crates/gatewright-config/src/",
        "configuration is read from bytes, by whoever has them",
    ),
    (
        "crates/gatewright-document/src/",
        "documents are read from bytes, by whoever has them",
    ),
];

/// The one file of them that reads files: those beside a document, for whoever asks for that.
const READS_FILES: &str = "crates/gatewright-document/src/files/folder.rs";

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    PURE.into_iter()
        .flat_map(|(folder, why)| {
            let pure = shipped(sources, folder).filter(|source| source.text.file != READS_FILES);
            pure.flat_map(move |source| reaches_outside(source, why))
        })
        .collect()
}

fn reaches_outside(source: &Source, why: &str) -> Vec<Finding> {
    let outside = ["fs", "env", "process"];
    source.forbid_paths(
        |path| outside.iter().any(|module| path.contains(&["std", module])),
        why,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(content: &str) -> Vec<Finding> {
        check(&[Source::new("crates/gatewright-config/src/a.rs", content)])
    }

    #[test]
    fn every_way_outside_is_found() {
        for outside in [
            "use std::fs;",
            "use std::{env, fmt};",
            "fn f() { std::fs::read(\"a\"); }",
            "fn f() { std::process::exit(1) }",
        ] {
            assert_eq!(findings(outside).len(), 1, "{outside}");
        }
    }

    #[test]
    fn tests_may_read_files() {
        assert_eq!(findings("#[cfg(test)]\nmod tests { use std::fs; }"), []);
    }
}
