//! What a success is decoded as, and what is asked for.

use serde_json::{Value, json};

use super::super::{Choices, Select};
use super::{call, client, squeezed};
use crate::generate::Generated;

fn generated(responses: &Value) -> Generated {
    client(
        "get",
        "/",
        &json!({"responses": responses}),
        &Choices::default(),
    )
}

/// The type of a success, and the chain.
fn of(responses: &Value) -> (String, String) {
    let (signature, chain) = call(&generated(responses));
    let (_, ty) = signature.split_once("rt::Call<S, ").unwrap_or_default();
    (ty.strip_suffix('>').unwrap_or(ty).to_owned(), chain)
}

fn one(media_type: &str, schema: &Value) -> Value {
    json!({"description": "", "content": {media_type: {"schema": schema}}})
}

fn flat() -> Value {
    json!({"$ref": "#/components/schemas/Flat"})
}

#[test]
fn the_media_type_decides() {
    let text = json!({"type": "string"});
    let bytes = json!({"type": "string", "format": "binary"});
    for (media_type, schema, ty, chain) in [
        ("application/json", &flat(), "types::Flat", ""),
        ("application/json", &text, "String", ""),
        ("*/*", &flat(), "types::Flat", ""),
        (
            "text/plain",
            &text,
            "rt::PlainText",
            r#".header("accept", &"text/plain")"#,
        ),
        (
            "text/csv; charset=utf-8",
            &text,
            "rt::PlainText",
            r#".header("accept", &"text/csv")"#,
        ),
        ("text/html", &flat(), "rt::RawResponse", ""),
        ("*/*", &text, "rt::RawResponse", ""),
        ("*/*", &bytes, "rt::Body", ""),
        (
            "image/png",
            &bytes,
            "rt::Body",
            r#".header("accept", &"image/png")"#,
        ),
        (
            "application/hal+json",
            &flat(),
            "types::Flat",
            r#".header("accept", &"application/hal+json")"#,
        ),
    ] {
        let found = of(&json!({"200": one(media_type, schema)}));
        assert_eq!(
            found,
            (ty.to_owned(), chain.to_owned()),
            "{media_type} {schema}"
        );
    }
}

#[test]
fn one_type_is_enough_for_statuses_that_share_it() {
    let flat = one("application/json", &flat());
    let none = json!({"description": ""});
    assert_eq!(of(&json!({"200": flat, "201": flat})).0, "types::Flat");
    assert_eq!(
        of(&json!({"200": flat, "204": none})).0,
        "Option<types::Flat>"
    );
    assert_eq!(of(&json!({"200": none, "201": none})).0, "rt::RawResponse");
    assert_eq!(of(&json!({"204": none, "205": none})).0, "()");
    assert_eq!(of(&json!({"default": flat})).0, "types::Flat, types::Flat");
    assert_eq!(of(&json!({"201": flat, "default": none})).0, "types::Flat");
    assert_eq!(of(&json!({})).0, "rt::RawResponse");
}

#[test]
fn different_types_become_an_enum_by_status() {
    let generated = generated(&json!({
        "2XX": one("application/json", &json!({"type": "array", "items": {"type": "string"}})),
        "200": one("application/json", &flat()),
        "203": one("application/json", &json!({"type": "object", "properties": {"b": {"type": "string"}}})),
        "204": {"description": "Nothing."},
    }));
    assert!(
        call(&generated)
            .0
            .contains("rt::Call<S, types::CallResponse>")
    );
    let code = squeezed(&generated);
    for part in [
        "Status200(types::Flat),",
        "Status203(types::CallResponse203),",
        "/// Nothing. Status204,",
        "Status2xx(Vec<String>),",
        "Other(rt::RawResponse),",
        r#"const ACCEPT: rt::Option<&'static str> = rt::Some("application/json");"#,
        "200..=299 => Self::Status2xx(rt::from_json(response)?),",
        "204 => Self::Status204,",
    ] {
        assert!(code.contains(part), "{part} is missing in {code}");
    }
}

#[test]
fn nothing_is_asked_for_where_one_media_type_does_not_serve_all() {
    let code = squeezed(&generated(&json!({
        "200": one("application/json", &flat()),
        "206": one("image/png", &json!({"type": "string", "format": "binary"})),
    })));
    assert!(code.contains("Status206(rt::RawResponse),"), "{code}");
    assert!(
        code.contains("const ACCEPT: rt::Option<&'static str> = rt::None;"),
        "{code}"
    );
}

#[test]
fn documented_headers_are_listed_and_returned_on_request() {
    let responses = json!({"200": {"description": "", "headers": {"X-Total": {"description": "How\nmany."}, "X-Next": {}}}});
    let operation = json!({ "responses": responses });
    let plain = client("get", "/", &operation, &Choices::default()).code;
    assert!(
        plain.contains("/// * `X-Total` How many.\n") && plain.contains("/// * `X-Next`\n"),
        "{plain}"
    );
    assert!(plain.contains("(`return_headers`)"));
    let mut choices = Choices::default();
    choices.parts.push(Select::operation("call"));
    let return_headers = client("get", "/", &operation, &choices);
    assert!(
        call(&return_headers)
            .0
            .contains("rt::Response<rt::RawResponse>")
    );
    assert!(
        return_headers
            .code
            .contains("/// The response has these headers:")
    );
}

#[test]
fn headers_for_browsers_are_in_no_documentation() {
    let header = |name: &str| json!({name: {"schema": {"type": "string"}}});
    let of = |headers: Value| {
        let mut response = one("application/json", &flat());
        response["headers"] = headers;
        generated(&json!({"200": response})).code
    };
    for name in [
        "Access-Control-Allow-Origin",
        "Content-Type",
        "Strict-Transport-Security",
        "cross-origin-opener-policy",
    ] {
        assert!(!of(header(name)).contains("has these headers"), "{name}");
    }
    assert!(of(header("Location")).contains("/// * `Location`"));
}
