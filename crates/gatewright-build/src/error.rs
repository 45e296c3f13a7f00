//! Why no client was generated, or a trait was refused: every problem of a file, each with its place.

use std::fmt;
use std::path::Path;

use gatewright_codegen::text;
use gatewright_document::located;

/// One problem, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    place: String,
    message: String,
}

impl Problem {
    pub(crate) fn new(place: &impl ToString, message: impl Into<String>) -> Self {
        Self {
            place: place.to_string(),
            message: text::line(&message.into()),
        }
    }

    /// The place in the file, such as `#/paths/~1pets/get` of a document or `:12:5` of a Rust file; empty if it is the file as a
    /// whole. A place in another file that the document refers to has its path before: `schemas/pet.yaml#/properties`.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What is wrong, and what to do about it.
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// Why no client was generated, or a trait was refused. Nothing was written.
pub struct Error(Kind);

enum Kind {
    /// Problems of a file, with the file's name.
    File(String, Vec<Problem>),
    /// The report of another crate, which names file and places itself.
    Report(Box<dyn std::error::Error + Send + Sync>),
    /// A path that cannot be read or written.
    Io {
        doing: &'static str,
        path: String,
        source: std::io::Error,
    },
    /// `OUT_DIR` is not set.
    NoOutDir,
}

impl Error {
    pub(crate) fn file(name: &str, problems: Vec<Problem>) -> Self {
        Self(Kind::File(name.to_owned(), problems))
    }

    pub(crate) fn report(report: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(Kind::Report(report.into()))
    }

    pub(crate) fn io(doing: &'static str, path: &Path, source: std::io::Error) -> Self {
        Self(Kind::Io {
            doing,
            path: path.display().to_string(),
            source,
        })
    }

    pub(crate) fn no_out_dir() -> Self {
        Self(Kind::NoOutDir)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::File(name, problems) => write_problems(f, name, problems),
            Kind::Report(report) => report.fmt(f),
            Kind::Io { doing, path, source } => write!(f, "cannot {doing} `{path}`: {source}"),
            Kind::NoOutDir => f.write_str(
                "OUT_DIR is not set: call this from a build script, or choose a folder with `out_dir`",
            ),
        }
    }
}

/// How many problems are printed.
const SHOWN: usize = 100;

fn write_problems(f: &mut fmt::Formatter<'_>, name: &str, problems: &[Problem]) -> fmt::Result {
    for (index, Problem { place, message }) in problems.iter().take(SHOWN).enumerate() {
        let line = if index == 0 { "" } else { "\n" };
        write!(f, "{line}{}: {message}", located(name, place))?;
    }
    match problems.len().checked_sub(SHOWN) {
        None | Some(0) => Ok(()),
        Some(more) => write!(f, "\nand {more} more problems"),
    }
}

/// The same as `Display`, because a build script that returns an error shows it by `Debug`.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Kind::Io { source, .. } => Some(source),
            Kind::Report(report) => report.source(),
            Kind::File(..) | Kind::NoOutDir => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use gatewright_codegen::check::did_you_mean;
    use gatewright_config::Config;

    use super::*;

    /// Whether a configuration with this API takes `written` for it.
    fn config_suggests(written: &str, known: &str) -> bool {
        let api = serde_json::json!({ known: {"endpoint": "https://a.example", "authorizationType": "NONE"} });
        let file = serde_json::json!({"version": "1", "custom": {"API": api}}).to_string();
        let config = Config::from_slice("a.json", file.as_bytes()).unwrap();
        let error = config.api(Some(written)).unwrap_err().to_string();
        error.contains("did you mean")
    }

    #[test]
    fn a_slip_in_a_configuration_is_one_in_a_document() {
        let long = "a".repeat(65);
        for (written, known, is_slip) in [
            ("ordres", "orders", true),
            ("order", "orders", true),
            ("or-ders", "orders", true),
            ("Or_dErs", "orders", true),
            ("roders", "orders", true),
            ("ordxyz", "orders", false),
            ("pots", "post", true),
            ("pxts", "post", false),
            ("pu", "put", true),
            ("ix", "id", false),
            ("éta", "été", true),
            (&long[1..], &long[1..64], true),
            (&long, &long[1..], false),
        ] {
            let of_codegen = did_you_mean(String::new(), written, [known]);
            assert_eq!(!of_codegen.is_empty(), is_slip, "{written} {known}");
            assert_eq!(
                config_suggests(written, known),
                is_slip,
                "{written} {known}"
            );
        }
    }

    #[test]
    fn of_many_problems_the_first_are_printed() {
        let problem = |_| Problem::new(&"#/a", "is\nwrong");
        let text = Error::file("a.json", (0..250).map(problem).collect()).to_string();
        assert_eq!(text.lines().count(), 101);
        assert!(text.ends_with("\nand 150 more problems"), "{text}");
    }
}
