//! What the reader of a document knows of the formats of its schemas, put into it before it is read.

use crate::display::quote;
use crate::value::Value;
use crate::{Pointer, Problem, reference};

/// Sets the formats of the schemas at these pointers into a document, or into the file in which it stands at `base`. A pointer that
/// leads to no schema is a problem, as a misspelt choice.
pub(crate) fn set(
    root: &mut Value,
    base: &Pointer,
    formats: &[(String, String)],
) -> Result<(), Vec<Problem>> {
    let problems = formats.iter().filter_map(|(pointer, format)| {
        let wrong = set_one(root, base, pointer, format).err()?;
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

fn set_one(root: &mut Value, base: &Pointer, pointer: &str, format: &str) -> Result<(), String> {
    let fragment = pointer.strip_prefix('#').unwrap_or(pointer);
    let base = base.steps();
    let keys = reference::keys(fragment).map(|keys| match keys.get(..base.len()) {
        Some(first) if first.iter().eq(&base) => keys[base.len()..].to_vec(),
        _ => keys,
    });
    let schema = keys.and_then(|keys| place(root, &keys));
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
        let mut value = Value::from(
            json!({"a/b": [{"type": "integer", "format": "int32"}, {"$ref": "#/x"}], "c": {"d": {}}}),
        );
        let formats = [(pointer.to_owned(), "uint64".to_owned())];
        let set = set(&mut value, &Pointer::root(), &formats);
        set.map_err(|problems| problems[0].message().to_owned())?;
        Ok(value.to_json())
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
