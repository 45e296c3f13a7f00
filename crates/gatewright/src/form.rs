//! `application/x-www-form-urlencoded` bodies.

use serde::Serialize;
use serde_json::Value;

use crate::RequestError;
use crate::client::push_encoded;

/// The members of `value` as pairs: scalars as text, lists as one pair for each element, `null` not at all.
///
/// Strictly encoded (RFC 3986, a space as `%20`), which every decoder of forms reads; a `+` would not survive all.
pub(crate) fn encode<T: Serialize + ?Sized>(value: &T) -> Result<String, RequestError> {
    let value = serde_json::to_value(value).map_err(RequestError::encode)?;
    let members = match value {
        Value::Object(members) => members,
        Value::Null => return Ok(String::new()),
        _ => return Err(RequestError::encode("a form is made of an object")),
    };
    let mut out = String::new();
    for (name, value) in &members {
        push_pairs(&mut out, name, value)?;
    }
    Ok(out)
}

fn push_pairs(out: &mut String, name: &str, value: &Value) -> Result<(), RequestError> {
    match value {
        Value::Null => Ok(()),
        Value::String(text) => push_pair(out, name, text),
        Value::Bool(_) | Value::Number(_) => push_pair(out, name, &value.to_string()),
        Value::Array(items) => items
            .iter()
            .try_for_each(|item| push_pairs(out, name, item)),
        Value::Object(_) => {
            let message = format!("the member `{name}` is an object, which a form cannot hold");
            Err(RequestError::encode(message))
        }
    }
}

#[allow(
    clippy::unnecessary_wraps,
    reason = "an arm of a match whose others can fail"
)]
fn push_pair(out: &mut String, name: &str, text: &str) -> Result<(), RequestError> {
    if !out.is_empty() {
        out.push('&');
    }
    push_encoded(out, name);
    out.push('=');
    push_encoded(out, text);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn members_become_pairs() {
        let value = json!({"a b": "c&d=é+", "n": 1.5, "no": null, "tags": ["x", true]});
        assert_eq!(
            encode(&value).unwrap(),
            "a%20b=c%26d%3D%C3%A9%2B&n=1.5&tags=x&tags=true"
        );
    }

    #[test]
    fn what_a_form_cannot_hold_is_refused_by_name_and_not_by_value() {
        let error = encode(&json!({"inner": {"secret": "hunter2"}})).unwrap_err();
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(
            source.contains("`inner`") && !source.contains("hunter2"),
            "{source}"
        );
        assert!(encode(&json!("text")).is_err());
    }
}
