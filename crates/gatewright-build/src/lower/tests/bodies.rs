//! What a body is taken as, and sent as.

use serde_json::{Value, json};

use super::super::Choices;
use super::{call, client, notes, squeezed};
use crate::generate::Generated;

fn generated(body: &Value) -> Generated {
    let operation = json!({"requestBody": body, "responses": {"204": {"description": ""}}});
    client("post", "/", &operation, &Choices::default())
}

/// The type of the body and the chain.
fn of(body: &Value) -> (String, String) {
    let (signature, chain) = call(&generated(body));
    let ty = signature.split_once(") -> ").unwrap_or_default().0;
    (ty.strip_prefix("body: ").unwrap_or(ty).to_owned(), chain)
}

fn content(media_type: &str, schema: &Value) -> Value {
    json!({"required": true, "content": {media_type: {"schema": schema}}})
}

/// Asserts the type and the chain for each media type with one schema.
fn assert_each<const N: usize>(schema: &Value, cases: [(&str, &str, &str); N]) {
    for (media_type, ty, chain) in cases {
        let found = of(&content(media_type, schema));
        assert_eq!(found, (ty.to_owned(), chain.to_owned()), "{media_type}");
    }
}

#[test]
fn an_object_is_json_or_a_form_or_parts() {
    let hal = r#".json(body).content_type("application/hal+json")"#;
    let xml = r#".body(body).content_type("application/xml")"#;
    let cases = [
        ("application/json", "&types::Flat", ".json(body)"),
        ("application/hal+json", "&types::Flat", hal),
        ("*/*", "&types::Flat", ".json(body)"),
        (
            "application/x-www-form-urlencoded",
            "&types::Flat",
            ".form(body)",
        ),
        ("multipart/form-data", "types::CallBody", ".body(body)"),
        ("application/xml", "rt::Body", xml),
    ];
    assert_each(&json!({"$ref": "#/components/schemas/Flat"}), cases);
    let cases = [("multipart/form-data", "rt::Multipart", ".body(body)")];
    assert_each(&json!({"type": "object"}), cases);
}

#[test]
fn text_and_bytes_have_the_documents_media_type() {
    let csv = r#".text(body).content_type("text/csv; charset=utf-8")"#;
    let ascii = r#".text(body).content_type("text/plain; charset=ascii")"#;
    let cases = [
        ("text/csv", "&str", csv),
        ("text/plain; charset=ascii", "&str", ascii),
    ];
    assert_each(&json!({"type": "string"}), cases);
    let png = r#".body(body).content_type("image/png")"#;
    let cases = [
        ("image/png", "rt::Body", png),
        ("*/*", "rt::Body", ".body(body)"),
    ];
    assert_each(&json!({"type": "string", "format": "binary"}), cases);
}

#[test]
fn a_body_that_is_not_required_may_be_left_out() {
    let mut body = content("text/plain", &json!({"type": "string"}));
    body["required"] = json!(false);
    assert_eq!(of(&body).0, "Option<&str>");
}

#[test]
fn what_has_a_type_is_taken_where_there_is_a_choice_and_the_rest_is_said() {
    let flat = json!({"schema": {"$ref": "#/components/schemas/Flat"}});
    let generated =
        generated(&json!({"content": {"application/xml": flat, "application/json": flat}}));
    assert!(call(&generated).0.starts_with("body: Option<&types::Flat>"));
    assert!(
        generated
            .code
            .contains("Sent as `application/json`; the API also takes `application/xml`.")
    );
    let raw = self::generated(&json!({"content": {"image/png": {}, "image/gif": {}}}));
    assert_eq!(call(&raw).1, ".body(body)");
    assert!(raw.code.contains("one of `image/png`, `image/gif`"));
}

#[test]
fn a_list_is_lent_as_a_slice() {
    let flats = json!({"type": "array", "items": {"$ref": "#/components/schemas/Flat"}});
    let body = |is_required: bool| {
        of(&json!({"required": is_required, "content": {"application/json": {"schema": flats}}}))
    };
    let expected = |ty: &str| (ty.to_owned(), ".json(&body)".to_owned());
    assert_eq!(body(true), expected("&[types::Flat]"));
    assert_eq!(body(false), expected("Option<&[types::Flat]>"));
}

#[test]
fn members_of_a_form_have_the_style_of_their_encoding() {
    let strings = json!({"type": "array", "items": {"type": "string"}});
    let flat = json!({"$ref": "#/components/schemas/Flat"});
    let body = json!({"required": true, "content": {"application/x-www-form-urlencoded": {
        "schema": {"type": "object", "properties": {
            "plain": strings, "joined": strings, "json": flat, "deep": flat, "quoted": {"type": "string"},
        }},
        "encoding": {
            "joined": {"explode": false},
            "deep": {"style": "deepObject", "explode": true},
            "quoted": {"contentType": "application/json"},
        },
    }}});
    let (ty, chain) = of(&body);
    assert_eq!(ty, "&types::CallBody");
    assert_eq!(
        chain,
        r#".form_as(body, &[("joined", rt::QueryStyle::COMMA), ("json", rt::QueryStyle::JSON), ("deep", rt::QueryStyle::DEEP), ("quoted", rt::QueryStyle::JSON)])"#
    );
}

#[test]
fn each_part_has_the_type_of_its_member() {
    let body = json!({"required": true, "content": {"multipart/form-data": {
        "schema": {"type": "object", "required": ["file", "id"], "properties": {
            "file": {"type": "string", "format": "binary"},
            "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
            "id": {"type": "string", "format": "uuid"},
            "colors": {"type": "array", "items": {"$ref": "#/components/schemas/Color"}},
            "meta": {"$ref": "#/components/schemas/Flat"},
            "metas": {"type": "array", "items": {"$ref": "#/components/schemas/Flat"}},
            "rows": {"type": "string"},
            "xml": {"$ref": "#/components/schemas/Flat"},
        }},
        "encoding": {"rows": {"contentType": "text/csv"}, "xml": {"contentType": "application/xml"}},
    }}});
    let generated = generated(&body);
    let code = squeezed(&generated);
    for field in [
        "pub file: rt::File,",
        "pub files: Vec<rt::File>,",
        "pub id: rt::format::Uuid,",
        "pub colors: Vec<types::Color>,",
        "pub meta: Option<types::Flat>,",
        "pub metas: Vec<types::Flat>,",
        "pub rows: Option<String>,",
        "pub xml: Option<rt::File>,",
    ] {
        assert!(code.contains(field), "{field} is missing in {code}");
    }
    assert!(code.contains(
        r#"rt::Multipart::new().files("file", [self.file]).files("files", self.files).texts("id", &self.id).texts("colors", &self.colors).json("meta", self.meta)?.json("metas", self.metas)?.texts_as("rows", "text/csv", &self.rows).files("xml", self.xml);"#
    ), "{code}");
    assert!(notes(&generated).is_empty());
}

#[test]
fn fields_of_swagger_become_parts_and_members() {
    let field = |name: &str, kind: &str| json!({"name": name, "in": "formData", "type": kind});
    let list = json!({"name": "tags", "in": "formData", "type": "array", "items": {"type": "string"}, "collectionFormat": "pipes"});
    let document = json!({"swagger": "2.0", "info": {"title": "t", "version": "1"}, "paths": {
        "/a": {"post": {"operationId": "upload", "parameters": [field("doc", "file"), field("n", "integer")], "responses": {}}},
        "/b": {"post": {"operationId": "order", "parameters": [field("n", "integer"), list], "responses": {}}},
    }});
    let bytes = document.to_string();
    let generated =
        crate::generate::generate("t.json", bytes.as_bytes(), None, &Choices::default());
    let code = squeezed(&generated.unwrap());
    assert!(
        code.contains("pub doc: Option<rt::File>, pub n: Option<i64>,"),
        "{code}"
    );
    assert!(
        code.contains(r#".form_as(body, &[("tags", rt::QueryStyle::PIPE)])"#),
        "{code}"
    );
}
