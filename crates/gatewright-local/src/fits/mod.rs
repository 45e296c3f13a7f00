//! Whether a value fits a schema.
//!
//! Checked are types, enumerations, required, known and counted members, items, bounds and lengths, and compositions. Not checked
//! are `pattern`, `format` and `uniqueItems`, and nothing is checked beyond a limit: alternatives of alternatives multiply.

mod bounds;
mod composed;
mod object;
#[cfg(test)]
mod tests;

use std::cell::{Cell, RefCell};

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use crate::sample::{Schemas, Side, component, is_nullable, list};

/// Comparisons of a value with a schema.
const MOST_STEPS: usize = 100_000;

/// A fault: where in the value, and what is wrong there.
pub(crate) type Fits = Result<(), String>;

/// Checks a value of a request or of an answer; the error names the place in it.
pub(crate) fn check(
    value: &Value,
    schema: &ReferenceOr<Schema>,
    schemas: &Schemas,
    side: Side,
) -> Fits {
    let schema = serde_json::to_value(schema).unwrap_or_default();
    check_json(value, &schema, schemas, side)
}

/// The same with a schema that is JSON.
pub(crate) fn check_json(value: &Value, schema: &Value, schemas: &Schemas, side: Side) -> Fits {
    let checker = Checker {
        schemas,
        side,
        left: Cell::new(MOST_STEPS),
        open: RefCell::default(),
    };
    checker.value(value, schema, "")
}

struct Checker<'a> {
    schemas: &'a Schemas,
    side: Side,
    left: Cell<usize>,
    /// The references that are being followed, each with the place in the value.
    open: RefCell<Vec<(String, String)>>,
}

impl Checker<'_> {
    fn value(&self, value: &Value, schema: &Value, at: &str) -> Fits {
        let Some(left) = self.left.get().checked_sub(1) else {
            return Ok(());
        };
        self.left.set(left);
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            return self.reference(value, reference, at);
        }
        if value.is_null() && is_nullable(schema) {
            return Ok(());
        }
        kind(value, schema, at)?;
        listed(value, schema, at)?;
        bounds::check(value, schema, at)?;
        self.object(value, schema, at)?;
        self.items(value, schema, at)?;
        self.composed(value, schema, at)
    }

    /// A schema that leads back to itself at the same place asks for nothing more there.
    fn reference(&self, value: &Value, reference: &str, at: &str) -> Fits {
        let schema = component(reference).and_then(|name| self.schemas.get(name));
        let schema = schema.and_then(|schema| serde_json::to_value(schema).ok());
        let step = (reference.to_owned(), at.to_owned());
        let Some(schema) = schema.filter(|_| !self.open.borrow().contains(&step)) else {
            return Ok(());
        };
        self.open.borrow_mut().push(step);
        let fits = self.value(value, &schema, at);
        self.open.borrow_mut().pop();
        fits
    }

    fn items(&self, value: &Value, schema: &Value, at: &str) -> Fits {
        let (Some(values), Some(item)) = (value.as_array(), schema.get("items")) else {
            return Ok(());
        };
        let mut values = values.iter().enumerate();
        values.try_for_each(|(index, value)| self.value(value, item, &format!("{at}/{index}")))
    }
}

fn fault(at: &str, what: &str) -> Fits {
    let at = if at.is_empty() { "/" } else { at };
    Err(format!("{at} {what}"))
}

fn kind(value: &Value, schema: &Value, at: &str) -> Fits {
    let Some(wanted) = schema.get("type").and_then(Value::as_str) else {
        return Ok(());
    };
    let fits = match wanted {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    };
    if fits {
        return Ok(());
    }
    fault(at, &format!("is not of the type {wanted}"))
}

fn listed(value: &Value, schema: &Value, at: &str) -> Fits {
    let is_known = |known: &&Value| kind(known, schema, at).is_ok();
    // What is listed of another type than the schema's can be no value of it.
    let mut known = list(schema, "enum").iter().filter(is_known).peekable();
    if known.peek().is_none() || known.any(|known| is_same(known, value)) {
        return Ok(());
    }
    fault(at, "is none of its `enum`")
}

/// `1` and `1.0` are one number (JSON Schema, "Instance Equality").
fn is_same(one: &Value, other: &Value) -> bool {
    one == other
        || matches!((one.as_f64(), other.as_f64()), (Some(one), Some(other)) if one == other)
}
