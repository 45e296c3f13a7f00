//! Where each version keeps what operations share.

use crate::node::Node;
use crate::value::Object;
use crate::version::Version;

/// The named schemas.
pub(super) fn schemas<'a>(root: &Node<'a>) -> Option<Node<'a>> {
    match root.source().version() {
        Version::OpenApi3 => within(&within(root, "components")?, "schemas"),
        Version::Swagger2 => within(root, "definitions"),
    }
}

/// A section as a whole, or what it means if it is a reference; whether that leads anywhere is said once, by
/// [`check_references`].
fn within<'a>(node: &Node<'a>, key: &str) -> Option<Node<'a>> {
    let section = node.child(key)?;
    if section.is_reference() {
        return section.section().filter(|it| it.value().is_object());
    }
    section.is_object().then_some(section)
}

/// The security schemes.
pub(super) fn security_schemes<'a>(root: &Node<'a>) -> Option<Node<'a>> {
    match root.source().version() {
        Version::OpenApi3 => within(&within(root, "components")?, "securitySchemes"),
        Version::Swagger2 => within(root, "securityDefinitions"),
    }
}

/// The name of [`security_schemes`] for messages.
pub(super) fn security_schemes_name(version: Version) -> &'static str {
    match version {
        Version::OpenApi3 => "components.securitySchemes",
        Version::Swagger2 => "securityDefinitions",
    }
}

/// Says that a section is written as one reference. References into it would mean nothing, so one that leads to another file is a
/// problem, once, in place of all of them.
pub(super) fn check_references(root: &Node<'_>) {
    let names = match root.source().version() {
        Version::OpenApi3 => &["components"][..],
        Version::Swagger2 => &[
            "definitions",
            "parameters",
            "responses",
            "securityDefinitions",
        ],
    };
    let sections = names.iter().filter_map(|name| root.child(name));
    for section in sections {
        if section.is_reference() {
            section.follow_within(NOT_READ);
        } else if root.source().version() == Version::OpenApi3 {
            let inner = section
                .value()
                .as_object()
                .into_iter()
                .flat_map(Object::iter);
            let inner = inner.filter_map(|(name, _)| section.child(name));
            for inner in inner.filter(Node::is_reference) {
                inner.follow_within(NOT_READ);
            }
        }
    }
}

/// What becomes of a section that cannot be found.
const NOT_READ: &str = "nothing is read of it";

/// Notes the members that only the other version has; references may still lead into them.
pub(super) fn note_foreign(node: &Node<'_>, of_openapi: &[&str], of_swagger: &[&str]) {
    let version = node.source().version();
    let foreign = match version {
        Version::OpenApi3 => of_swagger,
        Version::Swagger2 => of_openapi,
    };
    for member in foreign.iter().filter_map(|key| node.child(key)) {
        member.repair(format!(
            "belongs to {}, and this is a document of {}; read only where something refers to it",
            version.other().name(),
            version.name()
        ));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::source::Source;

    fn problems(value: &Value) -> Vec<String> {
        let source = Source::of(value);
        check_references(&Node::root(&source));
        match source.finish() {
            Ok(_) => Vec::new(),
            Err(problems) => problems.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn a_section_of_another_file_is_one_problem() {
        let far = json!({"$ref": "./components.yaml"});
        for (value, place) in [
            (
                json!({"openapi": "3.0.1", "components": far}),
                "#/components: ",
            ),
            (
                json!({"openapi": "3.0.1", "components": {"schemas": far}}),
                "#/components/schemas: ",
            ),
            (
                json!({"swagger": "2.0", "definitions": far}),
                "#/definitions: ",
            ),
        ] {
            let problems = problems(&value);
            assert_eq!(problems.len(), 1, "{value}");
            assert!(problems[0].starts_with(place), "{problems:?}");
            assert!(
                problems[0].contains("bundle the document first"),
                "{problems:?}"
            );
        }
    }

    #[test]
    fn what_is_called_like_a_reference_is_none() {
        let named = json!({"$ref": {"type": "string"}});
        assert!(
            problems(&json!({"openapi": "3.0.1", "components": {"schemas": named}})).is_empty()
        );
        assert!(problems(&json!({"openapi": "3.0.1", "components": 5})).is_empty());
    }
}
