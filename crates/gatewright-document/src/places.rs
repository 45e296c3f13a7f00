//! Where the values of a document stand: a body within a template, with parts that the template or another file has.

use std::collections::HashMap;

use crate::files::Linked;
use crate::value::Value;
use crate::{ApiKind, Pointer, Repair};

/// What the reader reads: the document itself, or the body of an API in a template.
#[derive(Default)]
pub(crate) struct Body {
    /// The document.
    pub(crate) value: Value,
    /// Where its parts stand in the file.
    pub(crate) places: Places,
    /// The files that it refers to.
    pub(crate) files: Linked,
    /// What was noted on the way to it.
    pub(crate) notes: Vec<Repair>,
    /// What the template says of the API around the body.
    pub(crate) api: Option<ApiOfTemplate>,
}

/// What a template says of an API around its body.
#[derive(Debug)]
pub(crate) struct ApiOfTemplate {
    /// The logical id.
    pub(crate) id: String,
    /// The kind of its resource.
    pub(crate) kind: ApiKind,
}

/// Where in the file the parts of a document stand.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// The document.
    pub(crate) base: Pointer,
    /// The parts that stand elsewhere: the pointer in the document, and the one in the file. Of two of a part the last counts.
    pub(crate) moved: Vec<(Pointer, Pointer)>,
}

impl Places {
    /// The place in the file of each part that stands elsewhere, by the part's address in `root`, which must not change then.
    /// A part of another file than the document's has a pointer with that file.
    pub(crate) fn by_address(
        &self,
        root: &Value,
        files: &Linked,
    ) -> HashMap<*const Value, Pointer> {
        let moved = self.moved.iter();
        let found = moved.filter_map(|(at, to)| {
            let root = match at.file() {
                Some(file) => files.other(file).ok()?,
                None => root,
            };
            let value = at.steps().into_iter().try_fold(root, step)?;
            Some((std::ptr::from_ref(value), to.clone()))
        });
        found.collect()
    }
}

fn step<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    match value {
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        other => other.get(key),
    }
}
