use std::time::{Duration, UNIX_EPOCH};

use gatewright_document::Document;

use super::*;
use crate::Verdict;
use crate::{Builder, LocalGateway};

const PETS: &[u8] = include_bytes!("../../tests/fixtures/pets-prod-oas30-apigateway.json");
const NOTES: &[u8] = include_bytes!("../../tests/fixtures/notes-http-api.json");

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_795_411_860)
}

fn builder(bytes: &[u8]) -> Builder {
    LocalGateway::builder(Document::from_slice("fixture.json", bytes).unwrap()).clock(now)
}

/// Sends a request and gives the status, the error type and the body.
fn send(
    gateway: &Gateway,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> (u16, String, String) {
    let response = exchange(gateway, method, target, headers, body);
    let error_type = response
        .headers()
        .get("x-amzn-errortype")
        .map(|value| value.to_str().unwrap().to_owned());
    let body = String::from_utf8(response.body().to_vec()).unwrap();
    (
        response.status().as_u16(),
        error_type.unwrap_or_default(),
        body,
    )
}

fn exchange(
    gateway: &Gateway,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Response<Bytes> {
    let mut request = Request::builder().method(method).uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    gateway.handle(request.body(Bytes::from(body.to_owned())).unwrap(), now())
}

fn refused(status: u16, error_type: &str, message: &str) -> (u16, String, String) {
    (
        status,
        error_type.to_owned(),
        format!(r#"{{"message":"{message}"}}"#),
    )
}

/// A body that `POST /pets` takes.
const REX: &str = r#"{"name":"Rex"}"#;

#[test]
fn both_demands_of_two_list_entries_hold() {
    let gateway = builder(PETS)
        .credentials("AKIDEXAMPLE", "secret", None)
        .api_key("the-key")
        .build()
        .unwrap();
    let missing = refused(
        403,
        "MissingAuthenticationTokenException",
        "Missing Authentication Token",
    );
    assert_eq!(
        send(
            &gateway,
            "GET",
            "/prod/pets",
            &[("x-api-key", "the-key")],
            ""
        ),
        missing
    );
    let headers = [("x-api-key", "the-key"), ("authorization", "Bearer abc")];
    let (status, error_type, _) = send(&gateway, "GET", "/prod/pets", &headers, "");
    assert_eq!(
        (status, error_type.as_str()),
        (403, "IncompleteSignatureException")
    );
}

#[test]
fn a_token_with_the_scope_passes_and_the_body_is_checked_after_it() {
    let gateway = builder(PETS).validate(Validate::Always).build().unwrap();
    let token = gateway.mint_token(TokenClaims::new().subject("alice").scope("pets/write"));
    let authorized = [("authorization", token.as_str())];
    let created = (201, String::new(), r#"{"id":1,"name":"Rex"}"#.to_owned());
    assert_eq!(
        send(&gateway, "POST", "/prod/pets", &authorized, REX),
        created
    );
    let invalid = refused(400, "BadRequestException", "Invalid request body");
    assert_eq!(
        send(&gateway, "POST", "/prod/pets", &authorized, "{}"),
        invalid
    );
    let unauthorized = refused(401, "UnauthorizedException", "Unauthorized");
    assert_eq!(send(&gateway, "POST", "/prod/pets", &[], "{"), unauthorized);
    let lax = builder(PETS).validate(Validate::Never).build().unwrap();
    assert_eq!(send(&lax, "POST", "/prod/pets", &authorized, "{").0, 201);
}

#[test]
fn an_http_api_answers_like_one() {
    let gateway = builder(NOTES).build().unwrap();
    assert_eq!(
        send(&gateway, "GET", "/other", &[], ""),
        refused(404, "", "Not Found")
    );
    let response = exchange(&gateway, "GET", "/notes/1", &[], "");
    assert_eq!(response.status(), 401);
    assert_eq!(response.headers()["www-authenticate"], "Bearer");
    assert!(response.headers().contains_key("apigw-requestid"));
    assert!(!response.headers().contains_key("x-amzn-requestid"));

    let expired = gateway.mint_token(TokenClaims::new().scope("notes/read").claim("exp", 1));
    let response = exchange(
        &gateway,
        "GET",
        "/notes/1",
        &[("authorization", &expired)],
        "",
    );
    let challenge =
        r#"Bearer scope="" error="invalid_token" error_description="the token has expired""#;
    assert_eq!(response.headers()["www-authenticate"], challenge);
    assert_eq!(response.body(), r#"{"message":"Unauthorized"}"#);

    let other = gateway.mint_token(TokenClaims::new().scope("notes/write"));
    assert_eq!(
        send(
            &gateway,
            "GET",
            "/notes/1",
            &[("authorization", &other)],
            ""
        ),
        refused(403, "", "Forbidden")
    );
    let token = gateway.mint_token(TokenClaims::new().scope("notes/read"));
    assert_eq!(
        send(
            &gateway,
            "GET",
            "/notes/1",
            &[("authorization", &token)],
            ""
        )
        .0,
        200
    );
}

#[test]
fn a_preflight_is_answered_without_credentials() {
    let gateway = builder(PETS).build().unwrap();
    let response = exchange(
        &gateway,
        "OPTIONS",
        "/prod/pets",
        &[("origin", "https://app.example.com")],
        "",
    );
    assert_eq!(response.status(), 204);
    assert_eq!(response.headers()["access-control-allow-origin"], "*");
    assert_eq!(
        response.headers()["access-control-allow-methods"],
        "GET,POST,OPTIONS"
    );
}

#[test]
fn every_answer_has_the_gateways_date_and_its_own_request_id() {
    let gateway = builder(PETS).build().unwrap();
    let first = exchange(&gateway, "PUT", "/prod/files/a/b", &[], "x");
    let second = exchange(&gateway, "GET", "/nowhere", &[], "");
    for response in [&first, &second] {
        assert_eq!(response.headers()["date"], "Mon, 23 Nov 2026 05:31:00 GMT");
        assert!(response.headers().contains_key("x-amz-apigw-id"));
    }
    assert_ne!(
        first.headers()["x-amzn-requestid"],
        second.headers()["x-amzn-requestid"]
    );
}

#[test]
fn orders_take_the_place_of_the_documents_answer() {
    let body = json!({ "id": 7 });
    let gateway = builder(PETS)
        .respond("createPet", 202, &[("Location", "/pets/7")], body)
        .fail("ANY /files/{proxy+}", GatewayError::QuotaExceeded)
        .build()
        .unwrap();
    let token = gateway.mint_token(TokenClaims::new().scope("pets/write"));
    let response = exchange(
        &gateway,
        "POST",
        "/prod/pets",
        &[("authorization", &token)],
        REX,
    );
    assert_eq!(
        (response.status().as_u16(), response.body().as_ref()),
        (202, br#"{"id":7}"#.as_slice())
    );
    assert_eq!(response.headers()["location"], "/pets/7");
    assert_eq!(response.headers()["content-type"], "application/json");
    let limit = refused(429, "LimitExceededException", "Limit Exceeded");
    assert_eq!(send(&gateway, "GET", "/prod/files/a", &[], ""), limit);
    assert_eq!(gateway.requests()[1].verdict, Verdict::Passed);
}

#[test]
fn orders_that_cannot_be_met_are_told_at_once() {
    let unknown = builder(PETS)
        .fail("GET /cats", GatewayError::Throttled)
        .build()
        .unwrap_err();
    assert!(
        unknown
            .to_string()
            .contains("It has: GET /pets, POST /pets"),
        "{unknown}"
    );
    let slip = builder(PETS).fail("creatPet", GatewayError::Throttled);
    let slip = slip.build().unwrap_err().to_string();
    assert!(
        slip.contains("did you mean `createPet`? It has: "),
        "{slip}"
    );
    assert!(slip.contains("POST /pets (`createPet`)"), "{slip}");
    for (status, header, value, what) in [
        (99, "x", "1", "the status 99"),
        (200, "not a name", "1", "the header `not a name`"),
        (200, "x", "a\nb", "the value of the header `x`"),
    ] {
        let error = builder(PETS)
            .respond("createPet", status, &[(header, value)], json!(1))
            .build()
            .unwrap_err();
        let expected = format!("{what} of the response for `createPet` is invalid");
        assert_eq!(error.to_string(), expected);
        assert!(std::error::Error::source(&error).is_some(), "{error}");
    }
    let key = builder(PETS).signing_key(*b"nonsense").build().unwrap_err();
    assert!(
        key.to_string()
            .starts_with("the signing key cannot be used"),
        "{key}"
    );
}

#[test]
fn the_log_tells_who_called_what_and_hides_credentials() {
    let gateway = builder(PETS).build().unwrap();
    let token = gateway.mint_token(TokenClaims::new().subject("alice").scope("pets/write"));
    send(
        &gateway,
        "POST",
        "/prod/pets?dry=1",
        &[("authorization", &token)],
        REX,
    );
    send(
        &gateway,
        "GET",
        "/prod/cats",
        &[("x-api-key", "hush-hush")],
        "",
    );
    let [passed, refused] = &gateway.requests()[..] else {
        panic!("two requests were sent")
    };
    assert_eq!(passed.operation.as_deref(), Some("POST /pets"));
    assert_eq!(passed.operation_id.as_deref(), Some("createPet"));
    assert_eq!(passed.principal.as_deref(), Some("alice"));
    assert_eq!(
        (passed.status.as_u16(), &passed.verdict, &passed.body[..]),
        (201, &Verdict::Passed, REX.as_bytes())
    );
    assert_eq!(
        refused.to_string(),
        "GET /prod/cats -> 403 NoRoute (the document has no route for GET /prod/cats)"
    );
    let shown = format!("{:?}", gateway.requests());
    assert!(
        !shown.contains("hush-hush") && !shown.contains(&token),
        "{shown}"
    );
}

#[test]
fn an_observer_is_told_of_each_request() {
    let (sender, lines) = std::sync::mpsc::channel();
    let observe = move |request: &Received| sender.send(request.to_string()).unwrap();
    let gateway = builder(PETS).on_request(observe).build().unwrap();
    send(&gateway, "OPTIONS", "/prod/pets", &[], "");
    assert_eq!(lines.try_recv().unwrap(), "OPTIONS /prod/pets -> 204");
    send(&gateway, "GET", "/prod/cats", &[], "");
    assert!(lines.try_recv().unwrap().contains("403 NoRoute"));
}

#[test]
fn the_key_set_is_where_the_metadata_says() {
    let gateway = builder(NOTES).build().unwrap();
    let body = |path| -> serde_json::Value {
        serde_json::from_slice(exchange(&gateway, "GET", path, &[], "").body()).unwrap()
    };
    let metadata = body("/.well-known/openid-configuration");
    assert_eq!(metadata["issuer"], "https://issuer.example.com");
    assert_eq!(
        metadata["jwks_uri"],
        "http://localhost/.well-known/jwks.json"
    );
    assert_eq!(body("/.well-known/jwks.json")["keys"][0]["alg"], "RS256");
    assert!(gateway.requests().is_empty());
}

#[test]
fn a_key_set_that_the_document_describes_is_its_own() {
    let paths = json!({ "/.well-known/jwks.json": { "get": { "responses": { "200": { "description": "its keys" } } } } });
    let document = crate::fixtures::read(&paths);
    let gateway = LocalGateway::builder(document).build().unwrap();
    let answer = exchange(&gateway, "GET", "/.well-known/jwks.json", &[], "");
    assert!(answer.body().is_empty());
    assert_eq!(gateway.requests().len(), 1);
}

#[test]
fn a_head_request_is_answered_without_a_body() {
    let gateway = builder(PETS)
        .respond("ANY /files/{proxy+}", 200, &[], json!({ "a": 1 }))
        .build()
        .unwrap();
    assert_eq!(
        send(&gateway, "HEAD", "/prod/files/a", &[], ""),
        (200, String::new(), String::new())
    );
}
