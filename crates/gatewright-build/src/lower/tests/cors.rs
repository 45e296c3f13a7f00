//! What a report says of the pages of other origins.

use serde_json::{Value, json};

use super::Choices;
use crate::generate::generate;

const ALLOWED: &str =
    "'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,my-custom-header'";

fn report(document: &Value) -> String {
    let text = document.to_string();
    match generate("t.json", text.as_bytes(), None, &Choices::default()) {
        Ok(generated) => crate::Report::new("t.json", 1, &generated.notes).to_string(),
        Err(error) => panic!("{error}"),
    }
}

/// A REST API as the console makes it by "Enable CORS", with an operation that sends two headers of its own.
fn rest(allowed: &str) -> Value {
    let header =
        |name: &str| json!({ "name": name, "in": "header", "schema": { "type": "string" } });
    let cors = json!({
        "method.response.header.Access-Control-Allow-Origin": "'*'",
        "method.response.header.Access-Control-Allow-Methods": "'GET,OPTIONS'",
        "method.response.header.Access-Control-Allow-Headers": allowed,
    });
    let mock = json!({ "type": "mock", "responses": { "default": { "statusCode": "200", "responseParameters": cors } } });
    json!({
        "openapi": "3.0.1", "info": { "title": "t", "version": "1" },
        "paths": { "/items": {
            "get": {
                "operationId": "getItems", "security": [{ "api_key": [] }],
                "parameters": [header("My-Custom-Header"), header("x-other"), header("Accept-Language")],
                "responses": { "200": { "description": "all" } },
            },
            "options": { "responses": { "200": { "description": "ok" } }, "x-amazon-apigateway-integration": mock },
        } },
        "components": { "securitySchemes": { "api_key": { "type": "apiKey", "name": "x-api-key", "in": "header" } } },
    })
}

#[test]
fn the_report_says_what_a_preflight_allows_and_which_headers_it_does_not() {
    let report = report(&rest(ALLOWED));
    let expected = "\
        What browsers let pages of other origins do (CORS):\n\
        * pages of * may send GET, OPTIONS, with Content-Type, X-Amz-Date, Authorization, X-Api-Key, \
        X-Amz-Security-Token, my-custom-header\n\
        \u{20}   #/paths/~1items/options\n\
        * no page of another origin can send the header `x-other`, which is missing in the headers allowed at \
        #/paths/~1items/options\n\
        \u{20}   #/paths/~1items/get/parameters/1\n";
    assert!(report.ends_with(expected), "{report}");
}

#[test]
fn a_credential_that_no_page_can_send_is_named_at_its_operation() {
    let report = report(&rest("'*'"));
    assert!(!report.contains("cannot"), "{report}");
    let report = self::report(&rest("'Content-Type'"));
    let line = "the header `x-api-key`, which is missing in the headers allowed at #/paths/~1items/options\n    #/paths/~1items/get\n";
    assert!(report.contains(line), "{report}");
}

#[test]
fn an_http_api_allows_for_all_its_paths() {
    let document = json!({
        "openapi": "3.0.1", "info": { "title": "t", "version": "1" },
        "x-amazon-apigateway-importexport-version": "1.0",
        "paths": { "/items": { "get": {
            "operationId": "getItems", "security": [{ "jwt": [] }],
            "responses": { "200": { "description": "all" } },
        } } },
        "components": { "securitySchemes": { "jwt": {
            "type": "oauth2", "flows": {},
            "x-amazon-apigateway-authorizer": { "type": "jwt", "identitySource": "$request.header.Authorization",
                "jwtConfiguration": { "audience": ["a"], "issuer": "https://issuer.example" } },
        } } },
        "x-amazon-apigateway-cors": { "allowOrigins": ["https://app.example"], "allowMethods": ["GET"], "allowHeaders": ["*"] },
    });
    let report = report(&document);
    assert!(
        report.contains(
            "* pages of https://app.example may send GET, with *\n    #/x-amazon-apigateway-cors\n"
        ),
        "{report}"
    );
    assert!(
        report.contains("the header `authorization`, which is missing"),
        "{report}"
    );
}

#[test]
fn a_document_that_says_nothing_of_cors_is_not_spoken_of() {
    let mut document = rest(ALLOWED);
    document["paths"]["/items"]
        .as_object_mut()
        .unwrap()
        .remove("options");
    assert!(!report(&document).contains("CORS"));
}
