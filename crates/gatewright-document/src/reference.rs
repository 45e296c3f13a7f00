//! Follows `$ref`s (RFC 6901 pointers in URI fragments) to what they mean, within the document and without end only in time.

use percent_encoding::percent_decode_str;

use crate::Pointer;
use crate::message::quote;
use crate::node::Node;
use crate::value::Value;

/// How many references may lead to one another. Documents use one, seldom two.
const MAX_HOPS: usize = 32;

/// How long a reference may be, in bytes.
const MAX_REFERENCE: usize = 4096;

impl<'a> Node<'a> {
    /// What this means: itself, or what its `$ref` leads to. `None`, and a problem, if that leads nowhere.
    pub(crate) fn follow(self) -> Option<Node<'a>> {
        match self.followed() {
            Ok(target) => Some(target),
            Err(message) => {
                self.problem(message);
                None
            }
        }
    }

    /// What this means: itself, or what its `$ref` leads to; else why that leads nowhere.
    pub(crate) fn followed(&self) -> Result<Node<'a>, String> {
        if self.has("$ref") {
            self.target()
        } else {
            Ok(self.clone())
        }
    }

    fn target(&self) -> Result<Node<'a>, String> {
        let mut node = self.clone();
        let mut seen = Vec::new();
        while let Some(reference) = node.value().get("$ref") {
            let reference = reference.as_str().ok_or("`$ref` is not a string")?;
            if seen.contains(&reference) {
                return Err(format!(
                    "the reference {} leads back to itself",
                    quote(reference)
                ));
            }
            seen.push(reference);
            if seen.len() > MAX_HOPS {
                return Err(format!(
                    "more than {MAX_HOPS} references lead to one another"
                ));
            }
            node = node.lookup(reference)?;
        }
        self.source().repeat(node.value())?;
        Ok(node)
    }

    /// What stands at a pointer of this document.
    pub(crate) fn place(&self, at: &Pointer) -> Option<Node<'a>> {
        let Some((parent, key)) = at.split_last() else {
            return Some(Node::root(self.source()));
        };
        let value = member(self.place(parent)?.value(), key)?;
        Some(Node::new(self.source(), value, at.clone()))
    }

    /// The place that a reference names.
    pub(crate) fn lookup(&self, reference: &str) -> Result<Node<'a>, String> {
        if reference.len() > MAX_REFERENCE {
            return Err(format!(
                "the reference is longer than {MAX_REFERENCE} bytes"
            ));
        }
        let shown = || quote(reference);
        let fragment = reference.strip_prefix('#').ok_or_else(|| {
            format!("{} leads out of the document, which is not followed: put what it means into this document", shown())
        })?;
        let (value, at) = find(self.source().root(), fragment).ok_or_else(|| {
            format!(
                "the reference {} leads to nothing in this document",
                shown()
            )
        })?;
        Ok(Node::new(self.source(), value, at))
    }
}

fn find<'a>(root: &'a Value, fragment: &str) -> Option<(&'a Value, Pointer)> {
    let mut keys = keys(fragment)?.into_iter();
    keys.try_fold((root, Pointer::root()), |(value, at), key| {
        Some((member(value, &key)?, at.key(&key)))
    })
}

/// The steps of a pointer; `None` if it is none.
pub(crate) fn keys(fragment: &str) -> Option<Vec<String>> {
    let fragment = percent_decode_str(fragment).decode_utf8().ok()?;
    let mut tokens = fragment.split('/');
    if !tokens.next()?.is_empty() {
        return None;
    }
    let key = |token: &str| token.replace("~1", "/").replace("~0", "~");
    Some(tokens.map(key).collect())
}

fn member<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    match value {
        Value::Array(items) => items.get(index(key)?),
        other => other.get(key),
    }
}

/// An array index as RFC 6901, section 4, has it: without leading zeros, so that each place has one pointer.
pub(crate) fn index(key: &str) -> Option<usize> {
    let index: usize = key.parse().ok()?;
    (index.to_string() == key).then_some(index)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::source::Source;

    /// Where `#/start` leads, or why it does not.
    fn follow(value: &Value) -> Result<String, String> {
        let source = Source::of(value);
        let found = Node::root(&source)
            .child("start")
            .unwrap()
            .follow()
            .map(|node| node.at().to_string());
        match source.finish() {
            Ok(_) => Ok(found.unwrap()),
            Err(problems) => Err(problems[0].to_string()),
        }
    }

    #[test]
    fn escapes_and_chains_are_followed() {
        let value = json!({
            "start": {"$ref": "#/paths/~1pets~1%7Bid%7D/a/0"},
            "paths": {"/pets/{id}": {"a": [{"$ref": "#/end"}]}},
            "end": {},
        });
        assert_eq!(follow(&value).unwrap(), "#/end");
    }

    #[test]
    fn what_leads_nowhere_is_a_problem_at_its_place() {
        for (reference, expected) in [
            ("#/nope", "leads to nothing"),
            ("#nope", "leads to nothing"),
            ("#/list/00", "leads to nothing"),
            ("./other.yaml#/a", "leads out of the document"),
            ("https://example.com/a.json", "leads out of the document"),
            ("#/start", "leads back to itself"),
        ] {
            let message = follow(&json!({"start": {"$ref": reference}, "list": [{}]})).unwrap_err();
            assert!(
                message.starts_with("#/start: ") && message.contains(expected),
                "{message}"
            );
        }
        assert!(
            follow(&json!({"start": {"$ref": 5}}))
                .unwrap_err()
                .contains("not a string")
        );
    }

    #[test]
    fn a_long_way_is_refused() {
        let mut value = json!({"start": {"$ref": "#/0"}});
        for hop in 0..10_000 {
            value[hop.to_string()] = json!({"$ref": format!("#/{}", hop + 1)});
        }
        assert!(follow(&value).unwrap_err().contains("more than 32"));
    }
}
