//! What a request has to bring along: required parameters, and a body that fits its schema where the document says JSON.
//!
//! API Gateway checks this only for methods with a request validator. Here it is always checked: a client that leaves out
//! what its document calls required is wrong either way.

use gatewright_document::{Document, Location, Operation, Parameter};
use http::Method;
use http::header::CONTENT_TYPE;
use serde_json::Value;

use crate::call::Call;
use crate::fits;
use crate::gateway_error::GatewayError;
use crate::refusal::Refusal;
use crate::sample::Side;

pub(crate) fn validate(
    document: &Document,
    operation: &Operation,
    call: Call<'_>,
) -> Result<(), Refusal> {
    parameters(operation, call)?;
    body(document, operation, call)
}

fn parameters(operation: &Operation, call: Call<'_>) -> Result<(), Refusal> {
    let required = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required);
    let missing = required.filter(|parameter| !is_sent(parameter, call));
    let mut missing: Vec<_> = missing.collect();
    // AWS names headers first and parameters of the query last, whatever the document's order is.
    missing.sort_by_key(|parameter| match parameter.location {
        Location::Header => 0,
        Location::Path => 1,
        Location::Query | Location::Cookie => 2,
    });
    let names: Vec<_> = missing.iter().map(|it| it.name.as_str()).collect();
    if names.is_empty() {
        return Ok(());
    }
    let message = format!(
        "Missing required request parameters: [{}]",
        names.join(", ")
    );
    Err(Refusal::saying(GatewayError::BadRequestParameters, message))
}

/// A blank value counts as missing. The path has been matched already, and API Gateway knows no cookies.
fn is_sent(parameter: &Parameter, call: Call<'_>) -> bool {
    let value = match parameter.location {
        Location::Query => call.query(&parameter.name),
        Location::Header => call.header(&parameter.name).map(str::to_owned),
        Location::Path | Location::Cookie => return true,
    };
    value.is_some_and(|value| !value.trim().is_empty())
}

fn body(document: &Document, operation: &Operation, call: Call<'_>) -> Result<(), Refusal> {
    let refused = |reason: String| Err(Refusal::because(GatewayError::BadRequestBody, reason));
    let Some(body) = &operation.body else {
        return Ok(());
    };
    if call.body.is_empty() {
        return if body.required && may_carry_content(&call.parts.method) {
            refused("the body is empty".to_owned())
        } else {
            Ok(())
        };
    }
    let documented = body.content.iter().find(|(media, _)| is_json(media));
    let is_sent = call.header(CONTENT_TYPE.as_str()).is_none_or(is_json);
    let Some((_, media)) = documented.filter(|_| is_sent) else {
        return Ok(());
    };
    let Ok(value) = serde_json::from_slice::<Value>(call.body) else {
        return refused("the body is not JSON".to_owned());
    };
    let Some(schema) = &media.schema else {
        return Ok(());
    };
    fits::check(&value, schema, &document.schemas, Side::Request)
        .or_else(|fault| refused(format!("the body does not fit its schema: {fault}")))
}

/// Content of a `GET` has no defined meaning (RFC 9110, section 9.3.1), and many clients cannot send any: one that is documented as
/// required is not missed.
fn may_carry_content(method: &Method) -> bool {
    method != Method::GET && method != Method::HEAD
}

/// `application/json` and its kin such as `application/problem+json; charset=utf-8`.
pub(crate) fn is_json(media: &str) -> bool {
    let essence = media
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{call, get, read};

    fn document() -> Document {
        let parameter = |name: &str, place: &str, required: bool| serde_json::json!({ "name": name, "in": place, "required": required, "schema": { "type": "string" } });
        let document = serde_json::json!({ "/pets/{id}": { "put": {
            "parameters": [
                parameter("id", "path", true),
                parameter("limit", "query", true),
                parameter("X-Tenant", "header", true),
                parameter("page", "query", false),
            ],
            "requestBody": { "required": true, "content": {
                "application/json": { "schema": { "type": "array", "items": { "type": "integer" } } }, "text/csv": {} } },
            "responses": {},
        } } });
        read(&document)
    }

    fn check(target: &str, headers: &[(&'static str, &str)], body: &[u8]) -> Result<(), String> {
        let mut request = get(target);
        request.method = Method::PUT;
        for (name, value) in headers {
            request.headers.insert(*name, value.parse().unwrap());
        }
        let document = document();
        let validated = validate(&document, &document.operations[0], call(&request, body));
        validated.map_err(|refusal| refusal.reason)
    }

    #[test]
    fn all_missing_parameters_are_named_at_once() {
        let missing = "Missing required request parameters: [X-Tenant, limit]".to_owned();
        assert_eq!(check("/pets/1?page=2", &[], b"[]"), Err(missing.clone()));
        assert_eq!(
            check("/pets/1?limit=", &[("x-tenant", " ")], b"[]"),
            Err(missing)
        );
        assert_eq!(
            check("/pets/1?limit=5", &[("x-tenant", "a")], b"[]"),
            Ok(())
        );
    }

    #[test]
    fn a_get_needs_no_body_though_one_is_documented() {
        let paths = serde_json::json!({ "/": { "get": {
            "requestBody": { "required": true, "content": { "application/json": {} } }, "responses": {} } } });
        let document = read(&paths);
        let validated = validate(&document, &document.operations[0], call(&get("/"), b""));
        assert_eq!(validated, Ok(()));
    }

    #[test]
    fn a_body_has_to_be_there_and_be_json_unless_it_says_otherwise() {
        let with = |content_type, body: &[u8]| {
            check(
                "/?limit=1",
                &[("x-tenant", "a"), ("content-type", content_type)],
                body,
            )
        };
        assert!(with("application/json", b"[1]").is_ok());
        assert!(with("application/json", b"").is_err());
        assert!(with("application/json", b"{").is_err());
        assert!(with("application/vnd.pet+json; charset=utf-8", b"{").is_err());
        assert!(with("text/csv", b"a,b").is_ok());
        assert!(check("/?limit=1", &[("x-tenant", "a")], b"{").is_err());
        assert_eq!(
            with("application/json", b"[1.5]"),
            Err("the body does not fit its schema: /0 is not of the type integer".to_owned())
        );
    }
}
