use serde_json::{Value, json};

use super::*;
use crate::read::template;
use crate::source::Source;

fn read(path: &str, parameters: &Value) -> (Vec<Parameter>, Vec<String>) {
    let source = Source::of(parameters);
    let node = Node::root(&source);
    let variables = template::variables(path).unwrap();
    let parameters = complete(list(&node, &variables).unwrap(), &variables, &node);
    let repairs = source.finish().unwrap();
    (
        parameters,
        repairs.into_iter().map(|repair| repair.message).collect(),
    )
}

#[test]
fn defaults_follow_the_location() {
    let (parameters, repairs) = read(
        "/{a}",
        &json!([
            {"name": "a", "in": "path", "required": true, "schema": {"type": "string"}},
            {"name": "b", "in": "query", "schema": {"type": "string"}},
            {"name": "c", "in": "query", "style": "pipeDelimited", "explode": true, "schema": {"type": "string"}},
            {"name": "d", "in": "cookie", "schema": {"type": "string"}},
        ]),
    );
    let found: Vec<_> = parameters
        .iter()
        .map(|found| (found.style.name, found.style.explode, found.required))
        .collect();
    let expected = [
        (StyleName::Simple, false, true),
        (StyleName::Form, true, false),
        (StyleName::PipeDelimited, true, false),
        (StyleName::Form, true, false),
    ];
    assert_eq!(found, expected);
    assert!(repairs.is_empty(), "{repairs:?}");
}

#[test]
fn a_greedy_variable_may_be_declared_with_or_without_its_plus() {
    for name in ["proxy", "proxy+"] {
        let declared =
            json!([{"name": name, "in": "path", "required": true, "schema": {"type": "string"}}]);
        let (parameters, repairs) = read("/{proxy+}", &declared);
        assert_eq!(
            (parameters[0].name.as_str(), parameters[0].greedy),
            ("proxy", true)
        );
        assert!(parameters.len() == 1 && repairs.is_empty(), "{repairs:?}");
    }
}

#[test]
fn an_undeclared_variable_is_a_required_string() {
    let (parameters, repairs) = read("/{id}", &json!([]));
    assert_eq!(
        (parameters[0].name.as_str(), parameters[0].required),
        ("id", true)
    );
    assert_eq!(
        repairs,
        ["does not declare the path variable `id`; read as a string"]
    );
}

#[test]
fn what_cannot_be_sent_is_left_out_and_said() {
    let (parameters, repairs) = read(
        "/",
        &json!([
            {"name": "x", "in": "path", "required": true, "schema": {}},
            {"name": "x", "in": "body", "schema": {}},
            {"name": "x"},
            {"in": "query"},
            {"name": "y", "in": "query", "schema": {}},
            {"name": "y", "in": "query", "schema": {}},
            5,
        ]),
    );
    assert_eq!(parameters.len(), 1);
    assert_eq!(repairs.len(), 6, "{repairs:?}");
}

#[test]
fn a_type_outside_of_a_schema_is_read() {
    let (parameters, repairs) = read(
        "/",
        &json!([
            {"name": "a", "in": "query", "required": true, "type": "integer"},
            {"name": "b", "in": "query"},
            {"name": "c", "in": "query", "content": {"application/json": {}}},
        ]),
    );
    let integer = serde_json::from_value(json!({"type": "integer"})).unwrap();
    assert_eq!(parameters[0].schema, Some(ReferenceOr::Item(integer)));
    assert!(parameters[1].schema.is_none() && parameters[2].schema.is_none());
    assert_eq!(repairs.len(), 2, "{repairs:?}");
}

#[test]
fn a_parameter_described_by_content_keeps_its_media_type() {
    let schema = json!({"type": "object"});
    let (parameters, repairs) = read(
        "/",
        &json!([
            {"name": "a", "in": "query", "content": {"application/json": {"schema": schema}}},
            {"name": "b", "in": "query", "content": {}},
        ]),
    );
    assert_eq!(
        parameters[0].media_type.as_deref(),
        Some("application/json")
    );
    assert!(parameters[0].schema.is_some());
    assert_eq!(
        parameters[0].schema_pointer.to_string(),
        "#/0/content/application~1json/schema"
    );
    assert_eq!(
        (parameters[1].media_type.is_none(), repairs.len()),
        (true, 1)
    );
}

#[test]
fn a_parameter_may_allow_what_others_do_not() {
    let (parameters, _) = read(
        "/",
        &json!([
            {"name": "a", "in": "query", "allowReserved": true, "allowEmptyValue": true, "schema": {}},
            {"name": "b", "in": "query", "schema": {}},
        ]),
    );
    let found: Vec<_> = parameters
        .iter()
        .map(|found| (found.style.allow_reserved, found.allow_empty))
        .collect();
    assert_eq!(found, [(true, true), (false, false)]);
}

#[test]
fn the_operation_wins_over_its_path_item() {
    let schema = json!({"type": "string"});
    let shared = read(
        "/",
        &json!([{"name": "a", "in": "query", "schema": schema}, {"name": "b", "in": "query"}]),
    )
    .0;
    let own = read(
        "/",
        &json!([{"name": "a", "in": "query", "required": true, "schema": schema}]),
    )
    .0;
    let merged = merge(&shared, own, &Node::root(&Source::of(&Value::Null)));
    let found: Vec<_> = merged
        .iter()
        .map(|found| (found.name.as_str(), found.required))
        .collect();
    assert_eq!(found, [("b", false), ("a", true)]);
}
