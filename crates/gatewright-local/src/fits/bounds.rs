//! Lengths, counts and the bounds of numbers.

use serde_json::Value;

use super::{Fits, fault};

pub(super) fn check(value: &Value, schema: &Value, at: &str) -> Fits {
    match value {
        Value::String(text) => count(text.chars().count(), "Length", schema, at),
        Value::Array(items) => count(items.len(), "Items", schema, at),
        Value::Object(members) => count(members.len(), "Properties", schema, at),
        Value::Number(_) => number(value.as_f64().unwrap_or_default(), schema, at),
        Value::Null | Value::Bool(_) => Ok(()),
    }
}

fn count(count: usize, of: &str, schema: &Value, at: &str) -> Fits {
    let bound = |key: String| Some((schema.get(&key)?.as_u64()?, key));
    let count = count as u64;
    match (bound(format!("min{of}")), bound(format!("max{of}"))) {
        (Some((least, key)), _) if count < least => fault(at, &format!("is below its `{key}`")),
        (_, Some((most, key))) if count > most => fault(at, &format!("is above its `{key}`")),
        _ => Ok(()),
    }
}

fn number(value: f64, schema: &Value, at: &str) -> Fits {
    let bound = |key| schema.get(key).and_then(Value::as_f64);
    let excludes = |key| schema.get(key) == Some(&Value::Bool(true));
    let below = |least| value < least || (value == least && excludes("exclusiveMinimum"));
    let above = |most| value > most || (value == most && excludes("exclusiveMaximum"));
    if bound("minimum").is_some_and(below) {
        return fault(at, "is below its `minimum`");
    }
    if bound("maximum").is_some_and(above) {
        return fault(at, "is above its `maximum`");
    }
    match bound("multipleOf") {
        Some(step) if step > 0.0 && !is_whole(value / step) => {
            fault(at, "is no multiple of its `multipleOf`")
        }
        _ => Ok(()),
    }
}

/// With room for what a division of decimals loses.
fn is_whole(quotient: f64) -> bool {
    (quotient - quotient.round()).abs() <= quotient.abs().max(1.0) * 1e-9
}
