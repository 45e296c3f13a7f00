//! All files that a document refers to, those that these refer to, and so on, each read once.

use std::collections::{HashSet, VecDeque};

use indexmap::IndexMap;

use super::{Files, path};
use crate::error::Problem;
use crate::parse::{self, MAX_BYTES, MAX_VALUES};
use crate::value::Value;
use crate::{Pointer, display};

/// As many files are read. The largest document in files that is known has some 3,000.
const MAX_FILES: usize = 20_000;

/// The files of a document, parsed.
#[derive(Default)]
pub(crate) struct Linked {
    /// The document's own, from its folder.
    main: String,
    /// The folders it is in.
    folders: Vec<String>,
    /// All others by their paths, or why one is not read.
    others: IndexMap<String, Result<Value, String>>,
    /// Whether nobody gives the others.
    is_alone: bool,
}

/// A file that is not the document's own.
pub(crate) struct Other {
    /// Its path from the document's folder.
    pub(crate) path: String,
    /// What it holds.
    pub(crate) value: Value,
    /// The keys that stand in their object more than once.
    pub(crate) doubles: Vec<Pointer>,
}

impl Linked {
    /// A document that nobody gives other files for.
    pub(crate) fn alone() -> Self {
        Self {
            is_alone: true,
            ..Self::default()
        }
    }

    /// Reads all files that the document `main` refers to; `settle` gets each before it is kept.
    ///
    /// # Errors
    ///
    /// If a file is neither JSON nor YAML although it is called so, and if all of them together are larger than a document may be.
    pub(crate) fn read(
        main: &str,
        root: &Value,
        from: &mut dyn Files,
        mut settle: impl FnMut(Other) -> Value,
    ) -> Result<Self, Problem> {
        let mut reading = Reading {
            folders: from.folders(),
            ..Reading::default()
        };
        reading.scan(main, root)?;
        let mut others = IndexMap::new();
        while let Some(path) = reading.left.pop_front() {
            if path == main || others.contains_key(&path) {
                continue;
            }
            if others.len() == MAX_FILES {
                return Err(too_large());
            }
            let value = match reading.file(&path, from)? {
                Ok(other) => {
                    reading.said.clear();
                    reading.scan(&path, &other.value)?;
                    Ok(settle(other))
                }
                Err(why) => Err(why),
            };
            others.insert(path, value);
        }
        Ok(Self {
            main: main.to_owned(),
            folders: reading.folders,
            others,
            is_alone: false,
        })
    }

    /// The path of what a reference in `from` leads to; the document's own file is `None`.
    ///
    /// # Errors
    ///
    /// Why it leads to no file.
    pub(crate) fn path(&self, from: Option<&str>, to: &str) -> Result<String, String> {
        if self.is_alone {
            return Err(
                "leads out of the document, which is not followed: bundle the document first, such as with `npx @redocly/cli \
                 bundle`, or put what it means into it"
                    .to_owned(),
            );
        }
        path::resolve(from.unwrap_or(&self.main), to, &self.folders).map_err(str::to_owned)
    }

    /// Whether this is the document's own file.
    pub(crate) fn is_main(&self, path: &str) -> bool {
        path == self.main
    }

    /// What another file holds.
    ///
    /// # Errors
    ///
    /// Why it is not read, as the end of a sentence.
    pub(crate) fn other(&self, path: &str) -> Result<&Value, &str> {
        match self.others.get(path) {
            Some(Ok(value)) => Ok(value),
            Some(Err(why)) => Err(why),
            None => Err("nobody asked for it"),
        }
    }

    /// What another file holds, to change it.
    pub(crate) fn other_mut(&mut self, path: &str) -> Option<&mut Value> {
        self.others.get_mut(path)?.as_mut().ok()
    }
}

/// What is left to read, and how much was read.
#[derive(Default)]
struct Reading {
    folders: Vec<String>,
    left: VecDeque<String>,
    /// What the file that is being looked at has referred to already: it may say the same a million times.
    said: HashSet<String>,
    bytes: usize,
    values: usize,
}

impl Reading {
    fn file(&mut self, path: &str, from: &mut dyn Files) -> Result<Result<Other, String>, Problem> {
        let bytes = match from.read(path) {
            Ok(bytes) => bytes,
            Err(why) => return Ok(Err(display::sanitize(&why))),
        };
        self.bytes += bytes.len();
        if self.bytes > MAX_BYTES {
            return Err(too_large());
        }
        match parse::any(path, &bytes) {
            Ok((value, doubles)) => Ok(Ok(Other {
                path: path.to_owned(),
                value,
                doubles,
            })),
            Err(problem) if is_data(path) => Err(problem.in_file(path)),
            Err(_) => Ok(Err("it is neither JSON nor YAML".to_owned())),
        }
    }

    /// Finds the files that a file refers to.
    fn scan(&mut self, path: &str, value: &Value) -> Result<(), Problem> {
        self.values += 1;
        if self.values > MAX_VALUES {
            return Err(too_large());
        }
        match value {
            Value::Array(items) => items.iter().try_for_each(|item| self.scan(path, item)),
            Value::Object(members) => members.iter().try_for_each(|(key, member)| {
                self.ask(path, key, member);
                self.scan(path, member)
            }),
            _ => Ok(()),
        }
    }

    fn ask(&mut self, from: &str, key: &str, member: &Value) {
        match (key, member) {
            ("$ref", Value::String(reference)) => self.push(from, reference),
            ("mapping", Value::Object(mapping)) => {
                let texts = mapping.iter().filter_map(|(_, to)| to.as_str());
                let files = texts.filter(|to| is_data(without_fragment(to)));
                files.for_each(|to| self.push(from, to));
            }
            _ => {}
        }
    }

    fn push(&mut self, from: &str, reference: &str) {
        let file = without_fragment(reference);
        if file.is_empty() || self.said.contains(file) {
            return;
        }
        self.said.insert(file.to_owned());
        // Why a reference leads nowhere is said where it is followed.
        if let Ok(path) = path::resolve(from, file, &self.folders) {
            self.left.push_back(path);
        }
    }
}

fn without_fragment(reference: &str) -> &str {
    reference.split('#').next().unwrap_or_default()
}

/// Whether a file is called as JSON and YAML are.
pub(crate) fn is_data(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let known = ["json", "yaml", "yml"];
    known.iter().any(|it| extension.eq_ignore_ascii_case(it))
}

fn too_large() -> Problem {
    Problem::file(format!(
        "is larger than any API Gateway document with the files that it refers to: more than {} MiB, {MAX_FILES} files or \
         {MAX_VALUES} values",
        MAX_BYTES >> 20
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Files that a test writes down, and what was asked for.
    struct Shelf(Vec<(&'static str, &'static str)>, Vec<String>);

    impl Files for Shelf {
        fn read(&mut self, path: &str) -> Result<Vec<u8>, String> {
            self.1.push(path.to_owned());
            let file = self.0.iter().find(|(name, _)| *name == path);
            let (_, text) = file.ok_or("it is gone")?;
            Ok(text.as_bytes().to_vec())
        }
    }

    fn read(root: serde_json::Value, shelf: &mut Shelf) -> Result<Linked, Problem> {
        Linked::read("api.yaml", &root.into(), shelf, |other| other.value)
    }

    #[test]
    fn each_file_is_asked_for_once_however_they_refer_to_one_another() {
        let files = vec![
            ("a.yaml", "x: { $ref: 'b/c.yaml#/y' }"),
            (
                "b/c.yaml",
                "y: { $ref: ../a.yaml }\nz: { $ref: '#/y' }\nw: { $ref: ../api.yaml }",
            ),
        ];
        let mut shelf = Shelf(files, Vec::new());
        let root = json!({"$ref": "a.yaml", "p": [{"$ref": "./a.yaml#/x"}, {"$ref": "https://a.example/x.yaml"}, {"$ref": 5}],
            "discriminator": {"mapping": {"one": "one.yaml#/a", "two": "Two", "three": "#/three"}}});
        let linked = read(root, &mut shelf).unwrap();
        assert_eq!(shelf.1, ["a.yaml", "one.yaml", "b/c.yaml"]);
        assert!(linked.other("b/c.yaml").is_ok());
        assert_eq!(linked.other("one.yaml").unwrap_err(), "it is gone");
        assert_eq!(
            linked.path(Some("b/c.yaml"), "../api.yaml").unwrap(),
            "api.yaml"
        );
    }

    #[test]
    fn a_reference_that_is_repeated_is_looked_at_once() {
        let mut reading = Reading::default();
        let root = json!({"a": vec![json!({"$ref": "x/y.yaml#/z"}); 1_000]});
        reading.scan("api.yaml", &root.into()).unwrap();
        assert_eq!(reading.left, ["x/y.yaml"]);
    }

    #[test]
    fn a_broken_file_is_named_with_line_and_column() {
        let files = vec![
            ("a.json", "{\n \"a\": }"),
            ("notes.md", "# a: b: c\n\t- x: ["),
        ];
        let mut shelf = Shelf(files, Vec::new());
        let problem = read(json!({"$ref": "a.json"}), &mut shelf).err().unwrap();
        assert_eq!(
            problem.to_string(),
            "a.json:2:7: is not JSON: expected value"
        );
        assert!(read(json!({"$ref": "notes.md"}), &mut shelf).is_ok());
    }

    #[test]
    fn all_files_together_are_bounded() {
        struct Endless;
        impl Files for Endless {
            fn read(&mut self, path: &str) -> Result<Vec<u8>, String> {
                let next = path.strip_suffix(".json").unwrap().parse::<u32>().unwrap() + 1;
                Ok(format!("{{\"$ref\": \"{next}.json\"}}").into_bytes())
            }
        }
        let root = json!({"$ref": "0.json"}).into();
        let problem = Linked::read("api.yaml", &root, &mut Endless, |other| other.value);
        assert!(problem.err().unwrap().message().contains("20000 files"));
    }
}
