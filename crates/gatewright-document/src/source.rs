//! What is kept while one document is read: the whole tree, the findings, and a bound on what references may repeat.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;

use indexmap::IndexSet;

use crate::anchors;
use crate::error::Problem;
use crate::files::Linked;
use crate::inline_refs::UnnamedSchemas;
use crate::places::Places;
use crate::value::Value;
use crate::version::{self, Version};
use crate::{Pointer, Repair};

/// More findings than this are not kept, only that there were more: a hostile document can hold millions.
const MAX_FINDINGS: usize = 1_000;

/// How many bytes references may repeat. A shared response stands in the model once for each operation that refers to it,
/// so a few megabytes of document could else ask for a terabyte.
const MAX_REPEATED_BYTES: usize = 128 << 20;

/// How many parts the model may hold: operations, parameters, responses, media types, and schemas with the inner ones. Each
/// takes up to a kilobyte, though `{}` may be all there is to it in the document. Ten thousand operations have some 250,000.
const MAX_PARTS: usize = 400_000;

/// A document being read.
pub(crate) struct Source<'a> {
    root: &'a Value,
    /// Where the document stands in its file.
    base: Pointer,
    /// The files that it refers to.
    files: &'a Linked,
    /// The parts that stand elsewhere in the file.
    moved: HashMap<*const Value, Pointer>,
    /// The names of the named schemas.
    schema_names: OnceCell<HashMap<*const Value, Box<str>>>,
    /// A reference to each schema that got a name for being referred to, and the file of the reference.
    named_later: RefCell<HashMap<Pointer, (Pointer, String)>>,
    version: Version,
    has_json_schemas: bool,
    anchors: RefCell<HashMap<Pointer, HashMap<String, Pointer>>>,
    unnamed: UnnamedSchemas,
    repairs: RefCell<IndexSet<Repair>>,
    problems: RefCell<Vec<Problem>>,
    has_more_repairs: Cell<bool>,
    sizes: RefCell<HashMap<*const Value, usize>>,
    repeated_bytes: Cell<usize>,
    parts: Cell<usize>,
    /// Whether nobody asks for the examples of media types.
    pub(crate) leaves_out_examples: bool,
}

impl<'a> Source<'a> {
    pub(crate) fn new(root: &'a Value, files: &'a Linked) -> Self {
        Self {
            root,
            base: Pointer::root(),
            files,
            moved: HashMap::new(),
            schema_names: OnceCell::new(),
            named_later: RefCell::default(),
            version: Version::of(root),
            has_json_schemas: version::has_json_schemas(root),
            anchors: RefCell::default(),
            unnamed: UnnamedSchemas::default(),
            repairs: RefCell::default(),
            problems: RefCell::default(),
            has_more_repairs: Cell::default(),
            sizes: RefCell::default(),
            repeated_bytes: Cell::default(),
            parts: Cell::default(),
            leaves_out_examples: false,
        }
    }

    /// Says where the document and its parts stand in the file.
    pub(crate) fn with_places(self, places: &Places) -> Self {
        Self {
            base: places.base.clone(),
            moved: places.by_address(self.root, self.files),
            ..self
        }
    }

    /// Where the document stands in its file.
    pub(crate) fn base(&self) -> &Pointer {
        &self.base
    }

    /// Where a part stands: `at`, or elsewhere.
    pub(crate) fn place_of(&self, value: &Value, at: Pointer) -> Pointer {
        if self.moved.is_empty() {
            return at;
        }
        let moved = self.moved.get(&std::ptr::from_ref(value));
        moved.cloned().unwrap_or(at)
    }

    /// The names of the named schemas, by their addresses; `list` lists them the first time.
    pub(crate) fn schema_names(
        &self,
        list: impl FnOnce() -> HashMap<*const Value, Box<str>>,
    ) -> &HashMap<*const Value, Box<str>> {
        self.schema_names.get_or_init(list)
    }

    /// Keeps how a schema that got a name is referred to, and by what.
    pub(crate) fn keep_reference(&self, at: &Pointer, by: &Pointer, reference: &str) {
        let mut kept = self.named_later.borrow_mut();
        if !kept.contains_key(at) {
            let reference = (by.whole_file(), reference.to_owned());
            kept.insert(at.clone(), reference);
        }
    }

    /// How the schema of this place is referred to, if it got a name, and in which file.
    pub(crate) fn kept_reference(&self, at: &Pointer) -> Option<(Pointer, String)> {
        self.named_later.borrow().get(at).cloned()
    }

    /// Of what a test writes down. The tree stays until the test ends, to spare every test from keeping it.
    #[cfg(test)]
    pub(crate) fn of(root: &serde_json::Value) -> Source<'static> {
        let files = Box::leak(Box::new(Linked::alone()));
        Source::new(Box::leak(Box::new(root.clone().into())), files)
    }

    pub(crate) fn root(&self) -> &'a Value {
        self.root
    }

    pub(crate) fn version(&self) -> Version {
        self.version
    }

    /// Whether schemas are those of JSON Schema 2020-12.
    pub(crate) fn has_json_schemas(&self) -> bool {
        self.has_json_schemas
    }

    /// The files that the document refers to.
    pub(crate) fn files(&self) -> &'a Linked {
        self.files
    }

    /// What a file holds, and where that is: the document itself, or another file by its path.
    pub(crate) fn tree(&self, file: Option<&str>) -> Option<(&'a Value, Pointer)> {
        match file {
            Some(path) if self.base.file() != file => {
                let value = self.files.other(path).ok()?;
                Some((value, Pointer::of_file(path)))
            }
            _ => Some((self.root, self.base.clone())),
        }
    }

    /// The place in a file of the schema that names itself as a reference does, from the whole of that file; see [`anchors`].
    pub(crate) fn named(&self, file: Option<&str>, reference: &str) -> Option<Pointer> {
        if !self.has_json_schemas || reference.starts_with("#/") {
            return None;
        }
        let (root, at) = self.tree(file)?;
        let mut known = self.anchors.borrow_mut();
        let anchors = known.entry(at).or_insert_with(|| anchors::of(root));
        anchors.get(reference).cloned()
    }

    /// The schemas that are referred to where they stand.
    pub(crate) fn unnamed_schemas(&self) -> &UnnamedSchemas {
        &self.unnamed
    }

    /// Notes a repair, once however often the place is read.
    pub(crate) fn repair(&self, pointer: Pointer, text: &str) {
        self.add(Repair::new(pointer, text));
    }

    /// Notes a repair that makes no difference to a caller.
    pub(crate) fn minor_repair(&self, pointer: Pointer, text: &str) {
        let repair = Repair::new(pointer, text);
        self.add(Repair {
            is_minor: true,
            ..repair
        });
    }

    /// Notes that operations are left out.
    pub(crate) fn leave_out(&self, pointer: Pointer, text: &str) {
        let repair = Repair::new(pointer, text);
        self.add(Repair {
            leaves_out_operations: true,
            ..repair
        });
    }

    /// Notes what was found.
    pub(crate) fn add(&self, repair: Repair) {
        let mut repairs = self.repairs.borrow_mut();
        if repairs.len() == MAX_FINDINGS {
            return self.has_more_repairs.set(true);
        }
        repairs.insert(repair);
    }

    /// Notes a problem: the document will be refused once all of it is read.
    pub(crate) fn problem(&self, problem: Problem) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() < MAX_FINDINGS && !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    /// Counts a value that stands in the model once more; an error once there were too many.
    pub(crate) fn repeat(&self, value: &'a Value) -> Result<(), &'static str> {
        let mut sizes = self.sizes.borrow_mut();
        let size = *sizes
            .entry(std::ptr::from_ref(value))
            .or_insert_with(|| size(value));
        let total = self.repeated_bytes.get().saturating_add(size);
        self.repeated_bytes.set(total);
        if total > MAX_REPEATED_BYTES {
            return Err(
                "refers once more to what is repeated so often that the API would not fit into memory",
            );
        }
        Ok(())
    }

    /// Counts one more part of the model; false, and a problem, if that is one too many.
    pub(crate) fn has_room(&self, at: &Pointer) -> bool {
        if self.is_full() {
            return false;
        }
        self.parts.set(self.parts.get() + 1);
        if self.is_full() {
            let text = format!(
                "is one too many: a document may describe {MAX_PARTS} operations, parameters, responses and schemas"
            );
            self.problem(Problem::pointer(at.clone(), text));
        }
        !self.is_full()
    }

    /// Whether the model holds too much, so that the document is refused and the rest of it need not be read.
    pub(crate) fn is_full(&self) -> bool {
        self.parts.get() > MAX_PARTS
    }

    /// The repairs, or every problem if there is one.
    pub(crate) fn finish(self) -> Result<Vec<Repair>, Vec<Problem>> {
        let problems = self.problems.into_inner();
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut repairs: Vec<_> = self.repairs.into_inner().into_iter().collect();
        if self.has_more_repairs.get() {
            let message = format!("more was repaired than these {MAX_FINDINGS} places");
            repairs.push(Repair::new(self.base, &message));
        }
        Ok(repairs)
    }
}

/// About the bytes that a value takes in memory.
fn size(value: &Value) -> usize {
    size_of::<Value>()
        + match value {
            Value::Null | Value::Bool(_) | Value::Number(_) => 0,
            Value::String(text) => text.len(),
            Value::Array(items) => items.iter().map(size).sum(),
            Value::Object(members) => members
                .iter()
                .map(|(key, value)| key.len() + size(value))
                .sum(),
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repair_is_noted_once() {
        let source = Source::of(&serde_json::Value::Null);
        source.repair(Pointer::root(), "a");
        source.repair(Pointer::root(), "a");
        assert_eq!(source.finish().unwrap().len(), 1);
    }

    #[test]
    fn one_part_too_many_is_one_problem() {
        let source = Source::of(&serde_json::Value::Null);
        let at = Pointer::root();
        assert!((0..MAX_PARTS).all(|_| source.has_room(&at)) && !source.is_full());
        assert!(!source.has_room(&at) && !source.has_room(&at) && source.is_full());
        assert_eq!(source.finish().unwrap_err().len(), 1);
    }

    #[test]
    fn beyond_a_thousand_repairs_it_is_said_that_there_are_more() {
        let source = Source::of(&serde_json::Value::Null);
        for number in 0..1_500 {
            source.repair(Pointer::root().index(number), "a");
        }
        let repairs = source.finish().unwrap();
        assert_eq!(repairs.len(), 1_001);
        assert!(repairs[1_000].message.contains("more was repaired"));
    }
}
