//! Forms: each parameter `in: formData` is a field, a property of the body in OpenAPI 3.0.

use indexmap::IndexMap;
use openapiv3::{ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, Type};

use super::{media_types, parameter};
use crate::display::quote;
use crate::node::Node;
use crate::{Encoding, Media, RequestBody};

const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// The body that the fields make, the first of a name winning; none without fields.
pub(super) fn body(fields: &[&Node<'_>], operation: &Node<'_>) -> Option<RequestBody> {
    let first = fields.first()?;
    let mut form = Form::default();
    for field in fields {
        form.add(field);
    }
    let has_file = fields.iter().any(|field| is_file(field));
    Some(RequestBody {
        pointer: first.at().clone(),
        description: None,
        required: !form.object.required.is_empty(),
        content: content(form, first, media_type(operation, has_file)),
    })
}

/// The fields so far.
#[derive(Default)]
struct Form {
    object: ObjectType,
    encoding: IndexMap<String, Encoding>,
}

impl Form {
    fn add(&mut self, field: &Node<'_>) {
        let Some(name) = field.text("name") else {
            return field.repair("is a parameter without a name; left out");
        };
        if self.object.properties.contains_key(&name) {
            return field.minor_repair("gives way to another form field of this name");
        }
        if field.flag("required").unwrap_or_default() {
            self.object.required.push(name.clone());
        }
        let (schema, encoding) = parameter::field(field);
        if let Some(encoding) = encoding {
            self.encoding.insert(name.clone(), encoding);
        }
        self.object.properties.insert(name, schema);
    }
}

fn is_file(field: &Node<'_>) -> bool {
    field.value().get("type").and_then(|kind| kind.as_str()) == Some("file")
}

/// The first form that the operation consumes and that can carry the fields; the simplest if it names none.
fn media_type(operation: &Node<'_>, has_file: bool) -> String {
    let consumed = media_types::named(operation, "consumes");
    let carries = |media_type: &&String| {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case(MULTIPART) || (!has_file && essence.eq_ignore_ascii_case(FORM))
    };
    let default = if has_file { MULTIPART } else { FORM };
    let found = consumed.iter().find(carries);
    if found.is_none() && !consumed.is_empty() {
        operation.repair(format!(
            "has form fields but consumes {}; read as {}",
            quote(&consumed[0]),
            quote(default)
        ));
    }
    found.cloned().unwrap_or_else(|| default.to_owned())
}

fn content(form: Form, first: &Node<'_>, media_type: String) -> IndexMap<String, Media> {
    let schema = ReferenceOr::Item(Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Type(Type::Object(form.object)),
    });
    let media = Media {
        pointer: first.at().clone(),
        schema: Some(schema),
        example: None,
        encoding: form.encoding,
    };
    IndexMap::from([(media_type, media)])
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::StyleName;
    use crate::source::Source;

    /// The media type and schema of the form, and how many repairs it took.
    fn read(consumes: &Value, fields: &Value) -> (String, Value, usize) {
        let value = json!({"swagger": "2.0", "consumes": consumes, "parameters": fields});
        let source = Source::of(&value);
        let root = Node::root(&source);
        let fields: Vec<_> = root.child("parameters").unwrap().items().collect();
        let fields: Vec<_> = fields.iter().collect();
        let (media_type, media) = body(&fields, &root)
            .unwrap()
            .content
            .swap_remove_index(0)
            .unwrap();
        let schema = serde_json::to_value(media.schema).unwrap();
        (media_type, schema, source.finish().unwrap().len())
    }

    #[test]
    fn fields_are_the_properties_of_a_form() {
        let fields = json!([
            {"in": "formData", "name": "a", "type": "integer", "required": true, "description": "how many"},
            {"in": "formData", "name": "b", "type": "array", "items": {"type": "string"}, "collectionFormat": "multi"},
        ]);
        let (media_type, schema, repairs) = read(&Value::Null, &fields);
        assert_eq!(media_type, FORM);
        let expected = json!({"type": "object", "required": ["a"], "properties": {
            "a": {"type": "integer", "description": "how many"}, "b": {"type": "array", "items": {"type": "string"}},
        }});
        assert_eq!((schema, repairs), (expected, 0));
    }

    #[test]
    fn a_file_makes_the_form_multipart() {
        let fields = json!([{"in": "formData", "name": "f", "type": "file"}]);
        let (media_type, schema, repairs) = read(&json!([MULTIPART, "text/plain"]), &fields);
        assert_eq!((media_type.as_str(), repairs), (MULTIPART, 0));
        assert_eq!(
            schema["properties"]["f"],
            json!({"type": "string", "format": "binary"})
        );
        let (media_type, _, repairs) = read(&json!([FORM]), &fields);
        assert_eq!((media_type.as_str(), repairs), (MULTIPART, 1));
    }

    #[test]
    fn a_list_is_written_as_its_collection_format_says() {
        let list = |name: &str, format: &str| json!({"in": "formData", "name": name, "type": "array", "items": {"type": "string"}, "collectionFormat": format});
        let value = json!({"swagger": "2.0", "parameters": [list("a", "multi"), list("b", "pipes"), list("c", "odd")]});
        let source = Source::of(&value);
        let root = Node::root(&source);
        let fields: Vec<_> = root.child("parameters").unwrap().items().collect();
        let body = body(&fields.iter().collect::<Vec<_>>(), &root).unwrap();
        let encoding = &body.content[FORM].encoding;
        let found = |name: &str| {
            let style = encoding[name].style.clone().unwrap();
            (style.name, style.explode)
        };
        assert_eq!(found("a"), (StyleName::Form, true));
        assert_eq!(found("b"), (StyleName::PipeDelimited, false));
        assert!(!encoding.contains_key("c"));
        assert_eq!(source.finish().unwrap().len(), 1);
    }
}
