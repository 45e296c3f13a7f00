//! What a request has to bring along: required parameters, and a body that fits its schema where the document says JSON.
//!
//! API Gateway checks what the method's request validator says, and nothing without one (recorded on AWS 2024-01-10 by `LocalStack`'s
//! `test_api_gateway_request_validator`).

use gatewright_document::{Document, Location, Operation, Parameter};
use http::Method;
use http::header::CONTENT_TYPE;
use serde_json::Value;

use crate::call::Call;
use crate::fits;
use crate::gateway_error::GatewayError;
use crate::refusal::Refusal;
use crate::sample::Side;

/// Which requests are checked for what their operation requires.
///
/// ```
/// # use gatewright_document::Document;
/// # let bytes = br#"{"openapi": "3.0.1", "info": {"title": "pets", "version": "1"}, "paths": {"/pets": {"get": {"parameters":
/// #     [{"name": "limit", "in": "query", "required": true, "schema": {"type": "string"}}], "responses": {"200": {"description": "all"}}}}}}"#;
/// # let document = Document::from_slice("pets.json", bytes)?;
/// use bytes::Bytes;
/// use gatewright_local::{LocalGateway, Validate};
///
/// // GET /pets requires `limit` and has no request validator.
/// let request = || http::Request::get("/pets").body(Bytes::new());
/// let now = std::time::SystemTime::now();
/// let gateway = LocalGateway::builder(document.clone()).build()?;
/// assert_eq!(gateway.handle(request()?, now).status(), 200);
///
/// let strict = LocalGateway::builder(document).validate(Validate::Always).build()?;
/// assert_eq!(strict.handle(request()?, now).status(), 400);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Validate {
    /// As API Gateway does: those of methods that have a request validator, for what it checks. The default.
    #[default]
    AsDocumented,
    /// All of them, for parameters and bodies: a client that leaves out what its document requires is wrong either way.
    Always,
    /// None.
    Never,
}

impl Validate {
    /// Whether parameters and bodies of an operation are checked.
    fn of(self, operation: &Operation) -> (bool, bool) {
        match self {
            Self::AsDocumented => {
                let validation = operation.validation;
                (validation.parameters, validation.body)
            }
            Self::Always => (true, true),
            Self::Never => (false, false),
        }
    }
}

pub(crate) fn validate(
    document: &Document,
    operation: &Operation,
    call: Call<'_>,
    which: Validate,
) -> Result<(), Refusal> {
    let (has_parameters, has_body) = which.of(operation);
    if has_parameters {
        parameters(operation, call)?;
    }
    // Content of a `GET` has no defined meaning (RFC 9110, section 9.3.1), and many clients cannot send any. A validator asks for it
    // all the same.
    let is_asked = operation.validation.body || may_carry_content(&call.parts.method);
    match has_body {
        true => body(document, operation, call, is_asked),
        false => Ok(()),
    }
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

fn body(
    document: &Document,
    operation: &Operation,
    call: Call<'_>,
    is_asked: bool,
) -> Result<(), Refusal> {
    let refused = |reason: String| Err(Refusal::because(GatewayError::BadRequestBody, reason));
    let Some(body) = &operation.body else {
        return Ok(());
    };
    if call.body.is_empty() {
        return if body.required && is_asked {
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
        let validated = validate(
            &document,
            &document.operations[0],
            call(&request, body),
            Validate::Always,
        );
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
        let validated = validate(
            &document,
            &document.operations[0],
            call(&get("/"), b""),
            Validate::Always,
        );
        assert_eq!(validated, Ok(()));
    }

    #[test]
    fn a_validator_says_what_is_checked() {
        let operation = |validator: &str| {
            serde_json::json!({
                "x-amazon-apigateway-request-validator": validator,
                "parameters": [{"name": "limit", "in": "query", "required": true, "schema": {"type": "string"}}],
                "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "object"}}}},
                "responses": {},
            })
        };
        let mut document = serde_json::json!({
            "openapi": "3.0.1", "info": {"title": "t", "version": "1"},
            "x-amazon-apigateway-request-validators": {
                "parameters": {"validateRequestParameters": true, "validateRequestBody": false},
                "body": {"validateRequestParameters": false, "validateRequestBody": true},
                "nothing": {"validateRequestParameters": false, "validateRequestBody": false},
            },
            "paths": {"/": {"get": operation("parameters"), "put": operation("body"), "post": operation("nothing")}},
        });
        document["paths"]["/"]["get"]["x-amazon-apigateway-request-validator"] = "body".into();
        let document = Document::from_slice("t.json", document.to_string().as_bytes()).unwrap();
        let refused = |index: usize, which| {
            let operation = &document.operations[index];
            let validated = validate(&document, operation, call(&get("/"), b""), which);
            validated.err().map(|refusal| refusal.error)
        };
        let methods: Vec<_> = document
            .operations
            .iter()
            .map(|it| it.method.as_str())
            .collect();
        assert_eq!(methods, ["GET", "PUT", "POST"]);
        // A GET with a validator for its body misses it, too.
        assert_eq!(
            refused(0, Validate::AsDocumented),
            Some(GatewayError::BadRequestBody)
        );
        assert_eq!(
            refused(1, Validate::AsDocumented),
            Some(GatewayError::BadRequestBody)
        );
        assert_eq!(refused(2, Validate::AsDocumented), None);
        assert_eq!(
            refused(2, Validate::Always),
            Some(GatewayError::BadRequestParameters)
        );
        assert_eq!(refused(0, Validate::Never), None);
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
