//! Where each version keeps what operations share.

use crate::Pointer;
use crate::node::Node;
use crate::version::Version;

/// The named schemas.
pub(super) fn schemas<'a>(root: &Node<'a>) -> Option<Node<'a>> {
    match root.source().version() {
        Version::OpenApi3 => root.object("components")?.object("schemas"),
        Version::Swagger2 => root.object("definitions"),
    }
}

/// Where the named schemas stand, be there any or not.
pub(super) fn schemas_at(version: Version) -> Pointer {
    match version {
        Version::OpenApi3 => Pointer::root().key("components").key("schemas"),
        Version::Swagger2 => Pointer::root().key("definitions"),
    }
}

/// The security schemes.
pub(super) fn security_schemes<'a>(root: &Node<'a>) -> Option<Node<'a>> {
    match root.source().version() {
        Version::OpenApi3 => root.object("components")?.object("securitySchemes"),
        Version::Swagger2 => root.object("securityDefinitions"),
    }
}

/// The name of [`security_schemes`] for messages.
pub(super) fn security_schemes_name(version: Version) -> &'static str {
    match version {
        Version::OpenApi3 => "components.securitySchemes",
        Version::Swagger2 => "securityDefinitions",
    }
}

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
