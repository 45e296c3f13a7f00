//! The documentation of a schema: its text, and in one line what it demands of a value beyond the type.

use gatewright_codegen::text;
use openapiv3::{
    AnySchema, ArrayType, IntegerType, NumberType, ObjectType, Schema, SchemaData, SchemaKind,
    StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};

use crate::lower::docs;
use crate::lower::schema::{listed, scalar};

/// The text of a schema and the line of its facts, each a paragraph. A title that says no more than what the schema is called, as
/// frameworks write them, is left out.
pub(in crate::lower) fn of(schema: &Schema, name: &str) -> String {
    let data = &schema.schema_data;
    let title = data.title.as_deref();
    let title = title.filter(|title| letters(title) != letters(name));
    let text = docs::text(&[title, data.description.as_deref()]);
    let facts = line(schema);
    let paragraphs = [text, facts]
        .into_iter()
        .filter(|paragraph| !paragraph.is_empty());
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// All facts of a schema, such as "1 to 64 characters; pattern `^[a-z]+$`; default `"a"`."
fn line(schema: &Schema) -> String {
    let mut facts = Vec::new();
    push_way(&mut facts, &schema.schema_data);
    push_kind(&mut facts, &schema.schema_kind);
    push_values(&mut facts, &schema.schema_data);
    let mut line = facts.join("; ");
    if let Some(first) = line.get_mut(..1) {
        first.make_ascii_uppercase();
        line.push('.');
    }
    line
}

fn push_way(facts: &mut Vec<String>, data: &SchemaData) {
    match (data.read_only, data.write_only) {
        (true, false) => facts.push("read-only".to_owned()),
        (false, true) => facts.push("write-only".to_owned()),
        _ => {}
    }
}

fn push_kind(facts: &mut Vec<String>, kind: &SchemaKind) {
    match kind {
        SchemaKind::Type(Type::String(string)) => push_string(facts, string),
        SchemaKind::Type(Type::Number(number)) => push_number(facts, number),
        SchemaKind::Type(Type::Integer(integer)) => push_integer(facts, integer),
        SchemaKind::Type(Type::Boolean(boolean)) => {
            push_one_of(facts, or_null(&boolean.enumeration));
        }
        SchemaKind::Type(Type::Array(array)) => push_array(facts, array),
        SchemaKind::Type(Type::Object(object)) => push_object(facts, object),
        SchemaKind::Any(any) => push_any(facts, any),
        _ => {}
    }
}

fn push_string(facts: &mut Vec<String>, string: &StringType) {
    let format = match &string.format {
        VariantOrUnknownOrEmpty::Item(StringFormat::Binary) => Some("binary"),
        VariantOrUnknownOrEmpty::Item(StringFormat::Password) => Some("password"),
        VariantOrUnknownOrEmpty::Unknown(name) if name != "uuid" => Some(name.as_str()),
        _ => None,
    };
    facts.extend(format.map(|format| format!("format {}", code(format))));
    facts.extend(count(string.min_length, string.max_length, "character"));
    push_pattern(facts, string.pattern.as_deref());
}

fn push_pattern(facts: &mut Vec<String>, pattern: Option<&str>) {
    facts.extend(pattern.map(|pattern| format!("pattern {}", code(pattern))));
}

fn push_number(facts: &mut Vec<String>, number: &NumberType) {
    push_one_of(facts, or_null(&number.enumeration));
    facts.extend(bound(
        "at least",
        "more than",
        number.minimum,
        number.exclusive_minimum,
    ));
    facts.extend(bound(
        "at most",
        "less than",
        number.maximum,
        number.exclusive_maximum,
    ));
    push_multiple(facts, number.multiple_of);
}

fn push_integer(facts: &mut Vec<String>, integer: &IntegerType) {
    facts.extend(bound(
        "at least",
        "more than",
        integer.minimum,
        integer.exclusive_minimum,
    ));
    facts.extend(bound(
        "at most",
        "less than",
        integer.maximum,
        integer.exclusive_maximum,
    ));
    push_multiple(facts, integer.multiple_of);
}

fn push_multiple(facts: &mut Vec<String>, of: Option<impl ToString>) {
    facts.extend(of.map(|of| format!("a multiple of {}", of.to_string())));
}

/// A bound of a mixed schema, in all its digits where it is an integer.
fn end(bound: f64) -> String {
    match scalar::end(bound) {
        Some(integer) if bound.fract() == 0.0 => integer.to_string(),
        _ => bound.to_string(),
    }
}

fn bound(
    including: &str,
    excluding: &str,
    bound: Option<impl ToString>,
    is_exclusive: bool,
) -> Option<String> {
    let words = if is_exclusive { excluding } else { including };
    Some(format!("{words} {}", bound?.to_string()))
}

fn push_array(facts: &mut Vec<String>, array: &ArrayType) {
    facts.extend(count(array.min_items, array.max_items, "item"));
    if array.unique_items {
        facts.push("no item twice".to_owned());
    }
}

fn push_object(facts: &mut Vec<String>, object: &ObjectType) {
    facts.extend(count(
        object.min_properties,
        object.max_properties,
        "member",
    ));
}

/// The facts of a schema of mixed keywords; what it lists, where no enum is made of that.
fn push_any(facts: &mut Vec<String>, any: &AnySchema) {
    let is_scalar = matches!(any.typ.as_deref(), Some("string" | "integer"));
    if !is_scalar {
        push_one_of(facts, listed::values_of_type(any));
    }
    facts.extend(count(any.min_length, any.max_length, "character"));
    push_pattern(facts, any.pattern.as_deref());
    let is_exclusive = |keyword: Option<bool>| keyword == Some(true);
    let (least, most) = (any.minimum.map(end), any.maximum.map(end));
    facts.extend(bound(
        "at least",
        "more than",
        least,
        is_exclusive(any.exclusive_minimum),
    ));
    facts.extend(bound(
        "at most",
        "less than",
        most,
        is_exclusive(any.exclusive_maximum),
    ));
    push_multiple(facts, any.multiple_of);
    facts.extend(count(any.min_items, any.max_items, "item"));
    facts.extend(count(any.min_properties, any.max_properties, "member"));
}

/// The listed values of one type, null among them.
fn or_null<T: ToString>(listed: &[Option<T>]) -> impl Iterator<Item = String> {
    let text = |value: &Option<T>| value.as_ref().map_or("null".to_owned(), T::to_string);
    listed.iter().map(text)
}

fn push_one_of(facts: &mut Vec<String>, values: impl Iterator<Item = impl ToString>) {
    // More than a line would be no help.
    const MOST: usize = 12;
    let mut values: Vec<_> = values.map(|value| code(&value.to_string())).collect();
    if values.len() > MOST {
        values.truncate(MOST);
        values.push("…".to_owned());
    }
    match values.as_slice() {
        [] => {}
        [value] => facts.push(format!("always {value}")),
        values => facts.push(format!("one of {}", values.join(", "))),
    }
}

fn push_values(facts: &mut Vec<String>, data: &SchemaData) {
    // Of an example, only one that is short makes anything clearer.
    const LONGEST: usize = 60;
    if let Some(default) = &data.default {
        facts.push(format!("default {}", code(&default.to_string())));
    }
    let example = data.example.as_ref().map(ToString::to_string);
    if let Some(example) = example.filter(|example| example.len() <= LONGEST) {
        facts.push(format!("for example {}", code(&example)));
    }
}

/// A value as code, cut where it would be too long to read.
fn code(value: &str) -> String {
    const LONGEST: usize = 80;
    match value.char_indices().nth(LONGEST) {
        Some((end, _)) => text::code(&format!("{}…", &value[..end])),
        None => text::code(value),
    }
}

/// "1 to 64 characters", "at least 1 item".
fn count(low: Option<usize>, high: Option<usize>, what: &str) -> Option<String> {
    let (words, number) = match (low.filter(|low| *low > 0), high) {
        (None, None) => return None,
        (Some(low), Some(high)) if low == high => (format!("exactly {low}"), low),
        (Some(low), Some(high)) => (format!("{low} to {high}"), high),
        (Some(low), None) => (format!("at least {low}"), low),
        (None, Some(high)) => (format!("at most {high}"), high),
    };
    let plural = if number == 1 { "" } else { "s" };
    Some(format!("{words} {what}{plural}"))
}
