//! What the compiler says about traits: `tests/ui/<subject>/*.rs`, one cause per file, with the exact words and spans
//! in the `.stderr` beside it. Those in `tests/ui/pass` compile without a warning.
//!
//! After a change of words, run with `TRYBUILD=overwrite` and read the difference.

use std::path::PathBuf;

#[test]
fn traits_compile_or_say_what_is_wrong() {
    let cases = trybuild::TestCases::new();
    for subject in subjects() {
        let files = subject.join("*.rs");
        if subject.ends_with("pass") {
            cases.pass(files);
        } else {
            cases.compile_fail(files);
        }
    }
}

fn subjects() -> Vec<PathBuf> {
    let entries = std::fs::read_dir("tests/ui").expect("the folder of cases is there");
    let mut subjects: Vec<PathBuf> = entries
        .map(|entry| entry.expect("it can be listed").path())
        .collect();
    subjects.sort();
    subjects
}
