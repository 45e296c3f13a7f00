//! Mock integrations: the gateway answers by itself.
//!
//! The status stands in the request template (`{"statusCode": 200}`) and selects the response, whose static headers (those of
//! CORS, mostly) and body template make the answer. Source: "Mock integrations for REST APIs in API Gateway".

use bytes::Bytes;
use gatewright_document::{
    Document, Integration, IntegrationKind, IntegrationResponse, Operation, Passthrough, Status,
};
use http::{HeaderName, HeaderValue, Response, StatusCode};

use super::{body, build, pattern};

const JSON: &str = "application/json";

/// The answer of the operation's mock integration; `None` if it has none, or none with responses.
pub(super) fn respond(document: &Document, operation: &Operation) -> Option<Response<Bytes>> {
    let mock = operation
        .integration
        .as_ref()
        .filter(|it| it.kind == IntegrationKind::Mock)?;
    let response = select(mock)?;
    let status = response
        .status
        .or_else(|| requested_status(mock))
        .unwrap_or(200);
    let body = template(response).unwrap_or_else(|| documented_body(document, operation, status));
    let mut answer = build(StatusCode::from_u16(status).unwrap_or_default(), body);
    for (name, value) in &response.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) {
            answer.headers_mut().insert(name, value);
        }
    }
    Some(answer)
}

fn select(mock: &Integration) -> Option<&IntegrationResponse> {
    let status = requested_status(mock).unwrap_or(200);
    let mut responses = mock.responses.iter();
    let selected = responses.find(|(selection, _)| pattern::takes(selection, status));
    selected
        .map(|(_, response)| response)
        .or_else(|| mock.responses.get("default"))
}

/// The number after `"statusCode"`: the template may hold directives, so it need not be JSON.
fn requested_status(mock: &Integration) -> Option<u16> {
    let template = mock
        .request_templates
        .get(JSON)
        .or_else(|| mock.request_templates.values().next())?;
    let (_, rest) = template.split_once("statusCode")?;
    let start = rest.trim_start_matches(|c: char| c.is_whitespace() || "\"':".contains(c));
    let end = start
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(start.len());
    start[..end].parse().ok()
}

/// The body of the response's template: `Some(None)` if there is no template, since the gateway then sends no body, and
/// `None` if it has directives of the template language, which are not run here.
fn template(response: &IntegrationResponse) -> Option<Option<(String, Bytes)>> {
    let templates = &response.templates;
    let Some((media, text)) = templates.get_key_value(JSON).or_else(|| templates.first()) else {
        return Some(Some((JSON.to_owned(), Bytes::new())));
    };
    (!has_directives(text)).then(|| Some((media.clone(), Bytes::from(text.clone()))))
}

/// Whether a text has references or directives of the Velocity Template Language: `$name`, `${name}`, `$!name`, `#if`, `#{else}`, `##`. A
/// lone `$5` or `#1` is text.
fn has_directives(text: &str) -> bool {
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().unwrap_or_default();
        let is_one = match character {
            '$' => next.is_ascii_alphabetic() || "{!_".contains(next),
            '#' => next.is_ascii_alphabetic() || "{#*@".contains(next),
            _ => false,
        };
        if is_one {
            return true;
        }
    }
    false
}

/// Whether a mock refuses a body of this media type, for which it has no template ("Method request behavior for payloads without mapping
/// templates").
pub(super) fn refuses(operation: &Operation, media_type: &str) -> bool {
    let mock = operation.integration.as_ref();
    let Some(mock) = mock.filter(|it| it.kind == IntegrationKind::Mock) else {
        return false;
    };
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let mut templates = mock.request_templates.keys();
    let has_template = templates.any(|known| known.eq_ignore_ascii_case(essence));
    !has_template
        && match mock.passthrough {
            Passthrough::Never => true,
            Passthrough::WhenNoTemplates => !mock.request_templates.is_empty(),
            _ => false,
        }
}

/// What the document has for that status, in place of a template that cannot be run.
fn documented_body(
    document: &Document,
    operation: &Operation,
    status: u16,
) -> Option<(String, Bytes)> {
    let mut responses = operation.responses.iter();
    let response = responses.find(|response| response.status == Status::Code(status))?;
    body::of(document, response)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::fixtures::read;

    fn answer(integration: &Value) -> Option<(u16, String, Response<Bytes>)> {
        let example = json!({ "application/json": { "example": "from the example" } });
        let document = read(&json!({ "/": { "options": {
            "responses": { "200": { "description": "d", "content": example } },
            "x-amazon-apigateway-integration": integration,
        } } }));
        let response = respond(&document, &document.operations[0])?;
        let body = String::from_utf8(response.body().to_vec()).unwrap();
        Some((response.status().as_u16(), body, response))
    }

    #[test]
    fn only_what_the_template_language_knows_is_a_directive() {
        for (text, expected) in [
            (r##"{"price": "$5", "tag": "#1"}"##, false),
            ("a $ b # c", false),
            ("$input.json('$')", true),
            ("${context.stage}", true),
            ("$!name", true),
            ("#set($a = 1)", true),
            ("## a comment", true),
        ] {
            assert_eq!(has_directives(text), expected, "{text}");
        }
    }

    #[test]
    fn a_body_without_a_template_is_refused_where_the_document_says_so() {
        let refuses = |behavior: &str, templates: Value, media_type: &str| {
            let integration = json!({"type": "mock", "passthroughBehavior": behavior, "requestTemplates": templates});
            let document = read(
                &json!({"/": {"post": {"responses": {}, "x-amazon-apigateway-integration": integration}}}),
            );
            super::refuses(&document.operations[0], media_type)
        };
        let json = || json!({"application/json": "{}"});
        assert!(refuses("never", json(), "text/plain"));
        assert!(!refuses("never", json(), "application/json; charset=utf-8"));
        assert!(refuses("NEVER", json!({}), "application/json"));
        assert!(refuses("when_no_templates", json(), "text/plain"));
        assert!(!refuses("when_no_templates", json!({}), "text/plain"));
        assert!(!refuses("when_no_match", json(), "text/plain"));
    }

    #[test]
    fn an_options_mock_answers_with_its_cors_headers() {
        let (status, body, response) = answer(&json!({
            "type": "mock",
            "requestTemplates": { "application/json": "{\"statusCode\": 200}" },
            "responses": { "default": { "statusCode": "200", "responseParameters": {
                "method.response.header.Access-Control-Allow-Origin": "'*'",
                "method.response.header.Access-Control-Allow-Methods": "'GET,OPTIONS'",
            } } },
        }))
        .unwrap();
        assert_eq!((status, body.as_str()), (200, ""));
        assert_eq!(response.headers()["access-control-allow-origin"], "*");
        assert_eq!(
            response.headers()["access-control-allow-methods"],
            "GET,OPTIONS"
        );
        assert_eq!(response.headers()["content-type"], "application/json");
    }

    #[test]
    fn the_template_chooses_the_response() {
        let of = |template: &str| {
            let responses = json!({
                "default": { "statusCode": "200", "responseTemplates": { "application/json": "{\"ok\":true}" } },
                "4\\d{2}": { "statusCode": "404", "responseTemplates": { "text/plain": "gone" } },
            });
            answer(
                &json!({ "type": "mock", "requestTemplates": { "application/json": template }, "responses": responses }),
            )
        };
        let (status, body, _) = of("{ 'statusCode' : 404 }").unwrap();
        assert_eq!((status, body.as_str()), (404, "gone"));
        let (status, body, _) = of("#set($x = 1)\n{\"statusCode\":200}").unwrap();
        assert_eq!((status, body.as_str()), (200, "{\"ok\":true}"));
    }

    #[test]
    fn a_template_with_directives_gives_way_to_the_documented_body() {
        let templates = json!({ "application/json": "{\"id\":\"$context.requestId\"}" });
        let responses =
            json!({ "default": { "statusCode": "200", "responseTemplates": templates } });
        let (_, body, _) = answer(&json!({ "type": "mock", "responses": responses })).unwrap();
        assert_eq!(body, "\"from the example\"");
    }

    #[test]
    fn only_mocks_with_responses_answer_by_themselves() {
        assert!(answer(&json!({ "type": "mock" })).is_none());
        let responses = json!({ "default": { "statusCode": "200" } });
        assert!(
            answer(&json!({ "type": "aws_proxy", "uri": "arn:aws:x", "responses": responses }))
                .is_none()
        );
    }
}
