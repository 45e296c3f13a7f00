//! The document as a tree.

use serde_json::Value;

/// The tree of a document in JSON or YAML.
pub(crate) fn read(bytes: &[u8]) -> Result<Value, String> {
    let is_json = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    if is_json && let Ok(value) = serde_json::from_slice(bytes) {
        return Ok(value);
    }
    serde_saphyr::from_slice(bytes).map_err(|error| error.to_string())
}

/// What a value means, which may be a reference to another place of the document.
pub(crate) fn followed<'a>(root: &'a Value, value: &'a Value) -> &'a Value {
    let mut found = value;
    for _ in 0..16 {
        let reference = found.get("$ref").and_then(Value::as_str);
        let pointer = reference.and_then(|reference| reference.strip_prefix('#'));
        match pointer.and_then(|pointer| root.pointer(&plain(pointer))) {
            Some(target) => found = target,
            None => return found,
        }
    }
    found
}

/// A pointer without the escapes of a URI.
fn plain(pointer: &str) -> String {
    let escapes = [
        ("%7B", "{"),
        ("%7D", "}"),
        ("%7b", "{"),
        ("%7d", "}"),
        ("%20", " "),
    ];
    let all = escapes.iter();
    all.fold(pointer.to_owned(), |text, (escape, plain)| {
        text.replace(escape, plain)
    })
}

/// A text of an object, in lower case.
pub(crate) fn lower(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(str::to_ascii_lowercase)
}

/// Whether the name of a member anywhere satisfies `test`.
pub(crate) fn has_name(value: &Value, test: &dyn Fn(&str) -> bool) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| has_name(item, test)),
        Value::Object(members) => members
            .iter()
            .any(|(name, value)| test(name) || has_name(value, test)),
        _ => false,
    }
}
