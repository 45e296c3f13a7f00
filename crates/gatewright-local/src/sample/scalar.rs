//! Strings and numbers made from a schema.

use serde_json::Value;

const USUAL: u64 = "string".len() as u64;
const LONGEST: u64 = 10_000;

/// A bound on a length or a count.
pub(super) fn length(schema: &Value, key: &str) -> Option<u64> {
    schema.get(key).and_then(Value::as_u64)
}

/// The smallest value allowed, else the one nearest to 1.
pub(super) fn integer(schema: &Value) -> i64 {
    let bound = |key| schema.get(key).and_then(Value::as_i64);
    let least = bound("minimum")
        .map(|least| least.saturating_add(is_exclusive(schema, "exclusiveMinimum").into()));
    let most = bound("maximum")
        .map(|most| most.saturating_sub(is_exclusive(schema, "exclusiveMaximum").into()));
    let value = least.unwrap_or_else(|| most.map_or(1, |most| most.min(1)));
    match bound("multipleOf") {
        Some(step) if step > 1 => {
            let below = value.saturating_sub(1).div_euclid(step);
            below.saturating_add(1).saturating_mul(step)
        }
        _ => value,
    }
}

/// Half way between the bounds, else beyond the one there is.
pub(super) fn number(schema: &Value) -> f64 {
    let bound = |key| schema.get(key).and_then(Value::as_f64);
    let (least, most) = (bound("minimum"), bound("maximum"));
    let value = match (least, most) {
        (Some(least), Some(most)) => f64::midpoint(least, most),
        (Some(least), None) => least + 1.0,
        (None, most) => most.map_or(1.5, |most| (most - 1.0).min(1.5)),
    };
    bound("multipleOf")
        .filter(|step| *step > 0.0)
        .map_or(value, |step| (value / step).ceil() * step)
}

/// A fixed value of the format, else some text of an allowed length.
pub(super) fn string(schema: &Value) -> Value {
    let format = schema
        .get("format")
        .and_then(Value::as_str)
        .unwrap_or_default();
    Value::from(match format {
        "date" => "2026-01-02",
        "date-time" => "2026-01-02T03:04:05Z",
        "time" => "03:04:05Z",
        "uuid" => "00000000-0000-4000-8000-000000000001",
        "email" => "user@example.com",
        "uri" | "url" => "https://example.com/",
        "hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "c3RyaW5n",
        _ => return Value::from(text(schema)),
    })
}

/// `string`, repeated or cut to an allowed length.
fn text(schema: &Value) -> String {
    let least = length(schema, "minLength").unwrap_or(0).min(LONGEST);
    let most = length(schema, "maxLength").unwrap_or(LONGEST);
    let length = USUAL.max(least).min(most);
    "string".chars().cycle().take(length as usize).collect()
}

fn is_exclusive(schema: &Value, key: &str) -> bool {
    schema.get(key) == Some(&Value::Bool(true))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn strings_keep_to_their_format_and_length() {
        for (schema, value) in [
            (json!({}), "string"),
            (json!({ "format": "date-time" }), "2026-01-02T03:04:05Z"),
            (
                json!({ "format": "uuid" }),
                "00000000-0000-4000-8000-000000000001",
            ),
            (json!({ "minLength": 8 }), "stringst"),
            (json!({ "maxLength": 3, "format": "other" }), "str"),
        ] {
            assert_eq!(string(&schema), value, "{schema}");
        }
        assert_eq!(text(&json!({ "minLength": u64::MAX })).len(), 10_000);
    }

    #[test]
    fn numbers_keep_to_their_bounds() {
        for (schema, value) in [
            (json!({}), 1),
            (json!({ "minimum": 5, "exclusiveMinimum": true }), 6),
            (json!({ "maximum": -3 }), -3),
            (json!({ "maximum": 0, "exclusiveMaximum": true }), -1),
            (json!({ "minimum": 5, "multipleOf": 4 }), 8),
            (json!({ "minimum": 8, "multipleOf": 4 }), 8),
            (json!({ "minimum": -5, "multipleOf": 4 }), -4),
            (
                json!({ "minimum": i64::MAX, "exclusiveMinimum": true }),
                i64::MAX,
            ),
        ] {
            assert_eq!(integer(&schema), value, "{schema}");
        }
        for (schema, value) in [
            (json!({}), 1.5),
            (json!({ "minimum": 2.0, "maximum": 3.0 }), 2.5),
            (json!({ "minimum": 2 }), 3.0),
            (json!({ "maximum": 0.0 }), -1.0),
            (json!({ "minimum": 2, "multipleOf": 0.5 }), 3.0),
        ] {
            assert!((number(&schema) - value).abs() < f64::EPSILON, "{schema}");
        }
    }
}
