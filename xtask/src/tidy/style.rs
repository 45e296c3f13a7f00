//! House rules for the text of a file.

use super::Finding;
use super::source::{Source, Text};

const MOST_LINES: usize = 450;

/// The rules for a Rust file.
pub(super) fn rust(source: &Source) -> Vec<Finding> {
    [documented(source), unfinished(source), too_long(source)].concat()
}

/// The rules for every text file.
pub(super) fn text(text: &Text) -> Vec<Finding> {
    let numbered = text.content.lines().enumerate();
    numbered
        .flat_map(|(index, line)| {
            let faults = line_faults(line).into_iter();
            faults.map(move |fault| Finding::new(&text.file, index + 1, fault))
        })
        .collect()
}

fn documented(source: &Source) -> Vec<Finding> {
    if source.is_test || source.text.content.starts_with("//!") {
        return Vec::new();
    }
    vec![source.finding(1, "does not begin with `//!`: say what the module is for")]
}

fn unfinished(source: &Source) -> Vec<Finding> {
    let calls = source.calls_of(&["todo", "unimplemented", "dbg"]);
    calls
        .map(|line| {
            source.finding(
                line,
                "is not finished: no `todo!`, `unimplemented!` or `dbg!`",
            )
        })
        .collect()
}

fn too_long(source: &Source) -> Vec<Finding> {
    let lines = source.text.content.lines().count();
    if lines <= MOST_LINES {
        return Vec::new();
    }
    let message = format!("has {lines} lines: over {MOST_LINES} a file has more than one subject");
    vec![source.finding(1, message)]
}

fn line_faults(line: &str) -> Vec<&'static str> {
    let faults = [
        (
            line.ends_with([' ', '\t', '\r']),
            "white space at the end of the line",
        ),
        (line.contains('\t'), "a tab: indent with spaces"),
        (
            line.contains(concat!("FIX", "ME")),
            "a note to self: mend it, or write an issue",
        ),
    ];
    faults
        .into_iter()
        .filter_map(|(is_there, fault)| is_there.then_some(fault))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_module_documentation_is_found() {
        assert_eq!(documented(&Source::new("src/a.rs", "use b::c;\n")).len(), 1);
        assert_eq!(documented(&Source::new("src/a.rs", "//! A.\n")), []);
        assert_eq!(documented(&Source::new("tests/a.rs", "use b::c;\n")), []);
    }

    #[test]
    fn unfinished_code_is_found_and_talk_of_it_is_not() {
        let calls = "fn f() {\n    todo!()\n}\nfn g() { dbg!(1); unimplemented!(\"x\"); }\n";
        let lines: Vec<usize> = unfinished(&Source::new("a.rs", calls))
            .iter()
            .map(|finding| finding.line)
            .collect();
        assert_eq!(lines, [2, 4, 4]);
        assert_eq!(
            unfinished(&Source::new(
                "a.rs",
                "// todo!()\nconst A: &str = \"dbg!(1)\";"
            )),
            []
        );
    }

    #[test]
    fn a_long_file_is_found() {
        assert_eq!(too_long(&Source::new("a.rs", &"//\n".repeat(451))).len(), 1);
        assert_eq!(too_long(&Source::new("a.rs", &"//\n".repeat(450))), []);
    }

    #[test]
    fn faults_of_a_line_are_found() {
        let content = format!("fine\nspace \n\ttab\n// {}{}\n", "FIX", "ME");
        let file = "a.md".to_owned();
        let lines: Vec<usize> = text(&Text { file, content })
            .iter()
            .map(|finding| finding.line)
            .collect();
        assert_eq!(lines, [2, 3, 4]);
    }
}
