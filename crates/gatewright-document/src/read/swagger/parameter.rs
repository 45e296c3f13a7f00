//! The type of a parameter and how a list is written in it (`collectionFormat`).

use openapiv3::{ReferenceOr, Schema};

use crate::display::quote;
use crate::node::Node;
use crate::read::parameter::Written;
use crate::read::{schema, style};
use crate::{Encoding, Location, Style, StyleName};

/// Reads the type of a parameter that is no body.
pub(in crate::read) fn written(node: &Node<'_>, location: Location) -> Written {
    let written = |schema, (name, explode)| Written {
        schema,
        at: node.at().clone(),
        style: of(name, explode),
        media_type: None,
    };
    if !is_list(node) {
        return written(own_schema(node), (style::default(location), false));
    }
    match collection(node, location) {
        Ok(style) => written(own_schema(node), style),
        Err(format) => {
            node.repair(as_text(&format));
            let plain = (style::default(location), false);
            written(Some(schema::string()), plain)
        }
    }
}

const fn of(name: StyleName, explode: bool) -> Style {
    Style {
        name,
        explode,
        allow_reserved: false,
    }
}

/// How a list is written, or the `collectionFormat` that its place does not have.
fn collection(node: &Node<'_>, location: Location) -> Result<(StyleName, bool), String> {
    let format = node.text("collectionFormat");
    let format = format.unwrap_or_else(|| "csv".to_owned());
    match (format.as_str(), location) {
        ("csv", _) => Ok((style::default(location), false)),
        ("multi", Location::Query) => Ok((StyleName::Form, true)),
        ("ssv", Location::Query) => Ok((StyleName::SpaceDelimited, false)),
        ("tsv", Location::Query) => Ok((StyleName::TabDelimited, false)),
        ("pipes", Location::Query) => Ok((StyleName::PipeDelimited, false)),
        _ => Err(format),
    }
}

/// The schema of a form field, and how it is written if it is a list: as in a query.
pub(super) fn field(node: &Node<'_>) -> (ReferenceOr<Box<Schema>>, Option<Encoding>) {
    let collection = is_list(node).then(|| collection(node, Location::Query));
    let (schema, encoding) = match collection {
        None => (schema::type_of_parameter(node), None),
        Some(Ok((name, explode))) => {
            let encoding = Encoding {
                content_type: None,
                style: Some(of(name, explode)),
            };
            (schema::type_of_parameter(node), Some(encoding))
        }
        Some(Err(format)) => {
            node.repair(as_text(&format));
            (schema::string(), None)
        }
    };
    (described(schema, node), encoding)
}

fn described(schema: ReferenceOr<Schema>, node: &Node<'_>) -> ReferenceOr<Box<Schema>> {
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
        let source = Source::of(value);
        let written = written(&Node::root(&source), location);
        (written, source.finish().unwrap().len())
    }

    #[test]
    fn collection_formats_become_styles() {
        for (format, location, style, explode, repairs) in [
            (Value::Null, Location::Query, StyleName::Form, false, 0),
            (json!("csv"), Location::Header, StyleName::Simple, false, 0),
            (json!("multi"), Location::Query, StyleName::Form, true, 0),
            (
                json!("ssv"),
                Location::Query,
                StyleName::SpaceDelimited,
                false,
                0,
            ),
            (
                json!("pipes"),
                Location::Query,
                StyleName::PipeDelimited,
                false,
                0,
            ),
            (
                json!("tsv"),
                Location::Query,
                StyleName::TabDelimited,
                false,
                0,
            ),
            (json!("other"), Location::Query, StyleName::Form, false, 1),
            (json!("multi"), Location::Path, StyleName::Simple, false, 1),
        ] {
            let value = json!({"swagger": "2.0", "type": "array", "items": {"type": "integer"}, "collectionFormat": format});
            let (written, found) = read(&value, location);
            assert_eq!(
                (written.style.name, written.style.explode, found),
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
