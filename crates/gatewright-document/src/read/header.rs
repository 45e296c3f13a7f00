//! The documented headers of a response.

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};

use crate::Header;
use crate::node::Node;
use crate::read::schema;
use crate::version::Version;

/// The headers by name, without those that refer to nothing.
pub(super) fn headers(response: &Node<'_>) -> IndexMap<String, Header> {
    let Some(headers) = response.child("headers") else {
        return IndexMap::new();
    };
    headers
        .fields()
        .filter_map(|field| {
            Some((
                field.key.to_owned(),
                header(&field.node().follow_if_it_leads("this header is left out")?)?,
            ))
        })
        .collect()
}

fn header(node: &Node<'_>) -> Option<Header> {
    node.is_object().then(|| Header {
        pointer: node.at().clone(),
        description: node.text("description"),
        required: node.flag("required").unwrap_or_default(),
        deprecated: node.flag("deprecated").unwrap_or_default(),
        schema: header_schema(node),
    })
}

fn header_schema(node: &Node<'_>) -> Option<ReferenceOr<Schema>> {
    match node.source().version() {
        Version::OpenApi3 => node.child("schema").map(|schema| schema::schema(&schema)),
        Version::Swagger2 => node.has("type").then(|| schema::type_of_parameter(node)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::source::Source;

    fn read(value: &Value) -> IndexMap<String, Header> {
        headers(&Node::root(&Source::of(value)))
    }

    #[test]
    fn each_version_gives_a_header_its_type_in_its_own_place() {
        let count =
            json!({"description": "how many", "schema": {"type": "integer"}, "required": true});
        let found = read(&json!({"openapi": "3.0.1", "headers": {"X-Count": count}}));
        let swagger = json!({"description": "how many", "type": "integer"});
        let other = read(&json!({"swagger": "2.0", "headers": {"X-Count": swagger}}));
        assert_eq!(found["X-Count"].schema, other["X-Count"].schema);
        assert!(found["X-Count"].schema.is_some());
        assert_eq!(other["X-Count"].description.as_deref(), Some("how many"));
        assert!(found["X-Count"].required && !other["X-Count"].required);
    }

    #[test]
    fn a_header_without_a_type_is_kept() {
        let found = read(&json!({"headers": {"X-A": {}, "X-B": 5}}));
        assert_eq!(found.keys().collect::<Vec<_>>(), ["X-A"]);
        assert!(found["X-A"].schema.is_none());
    }
}
