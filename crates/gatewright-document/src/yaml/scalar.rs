//! What a scalar is: YAML 1.2 as far as it matters here. `NO` is text, and so is `010`, which another reader takes for 8.

use granit_parser::{ScalarStyle, Tag};
use serde_json::Number;

use crate::value::Value;

/// What all tags with `!!` are short for.
pub(super) const YAML: &str = "tag:yaml.org,2002:";

/// The value, or what is wrong with it. Tags that YAML does not define are left out; those of
/// `CloudFormation` are seen to before (`function.rs`).
pub(super) fn value(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, String> {
    let value = match name(tag) {
        None if style == ScalarStyle::Plain => plain(text),
        None | Some("str") => string(text),
        Some("null") => Value::Null,
        Some(name) => {
            tagged(name, text).ok_or_else(|| format!("this is no value of the tag `!!{name}`"))?
        }
    };
    Ok(value)
}

/// The name of a tag with a meaning: one of YAML's core, or that of binary data. `!` alone says that it is text.
fn name(tag: Option<&Tag>) -> Option<&str> {
    let tag = tag?;
    if tag.suffix_in_namespace("!").as_deref() == Some("") {
        return Some("str");
    }
    if tag.suffix_in_namespace(YAML).as_deref() == Some("binary") {
        return Some("binary");
    }
    tag.core_suffix()
}

fn tagged(name: &str, text: &str) -> Option<Value> {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    match name {
        "bool" => boolean(text),
        "int" => integer(text),
        "float" => float(text),
        _ => None,
    }
}

fn plain(text: &str) -> Value {
    if matches!(text, "" | "~" | "null" | "Null" | "NULL") {
        return Value::Null;
    }
    boolean(text)
        .or_else(|| number(text))
        .unwrap_or_else(|| string(text))
}

fn string(text: &str) -> Value {
    Value::String(text.into())
}

fn boolean(text: &str) -> Option<Value> {
    match text {
        "true" | "True" | "TRUE" => Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => Some(Value::Bool(false)),
        _ => None,
    }
}

/// Codes, which have leading zeros, and what only other languages take for numbers stay text.
fn number(text: &str) -> Option<Value> {
    if text.contains('_') || is_code(text) {
        return None;
    }
    integer(text).or_else(|| float(text))
}

fn is_code(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text).as_bytes();
    digits.len() > 1 && digits[0] == b'0' && digits.iter().all(u8::is_ascii_digit)
}

/// One of 64 bits; a larger one is read as a float.
fn integer(text: &str) -> Option<Value> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (radix, digits) = match unsigned.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &unsigned[2..]),
        [b'0', b'o' | b'O', ..] => (8, &unsigned[2..]),
        [b'0', b'b' | b'B', ..] => (2, &unsigned[2..]),
        _ => (10, unsigned),
    };
    // A second sign would be read otherwise.
    if is_code(digits) && radix == 10 || !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    if text.starts_with('-') {
        let number = i64::from_str_radix(&format!("-{digits}"), radix);
        return Some(Value::Number(number.ok()?.into()));
    }
    let number = u64::from_str_radix(digits, radix);
    Some(Value::Number(number.ok()?.into()))
}

/// A finite one; `.inf` and the like, and a number that no float holds, stay text, since JSON has no such numbers.
fn float(text: &str) -> Option<Value> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    // Not `inf` and `nan`, which Rust reads.
    if !unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    let number = Number::from_f64(text.parse().ok()?)?;
    Some(Value::Number(number))
}
