//! The named schemas of a document: what a reference leads to, and which schemas build on which.

use std::collections::{HashMap, HashSet};

use gatewright_document::{Document, Pointer};
use openapiv3::{ReferenceOr, Schema, SchemaKind};

use super::node::{Node, Written};

/// The named schemas of a document.
pub(in crate::lower) struct Schemas<'a> {
    document: &'a Document,
    /// The schema that each name leads to in the end, for a schema may be nothing but a reference.
    targets: HashMap<&'a str, Target<'a>>,
    /// The names of the schemas that are none, by where they stand: a property has a name if a reference leads to it.
    places: HashMap<&'a Pointer, &'a str>,
    /// The schemas that name another one in their `allOf`, by the name of that one, in the document's order.
    extensions: HashMap<&'a str, Vec<&'a str>>,
}

fn places(document: &Document) -> HashMap<&Pointer, &str> {
    let named = document.schemas.iter();
    let own = named.filter(|(_, schema)| schema.as_item().is_some());
    own.filter_map(|(name, _)| Some((document.schema_pointer(name)?, name.as_str())))
        .collect()
}

impl<'a> Schemas<'a> {
    pub(in crate::lower) fn new(document: &'a Document) -> Self {
        Self {
            document,
            targets: targets(document),
            places: places(document),
            extensions: extensions(document),
        }
    }

    /// All names, in the document's order.
    pub(in crate::lower) fn names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.document.schemas.keys().map(String::as_str)
    }

    /// The name of a schema that is written by its name. `None` if no schema has it.
    pub(in crate::lower) fn name(&self, schema: Written<'a>) -> Option<&'a str> {
        match schema {
            Written::Reference(reference) => named(self.document, reference),
            Written::Named(name) => Some(name),
            Written::Inline(_) => None,
        }
    }

    /// The name of the schema at this place.
    pub(in crate::lower) fn name_at(&self, at: &Pointer) -> Option<&'a str> {
        self.places.get(at).copied()
    }

    /// The schema of a name, which may be a reference itself.
    pub(in crate::lower) fn node(&self, name: &str) -> Node<'a> {
        let at = self.document.schema_pointer(name).cloned();
        Node::new(&self.document.schemas[name], at.unwrap_or_default())
    }

    /// The number of a name in the document's order.
    pub(in crate::lower) fn position(&self, name: &str) -> usize {
        self.document.schemas.get_index_of(name).unwrap_or_default()
    }

    /// Follows references to a schema that is none. `None` if they lead nowhere.
    pub(in crate::lower) fn resolve(&self, schema: impl Into<Written<'a>>) -> Option<&'a Schema> {
        match schema.into() {
            Written::Inline(schema) => Some(schema),
            named => Some(self.targets.get(self.name(named)?)?.schema),
        }
    }

    /// The same with its place.
    pub(super) fn resolve_node(&self, node: &Node<'a>) -> Option<(&'a Schema, Pointer)> {
        match node.schema {
            Written::Inline(schema) => Some((schema, node.at.clone())),
            named => {
                let target = self.targets.get(self.name(named)?)?;
                Some((target.schema, self.node(target.name).at))
            }
        }
    }

    /// Whether a schema builds on this one by `allOf`.
    pub(super) fn has_subtypes(&self, name: &str) -> bool {
        self.extensions.contains_key(name)
    }

    /// The schemas that build on `base` by `allOf`, directly or through others but those that are an `end`, in the
    /// document's order.
    pub(super) fn subtypes(&self, base: &'a str, end: impl Fn(&'a str) -> bool) -> Vec<&'a str> {
        let (mut seen, mut stack) = (HashSet::from([base]), vec![base]);
        while let Some(name) = stack.pop() {
            let children = self.extensions.get(name).into_iter().flatten().copied();
            stack.extend(children.filter(|&child| seen.insert(child) && !end(child)));
        }
        seen.remove(base);
        let mut found: Vec<_> = seen.into_iter().collect();
        found.sort_unstable_by_key(|name| self.position(name));
        found
    }
}

/// What a name leads to.
#[derive(Clone, Copy)]
struct Target<'a> {
    name: &'a str,
    schema: &'a Schema,
}

fn named<'a>(document: &'a Document, reference: &str) -> Option<&'a str> {
    let escaped = reference.strip_prefix("#/components/schemas/")?;
    let found = if escaped.contains('~') {
        let name = escaped.replace("~1", "/").replace("~0", "~");
        document.schemas.get_full(&name)
    } else {
        document.schemas.get_full(escaped)
    };
    found.map(|(_, name, _)| name.as_str())
}

/// Walks each reference once, however long their chains are.
fn targets(document: &Document) -> HashMap<&str, Target<'_>> {
    let mut targets = HashMap::new();
    for name in document.schemas.keys() {
        let (chain, target) = chain(document, name, &targets);
        if let Some(target) = target {
            targets.extend(chain.into_iter().map(|name| (name, target)));
        }
    }
    targets
}

/// The names on the way from `name` to a schema that is no reference or is known, and that schema.
fn chain<'a>(
    document: &'a Document,
    name: &'a str,
    known: &HashMap<&'a str, Target<'a>>,
) -> (Vec<&'a str>, Option<Target<'a>>) {
    let (mut chain, mut next) = (Vec::new(), Some(name));
    // A reader of documents leaves no circle of references alone; here one would end all the same.
    while let Some(name) = next.filter(|_| chain.len() <= document.schemas.len()) {
        if let Some(target) = known.get(name) {
            return (chain, Some(*target));
        }
        chain.push(name);
        match &document.schemas[name] {
            ReferenceOr::Item(schema) => return (chain, Some(Target { name, schema })),
            ReferenceOr::Reference { reference } => next = named(document, reference),
        }
    }
    (chain, None)
}

fn extensions(document: &Document) -> HashMap<&str, Vec<&str>> {
    let mut extensions: HashMap<&str, Vec<&str>> = HashMap::new();
    for (name, schema) in &document.schemas {
        for base in schema.as_item().map_or(&[][..], parts) {
            if let ReferenceOr::Reference { reference } = base
                && let Some(base) = named(document, reference)
            {
                extensions.entry(base).or_default().push(name);
            }
        }
    }
    extensions
}

fn parts(schema: &Schema) -> &[ReferenceOr<Schema>] {
    match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => all_of,
        SchemaKind::Any(any) => &any.all_of,
        _ => &[],
    }
}
