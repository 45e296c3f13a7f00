//! APIs of `CloudFormation` itself, whose `Body` is the document.

use super::choose::Api;
use super::external::Elsewhere;
use super::scope::Scope;
use super::{external, foreign, place, properties, settled};
use crate::error::Problem;
use crate::places::{ApiOfTemplate, Body};
use crate::value::{Object, Value};

/// The body of a REST API or HTTP API.
pub(super) fn body(
    api: &Api,
    resources: &mut Object,
    scope: &Scope,
    files: &mut Elsewhere<'_>,
) -> Result<Body, Problem> {
    let at = place(&api.id).key("Properties");
    let Some(properties) = properties(resources, &api.id) else {
        return Err(Problem::pointer(
            place(&api.id),
            foreign::of_resources(api.kind),
        ));
    };
    if let Some(location) = properties.get("BodyS3Location") {
        let at = at.key("BodyS3Location");
        let (body, at) = files.document(at, location)?;
        return Ok(finished(settled(body, at, scope), api, properties));
    }
    let body = properties.take("Body").filter(|body| !body.is_null());
    let Some(body) = body else {
        return Err(Problem::pointer(
            place(&api.id),
            foreign::of_resources(api.kind),
        ));
    };
    let at = at.key("Body");
    let (body, at) = match external::included_body(&body) {
        Some(file) => files.document(at, &Value::String(file.into()))?,
        None => (body, at),
    };
    Ok(finished(settled(body, at, scope), api, properties))
}

/// A body with what its resource says of it.
fn finished(mut body: Body, api: &Api, properties: &Object) -> Body {
    add_key_source(&mut body.value, properties);
    body.api = Some(ApiOfTemplate {
        id: api.id.clone(),
        kind: api.api_kind(),
    });
    body
}

/// Who gives the gateway the API key, which the resource says too, and which its body may leave out.
pub(super) fn add_key_source(body: &mut Value, properties: &Object) {
    let key = "x-amazon-apigateway-api-key-source";
    let source = properties.get("ApiKeySourceType").and_then(Value::as_str);
    if let Value::Object(object) = body
        && let Some(source) = source
        && object.get(key).is_none()
    {
        object.set(key, Value::String(source.into()));
    }
}
