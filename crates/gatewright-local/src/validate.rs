//! What a request has to bring along: required parameters and a body that is JSON where the document says so.
//!
//! API Gateway checks this only for methods with a request validator. Here it is always checked: a client that leaves out
//! what its document calls required is wrong either way.

use gatewright_document::{Location, Operation, Parameter};
use http::header::CONTENT_TYPE;

use crate::call::Call;
use crate::gateway_error::GatewayError;
use crate::refusal::Refusal;

pub(crate) fn validate(operation: &Operation, call: Call<'_>) -> Result<(), Refusal> {
    parameters(operation, call)?;
    body(operation, call)
}

fn parameters(operation: &Operation, call: Call<'_>) -> Result<(), Refusal> {
    let required = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required);
    let missing = required.filter(|parameter| !is_sent(parameter, call));
    let names: Vec<_> = missing.map(|parameter| parameter.name.as_str()).collect();
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

fn body(operation: &Operation, call: Call<'_>) -> Result<(), Refusal> {
    let Some(body) = &operation.body else {
        return Ok(());
    };
    if call.body.is_empty() && !body.required {
        return Ok(());
    }
    let documented = body.content.keys().any(|media| is_json(media));
    let sent = call.header(CONTENT_TYPE.as_str()).is_none_or(is_json);
    let parses = || serde_json::from_slice::<serde_json::Value>(call.body).is_ok();
    if call.body.is_empty() || (documented && sent && !parses()) {
        let reason = "the body is empty or not JSON";
        return Err(Refusal::because(GatewayError::BadRequestBody, reason));
    }
    Ok(())
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

    fn operation() -> Operation {
        let parameter = |name: &str, place: &str, required: bool| serde_json::json!({ "name": name, "in": place, "required": required, "schema": { "type": "string" } });
        let document = serde_json::json!({ "/pets/{id}": { "put": {
            "parameters": [
                parameter("id", "path", true),
                parameter("limit", "query", true),
                parameter("X-Tenant", "header", true),
                parameter("page", "query", false),
            ],
            "requestBody": { "required": true, "content": { "application/json": {}, "text/csv": {} } },
            "responses": {},
        } } });
        read(&document).operations.remove(0)
    }

    fn check(target: &str, headers: &[(&'static str, &str)], body: &[u8]) -> Result<(), String> {
        let mut request = get(target);
        for (name, value) in headers {
            request.headers.insert(*name, value.parse().unwrap());
        }
        validate(&operation(), call(&request, body)).map_err(|refusal| refusal.reason)
    }

    #[test]
    fn all_missing_parameters_are_named_at_once() {
        let missing = "Missing required request parameters: [limit, X-Tenant]".to_owned();
        assert_eq!(check("/pets/1?page=2", &[], b"{}"), Err(missing.clone()));
        assert_eq!(
            check("/pets/1?limit=", &[("x-tenant", " ")], b"{}"),
            Err(missing)
        );
        assert_eq!(
            check("/pets/1?limit=5", &[("x-tenant", "a")], b"{}"),
            Ok(())
        );
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
    }
}
