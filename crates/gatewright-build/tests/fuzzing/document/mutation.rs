//! What goes wrong in a document: junk, or another part of it, where something stood.

use arbitrary::{Result, Unstructured};
use serde_json::{Value, json};

use super::vocabulary::NAMES;

pub(super) fn mutate(tree: &mut Value, u: &mut Unstructured<'_>) -> Result<()> {
    let mut places = Vec::new();
    collect(tree, String::new(), &mut places);
    let (to, from) = (u.choose(&places)?, u.choose(&places)?);
    let new = match u.int_in_range(0..=9)? {
        0 => Value::Null,
        1 => json!([]),
        2 => json!({}),
        3 => json!(-7),
        4 => json!(true),
        5 => json!(u.choose(NAMES)?),
        6 => json!({ "$ref": format!("#{from}") }),
        7 => nested(tree.pointer(from).unwrap_or(&Value::Null), u)?,
        _ => tree.pointer(from).cloned().unwrap_or_default(),
    };
    if let Some(place) = tree.pointer_mut(to) {
        *place = new;
    }
    Ok(())
}

/// A value below many levels of lists or objects.
fn nested(value: &Value, u: &mut Unstructured<'_>) -> Result<Value> {
    let key = *u.choose(&["items", "properties", "allOf", "a"])?;
    let levels = u.int_in_range(0..=100)?;
    Ok((0..levels).fold(value.clone(), |inner, _| match key {
        "allOf" => json!({ "allOf": [inner] }),
        "properties" => json!({"properties": {"a": inner}}),
        key => json!({ key: inner }),
    }))
}

/// The pointers to this value and all below it.
fn collect(value: &Value, at: String, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                collect(value, format!("{at}/{name}"), places);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                collect(value, format!("{at}/{index}"), places);
            }
        }
        _ => {}
    }
    places.push(at);
}
