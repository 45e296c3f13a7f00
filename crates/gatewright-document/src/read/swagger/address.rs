//! Where the API stands: `schemes`, `host` and `basePath`.

use crate::node::{Field, Node};

/// The URL as the document has it; `None` without a host or with schemes that are not HTTP.
pub(in crate::read) fn url(root: &Node<'_>) -> Option<String> {
    let scheme = scheme(root)?;
    let host = text(root, "host")?;
    let base = match root.field("basePath") {
        Some(_) => text(root, "basePath")?,
        None => String::new(),
    };
    let slash = if base.starts_with('/') { "" } else { "/" };
    Some(format!("{scheme}://{host}{slash}{base}"))
}

/// HTTPS where the document lets one choose: API Gateway offers nothing else.
fn scheme(root: &Node<'_>) -> Option<&'static str> {
    let schemes = root
        .field("schemes")
        .map_or_else(Vec::new, |field: Field<'_, '_>| field.texts());
    let has = |wanted: &str| {
        schemes
            .iter()
            .any(|scheme| scheme.eq_ignore_ascii_case(wanted))
    };
    if schemes.is_empty() || has("https") {
        Some("https")
    } else {
        has("http").then_some("http")
    }
}

/// A text that is none of `CloudFormation`'s functions: what those stand for, nobody knows here.
fn text(root: &Node<'_>, key: &str) -> Option<String> {
    let field = root.field(key)?;
    if field.value.is_object() {
        return None;
    }
    field.text()
}
