//! Schemas without a name of their own, in bodies and responses that have one: a document describes these once, for all operations.

use gatewright_codegen::model::Ty;

use super::definitions::Types;
use crate::lower::schema::node::Node;

/// Where bodies and responses have names, and what the types in them are called after besides.
const SHARED: [(&str, &str); 4] = [
    ("#/components/responses/", "response"),
    ("#/responses/", "response"),
    ("#/components/requestBodies/", "body"),
    ("#/parameters/", "body"),
];

/// The type of a body or a response. One that operations share is one type and called after what they share; each other
/// after `hint`.
pub(in crate::lower) fn content<'a>(types: &mut Types<'a>, node: &Node<'a>, hint: &str) -> Ty {
    match shared_name(&node.at.within(types.base).to_string()) {
        Some(shared) => types.ty(node, &shared),
        None => types.ty(node, hint),
    }
}

/// What types are called after that stand at `place`, if that is shared.
fn shared_name(place: &str) -> Option<String> {
    let below = |(lead, what)| Some((place.strip_prefix(lead)?, what));
    let (rest, what): (&str, &str) = SHARED.into_iter().find_map(below)?;
    let name = rest
        .split('/')
        .next()?
        .replace("~1", "/")
        .replace("~0", "~");
    let words = name.trim_start_matches(|first: char| first.is_ascii_digit());
    let number = &name[..name.len() - words.len()];
    let is_named_so = words.to_ascii_lowercase().ends_with(what);
    Some(match number {
        "" if is_named_so => name,
        "" => format!("{name} {what}"),
        _ => format!("{what} {number} {words}"),
    })
}

#[cfg(test)]
mod tests {
    use super::shared_name;

    #[test]
    fn what_is_shared_gives_its_name() {
        for (place, name) in [
            (
                "#/components/responses/NotFound/content/a~1b/schema",
                Some("NotFound response"),
            ),
            (
                "#/components/responses/ErrorResponse/content/a~1b/schema",
                Some("ErrorResponse"),
            ),
            ("#/responses/404Gone/schema", Some("response 404 Gone")),
            (
                "#/components/requestBodies/in~1out/content/a~1b/schema",
                Some("in/out body"),
            ),
            ("#/parameters/petBody/schema", Some("petBody")),
            ("#/paths/~1a/get/responses/200/content/a~1b/schema", None),
        ] {
            assert_eq!(shared_name(place).as_deref(), name, "{place}");
        }
    }
}
