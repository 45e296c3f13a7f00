//! What JSON Schema 2020-12 says in other words than OpenAPI 3.0 (OpenAPI 3.1, "Schema Object"), in the words of 3.0.

use openapiv3::{ReferenceOr, Schema, SchemaData, SchemaKind};
use serde_json::{Number, Value as Json};

use super::keywords::{self, Keywords, Numeric};
use super::{anything, kind, own};
use crate::node::{Field, Node};
use crate::value::Value;

#[cfg(test)]
mod tests;

/// The keywords that are read here.
pub(super) const KEYWORDS: [&str; 7] = [
    "const",
    "contentEncoding",
    "contentMediaType",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "items",
    "prefixItems",
];

/// Reads one of [`KEYWORDS`].
pub(super) fn read(keywords: &mut Keywords, field: &Field<'_, '_>) {
    match field.key {
        "const" => keywords.constant = Some(field.value.to_json()),
        "contentEncoding" => keywords.content.encoding = field.text(),
        "contentMediaType" => keywords.content.media_type = field.text(),
        "exclusiveMinimum" => {
            keywords.above = bound(field, &mut keywords.numeric.exclusive_minimum);
        }
        "exclusiveMaximum" => {
            keywords.below = bound(field, &mut keywords.numeric.exclusive_maximum);
        }
        "items" if matches!(field.value, Value::Bool(_)) => {}
        "items" => keywords.array.items = Some(keywords::boxed(field)),
        _ => keywords.first_items = keywords::schemas(field).unwrap_or_default(),
    }
}

/// A bound that is not reached; a truth value, as OpenAPI 3.0 has it, is about the other bound.
fn bound(field: &Field<'_, '_>, flag: &mut Option<bool>) -> Option<Number> {
    if let Value::Bool(is_exclusive) = field.value {
        *flag = Some(*is_exclusive);
        return None;
    }
    field.number()
}

/// How the bytes of a string are written, and what they are.
#[derive(Default)]
pub(super) struct Content {
    encoding: Option<String>,
    media_type: Option<String>,
}

impl Content {
    /// The format that OpenAPI 3.0 has for it ("Migrating from OpenAPI 3.0", file upload): `byte` for base64, `binary` for bytes.
    fn format(&self) -> Option<&'static str> {
        let media_type = self.media_type.as_deref().map(str::to_ascii_lowercase);
        match (self.encoding.as_deref(), media_type) {
            (Some(encoding), _) => encoding.eq_ignore_ascii_case("base64").then_some("byte"),
            (None, Some(media_type)) => (!is_text(&media_type)).then_some("binary"),
            (None, None) => None,
        }
    }
}

/// Whether what has a media type is text, which a string of JSON holds as it is.
fn is_text(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.starts_with("text/")
        || [
            "json",
            "xml",
            "yaml",
            "javascript",
            "x-www-form-urlencoded",
            "jwt",
            "sql",
        ]
        .iter()
        .any(|text| essence.ends_with(text))
}

/// The keywords in the words of OpenAPI 3.0, but for several types.
pub(super) fn settle(keywords: &mut Keywords) {
    if let Some(constant) = keywords.constant.take() {
        if keywords.typ.is_none() && keywords.types.is_empty() {
            keywords.typ = type_of(&constant);
        }
        keywords.enumeration = Some(vec![constant]);
    }
    let format = keywords.content.format();
    if keywords.format.is_none() && matches!(keywords.typ, None | Some("string")) {
        keywords.format = format.map(str::to_owned);
    }
    if format.is_some() && keywords.types.is_empty() {
        keywords.typ = keywords.typ.or(Some("string"));
    }
    let Numeric {
        minimum,
        maximum,
        exclusive_minimum,
        exclusive_maximum,
        ..
    } = &mut keywords.numeric;
    tighten(
        minimum,
        exclusive_minimum,
        keywords.above.take(),
        |bound, old| bound >= old,
    );
    tighten(
        maximum,
        exclusive_maximum,
        keywords.below.take(),
        |bound, old| bound <= old,
    );
    if !keywords.first_items.is_empty() {
        keywords.array.items = items(keywords);
    }
}

/// The type of a value, if it has one that says more than the value.
fn type_of(value: &Json) -> Option<&'static str> {
    match value {
        Json::String(_) => Some("string"),
        Json::Bool(_) => Some("boolean"),
        Json::Number(number) if number.is_f64() => Some("number"),
        Json::Number(_) => Some("integer"),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// Of two bounds the one that counts.
fn tighten(
    bound: &mut Option<Number>,
    is_exclusive: &mut Option<bool>,
    exclusive: Option<Number>,
    is_tighter: fn(f64, f64) -> bool,
) {
    let Some(exclusive) = exclusive else { return };
    let old = bound.as_ref().and_then(Number::as_f64);
    let new = exclusive.as_f64();
    if old.zip(new).is_none_or(|(old, new)| is_tighter(new, old)) {
        *bound = Some(exclusive);
        *is_exclusive = Some(true);
    }
}

/// What the items of a list are whose first ones have a schema each: one of these. OpenAPI 3.0 knows no order of items.
fn items(keywords: &mut Keywords) -> Option<ReferenceOr<Box<Schema>>> {
    let rest = keywords.array.items.take().map(ReferenceOr::unbox);
    let mut any_of = Vec::<ReferenceOr<Schema>>::new();
    for schema in keywords.first_items.drain(..).chain(rest) {
        if !any_of.contains(&schema) {
            any_of.push(schema);
        }
    }
    let item = if any_of.len() > 1 {
        ReferenceOr::Item(Schema {
            schema_data: SchemaData::default(),
            schema_kind: SchemaKind::AnyOf { any_of },
        })
    } else {
        any_of.pop()?
    };
    Some(match item {
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        ReferenceOr::Item(schema) => ReferenceOr::boxed_item(schema),
    })
}

/// The kind of schema that has several types: each with the keywords that are about it.
pub(super) fn several(mut keywords: Keywords) -> SchemaKind {
    let types = std::mem::take(&mut keywords.types);
    let lists = keywords.enumeration.is_some();
    let parts = types.into_iter().map(|typ| part(&mut keywords, typ));
    let parts = parts.filter(|part| !lists || part.enumeration.is_some());
    let schemas = parts.map(|part| {
        ReferenceOr::Item(Schema {
            schema_data: SchemaData::default(),
            schema_kind: kind::kind(part),
        })
    });
    SchemaKind::AnyOf {
        any_of: schemas.collect(),
    }
}

fn part(all: &mut Keywords, typ: &'static str) -> Keywords {
    let of_type = |value: &&Json| match typ {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        _ => value.is_object(),
    };
    let listed = all.enumeration.iter().flatten().filter(of_type);
    let listed: Vec<_> = listed.cloned().collect();
    let mut part = Keywords {
        typ: Some(typ),
        enumeration: (!listed.is_empty()).then_some(listed),
        ..Keywords::default()
    };
    match typ {
        "string" => {
            part.text = std::mem::take(&mut all.text);
            part.format = all.format.take_if(|format| !is_of_numbers(format));
        }
        "integer" | "number" => {
            part.numeric = std::mem::take(&mut all.numeric);
            part.format = all.format.take_if(|format| is_of_numbers(format));
        }
        "object" => part.object = std::mem::take(&mut all.object),
        "array" => part.array = std::mem::take(&mut all.array),
        _ => {}
    }
    part
}

fn is_of_numbers(format: &str) -> bool {
    let numbers = ["int", "uint", "float", "double", "decimal", "long"];
    numbers.iter().any(|number| format.starts_with(number))
}

/// A schema that is a truth value: any value, or none, of which a type can say no more.
pub(super) fn of_truth(node: &Node<'_>) -> Option<ReferenceOr<Schema>> {
    let is_one = node.source().has_json_schemas() && matches!(node.value(), Value::Bool(_));
    is_one.then(anything)
}

/// The reference that a schema is. A dynamic one leads to the schema that has its anchor, which is what it is without others that
/// extend it.
pub(super) fn reference<'a>(node: &Node<'a>) -> Option<&'a Value> {
    let dynamic = || {
        node.value()
            .get("$dynamicRef")
            .filter(|_| node.source().has_json_schemas())
    };
    node.value().get("$ref").or_else(dynamic)
}

/// A reference with what stands beside it: words of its own, or more to demand. OpenAPI 3.0 takes the reference alone.
pub(super) fn beside(node: &Node<'_>, reference: ReferenceOr<Schema>) -> ReferenceOr<Schema> {
    if !node.source().has_json_schemas() || !node.fields().any(|field| is_read(&field)) {
        return reference;
    }
    let own = own(node);
    let has_kind = own.schema_kind != kind::kind(Keywords::default());
    let demanded = has_kind.then(|| {
        ReferenceOr::Item(Schema {
            schema_data: SchemaData::default(),
            schema_kind: own.schema_kind,
        })
    });
    ReferenceOr::Item(Schema {
        schema_data: own.schema_data,
        schema_kind: SchemaKind::AllOf {
            all_of: [reference].into_iter().chain(demanded).collect(),
        },
    })
}

/// Whether a member beside a reference is more than a comment.
fn is_read(field: &Field<'_, '_>) -> bool {
    !matches!(
        field.key,
        "$ref"
            | "$dynamicRef"
            | "$dynamicAnchor"
            | "$comment"
            | "$id"
            | "$schema"
            | "$anchor"
            | "$defs"
            | "summary"
    ) && !field.key.starts_with("x-")
}
