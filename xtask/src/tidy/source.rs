//! A file of the workspace, read once for all checks.

use super::Finding;
use super::paths::{Named, paths};
use super::tokens::{Token, tokens};

/// A text file.
#[derive(Debug)]
pub(super) struct Text {
    /// Relative to the workspace, with `/` between.
    pub(super) file: String,
    pub(super) content: String,
}

/// A Rust file.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) text: Text,
    pub(super) tokens: Vec<Token>,
    /// Whether all of it is a test: a file of a `tests` folder, or a module under `#[cfg(test)]`.
    pub(super) is_test: bool,
}

impl Source {
    pub(super) fn new(file: &str, content: &str) -> Self {
        let (file, content) = (file.to_owned(), content.to_owned());
        Self {
            tokens: tokens(&content),
            is_test: file.split('/').any(|folder| folder == "tests") || file.ends_with("/tests.rs"),
            text: Text { file, content },
        }
    }

    /// The tokens that ship.
    pub(super) fn shipped(&self) -> impl Iterator<Item = &Token> {
        self.tokens.iter().filter(|token| !token.is_test)
    }

    /// The paths that shipped code names.
    pub(super) fn paths(&self) -> Vec<Named> {
        paths(self.shipped())
    }

    /// A finding for each path of the shipped code that is `forbidden`.
    pub(super) fn forbid_paths(
        &self,
        forbidden: impl Fn(&Named) -> bool,
        why: &str,
    ) -> Vec<Finding> {
        let paths = self.paths().into_iter().filter(forbidden);
        paths
            .map(|path| self.finding(path.line, format!("`{}`: {why}", path.names.join("::"))))
            .collect()
    }

    /// The lines where one of these macros is called, in tests too.
    pub(super) fn calls_of<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = usize> + 'a {
        self.tokens.windows(2).filter_map(|tokens| match tokens {
            [name, bang] if bang.text == "!" && names.contains(&name.text.as_str()) => {
                Some(name.line)
            }
            _ => None,
        })
    }

    pub(super) fn finding(&self, line: usize, message: impl Into<String>) -> Finding {
        Finding::new(&self.text.file, line, message)
    }

    /// The files, without extension, of the modules that this file declares under `#[cfg(test)]`.
    pub(super) fn test_modules(&self) -> Vec<String> {
        let declared = self.tokens.windows(3).filter_map(|tokens| match tokens {
            [module, name, end] if module.text == "mod" && end.text == ";" && end.is_test => {
                Some(&name.text)
            }
            _ => None,
        });
        declared
            .map(|name| format!("{}/{name}", self.folder()))
            .collect()
    }

    /// Where this file's modules are: beside `lib.rs`, `main.rs` and `mod.rs`, else in a folder of the file's name.
    fn folder(&self) -> &str {
        let stem = self.text.file.trim_end_matches(".rs");
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        if matches!(name, "lib" | "main" | "mod") {
            folder
        } else {
            stem
        }
    }
}

/// Marks the files of modules that another file declares under `#[cfg(test)]`.
pub(super) fn mark_tests(sources: &mut [Source]) {
    let modules: Vec<String> = sources.iter().flat_map(Source::test_modules).collect();
    for source in sources {
        let file = &source.text.file;
        let belongs = |module: &String| {
            file.strip_prefix(module.as_str())
                .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        };
        source.is_test |= modules.iter().any(belongs);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_test_modules_are_tests() {
        let mut sources = [
            Source::new("a/src/lib.rs", "mod shipped;\n#[cfg(test)]\nmod support;"),
            Source::new("a/src/shipped.rs", "#[cfg(test)]\nmod deep;"),
            Source::new("a/src/support.rs", ""),
            Source::new("a/src/shipped/deep/mod.rs", ""),
            Source::new("a/tests/whole.rs", ""),
        ];
        mark_tests(&mut sources);
        assert_eq!(
            sources.map(|source| source.is_test),
            [false, false, true, true, true]
        );
    }
}
