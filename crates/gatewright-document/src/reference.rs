//! Follows `$ref`s (RFC 6901 pointers in URI fragments) to what they mean, within the document and the files it refers to, and never
//! without end. A reference is relative to its own file.
//!
//! A reference may mean nothing: there is nothing at its place, it leads back to itself, it is no text. What then becomes of the
//! document depends on what is left of its meaning, and so does what lies in a file that is not read: one that is missing, or any where
//! the document was handed in alone:
//!
//! | what refers | means nothing | lies in a file that is not read |
//! | --- | --- | --- |
//! | path item, operation | the operations are left out, with a note | refused |
//! | parameter | the operation is left out, or those of the path; what it has to be sent is not known, and it may be required | refused |
//! | request body | a body of any media type, with a note | refused |
//! | response | its status, with any body, and a note | refused |
//! | schema | any value, with a note | the same |
//! | header of a response, integration | left out, with a note | the same |
//! | example | the next one, with a note | the same |
//! | all paths, responses or media types at once | left out, or read as anything, with a note | refused |
//! | a section of shared parts | what refers into it means nothing | refused, in place of all that refers |
//! | link, callback | never read | never read |
//! | security scheme | refused where an operation demands it, which would be open by mistake; left out with a note elsewhere | the same |
//! | authorizer | refused | refused |
//!
//! What lies in a file that is not read is refused where an operation depends on it, because that file can be had: a client of what is
//! left would hide that. A document that repeats too much is refused whatever refers.

use percent_encoding::percent_decode_str;

use crate::Pointer;
use crate::display::quote;
use crate::node::Node;
use crate::source::Source;
use crate::value::Value;

/// How many references may lead to one another. Documents use one, seldom two.
const MAX_HOPS: usize = 32;

/// How long a reference may be, in bytes.
const MAX_REFERENCE: usize = 4096;

/// Why a reference is not followed.
#[derive(Debug)]
pub(crate) enum Fault {
    /// It means nothing.
    Nowhere(String),
    /// It leads to a file that is not read.
    Outside(String),
    /// What it means is in the model too often already.
    TooMuch(&'static str),
}

/// What depends on the reference is left out.
#[derive(Debug)]
pub(crate) struct LeftOut;

impl Fault {
    fn message(&self) -> &str {
        match self {
            Self::Nowhere(message) | Self::Outside(message) => message,
            Self::TooMuch(message) => message,
        }
    }
}

impl<'a> Node<'a> {
    /// What this means: itself, or what its `$ref` leads to. `None`, and a problem, if it is not followed.
    pub(crate) fn follow(self) -> Option<Node<'a>> {
        self.follow_or(|_| None)
    }

    /// As [`follow`](Self::follow), but with a repair that ends in `instead` if the reference means nothing or leads out of the
    /// document.
    pub(crate) fn follow_if_it_leads(self, instead: &str) -> Option<Node<'a>> {
        self.follow_or(|fault| {
            let is_noted = !matches!(fault, Fault::TooMuch(_));
            is_noted.then(|| format!("{}; {instead}", fault.message()))
        })
    }

    /// As [`follow`](Self::follow), but with a repair that ends in `instead` if the reference means nothing.
    pub(crate) fn follow_within(self, instead: &str) -> Option<Node<'a>> {
        self.follow_or(|fault| of_nowhere(fault, instead))
    }

    /// As [`follow`](Self::follow), but operations are left out if the reference means nothing; `whose` says which.
    pub(crate) fn follow_or_leave_out(self, whose: &str) -> Result<Option<Node<'a>>, LeftOut> {
        let fault = match self.target() {
            Ok(target) => return Ok(Some(target)),
            Err(fault) => fault,
        };
        let Some(note) = of_nowhere(&fault, whose) else {
            self.problem(fault.message());
            return Ok(None);
        };
        self.leave_out(note);
        Err(LeftOut)
    }

    /// What this means; if it is not followed, the repair that `note` makes of the fault, or else a problem.
    fn follow_or(self, note: impl FnOnce(&Fault) -> Option<String>) -> Option<Node<'a>> {
        match self.target() {
            Ok(target) => Some(target),
            Err(fault) => {
                match note(&fault) {
                    Some(note) => self.repair(note),
                    None => self.problem(fault.message()),
                }
                None
            }
        }
    }

    /// What this means: itself, or what its `$ref` leads to; else why that is not followed.
    pub(crate) fn followed(&self) -> Result<Node<'a>, String> {
        self.target().map_err(|fault| fault.message().to_owned())
    }

    fn target(&self) -> Result<Node<'a>, Fault> {
        let mut node = self.clone();
        let mut seen: Vec<*const Value> = Vec::new();
        while let Some(reference) = node.value().get("$ref") {
            let value = std::ptr::from_ref(reference);
            let reference = reference
                .as_str()
                .ok_or_else(|| Fault::Nowhere("`$ref` is not a string".to_owned()))?;
            if seen.contains(&value) {
                let shown = quote(reference);
                return Err(Fault::Nowhere(format!(
                    "the reference {shown} leads back to itself"
                )));
            }
            seen.push(value);
            if seen.len() > MAX_HOPS {
                return Err(Fault::Nowhere(format!(
                    "more than {MAX_HOPS} references lead to one another"
                )));
            }
            node = node.find(reference)?;
        }
        if !seen.is_empty() {
            self.source().repeat(node.value()).map_err(Fault::TooMuch)?;
        }
        Ok(node)
    }

    /// The section of shared parts that a reference means. It is looked up often and read once, so it counts as no repetition.
    pub(crate) fn section(&self) -> Option<Node<'a>> {
        let reference = self.value().get("$ref").and_then(Value::as_str);
        match reference {
            Some(reference) => self.lookup(reference).ok(),
            None => Some(self.clone()),
        }
    }

    /// The place that a reference names, or why there is none.
    pub(crate) fn lookup(&self, reference: &str) -> Result<Node<'a>, String> {
        self.find(reference)
            .map_err(|fault| fault.message().to_owned())
    }

    fn find(&self, reference: &str) -> Result<Node<'a>, Fault> {
        let (value, at) = find(self.source(), self.at().file(), reference, &mut {
            MAX_HOPS
        })?;
        Ok(Node::new(self.source(), value, at))
    }
}

/// A value, and where it is.
type Found<'a> = (&'a Value, Pointer);

/// What a reference in a file leads to; `hops` is how many references on the way may still be followed, in all.
fn find<'a>(
    source: &Source<'a>,
    file: Option<&str>,
    reference: &str,
    hops: &mut usize,
) -> Result<Found<'a>, Fault> {
    if reference.len() > MAX_REFERENCE {
        return Err(Fault::Nowhere(format!(
            "the reference is longer than {MAX_REFERENCE} bytes"
        )));
    }
    if reference.is_empty() {
        return Err(Fault::Nowhere("the reference is empty".to_owned()));
    }
    let nowhere = |what: &str| Fault::Nowhere(format!("the reference {} {what}", quote(reference)));
    let in_this = source.named(file, reference).map(|at| (file, at));
    let is_local = reference.starts_with('#');
    let in_document = || Some((None, source.named(None, reference).filter(|_| !is_local)?));
    if let Some((file, named)) = in_this.or_else(in_document) {
        let found = walk(source, file, &named.steps(), hops);
        return found.ok_or_else(|| nowhere("leads to a place that is gone"));
    }
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let other = other_file(source, file, path, reference)?;
    let file = other.as_ref().map_or(file, |path| path.as_deref());
    let name = format!("#{fragment}");
    let found = match source.named(file, &name) {
        Some(named) => walk(source, file, &named.steps(), hops),
        None => keys(fragment).and_then(|keys| {
            let keys: Vec<_> = keys.iter().map(String::as_str).collect();
            walk(source, file, &keys, hops)
        }),
    };
    found.ok_or_else(|| match file {
        None => nowhere("leads to nothing in this document"),
        Some(file) => nowhere(&format!("leads to nothing in the file {}", quote(file))),
    })
}

/// The file that a reference names, `Some(None)` for the document's own; `None` if it names none and stays where it is.
fn other_file(
    source: &Source<'_>,
    file: Option<&str>,
    path: &str,
    reference: &str,
) -> Result<Option<Option<String>>, Fault> {
    if path.is_empty() {
        return Ok(None);
    }
    let outside = |why: &str| Fault::Outside(format!("{} {why}", quote(reference)));
    let files = source.files();
    let path = files.path(file, path).map_err(|why| outside(&why))?;
    if files.is_main(&path) {
        return Ok(Some(None));
    }
    match files.other(&path) {
        Ok(_) => Ok(Some(Some(path))),
        Err(why) => Err(outside(&format!("leads to a file that is not read: {why}"))),
    }
}

fn of_nowhere(fault: &Fault, instead: &str) -> Option<String> {
    match fault {
        Fault::Nowhere(message) => Some(format!("{message}; {instead}")),
        Fault::Outside(_) | Fault::TooMuch(_) => None,
    }
}

/// The value at the end of some steps. A step that is not there may be in what a reference on the way leads to: a document in files
/// has `components: { schemas: { $ref: schemas.yaml } }`, and still refers to `#/components/schemas/Pet`.
fn walk<'a>(
    source: &Source<'a>,
    file: Option<&str>,
    keys: &[&str],
    hops: &mut usize,
) -> Option<Found<'a>> {
    let mut found = source.tree(file)?;
    for key in keys {
        while member(found.0, key).is_none() {
            *hops = hops.checked_sub(1)?;
            let reference = found.0.get("$ref")?.as_str()?;
            found = find(source, found.1.file(), reference, hops).ok()?;
        }
        let (value, at) = found;
        let inner = member(value, key)?;
        found = (inner, source.place_of(inner, at.key(key)));
    }
    Some(found)
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
