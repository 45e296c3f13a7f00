//! The tree of values to the model. Each room reads one kind of object and says what is wrong with it.

mod authorizer;
mod content;
mod cors;
mod endpoint;
mod function;
mod header;
mod integration;
mod jwt;
mod kind;
mod operation;
mod parameter;
mod path;
mod response;
mod schema;
mod schemas;
mod scheme;
mod section;
mod security;
mod style;
mod swagger;
mod template;
mod validation;

use crate::error::Problem;
use crate::node::Node;
use crate::source::Source;
use crate::value::Value;
use crate::{Document, Pointer, ReadOptions, Repair, version};
use security::SecurityRules;

/// Reads a whole document; `doubles` are the keys that stand in their object more than once.
pub(crate) fn document(
    name: &str,
    value: &Value,
    doubles: Vec<Pointer>,
    options: &ReadOptions,
) -> Result<Document, Vec<Problem>> {
    version::check(value).map_err(|problem| vec![problem])?;
    let mut source = Source::new(value);
    source.leaves_out_examples = options.leaves_out_examples();
    let root = Node::root(&source);
    for double in doubles {
        note_double(&source, double);
    }
    let mut document = read(name, &root, options);
    document.repairs = source.finish()?;
    Ok(document)
}

/// A path or a method that stands twice hides the operations of the first.
fn note_double(source: &Source<'_>, double: Pointer) {
    let message = "stands here more than once; only the last is read";
    let steps = double.to_string();
    let hides_operations = steps.starts_with("#/paths/") && steps.matches('/').count() <= 3;
    if hides_operations || steps == "#/paths" {
        source.leave_out(double, message);
    } else {
        source.repair(double, message);
    }
}

fn read(name: &str, root: &Node<'_>, options: &ReadOptions) -> Document {
    let info = root.object("info");
    let kind = kind::kind(root.value());
    let security = SecurityRules::read(root, kind, options);
    note_version(root);
    section::check_references(root);
    section::note_foreign(
        root,
        &["components", "servers"],
        &["definitions", "securityDefinitions", "host"],
    );
    let operations = path::operations(root, &security);
    let schemas = schemas::schemas(root);
    Document {
        name: name.to_owned(),
        title: required_text(root, info.as_ref(), "title", "untitled"),
        description: info.as_ref().and_then(|info| info.text("description")),
        version: required_text(root, info.as_ref(), "version", "1.0"),
        kind,
        endpoint: endpoint::endpoint(root),
        operations,
        security_schemes: security.schemes(),
        root_security: security.into_root(),
        schemas: schemas.by_name,
        schema_places: schemas.places,
        binary_media_types: root
            .field("x-amazon-apigateway-binary-media-types")
            .map_or_else(Vec::new, |field| field.texts()),
        cors: cors::cors(root),
        repairs: Vec::<Repair>::new(),
    }
}

/// What is said of a document that API Gateway does not import, and of the part of it that is no part of an API.
fn note_version(root: &Node<'_>) {
    if let (Some(note), Some(openapi)) =
        (version::not_imported(root.value()), root.child("openapi"))
    {
        openapi.minor_repair(note);
    }
    if let Some(webhooks) = root.child("webhooks") {
        webhooks.minor_repair("are requests that the API sends, which a client does not; left out");
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
