//! Which type a parameter has, and in which style it is sent.

use serde_json::{Value, json};

use super::super::Choices;
use super::{call, client, notes};

/// The type and the chain of one required parameter, with the notes that it made.
fn of(parameter: &Value) -> (String, String, Vec<String>) {
    let mut parameter = parameter.clone();
    parameter["name"] = json!("p");
    parameter["required"] = json!(true);
    let path = if parameter["in"] == "path" {
        "/{p}"
    } else {
        "/"
    };
    let operation = json!({"parameters": [parameter], "responses": {"204": {"description": ""}}});
    let generated = client("get", path, &operation, &Choices::default());
    let (signature, chain) = call(&generated);
    let ty = signature.split_once(") -> ").unwrap_or_default().0;
    let ty = ty.strip_prefix("p: ").unwrap_or(ty);
    (ty.to_owned(), chain, notes(&generated))
}

fn strings() -> Value {
    json!({"type": "array", "items": {"type": "string"}})
}

fn named(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn query(style: &str, explode: bool, schema: &Value) -> (String, String, Vec<String>) {
    of(&json!({"in": "query", "style": style, "explode": explode, "schema": schema}))
}

fn query_as(style: &str) -> String {
    format!(r#".query_as("p", &p, rt::QueryStyle::{style})"#)
}

#[test]
fn lists_in_queries_follow_style_and_explode() {
    for (style, explode, chain) in [
        ("form", true, r#".query("p", &p)"#.to_owned()),
        ("form", false, query_as("COMMA")),
        ("spaceDelimited", false, query_as("SPACE")),
        ("pipeDelimited", false, query_as("PIPE")),
        ("pipeDelimited", true, r#".query("p", &p)"#.to_owned()),
    ] {
        let expected = ("&[String]".to_owned(), chain, vec![]);
        assert_eq!(query(style, explode, &strings()), expected, "{style}");
    }
    let text = query("form", false, &json!({"type": "string"}));
    assert_eq!(text.0, "&str");
    assert_eq!(text.1, r#".query("p", &p)"#);
}

#[test]
fn objects_in_queries_follow_style_and_explode() {
    for (style, explode, name, runtime) in [
        ("form", true, "Flat", "EXPLODED"),
        ("form", false, "Flat", "COMMA"),
        ("deepObject", true, "Flat", "DEEP"),
        ("deepObject", false, "Deep", "DEEP"),
    ] {
        let expected = (format!("&types::{name}"), query_as(runtime), vec![]);
        assert_eq!(query(style, explode, &named(name)), expected, "{style}");
    }
}

#[test]
fn paths_follow_style_and_explode() {
    for (style, explode, schema, chain) in [
        (
            "simple",
            false,
            json!({"type": "integer"}),
            r#".path("p", &p)"#,
        ),
        (
            "simple",
            false,
            strings(),
            r#".path_as("p", &p, rt::PathStyle::Simple)"#,
        ),
        (
            "simple",
            true,
            named("Flat"),
            r#".path_as("p", &p, rt::PathStyle::SimpleExploded)"#,
        ),
        (
            "label",
            false,
            json!({"type": "string"}),
            r#".path_as("p", &p, rt::PathStyle::Label)"#,
        ),
        (
            "label",
            true,
            strings(),
            r#".path_as("p", &p, rt::PathStyle::LabelExploded)"#,
        ),
        (
            "matrix",
            false,
            strings(),
            r#".path_as("p", &p, rt::PathStyle::Matrix)"#,
        ),
        (
            "matrix",
            true,
            named("Flat"),
            r#".path_as("p", &p, rt::PathStyle::MatrixExploded)"#,
        ),
    ] {
        let parameter = json!({"in": "path", "style": style, "explode": explode, "schema": schema});
        let (_, found, notes) = of(&parameter);
        assert_eq!((found.as_str(), notes.len()), (chain, 0), "{parameter}");
    }
}

#[test]
fn headers_are_simple() {
    for (explode, schema, chain) in [
        (false, json!({"type": "boolean"}), r#".header("p", &p)"#),
        (
            true,
            strings(),
            r#".header_as("p", &p, rt::HeaderStyle::Simple)"#,
        ),
        (
            false,
            named("Flat"),
            r#".header_as("p", &p, rt::HeaderStyle::Simple)"#,
        ),
        (
            true,
            named("Flat"),
            r#".header_as("p", &p, rt::HeaderStyle::Exploded)"#,
        ),
    ] {
        let parameter = json!({"in": "header", "explode": explode, "schema": schema});
        assert_eq!(of(&parameter).1, chain, "{parameter}");
    }
}

#[test]
fn scalars_keep_their_types() {
    for (schema, ty) in [
        (json!({"type": "integer", "format": "int32"}), "i32"),
        (json!({"type": "integer"}), "i64"),
        (json!({"type": "number"}), "f64"),
        (json!({"type": "boolean"}), "bool"),
        (
            json!({"type": "string", "format": "uuid"}),
            "&rt::format::Uuid",
        ),
        (
            json!({"type": "string", "format": "date-time", "nullable": true}),
            "&rt::format::DateTime",
        ),
        (named("Color"), "&types::Color"),
        (json!({"allOf": [named("Color")]}), "&types::Color"),
        (json!({"type": "integer", "enum": [1]}), "&types::CallP"),
        (
            json!({"type": "array", "items": named("Color")}),
            "&[types::Color]",
        ),
        (json!({"type": "array"}), "&[String]"),
        (
            json!({"oneOf": [{"type": "string"}, {"type": "integer"}]}),
            "&str",
        ),
        (json!({}), "&str"),
    ] {
        let (found, chain, notes) = of(&json!({"in": "query", "schema": schema}));
        assert_eq!(found, ty, "{schema}");
        assert_eq!(
            (chain.as_str(), notes.len()),
            (r#".query("p", &p)"#, 0),
            "{schema}"
        );
    }
}

#[test]
fn what_is_described_by_content_is_sent_in_its_media_type() {
    let json = json!({"in": "query", "content": {"application/json": {"schema": named("Deep")}}});
    let (ty, chain, notes) = of(&json);
    assert_eq!(ty, "&types::Deep");
    assert_eq!(chain, r#".query_as("p", &p, rt::QueryStyle::JSON)"#);
    assert!(notes.is_empty(), "{notes:?}");
    let xml = json!({"in": "header", "content": {"application/xml": {"schema": named("Deep")}}});
    let (ty, chain, _) = of(&xml);
    assert_eq!(
        (ty.as_str(), chain.as_str()),
        ("&str", r#".header("p", &p)"#)
    );
}

#[test]
fn what_has_no_form_is_a_text_and_said() {
    for (place, schema) in [
        ("query", named("Deep")),
        ("query", named("Circle")),
        ("header", json!({"type": "array", "items": strings()})),
        ("path", named("Deep")),
    ] {
        let (ty, _, notes) = of(&json!({"in": place, "schema": schema}));
        assert_eq!(ty, "&str", "{schema}");
        assert!(notes[0].starts_with("#/paths/"), "{notes:?}");
    }
}

#[test]
fn a_parameter_may_allow_more() {
    let reserved = json!({"in": "query", "allowReserved": true, "schema": {"type": "string"}});
    assert_eq!(
        of(&reserved).1,
        r#".query_as("p", &p, rt::QueryStyle::EXPLODED.reserved())"#
    );
    let empty = json!({"in": "query", "allowEmptyValue": true, "schema": strings()});
    assert_eq!(
        of(&empty).1,
        r#".query_as("p", &p, rt::QueryStyle::EXPLODED.or_empty())"#
    );
    let text = json!({"in": "query", "allowEmptyValue": true, "schema": {"type": "string"}});
    assert_eq!(of(&text).1, r#".query("p", &p)"#);
}

#[test]
fn a_greedy_variable_is_a_text() {
    let parameter = json!({"name": "p", "in": "path", "required": true, "schema": strings()});
    let operation = json!({"parameters": [parameter], "responses": {}});
    let generated = client("get", "/{p+}", &operation, &Choices::default());
    let (signature, chain) = call(&generated);
    assert!(signature.starts_with("p: &str)"), "{signature}");
    assert_eq!(
        (chain.as_str(), notes(&generated).len()),
        (r#".greedy("p", &p)"#, 1)
    );
}
