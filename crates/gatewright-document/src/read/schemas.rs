//! All schemas that have a name: those that the document names, and those that it refers to elsewhere.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};

use crate::Pointer;
use crate::node::Node;
use crate::read::schema::{self, reference};
use crate::read::section;

/// The named schemas, and where each of them stands.
#[derive(Default)]
pub(super) struct Schemas {
    pub(super) by_name: IndexMap<String, ReferenceOr<Schema>>,
    pub(super) places: IndexMap<String, Pointer>,
}

/// Reads the named schemas; last of all, for everything that is read before may refer to some elsewhere.
pub(super) fn schemas(root: &Node<'_>) -> Schemas {
    let mut schemas = Schemas::default();
    if let Some(named) = section::schemas(root) {
        for field in named.fields() {
            schemas.add_named(field.key, &field.node(), root);
        }
    }
    schemas.add_elsewhere(root);
    schemas.break_circles(root);
    schemas
}

impl Schemas {
    /// Adds a schema under its name in the document. One that another file has is read where it is, under the first of its names.
    fn add_named(&mut self, name: &str, node: &Node<'_>, root: &Node<'_>) {
        let own = reference::of_name(node);
        if own.at() == node.at() || reference::named(root, own.value()) != Some(name) {
            return self.add(name.to_owned(), node);
        }
        match root.source().repeat(own.value()) {
            Ok(()) => self.add(name.to_owned(), &own),
            Err(message) => node.problem(message),
        }
    }

    fn add(&mut self, name: String, node: &Node<'_>) {
        self.by_name.insert(name.clone(), schema::schema(node));
        self.places.insert(name, node.at().clone());
    }

    /// Reads what was referred to elsewhere, which may itself refer to more of that.
    fn add_elsewhere(&mut self, root: &Node<'_>) {
        let elsewhere = root.source().unnamed_schemas();
        let mut index = 0;
        while let Some((name, at)) = elsewhere.get(index) {
            index += 1;
            let reference = root.source().kept_reference(&at);
            let found = reference.map(|(by, reference)| root.within(&by).lookup(&reference));
            let Some(Ok(node)) = found else {
                continue;
            };
            match root.source().repeat(node.value()) {
                Ok(()) => self.add(name, &node),
                Err(message) => node.problem(message),
            }
        }
    }

    /// Makes a schema that is nothing but a reference to itself, be it through others, one that allows anything.
    fn break_circles(&mut self, root: &Node<'_>) {
        let mut ends = HashSet::new();
        for start in 0..self.by_name.len() {
            let mut way = HashSet::new();
            let mut index = start;
            while !ends.contains(&index) && way.insert(index) {
                let Some(next) = self.next(index) else {
                    break;
                };
                if way.contains(&next) {
                    self.open(index, root);
                    break;
                }
                index = next;
            }
            ends.extend(way);
        }
    }

    /// The schema that the `index`th one only refers to.
    fn next(&self, index: usize) -> Option<usize> {
        let (_, schema) = self.by_name.get_index(index)?;
        let ReferenceOr::Reference { reference } = schema else {
            return None;
        };
        self.by_name.get_index_of(&reference::name(reference)?)
    }

    fn open(&mut self, index: usize, root: &Node<'_>) {
        if let Some((name, schema)) = self.by_name.get_index_mut(index) {
            *schema = schema::anything();
            let text = "is nothing but a reference that leads back to itself; read as any value";
            root.source().repair(self.places[name].clone(), text);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::source::Source;

    /// The schemas by name as JSON, and the places of the repairs.
    fn read(value: &Value) -> (Value, Vec<String>) {
        let source = Source::of(value);
        let schemas = schemas(&Node::root(&source));
        let repairs = source.finish().unwrap();
        let places = repairs.iter().map(|repair| repair.pointer.to_string());
        (
            serde_json::to_value(schemas.by_name).unwrap(),
            places.collect(),
        )
    }

    #[test]
    fn definitions_of_swagger_are_schemas() {
        let value = json!({"swagger": "2.0", "definitions": {"A": {"$ref": "#/definitions/B~1c"}, "B/c": {"type": "string"}}});
        let (schemas, repairs) = read(&value);
        assert_eq!(
            schemas,
            json!({"A": {"$ref": "#/components/schemas/B~1c"}, "B/c": {"type": "string"}})
        );
        assert!(repairs.is_empty(), "{repairs:?}");
    }

    #[test]
    fn a_schema_that_is_referred_to_elsewhere_gets_a_name() {
        let a = json!({"type": "object", "properties": {"b": {"type": "string"}, "c": {"$ref": "#/components/schemas/A/properties/b"}}});
        let (schemas, repairs) = read(&json!({"components": {"schemas": {"A": a}}}));
        assert_eq!(
            schemas["A"]["properties"]["c"],
            json!({"$ref": "#/components/schemas/A b"})
        );
        assert_eq!(schemas["A b"], json!({"type": "string"}));
        assert!(repairs.is_empty(), "{repairs:?}");
    }

    #[test]
    fn a_reference_to_nothing_allows_anything() {
        let references = json!({
            "A": {"$ref": "#/components/schemas/Gone"}, "B": {"$ref": "other.yaml#/B"}, "C": {"$ref": {"Ref": "C"}},
        });
        let (schemas, repairs) = read(&json!({"components": {"schemas": references}}));
        assert_eq!(schemas, json!({"A": {}, "B": {}, "C": {}}));
        assert_eq!(
            repairs,
            ["A", "B", "C"].map(|name| format!("#/components/schemas/{name}"))
        );
    }

    #[test]
    fn circles_of_references_alone_are_broken() {
        let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let tree = json!({"type": "object", "properties": {"child": to("Tree")}});
        let schemas = json!({"A": to("B"), "B": to("C"), "C": to("B"), "Self": to("Self"), "Tree": tree, "T": to("Tree")});
        let (schemas, repairs) = read(&json!({"components": {"schemas": schemas}}));
        assert_eq!(
            repairs,
            ["#/components/schemas/C", "#/components/schemas/Self"]
        );
        assert_eq!(schemas["C"], json!({}));
        assert_eq!(schemas["B"], to("C"));
        assert_eq!(schemas["Tree"]["properties"]["child"], to("Tree"));
    }

    #[test]
    fn a_long_chain_of_references_is_walked_once() {
        let to = |number: u32| json!({"$ref": format!("#/components/schemas/{number}")});
        let chain: serde_json::Map<_, _> = (0..50_000)
            .map(|number| (number.to_string(), to(number + 1)))
            .collect();
        let (_, repairs) = read(&json!({"components": {"schemas": chain}}));
        assert_eq!(repairs, ["#/components/schemas/49999"]);
    }
}
