//! References from schema to schema: in the model all of them have the form `#/components/schemas/NAME`.

use std::collections::HashMap;

use openapiv3::{ReferenceOr, Schema};

use super::anything;
use crate::files::is_data;
use crate::node::Node;
use crate::read::section;
use crate::value::Value;

/// What the references of the model begin with.
const PREFIX: &str = "#/components/schemas/";

/// The reference of a schema in the form of the model; one that leads nowhere allows anything.
pub(super) fn resolve(node: &Node<'_>, reference: &str) -> ReferenceOr<Schema> {
    match node.lookup(reference) {
        Ok(target) => ReferenceOr::Reference {
            reference: written(&name_of(node, &target, reference)),
        },
        Err(message) => {
            node.repair(format!("{message}; read as any value"));
            anything()
        }
    }
}

/// The name that a reference of the model leads to.
pub(in crate::read) fn name(reference: &str) -> Option<String> {
    let escaped = reference.strip_prefix(PREFIX)?;
    Some(escaped.replace("~1", "/").replace("~0", "~"))
}

fn written(name: &str) -> String {
    format!("{PREFIX}{}", name.replace('~', "~0").replace('/', "~1"))
}

/// What a discriminator's mapping says of a value, in the form of the model: a name stays one, and so does what leads nowhere.
pub(super) fn of_mapping(node: &Node<'_>, to: String) -> String {
    let is_reference = to.contains('#') || is_data(&to);
    match node.lookup(&to).ok().filter(|_| is_reference) {
        Some(target) => written(&name_of(node, &target, &to)),
        None => to,
    }
}

/// What a name of the document means: the schema, or the one in another file if the document only refers to it. So that one
/// has the name, too, and not one of its own.
pub(in crate::read) fn of_name<'a>(named: &Node<'a>) -> Node<'a> {
    let reference = named.value().get("$ref").and_then(Value::as_str);
    let members = named
        .value()
        .as_object()
        .map_or(0, |members| members.iter().count());
    let elsewhere = reference.filter(|reference| !reference.starts_with('#') && members == 1);
    let target = elsewhere.and_then(|reference| named.lookup(reference).ok());
    let is_elsewhere = |target: &Node<'_>| target.at().file() != named.at().file();
    target.filter(is_elsewhere).unwrap_or_else(|| named.clone())
}

/// The names of all named schemas, by their addresses. The first name of a schema counts.
fn names(named: Option<&Node<'_>>) -> HashMap<*const Value, Box<str>> {
    let mut names = HashMap::new();
    let fields = named.into_iter().flat_map(Node::fields);
    for field in fields {
        let node = field.node();
        let own = std::ptr::from_ref(of_name(&node).value());
        for address in [std::ptr::from_ref(field.value), own] {
            names.entry(address).or_insert_with(|| field.key.into());
        }
    }
    names
}

/// The name in the document of a schema that it names, be it one of another file.
pub(in crate::read) fn named<'a>(root: &Node<'a>, schema: &Value) -> Option<&'a str> {
    let list = || names(section::schemas(root).as_ref());
    let names = root.source().schema_names(list);
    names.get(&std::ptr::from_ref(schema)).map(|name| &**name)
}

/// The name of a schema: the one it has where schemas are named, or the one it gets for standing elsewhere.
fn name_of(by: &Node<'_>, target: &Node<'_>, reference: &str) -> String {
    let source = target.source();
    let root = Node::root(source);
    if let Some(name) = named(&root, target.value()) {
        return name.to_owned();
    }
    let named = section::schemas(&root);
    let is_named = |name: &str| named.as_ref().is_some_and(|named| named.has(name));
    source.keep_reference(target.at(), by.at(), reference);
    source
        .unnamed_schemas()
        .name(target.at(), source.base(), is_named)
}
