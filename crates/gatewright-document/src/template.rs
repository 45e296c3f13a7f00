//! Templates of `CloudFormation` and AWS SAM: the OpenAPI document of one API in them.
//!
//! | resource | its document |
//! | --- | --- |
//! | `AWS::Serverless::Api`, `AWS::Serverless::HttpApi` | `DefinitionBody`, or what the events of functions make; then what `Auth` and `Cors` add |
//! | `ServerlessRestApi`, `ServerlessHttpApi`, which no template declares | the events of functions that name no API |
//! | `AWS::ApiGateway::RestApi`, `AWS::ApiGatewayV2::Api` | `Body` |
//!
//! The document is read as any other one, by the same readers; only its places are those of the template. It is never written
//! down in between: what `Auth` adds stands in the tree where AWS SAM's translator puts it.

mod choose;
mod external;
mod foreign;
mod plain;
mod sam;
mod scope;
mod settle;

pub(crate) use foreign::unversioned;

use crate::error::Problem;
use crate::files::Other;
use crate::places::{Body, Places};
use crate::value::{Object, Value};
use crate::{ApiKind, Pointer, ReadOptions, Repair, read};
use choose::Api;
pub(crate) use external::Elsewhere;
use scope::Scope;
use settle::Settled;

/// Whether a file is a template: resources, each with a type. A document of OpenAPI may have an `x-` of any name, but no
/// `Resources`.
pub(crate) fn is_template(root: &Value) -> bool {
    let is_document = root.get("openapi").is_some() || root.get("swagger").is_some();
    !is_document && root.get("Resources").is_some_and(Value::is_object)
}

/// The document to read of a file: all of it, or the body of the API that was chosen.
pub(crate) fn body(
    root: Value,
    options: &ReadOptions,
    files: &mut Elsewhere<'_>,
) -> Result<Body, Vec<Problem>> {
    if is_template(&root) {
        let Value::Object(template) = root else {
            return Ok(Body::default());
        };
        return of_template(template, options, files).map_err(|problem| vec![problem]);
    }
    if let Some(id) = options.resource_id() {
        return Err(vec![choose::no_template(id)]);
    }
    let scope = Scope::empty();
    let body = settled(root, Pointer::root(), &scope);
    full(&scope).map_or(Ok(body), |problem| Err(vec![problem]))
}

/// The logical ids of the APIs of a template that can be chosen; none of a file of another kind.
pub(crate) fn ids(root: &Value) -> Vec<String> {
    if !is_template(root) {
        return Vec::new();
    }
    let resources = root.get("Resources").and_then(Value::as_object);
    let apis = resources.map(choose::apis).unwrap_or_default();
    apis.into_iter().map(|api| api.id).collect()
}

fn of_template(
    mut template: Object,
    options: &ReadOptions,
    files: &mut Elsewhere<'_>,
) -> Result<Body, Problem> {
    let globals = template.take("Globals").unwrap_or_default();
    let Some(Value::Object(mut resources)) = template.take("Resources") else {
        return Ok(Body::default());
    };
    let api = choose::api(&resources, options.resource_id())?;
    let scope = Scope::of(&mut template);
    let body = match api.kind {
        Api::SERVERLESS_REST | Api::SERVERLESS_HTTP => {
            sam::body(&api, globals, &mut resources, &scope, files)?
        }
        _ => plain::body(&api, &mut resources, &scope, files)?,
    };
    full(&scope).map_or(Ok(body), Err)
}

/// What another file holds, with its functions settled; where its parts stand and what was noted goes to `body`.
pub(crate) fn other_file(other: Other, places: &mut Places, notes: &mut Vec<Repair>) -> Value {
    let at = Pointer::of_file(&other.path);
    let mut value = other.value;
    let Settled { moved, notes: more } = settle::settle(&mut value, &at, &Scope::empty());
    let moved = moved.into_iter().map(|(part, to)| (part.below(&at), to));
    places.moved.extend(moved);
    notes.extend(more);
    let doubles = other.doubles.iter().map(|double| double.below(&at));
    notes.extend(doubles.map(|at| Repair::new(at, read::STANDS_TWICE)));
    value
}

/// A document whose functions are settled.
fn settled(mut value: Value, base: Pointer, scope: &Scope) -> Body {
    let Settled { moved, notes } = settle::settle(&mut value, &base, scope);
    Body {
        value,
        places: Places { base, moved },
        notes,
        ..Body::default()
    }
}

fn full(scope: &Scope) -> Option<Problem> {
    scope.is_full().then(|| {
        Problem::file("holds functions of CloudFormation that repeat more text than any API has")
    })
}

/// Where a resource stands.
fn place(id: &str) -> Pointer {
    Pointer::root().key("Resources").key(id)
}

/// What stands in place of the properties of a resource.
fn properties<'a>(resources: &'a mut Object, id: &str) -> Option<&'a mut Object> {
    match resources.get_mut(id)? {
        Value::Object(resource) => match resource.get_mut("Properties")? {
            Value::Object(properties) => Some(properties),
            _ => None,
        },
        _ => None,
    }
}

impl Api {
    /// The kind of API that a resource is.
    fn api_kind(&self) -> ApiKind {
        match self.kind {
            Api::SERVERLESS_HTTP | Api::HTTP => ApiKind::Http,
            _ => ApiKind::Rest,
        }
    }
}
