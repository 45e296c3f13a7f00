//! What an operation that was let through is answered with.
//!
//! The first of these that there is: the mock integration's response; the first documented success (else the `default` one)
//! with its example, or with a value made from its schema; status 200 without a body.

mod body;
mod mock;
mod pattern;

use bytes::Bytes;
use gatewright_document::{Document, Operation, Response as Documented, Status};
use http::{Response, StatusCode};

pub(crate) fn respond(document: &Document, operation: &Operation) -> Response<Bytes> {
    mock::respond(document, operation).unwrap_or_else(|| documented(document, operation))
}

/// Whether the integration refuses a body of this media type.
pub(crate) fn refuses(operation: &Operation, media_type: &str) -> bool {
    mock::refuses(operation, media_type)
}

fn documented(document: &Document, operation: &Operation) -> Response<Bytes> {
    let Some(response) = success(operation) else {
        return Response::new(Bytes::new());
    };
    let status = match response.status {
        Status::Code(code) => StatusCode::from_u16(code).unwrap_or_default(),
        Status::Range(_) | Status::Default => StatusCode::OK,
    };
    let body = body::of(document, response);
    build(status, body)
}

fn success(operation: &Operation) -> Option<&Documented> {
    let responses = || operation.responses.iter();
    let is_success = |status| matches!(status, Status::Code(200..=299) | Status::Range(2));
    responses()
        .find(|response| is_success(response.status))
        .or_else(|| responses().find(|response| response.status == Status::Default))
}

/// An answer with a body of a media type, if there is one. Status 204 and 304 have none (RFC 9110, section 6.4.1).
fn build(status: StatusCode, body: Option<(String, Bytes)>) -> Response<Bytes> {
    let may_have_body = status != StatusCode::NO_CONTENT && status != StatusCode::NOT_MODIFIED;
    let (media, bytes) = body.filter(|_| may_have_body).unwrap_or_default();
    let mut response = Response::new(bytes);
    *response.status_mut() = status;
    if let Ok(media) = media.parse::<http::HeaderValue>()
        && !media.is_empty()
    {
        response
            .headers_mut()
            .insert(http::header::CONTENT_TYPE, media);
    }
    response
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::fixtures::read_with;

    fn answer(responses: &Value) -> (u16, String, String) {
        let schemas =
            json!({ "Pet": { "type": "object", "properties": { "name": { "type": "string" } } } });
        let paths = json!({ "/": { "get": { "responses": responses } } });
        let document = read_with(&paths, &schemas);
        let response = respond(&document, &document.operations[0]);
        let media = response
            .headers()
            .get("content-type")
            .map(|value| value.to_str().unwrap().to_owned());
        let body = String::from_utf8(response.body().to_vec()).unwrap();
        (response.status().as_u16(), media.unwrap_or_default(), body)
    }

    fn response(content: &Value) -> Value {
        json!({ "description": "d", "content": content })
    }

    #[test]
    fn the_first_success_is_made_from_its_schema() {
        let pet = response(
            &json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Pet" } } }),
        );
        let answered = answer(&json!({ "404": response(&json!({})), "201": pet }));
        let body = r#"{"name":"string"}"#.to_owned();
        assert_eq!(answered, (201, "application/json".to_owned(), body));
    }

    #[test]
    fn an_example_goes_before_the_schema() {
        let content = json!({ "application/json": {
            "schema": { "$ref": "#/components/schemas/Pet" }, "example": { "name": "Rex" } } });
        assert_eq!(
            answer(&json!({ "200": response(&content) })).2,
            r#"{"name":"Rex"}"#
        );
    }

    #[test]
    fn text_is_sent_as_it_stands() {
        let content = json!({ "text/plain": { "example": "plain \"text\"" } });
        let answered = answer(&json!({ "200": response(&content) }));
        assert_eq!(
            answered,
            (200, "text/plain".to_owned(), "plain \"text\"".to_owned())
        );
    }

    #[test]
    fn nothing_documented_is_an_empty_200() {
        let empty = (200, String::new(), String::new());
        assert_eq!(
            answer(&json!({ "default": { "description": "Default response for GET /" } })),
            empty
        );
        assert_eq!(answer(&json!({ "400": response(&json!({})) })), empty);
    }

    #[test]
    fn no_content_has_no_body() {
        let content = json!({ "application/json": { "example": {} } });
        assert_eq!(
            answer(&json!({ "204": response(&content) })),
            (204, String::new(), String::new())
        );
    }
}
