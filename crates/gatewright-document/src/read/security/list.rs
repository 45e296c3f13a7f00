//! The form of `security`: a list of objects that name schemes. What has another form may demand something, so that it must
//! not open an operation.

use crate::Pointer;
use crate::display::quote;
use crate::error::Problem;
use crate::node::Node;
use crate::source::Source;
use crate::value::Object;

/// What is wrong with a `security`. It is no problem of the document before an operation needs to know.
pub(super) struct Fault {
    at: Pointer,
    text: String,
}

impl Fault {
    pub(super) fn at(node: &Node<'_>, text: impl Into<String>) -> Self {
        Self {
            at: node.at().clone(),
            text: text.into(),
        }
    }
}

/// Refuses the document.
pub(super) fn refuse(faults: &[Fault], source: &Source<'_>) {
    for Fault { at, text } in faults {
        source.problem(Problem::pointer(at.clone(), text));
    }
}

/// Only notes what is wrong.
pub(super) fn note(faults: &[Fault], source: &Source<'_>) {
    for Fault { at, text } in faults {
        source.repair(at.clone(), text);
    }
}

/// The entries of a `security`.
pub(super) fn entries<'a>(list: &Node<'a>) -> Result<Vec<Node<'a>>, Vec<Fault>> {
    if is_function(list) {
        let text = "is a function of CloudFormation: put what it gives here, `[]` for an operation without authorization";
        return Err(vec![Fault::at(list, text)]);
    }
    if list.value().is_object() {
        list.repair("is not a list; read as a list of this one entry");
        return Ok(vec![list.clone()]);
    }
    if !list.value().is_array() {
        return Err(vec![no_list(list)]);
    }
    let entries: Vec<_> = list.items().collect();
    let is_entry = |entry: &&Node<'_>| entry.value().is_object();
    let faults: Vec<_> = entries
        .iter()
        .filter(|entry| !is_entry(entry))
        .map(no_entry)
        .collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    note_optional(&entries);
    Ok(entries)
}

fn no_list(node: &Node<'_>) -> Fault {
    Fault::at(
        node,
        format!(
            "is {}, not a list: write {}, or `[]` for an operation without authorization",
            node.type_name(),
            quote(&format!("[{{\"{}\": []}}]", scheme(node)))
        ),
    )
}

fn no_entry(node: &Node<'_>) -> Fault {
    Fault::at(
        node,
        format!(
            "is {}, not an object: write {}, or leave it out",
            node.type_name(),
            quote(&format!("{{\"{}\": []}}", scheme(node)))
        ),
    )
}

/// The name of the scheme that is meant.
fn scheme<'a>(node: &Node<'a>) -> &'a str {
    node.value().as_str().unwrap_or("NAME OF THE SCHEME")
}

/// An empty entry among others means that a caller may also come without credentials, which API Gateway does not have: it
/// attaches the authorizer, which refuses such a caller. Credentials are never too much, so they are demanded.
fn note_optional(entries: &[Node<'_>]) {
    let is_empty = |entry: &&Node<'_>| {
        entry
            .value()
            .as_object()
            .is_some_and(|it| it.iter().next().is_none())
    };
    let are_all_empty = entries.iter().all(|entry| is_empty(&entry));
    if let Some(entry) = entries.iter().find(is_empty).filter(|_| !are_all_empty) {
        entry.minor_repair(
            "lets callers come without credentials too; API Gateway has no optional authorization, so they are demanded; \
             `.auth(Select::operation(..), [AuthMode::None])` sends none",
        );
    }
}

/// Whether this is a `CloudFormation` function, such as `Fn::If`, whose outcome nobody can know here.
fn is_function(node: &Node<'_>) -> bool {
    let members = node.value().as_object().into_iter().flat_map(Object::iter);
    let mut names = members.map(|(name, _)| name);
    names.any(|name| name.starts_with("Fn::") || name == "Ref")
}
