//! What the reader of a document knows of the formats of its schemas, put into it before it is read.

use crate::display::quote;
use crate::places::Body;
use crate::value::Value;
use crate::{Problem, reference};

/// Sets the formats of the schemas at these pointers into a document or the files that it refers to. A pointer that leads to no schema is
/// a problem, as a misspelt choice.
pub(crate) fn set(body: &mut Body, formats: &[(String, String)]) -> Result<(), Vec<Problem>> {
    let problems = formats.iter().filter_map(|(pointer, format)| {
        let wrong = set_one(body, pointer, format).err()?;
        let pointer = quote(pointer);
        Some(Problem::file(format!("the format of {pointer}: {wrong}")))
    });
    let problems: Vec<_> = problems.collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

fn set_one(body: &mut Body, pointer: &str, format: &str) -> Result<(), String> {
    let schema = schema(body, pointer);
    let schema = schema.ok_or(
        "nothing stands there in this document; write a pointer such as `#/components/schemas/Pet/properties/id`",
    )?;
    let Value::Object(object) = schema else {
        return Err("what stands there is no schema".to_owned());
    };
    if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
        return Err(format!(
            "what stands there is a reference; say it of {}",
            quote(reference)
        ));
    }
    let object = std::mem::take(object);
    *schema = Value::Object(object.with("format", Value::String(format.into())));
    Ok(())
}

/// What is at a pointer: in the file before its `#`, or in the document, whose places may be written as those of its file.
fn schema<'a>(body: &'a mut Body, pointer: &str) -> Option<&'a mut Value> {
    let (file, fragment) = pointer.split_once('#').unwrap_or(("", pointer));
    let keys = reference::keys(fragment)?;
    let base = &body.places.base;
    if !file.is_empty() && base.file() != Some(file) {
        return place(body.files.other_mut(file)?, &keys);
    }
    let base = base.steps();
    let keys = match keys.get(..base.len()) {
        Some(first) if first.iter().eq(&base) => &keys[base.len()..],
        _ => &keys,
    };
    place(&mut body.value, keys)
}

fn place<'a>(value: &'a mut Value, keys: &[String]) -> Option<&'a mut Value> {
    let Some((key, rest)) = keys.split_first() else {
        return Some(value);
    };
    let inner = match value {
        Value::Array(items) => items.get_mut(reference::index(key)?)?,
        Value::Object(object) => object.get_mut(key)?,
        _ => return None,
    };
    place(inner, rest)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn with(pointer: &str) -> Result<serde_json::Value, String> {
        let value = Value::from(
            json!({"a/b": [{"type": "integer", "format": "int32"}, {"$ref": "#/x"}], "c": {"d": {}}}),
        );
        let mut body = Body {
            value,
            ..Body::default()
        };
        let formats = [(pointer.to_owned(), "uint64".to_owned())];
        let set = set(&mut body, &formats);
        set.map_err(|problems| problems[0].message().to_owned())?;
        Ok(body.value.to_json())
    }

    #[test]
    fn a_format_is_set_anew_or_added() {
        let set = with("#/a~1b/0").unwrap();
        assert_eq!(
            set["a/b"][0],
            json!({"type": "integer", "format": "uint64"})
        );
        for pointer in ["#/c/d", "/c/d"] {
            assert_eq!(
                with(pointer).unwrap()["c"]["d"],
                json!({"format": "uint64"})
            );
        }
    }

    #[test]
    fn a_pointer_to_no_schema_says_so() {
        for (pointer, says) in [
            ("#/c/e", "nothing stands there"),
            ("c/d", "nothing stands there"),
            ("#/a~1b/01", "nothing stands there"),
            ("#/a~1b", "is no schema"),
            ("#/a~1b/1", "a reference; say it of `#/x`"),
        ] {
            let error = with(pointer).unwrap_err();
            assert!(error.contains(says) && error.contains(pointer), "{error}");
        }
    }
}
