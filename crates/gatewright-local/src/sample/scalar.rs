//! Strings and numbers made from a schema.

use serde_json::Value;

const USUAL: u64 = "string".len() as u64;
const LONGEST: u64 = 10_000;

/// A bound on a length or a count.
pub(super) fn length(schema: &Value, key: &str) -> Option<u64> {
    schema.get(key).and_then(Value::as_u64)
}

/// The smallest value allowed, else the one nearest to 1.
pub(super) fn integer(schema: &Value) -> Value {
    let value = whole(schema);
    match (i64::try_from(value), u64::try_from(value)) {
        (Ok(value), _) => value.into(),
        (_, Ok(value)) => value.into(),
        _ => (value as f64).into(),
    }
}

fn whole(schema: &Value) -> i128 {
    let bound = |key| schema.get(key).and_then(integral);
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

/// A bound as an integer. One beyond `i64` may be an `f64` in the document's model, which rounds `u64::MAX` up.
fn integral(bound: &Value) -> Option<i128> {
    const U64_END: f64 = 18_446_744_073_709_551_616.0;
    let wide = bound.as_u64().map(i128::from);
    let rounded = || match bound.as_f64()? {
        U64_END => Some(u64::MAX.into()),
        bound => (bound.abs() < 1e38).then_some(bound.ceil() as i128),
    };
    bound.as_i64().map(i128::from).or(wide).or_else(rounded)
}

/// A number; an integer if the format asks for one.
pub(super) fn number(schema: &Value) -> Value {
    let format = schema.get("format").and_then(Value::as_str);
    let format = format.unwrap_or_default().to_ascii_lowercase();
    let is_integer = format.starts_with("int") || format.starts_with("uint") || format == "long";
    let value = decimal(schema);
    if is_integer && (value.fract() == 0.0 || schema.get("multipleOf").is_none()) {
        return integer(schema);
    }
    value.into()
}

/// Half way between the bounds, else beyond the one there is.
fn decimal(schema: &Value) -> f64 {
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
        ] {
            assert_eq!(integer(&schema), json!(value), "{schema}");
        }
        for (schema, value) in [
            (json!({}), 1.5),
            (json!({ "minimum": 2.0, "maximum": 3.0 }), 2.5),
            (json!({ "minimum": 2 }), 3.0),
            (json!({ "maximum": 0.0 }), -1.0),
            (json!({ "minimum": 2, "multipleOf": 0.5 }), 3.0),
        ] {
            assert!((decimal(&schema) - value).abs() < f64::EPSILON, "{schema}");
        }
    }

    #[test]
    fn integers_beyond_64_bits_keep_to_their_bounds() {
        let last = u64::MAX;
        for (schema, value) in [
            (
                json!({ "minimum": i64::MAX, "exclusiveMinimum": true }),
                json!(i64::MAX as u64 + 1),
            ),
            (json!({ "minimum": last }), json!(last)),
            (json!({ "minimum": last as f64 }), json!(last)),
            (
                json!({ "minimum": 1e19, "maximum": last as f64 }),
                json!(10_000_000_000_000_000_000u64),
            ),
            (json!({ "minimum": 0.5, "maximum": last }), json!(1)),
            (json!({ "maximum": last }), json!(1)),
        ] {
            assert_eq!(integer(&schema), value, "{schema}");
        }
    }

    #[test]
    fn a_number_with_the_format_of_an_integer_is_one() {
        assert_eq!(number(&json!({ "format": "int64" })), json!(1));
        assert_eq!(
            number(&json!({ "format": "uint32", "minimum": 3 })),
            json!(3)
        );
        assert_eq!(number(&json!({ "format": "double" })), json!(1.5));
        assert_eq!(
            number(&json!({ "format": "int32", "multipleOf": 0.75 })),
            json!(1.5)
        );
    }
}
