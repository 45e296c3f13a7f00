//! Documents that are broken or made to harm: an error with a place, or a document with its repairs, in bounded time.

use gatewright_document::{Document, Error};
use serde_json::{Value, json};

/// Reads a document that has `members` besides what every document has.
fn read(members: &Value) -> Result<Document, Error> {
    let mut document =
        json!({"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {}});
    for (key, value) in members.as_object().expect("members") {
        document[key] = value.clone();
    }
    Document::from_slice("hostile.json", document.to_string().as_bytes())
}

fn get(operation: &Value) -> Value {
    json!({"/a": {"get": operation}})
}

#[test]
fn every_reference_to_another_file_is_reported_at_once() {
    let operation = json!({
        "parameters": [{"$ref": "./shared.yaml#/P"}],
        "requestBody": {"$ref": "bodies.json"},
        "responses": {"200": {"$ref": "https://example.com/r.json"}, "400": {"$ref": "#/components/responses/Far"}},
    });
    let responses = json!({"Far": {"$ref": "./far.yaml"}});
    let paths = json!({"/a": {"get": operation}, "/c": {"$ref": "./c.yaml"}});
    let error = read(&json!({"paths": paths, "components": {"responses": responses}})).unwrap_err();
    let places: Vec<_> = error
        .problems()
        .iter()
        .map(|problem| problem.at().unwrap().to_string())
        .collect();
    assert_eq!(
        places,
        [
            "#/paths/~1a/get/parameters/0",
            "#/paths/~1a/get/requestBody",
            "#/paths/~1a/get/responses/200",
            "#/paths/~1a/get/responses/400",
            "#/paths/~1c",
        ]
    );
    assert_eq!(error.file(), "hostile.json");
    assert!(
        error.to_string().lines().all(|line| {
            line.starts_with("hostile.json#/paths/~1") && line.contains("bundle the document first")
        }),
        "{error}"
    );
}

#[test]
fn a_reference_that_means_nothing_stops_no_document() {
    let gone = |section: &str| json!({"$ref": format!("#/components/{section}/Gone")});
    let examples = json!({"a": gone("examples")});
    let operation = json!({
        "parameters": [{"name": "q", "in": "query", "schema": gone("schemas"), "examples": examples}],
        "requestBody": gone("requestBodies"),
        "responses": {
            "200": gone("responses"),
            "400": {
                "description": "", "headers": {"X-A": gone("headers")}, "links": {"next": gone("links")},
                "content": {"application/json": {"schema": gone("schemas"), "examples": examples}},
            },
        },
        "callbacks": {"done": gone("callbacks")},
        "x-amazon-apigateway-integration": gone("x-amazon-apigateway-integrations"),
    });
    let components = json!({"examples": {"B": gone("examples")}, "links": {"C": gone("links")}, "callbacks": {"D": gone("callbacks")},
        "parameters": {"E": gone("parameters")}, "headers": {"F": gone("headers")}, "responses": {"G": gone("responses")}});
    let document = read(&json!({"paths": get(&operation), "components": components})).unwrap();
    assert_eq!(document.operations.len(), 1);
    let places: Vec<_> = document
        .repairs
        .iter()
        .map(|repair| repair.pointer.to_string())
        .collect();
    for end in [
        "parameters/0/schema",
        "requestBody",
        "responses/200",
        "responses/400/headers/X-A",
        "responses/400/content/application~1json/schema",
        "responses/400/content/application~1json/examples/a",
        "x-amazon-apigateway-integration",
    ] {
        let place = format!("#/paths/~1a/get/{end}");
        assert!(places.contains(&place), "{place}: {places:?}");
    }
}

#[test]
fn ten_thousand_levels_are_an_error() {
    let (open, close) = ("{\"items\":".repeat(10_000), "}".repeat(10_000));
    let schemas = format!(
        "{{\"openapi\":\"3.0.1\",\"components\":{{\"schemas\":{{\"A\":{open}{{}}{close}}}}}}}"
    );
    let error = Document::from_slice("deep.json", schemas.as_bytes()).unwrap_err();
    assert!(
        error.to_string().contains("nested more than 127 levels"),
        "{error}"
    );
    let lines: String = (0..10_000)
        .map(|level| " ".repeat(level) + "a:\n")
        .collect();
    for text in [
        format!("a: {open}1{close}"),
        lines,
        "a:\n".to_owned() + &"- ".repeat(10_000),
        "[".repeat(10_000),
    ] {
        assert!(Document::from_slice("deep.yaml", text.as_bytes()).is_err());
    }
}

#[test]
fn the_deepest_document_that_is_read_needs_no_large_stack() {
    let mut schema = json!({});
    for _ in 0..58 {
        schema = json!({"properties": {"a": schema}});
    }
    let document =
        json!({"openapi": "3.0.1", "paths": {}, "components": {"schemas": {"A": schema}}})
            .to_string();
    for (name, text) in [
        ("deep.json", document.clone()),
        ("deep.yaml", format!("# YAML\n{document}")),
    ] {
        let read = move || {
            Document::from_slice(name, text.as_bytes()).map(|document| document.schemas.len())
        };
        let thread = std::thread::Builder::new()
            .stack_size(1 << 20)
            .spawn(read)
            .unwrap();
        assert_eq!(thread.join().unwrap().unwrap(), 1, "{name}");
    }
}

#[test]
fn wrong_types_everywhere_never_stop_the_reader() {
    let whole = json!({
        "servers": [{"url": "https://a.example/{b}", "variables": {"b": {"default": "c"}}}],
        "security": [{"k": []}],
        "paths": {"/a/{b}": {
            "parameters": [{"name": "b", "in": "path", "required": true, "schema": {"type": "string"}}],
            "get": {
                "operationId": "a", "tags": ["t"], "security": [{"k": ["s"]}],
                "requestBody": {"content": {"application/json": {"schema": {"oneOf": [{"type": "string"}]}, "example": 1}}},
                "responses": {"200": {"description": "", "headers": {"A": {}}, "content": {"a/b": {"examples": {"x": {"value": 1}}}}}},
                "x-amazon-apigateway-integration": {"type": "mock", "responses": {"default": {"statusCode": 200}}},
                "x-amazon-apigateway-auth": {"type": "AWS_IAM"},
            },
        }},
        "components": {
            "schemas": {"A": {"type": "object", "properties": {"a": {"enum": ["x"], "discriminator": {"propertyName": "k"}}}}},
            "securitySchemes": {"k": {"type": "apiKey", "in": "header", "name": "x-api-key",
                "x-amazon-apigateway-authorizer": {"type": "jwt", "jwtConfiguration": {"audience": ["a"]}}}},
        },
    });
    let mut places = Vec::new();
    collect(&whole, String::new(), &mut places);
    assert!(places.len() > 60);
    for place in &places {
        for junk in [
            Value::Null,
            json!(true),
            json!(-1.5),
            json!(""),
            json!("junk"),
            json!([]),
            json!([[7]]),
            json!({}),
            json!({"a": 7}),
        ] {
            let mut document = whole.clone();
            *document.pointer_mut(place).unwrap() = junk;
            // Either outcome is right as long as it comes with a place; what must not happen is a panic.
            if let Err(error) = read(&document) {
                assert!(
                    error
                        .problems()
                        .iter()
                        .all(|problem| problem.at().is_some()),
                    "{place}: {error}"
                );
            }
        }
    }
}

/// The pointers to all values below this one.
fn collect(value: &Value, at: String, places: &mut Vec<String>) {
    let members: Vec<(String, &Value)> = match value {
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| (key.replace('/', "~1"), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, value)| (index.to_string(), value))
            .collect(),
        _ => Vec::new(),
    };
    for (key, value) in members {
        collect(value, format!("{at}/{key}"), places);
    }
    if !at.is_empty() {
        places.push(at);
    }
}

#[test]
fn what_references_repeat_is_bounded() {
    let big = "x".repeat(1 << 20);
    let responses: serde_json::Map<_, _> = (200..500)
        .map(|code| {
            (
                code.to_string(),
                json!({"$ref": "#/components/responses/Big"}),
            )
        })
        .collect();
    let components = json!({"responses": {"Big": {"description": big}}});
    let error =
        read(&json!({"paths": get(&json!({ "responses": responses })), "components": components}))
            .unwrap_err();
    assert!(
        error.to_string().contains("would not fit into memory"),
        "{error}"
    );
}

#[test]
fn a_server_cannot_grow_without_end() {
    let url = format!("https://a.example/{}", "{b}".repeat(10_000));
    let servers = json!([{"url": url, "variables": {"b": {"default": "x".repeat(10_000)}}}]);
    assert_eq!(read(&json!({ "servers": servers })).unwrap().endpoint, None);
}

#[test]
fn messages_stay_on_their_line() {
    let far = json!({"$ref": "a\ncargo::rustc-env=A=B"});
    let error = read(&json!({"paths": {"/a\ncargo::x": {}, "/{b": {}, "/c": far}})).unwrap_err();
    assert_eq!(error.to_string().lines().count(), 1, "{error}");
    let document = read(
        &json!({"paths": {"/a": {"get": {"summary": {"Ref": "a\ncargo::x"}, "b\n": 1}, "c\n": 1}, "/d\ncargo::x": {}}}),
    )
    .unwrap();
    for repair in &document.repairs {
        assert!(
            !format!("{} {}", repair.pointer, repair.message).contains('\n'),
            "{repair:?}"
        );
    }
}

#[test]
fn a_million_faults_are_summed_up() {
    let tags = vec![json!(1); 100_000];
    let document = read(&json!({"paths": get(&json!({ "tags": tags }))})).unwrap();
    assert_eq!(document.repairs.len(), 1_001);
}

#[test]
fn files_of_another_kind_are_refused() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    assert!(
        Document::from_slice("a.json", png)
            .unwrap_err()
            .to_string()
            .starts_with("a.json:1:1: is not UTF-8")
    );
    for text in [
        "",
        "<html></html>",
        "hello",
        "[]",
        "{",
        "{}",
        "a: b: c",
        "{\"Resources\": {}}",
    ] {
        assert!(
            Document::from_slice("api.yaml", text.as_bytes()).is_err(),
            "{text}"
        );
    }
}
