//! The tree of values to the model. Each room reads one kind of object and says what is wrong with it.

mod authorizer;
mod content;
mod cors;
mod endpoint;
mod function;
mod gateway_response;
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
use crate::places::{ApiOfTemplate, Body};
use crate::source::Source;
use crate::{Document, Pointer, ReadOptions, Repair, version};
use security::SecurityRules;

/// Reads a whole document; `doubles` are the keys of its file that stand in their object more than once.
pub(crate) fn document(
    name: &str,
    body: &mut Body,
    doubles: Vec<Pointer>,
    options: &ReadOptions,
) -> Result<Document, Vec<Problem>> {
    let notes = std::mem::take(&mut body.notes);
    let (value, base) = (&body.value, &body.places.base);
    version::check(value, base).map_err(|problem| vec![problem])?;
    let mut source = Source::new(value, &body.files).with_places(&body.places);
    source.leaves_out_examples = options.leaves_out_examples();
    let root = Node::root(&source);
    for double in doubles {
        note_double(&source, double);
    }
    notes.into_iter().for_each(|note| source.add(note));
    let mut document = read(name, &root, body.api.as_ref(), options);
    document.repairs = source.finish()?;
    Ok(document)
}

/// What is said of a key that its object has more than once.
pub(crate) const STANDS_TWICE: &str = "stands here more than once; only the last is read";

/// A path or a method that stands twice hides the operations of the first.
fn note_double(source: &Source<'_>, double: Pointer) {
    let hides_operations = {
        let (steps, base) = (double.steps(), source.base());
        let is_there = double.file() == base.file();
        let base = base.steps();
        let in_document = steps.strip_prefix(base.as_slice()).filter(|_| is_there);
        match in_document {
            Some(steps) => steps.first() == Some(&"paths") && steps.len() <= 3,
            None => steps.len() <= 2 || steps.contains(&"Events"),
        }
    };
    if hides_operations {
        source.leave_out(double, STANDS_TWICE);
    } else {
        source.repair(double, STANDS_TWICE);
    }
}

fn read(
    name: &str,
    root: &Node<'_>,
    api: Option<&ApiOfTemplate>,
    options: &ReadOptions,
) -> Document {
    let info = root.object("info");
    let kind = api.map_or_else(|| kind::kind(root.value()), |api| api.kind);
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
        resource: api.map(|api| api.id.clone()),
        pointer: root.at().clone(),
        // No template knows where its API will be.
        endpoint: endpoint::endpoint(root).filter(|_| api.is_none()),
        operations,
        security_schemes: security.schemes(),
        root_security: security.into_root(),
        schemas: schemas.by_name,
        schema_places: schemas.places,
        binary_media_types: root
            .field("x-amazon-apigateway-binary-media-types")
            .map_or_else(Vec::new, |field| field.texts()),
        cors: cors::cors(root),
        gateway_responses: gateway_response::gateway_responses(root),
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
