//! Small documents and requests for the unit tests.

use std::time::UNIX_EPOCH;

use gatewright_document::{ApiKind, Document};
use http::Request;
use http::request::Parts;
use serde_json::{Map, Value, json};

use crate::call::Call;

/// A document with these methods and paths; `any` is `x-amazon-apigateway-any-method`.
pub(crate) fn document(kind: ApiKind, routes: &[(&str, &str)]) -> Document {
    let mut paths = Map::new();
    for (method, path) in routes {
        let method = if *method == "any" {
            "x-amazon-apigateway-any-method"
        } else {
            method
        };
        let item = paths.entry(path.to_string()).or_insert_with(|| json!({}));
        item[method] = json!({ "responses": { "200": { "description": "d" } } });
    }
    let mut text = base(&Value::Object(paths), &json!({}));
    if kind == ApiKind::Http {
        text["x-amazon-apigateway-importexport-version"] = json!("1.0");
    }
    let document = parse(&text);
    assert_eq!(document.kind, kind);
    document
}

/// A REST API with these paths.
pub(crate) fn read(paths: &Value) -> Document {
    read_with(paths, &json!({}))
}

/// A REST API with these paths and schemas.
pub(crate) fn read_with(paths: &Value, schemas: &Value) -> Document {
    parse(&base(paths, schemas))
}

fn base(paths: &Value, schemas: &Value) -> Value {
    json!({
        "openapi": "3.0.1",
        "info": { "title": "fixture", "version": "2026-01-02T03:04:05Z" },
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

fn parse(document: &Value) -> Document {
    Document::from_slice("fixture.json", document.to_string().as_bytes()).unwrap()
}

/// The head of a GET request.
pub(crate) fn get(target: &str) -> Parts {
    Request::get(target).body(()).unwrap().into_parts().0
}

/// A call at the start of 1970.
pub(crate) fn call<'a>(parts: &'a Parts, body: &'a [u8]) -> Call<'a> {
    Call {
        parts,
        body,
        now: UNIX_EPOCH,
    }
}
