//! Schemas that give themselves a name to refer to (JSON Schema 2020-12, section 8.2): `$id`, `$anchor`, `$dynamicAnchor`.

use std::collections::HashMap;

use crate::Pointer;
use crate::value::Value;

/// Where each schema of a document stands that has such a name, by the reference that leads to it. The first of a name counts.
pub(crate) fn of(root: &Value) -> HashMap<String, Pointer> {
    let mut found = HashMap::new();
    add(root, &Pointer::root(), &mut found);
    found
}

fn add(value: &Value, at: &Pointer, found: &mut HashMap<String, Pointer>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate().filter(|(_, item)| is_inner(item)) {
                add(item, &at.index(index), found);
            }
        }
        Value::Object(members) => {
            for name in names(value) {
                found.entry(name).or_insert_with(|| at.clone());
            }
            for (key, member) in members.iter().filter(|(_, member)| is_inner(member)) {
                add(member, &at.key(key), found);
            }
        }
        _ => {}
    }
}

fn is_inner(value: &Value) -> bool {
    value.is_array() || value.is_object()
}

fn names(schema: &Value) -> impl Iterator<Item = String> {
    let text = |key: &str| schema.get(key)?.as_str();
    let anchors = [text("$anchor"), text("$dynamicAnchor")]
        .into_iter()
        .flatten();
    let anchors = anchors.map(|anchor| format!("#{anchor}"));
    anchors.chain(text("$id").map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_schema_is_found_by_the_name_that_it_gives_itself() {
        let value = json!({"a": [{"$anchor": "boat"}, {"$id": "https://a.example/b", "x": {"$dynamicAnchor": "node"}}],
            "b": {"$anchor": "boat"}, "$id": 5});
        let found = of(&value.into());
        let mut found: Vec<_> = found
            .iter()
            .map(|(name, at)| format!("{name} {at}"))
            .collect();
        found.sort();
        assert_eq!(
            found,
            ["#boat #/a/0", "#node #/a/1/x", "https://a.example/b #/a/1"]
        );
    }
}
