//! The type of a parameter and how a list is written in it (`collectionFormat`).

use openapiv3::{ReferenceOr, Schema};

use crate::Location;
use crate::message::quote;
use crate::node::Node;
use crate::read::schema;

/// What a parameter takes and how it is written, in the words of OpenAPI 3.0.
pub(in crate::read) struct Written {
    pub(in crate::read) schema: Option<ReferenceOr<Schema>>,
    pub(in crate::read) style: &'static str,
    pub(in crate::read) explode: bool,
}

/// Reads the type of a parameter that is no body.
pub(in crate::read) fn written(node: &Node<'_>, location: Location) -> Written {
    let plain = match location {
        Location::Path | Location::Header => "simple",
        Location::Query | Location::Cookie => "form",
    };
    let as_plain = |schema| Written {
        schema,
        style: plain,
        explode: false,
    };
    if !is_list(node) {
        return as_plain(own_schema(node));
    }
    let format = node.text("collectionFormat");
    let (style, explode) = match (format.as_deref().unwrap_or("csv"), location) {
        ("csv", _) => (plain, false),
        ("multi", Location::Query) => (plain, true),
        ("ssv", Location::Query) => ("spaceDelimited", false),
        ("pipes", Location::Query) => ("pipeDelimited", false),
        (other, _) => {
            node.repair(as_text(other));
            return as_plain(Some(schema::string()));
        }
    };
    Written {
        schema: own_schema(node),
        style,
        explode,
    }
}

/// The schema of a form field. A form of OpenAPI 3.0 writes one field for each element of a list, and no other way.
pub(super) fn field_schema(node: &Node<'_>) -> ReferenceOr<Box<Schema>> {
    let format = node.text("collectionFormat");
    let format = format.as_deref().unwrap_or("csv");
    let schema = if is_list(node) && format != "multi" {
        node.repair(as_text(format));
        schema::string()
    } else {
        schema::type_of_parameter(node)
    };
    match schema {
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        ReferenceOr::Item(mut item) => {
            item.schema_data.description = node.text("description");
            ReferenceOr::boxed_item(item)
        }
    }
}

fn as_text(format: &str) -> String {
    format!(
        "is a list written as {}; read as a string, which the caller writes so",
        quote(format)
    )
}

fn is_list(node: &Node<'_>) -> bool {
    node.value().get("type").and_then(|kind| kind.as_str()) == Some("array")
}

fn own_schema(node: &Node<'_>) -> Option<ReferenceOr<Schema>> {
    if let Some(schema) = node.child("schema") {
        node.minor_repair("gives its type in a `schema`, as OpenAPI 3.0 does; read all the same");
        return Some(schema::schema(&schema));
    }
    if !node.has("type") {
        node.minor_repair("has no type; read as a string");
        return None;
    }
    Some(schema::type_of_parameter(node))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::source::Source;

    fn read(value: &Value, location: Location) -> (Written, usize) {
        let source = Source::new(value);
        let written = written(&Node::root(&source), location);
        (written, source.finish().unwrap().len())
    }

    #[test]
    fn collection_formats_become_styles() {
        for (format, location, style, explode, repairs) in [
            (Value::Null, Location::Query, "form", false, 0),
            (json!("csv"), Location::Header, "simple", false, 0),
            (json!("multi"), Location::Query, "form", true, 0),
            (json!("ssv"), Location::Query, "spaceDelimited", false, 0),
            (json!("pipes"), Location::Query, "pipeDelimited", false, 0),
            (json!("tsv"), Location::Query, "form", false, 1),
            (json!("multi"), Location::Path, "simple", false, 1),
        ] {
            let value = json!({"swagger": "2.0", "type": "array", "items": {"type": "integer"}, "collectionFormat": format});
            let (written, found) = read(&value, location);
            assert_eq!(
                (written.style, written.explode, found),
                (style, explode, repairs),
                "{format} {location:?}"
            );
            let schema = serde_json::to_value(written.schema).unwrap();
            let kind = if repairs == 0 { "array" } else { "string" };
            assert_eq!(schema["type"], kind, "{format} {location:?}");
        }
    }

    #[test]
    fn a_type_may_be_missing_or_stand_in_a_schema() {
        let (written, repairs) = read(&json!({"swagger": "2.0"}), Location::Query);
        assert!(written.schema.is_none() && repairs == 1);
        let (written, repairs) = read(
            &json!({"swagger": "2.0", "schema": {"type": "integer"}}),
            Location::Query,
        );
        assert!(written.schema.is_some() && repairs == 1);
    }
}
