//! Collects what is wrong while a file is read, so that one run reports all of it.

use std::collections::BTreeSet;

use crate::json::Json;
use crate::node::{Node, Text};
use crate::suggest::did_you_mean;
use crate::{Problem, Report};

#[derive(Debug)]
pub(crate) struct Findings {
    file: String,
    problems: Entries,
    warnings: Entries,
}

/// The first entries, and how many more there are: a file decides how many.
#[derive(Debug, Default)]
struct Entries {
    first: Vec<Problem>,
    more: usize,
}

impl Entries {
    const MOST: usize = 1_000;

    /// `entry` is only made if it is kept.
    fn push(&mut self, entry: impl FnOnce() -> Problem) {
        if self.first.len() < Self::MOST {
            self.first.push(entry());
        } else {
            self.more += 1;
        }
    }

    fn finish(mut self, file: &str) -> Vec<Problem> {
        if self.more > 0 {
            let message = format!("and {} more, which are not listed", self.more);
            self.first.push(Problem::new(file, "", &message));
        }
        self.first
    }
}

impl Findings {
    pub(crate) fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            problems: Entries::default(),
            warnings: Entries::default(),
        }
    }

    pub(crate) fn problem(&mut self, at: &Node<'_>, message: impl AsRef<str>) {
        let entry = || Problem::new(&self.file, &at.pointer(), message.as_ref());
        self.problems.push(entry);
    }

    pub(crate) fn warning(&mut self, at: &Node<'_>, message: impl AsRef<str>) {
        let entry = || Problem::new(&self.file, &at.pointer(), message.as_ref());
        self.warnings.push(entry);
    }

    /// The warnings of a file without problems; else the report.
    pub(crate) fn finish(self) -> Result<Vec<Problem>, Report> {
        let problems = self.problems.finish(&self.file);
        let warnings = self.warnings.finish(&self.file);
        if problems.is_empty() {
            return Ok(warnings);
        }
        Err(Report::new(problems, warnings))
    }

    /// Whether `node` is an object; anything else is a problem.
    pub(crate) fn object(&mut self, node: &Node<'_>) -> bool {
        let is_object = matches!(node.json, Json::Object(_));
        if !is_object {
            self.wrong_type(node, "an object");
        }
        is_object
    }

    /// The member `key` of `parent` as an object; anything else is a problem.
    pub(crate) fn section<'a>(&mut self, parent: &Node<'a>, key: &str) -> Option<Node<'a>> {
        parent.get(key).filter(|node| self.object(node))
    }

    /// The member `key` as text. Its absence is a problem, whose message ends with `hint`.
    pub(crate) fn required<'a>(
        &mut self,
        parent: &Node<'a>,
        key: &str,
        hint: &str,
    ) -> Option<Text<'a>> {
        let Some(node) = parent.get(key) else {
            self.problem(parent, format!("`{key}` is missing: {hint}"));
            return None;
        };
        let text = self.text(node)?;
        if text.value.is_empty() {
            self.problem(&text.node, format!("is empty: {hint}"));
            return None;
        }
        Some(text)
    }

    /// The member `key` as text; an empty one counts as absent.
    pub(crate) fn optional<'a>(&mut self, parent: &Node<'a>, key: &str) -> Option<Text<'a>> {
        let text = self.text(parent.get(key)?)?;
        (!text.value.is_empty()).then_some(text)
    }

    /// `node` as text; anything else is a problem.
    fn text<'a>(&mut self, node: Node<'a>) -> Option<Text<'a>> {
        if let Json::Text(value) = node.json {
            return Some(Text { node, value });
        }
        self.wrong_type(&node, "a string");
        None
    }

    /// The member `key` as a boolean; anything else is a problem.
    pub(crate) fn flag(&mut self, parent: &Node<'_>, key: &str) -> Option<bool> {
        let node = parent.get(key)?;
        if let Json::Bool(value) = node.json {
            return Some(*value);
        }
        self.wrong_type(&node, "a boolean");
        None
    }

    /// The member `key` of `parent` as an array; anything else is a problem.
    pub(crate) fn list<'a>(&mut self, parent: &Node<'a>, key: &str) -> Option<Node<'a>> {
        let node = parent.get(key)?;
        if matches!(node.json, Json::Array(_)) {
            return Some(node);
        }
        self.wrong_type(&node, "an array");
        None
    }

    fn wrong_type(&mut self, node: &Node<'_>, expected: &str) {
        self.problem(
            node,
            format!("expected {expected}, found {}", node.json.kind()),
        );
    }

    /// Warns of each member of `node` that is not `known`.
    pub(crate) fn unknown_keys(&mut self, node: &Node<'_>, known: &[&str]) {
        self.unknown_keys_but(node, known, |_| false);
    }

    /// The same, but not of a key that is `others`. Such keys come from the file, and nothing is compared with them.
    pub(crate) fn unknown_keys_but(
        &mut self,
        node: &Node<'_>,
        known: &[&str],
        others: impl Fn(&str) -> bool,
    ) {
        let is_known = |key: &str| known.contains(&key) || others(key);
        for (key, member) in node.entries().filter(|(key, _)| !is_known(key)) {
            let hint = did_you_mean(key, known.iter().copied());
            self.warning(&member, format!("unknown key, ignored{hint}"));
        }
    }

    /// Warns of each key that an object anywhere below `node` gives twice.
    pub(crate) fn repeated_keys(&mut self, node: &Node<'_>) {
        let mut seen = BTreeSet::new();
        for (key, member) in node.entries() {
            if !seen.insert(key) {
                self.warning(&member, "this key is given twice: the last one counts");
            }
            self.repeated_keys(&member);
        }
        for element in node.elements() {
            self.repeated_keys(&element);
        }
    }
}
