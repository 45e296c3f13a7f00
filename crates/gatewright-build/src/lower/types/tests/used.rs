//! Only what is used, the way it is used.

use serde_json::{Value, json};

use super::{document, of_document, squeeze, types};
use crate::Select;
use crate::lower::Choices;

fn to(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// One type of answers, one of requests, and one of both.
fn schemas() -> Value {
    let object = |shared: Value| {
        json!({"type": "object", "required": ["id", "secret", "none"], "properties": {
        "id": {"type": "string", "readOnly": true}, "secret": {"type": "string", "writeOnly": true},
        "none": {"type": "string", "nullable": true}, "shared": shared}})
    };
    json!({
        "Answer": object(to("Shared")),
        "Request": object(json!({"type": "array", "items": to("Shared")})),
        "Shared": object(json!({"type": "string", "enum": ["x"]})),
        "Unused": object(json!({})),
    })
}

#[test]
fn a_type_gets_the_half_of_the_codec_that_is_used() {
    let code = types(&schemas());
    assert!(code.contains("json_object!(read Answer {"), "{code}");
    assert!(code.contains("json_object!(write Request {"), "{code}");
    assert!(code.contains("json_object!(Shared {"), "{code}");
    assert!(code.contains("string_enum!(SharedShared {"), "{code}");
    assert!(!code.contains("Unused"), "{code}");
}

#[test]
fn both_halves_are_there_on_request() {
    let choices = Choices {
        all_codecs: true,
        ..Choices::default()
    };
    let code = squeeze(&of_document(&document(&schemas()), &choices).code);
    assert!(
        code.contains("json_object!(Answer {") && code.contains("json_object!(Request {"),
        "{code}"
    );
    assert!(
        code.contains("pub struct Answer { /// Read-only. pub id: String,"),
        "{code}"
    );
}

#[test]
fn a_member_of_one_way_is_demanded_that_way_only() {
    let code = types(&schemas());
    let id = |name: &str, ty: &str| format!("pub struct {name} {{ /// Read-only. pub id: {ty},");
    let secret = |ty: &str| format!("/// Write-only. pub secret: {ty},");
    assert!(
        code.contains(&format!(
            "{} {}",
            id("Answer", "String"),
            secret("Option<String>")
        )),
        "{code}"
    );
    assert!(
        code.contains(&format!(
            "{} {}",
            id("Request", "Option<String>"),
            secret("String")
        )),
        "{code}"
    );
    assert!(
        code.contains(&format!(
            "{} {}",
            id("Shared", "Option<String>"),
            secret("Option<String>")
        )),
        "{code}"
    );
}

#[test]
fn null_is_sent_for_a_required_member_without_a_value() {
    let code = types(&schemas());
    assert!(
        code.contains("write Request { id, secret, none or Null, shared, }"),
        "{code}"
    );
    assert!(
        code.contains("read Answer { id, secret, none, shared, }"),
        "{code}"
    );
}

#[test]
fn what_is_left_out_takes_its_types_with_it() {
    let mut document = document(&schemas());
    let get = json!({"operationId": "other", "responses": {"200": {"description": "ok",
        "content": {"application/json": {"schema": to("Unused")}}}}});
    document["paths"]["/other"] = json!({ "get": get });
    let of = |choices: &Choices| squeeze(&of_document(&document, choices).code);
    assert!(of(&Choices::default()).contains("struct Unused"));
    let exclude = Choices {
        exclude: vec![Select::path("/other")],
        ..Choices::default()
    };
    assert!(!of(&exclude).contains("Unused"));
    let include = Choices {
        include: vec![Select::operation("other")],
        ..Choices::default()
    };
    let code = of(&include);
    assert!(
        code.contains("read Unused") && !code.contains("Answer") && !code.contains("Shared"),
        "{code}"
    );
}

#[test]
fn a_schema_of_a_body_that_is_not_json_is_not_a_type() {
    let mut document = document(&schemas());
    let content = &mut document["paths"]["/"]["post"]["requestBody"]["content"];
    *content = json!({"application/xml": {"schema": to("Request")}});
    let code = squeeze(&of_document(&document, &Choices::default()).code);
    assert!(!code.contains("Request"), "{code}");
}
