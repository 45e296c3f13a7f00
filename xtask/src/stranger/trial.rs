//! What is tried with the README's crate, and how it has to end.

use super::package::Ran;
use super::readme::File;

/// The README's crate, perhaps with a mistake in it.
pub(super) struct Trial {
    pub(super) name: &'static str,
    mistake: Option<Mistake>,
    /// What is printed: without a mistake on the standard output, with one on the standard error.
    prints: &'static str,
}

struct Mistake {
    file: &'static str,
    right: &'static str,
    wrong: &'static str,
}

pub(super) const TRIALS: [Trial; 3] = [
    Trial {
        name: "the README's crate prints books",
        mistake: None,
        prints: "Book {",
    },
    Trial {
        name: "a typo in the path of the export",
        mistake: Some(Mistake {
            file: "build.rs",
            right: "\"bookshop.json\"",
            wrong: "\"bookshp.json\"",
        }),
        prints: "cannot read `bookshp.json`",
    },
    Trial {
        name: "a wrong API key",
        mistake: Some(Mistake {
            file: "src/main.rs",
            right: "\"a-key-of-your-usage-plan\"",
            wrong: "\"not-a-key-of-your-usage-plan\"",
        }),
        prints: "Forbidden",
    },
];

impl Trial {
    /// The files of the crate with the mistake made.
    pub(super) fn files(&self, files: &[File]) -> Result<Vec<File>, String> {
        let mut files = files.to_vec();
        if let Some(mistake) = &self.mistake {
            mistake.make(&mut files)?;
        }
        Ok(files)
    }

    /// Why the crate did not end as it has to.
    pub(super) fn judge(&self, ran: &Ran) -> Result<(), String> {
        let (succeeds, printed) = match self.mistake {
            None => (true, &ran.stdout),
            Some(_) => (false, &ran.stderr),
        };
        if ran.success == succeeds && printed.contains(self.prints) {
            return Ok(());
        }
        let should = if succeeds { "succeed" } else { "fail" };
        Err(format!(
            "it had to {should} and to print `{}`, but printed\n{}{}",
            self.prints, ran.stdout, ran.stderr
        ))
    }
}

impl Mistake {
    fn make(&self, files: &mut [File]) -> Result<(), String> {
        let named = files.iter_mut().find(|file| file.name == self.file);
        let file = named.filter(|file| file.content.contains(self.right));
        let file =
            file.ok_or_else(|| format!("README.md: `{}` does not show {}", self.file, self.right))?;
        file.content = file.content.replace(self.right, self.wrong);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran(success: bool, stdout: &str, stderr: &str) -> Ran {
        Ran {
            success,
            stdout: stdout.to_owned(),
            stderr: stderr.to_owned(),
        }
    }

    #[test]
    fn a_mistake_that_passes_or_is_not_explained_is_found() {
        let [right, typo, _] = &TRIALS;
        assert_eq!(right.judge(&ran(true, "[Book { id: 1 }]", "")), Ok(()));
        assert!(right.judge(&ran(false, "[Book { id: 1 }]", "")).is_err());
        assert!(right.judge(&ran(true, "[]", "Book {")).is_err());
        assert_eq!(
            typo.judge(&ran(false, "", "cannot read `bookshp.json`")),
            Ok(())
        );
        assert!(
            typo.judge(&ran(true, "", "cannot read `bookshp.json`"))
                .is_err()
        );
        let why = typo.judge(&ran(false, "", "not found")).unwrap_err();
        assert!(
            why.contains("had to fail") && why.ends_with("not found"),
            "{why}"
        );
    }

    #[test]
    fn a_mistake_needs_the_place_where_it_is_made() {
        let file = |content: &str| File {
            name: "build.rs",
            content: content.to_owned(),
        };
        let [right, typo, _] = &TRIALS;
        let files = [file("compile(\"bookshop.json\")")];
        assert_eq!(
            typo.files(&files).unwrap()[0].content,
            "compile(\"bookshp.json\")"
        );
        assert_eq!(right.files(&files).unwrap(), files);
        let error = typo.files(&[file("compile(\"shop.json\")")]).unwrap_err();
        assert_eq!(
            error,
            "README.md: `build.rs` does not show \"bookshop.json\""
        );
    }
}
