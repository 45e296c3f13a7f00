//! References from schema to schema: in the model all of them have the form `#/components/schemas/NAME`.

use openapiv3::{ReferenceOr, Schema};

use super::anything;
use crate::node::Node;
use crate::read::section;
use crate::value::Object;

/// What the references of the model begin with.
const PREFIX: &str = "#/components/schemas/";

/// The reference of a schema in the form of the model; one that leads nowhere allows anything.
pub(super) fn resolve(node: &Node<'_>, reference: &str) -> ReferenceOr<Schema> {
    match node.lookup(reference) {
        Ok(target) => ReferenceOr::Reference {
            reference: written(&name_of(&target, reference)),
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

/// The name of a schema: the one it has where schemas are named, or the one it gets for standing elsewhere.
fn name_of(target: &Node<'_>, reference: &str) -> String {
    let source = target.source();
    let named = section::schemas(&Node::root(source));
    let names = source.schema_names(|| {
        let named = named.as_ref().and_then(|named| named.value().as_object());
        let named = named.into_iter().flat_map(Object::iter);
        named
            .map(|(name, value)| (std::ptr::from_ref(value), name.into()))
            .collect()
    });
    if let Some(name) = names.get(&std::ptr::from_ref(target.value())) {
        return name.to_string();
    }
    let is_named = |name: &str| named.as_ref().is_some_and(|named| named.has(name));
    source.keep_reference(target.at(), reference);
    source
        .unnamed_schemas()
        .name(target.at(), source.base(), is_named)
}
