//! The tree of values to the model. Each room reads one kind of object and says what is wrong with it.

mod authorizer;
mod content;
mod endpoint;
mod integration;
mod kind;
mod operation;
mod parameter;
mod path;
mod response;
mod schema;
mod scheme;
mod security;
mod template;
mod version;

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use crate::error::Problem;
use crate::node::Node;
use crate::source::Source;
use crate::{Document, Repair};
use security::SecurityRules;

/// Reads a whole document.
pub(crate) fn document(name: &str, value: &Value) -> Result<Document, Vec<Problem>> {
    let source = Source::new(value);
    let root = Node::root(&source);
    version::check(&root).map_err(|problem| vec![problem])?;
    let mut document = read(name, &root);
    document.repairs = source.finish()?;
    Ok(document)
}

fn read(name: &str, root: &Node<'_>) -> Document {
    let info = root.object("info");
    let kind = kind::kind(root.value());
    let security = SecurityRules::read(root, kind);
    Document {
        name: name.to_owned(),
        title: required_text(root, info.as_ref(), "title", "untitled"),
        description: info.as_ref().and_then(|info| info.text("description")),
        version: required_text(root, info.as_ref(), "version", "1.0"),
        kind,
        endpoint: endpoint::endpoint(root),
        operations: path::operations(root, &security),
        root_security: security.into_root(),
        schemas: schemas(root),
        binary_media_types: root
            .field("x-amazon-apigateway-binary-media-types")
            .map_or_else(Vec::new, |field| field.texts()),
        repairs: Vec::<Repair>::new(),
    }
}

/// A text of `info` that OpenAPI requires; the default is what SAM and the console write.
fn required_text(root: &Node<'_>, info: Option<&Node<'_>>, key: &str, default: &str) -> String {
    let found = info.and_then(|info| info.text(key));
    found.unwrap_or_else(|| {
        info.unwrap_or(root)
            .minor_repair(format!("has no {key}; read as `{default}`"));
        default.to_owned()
    })
}

fn schemas(root: &Node<'_>) -> IndexMap<String, ReferenceOr<Schema>> {
    let Some(schemas) = root
        .object("components")
        .and_then(|components| components.object("schemas"))
    else {
        return IndexMap::new();
    };
    schemas
        .fields()
        .map(|field| (field.key.to_owned(), schema::schema(&field.node())))
        .collect()
}
