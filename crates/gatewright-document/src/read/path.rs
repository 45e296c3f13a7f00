//! Path items: their operations, each with the parameters that the path item gives it.

use crate::node::{Field, Node};
use crate::read::operation::{self, Route};
use crate::read::parameter;
use crate::read::security::SecurityRules;
use crate::read::template;
use crate::value::Value;
use crate::{Method, Operation};

/// The method that stands for all that a path does not name.
const ANY_METHOD: &str = "x-amazon-apigateway-any-method";

/// The path that takes all but `/`.
const CATCH_ALL: &str = "/{proxy+}";

/// The operations of all `paths` in the document's order.
pub(super) fn operations<'a>(root: &Node<'a>, security: &SecurityRules<'a>) -> Vec<Operation> {
    let Some(paths) = root.child("paths") else {
        root.repair("has no paths, and so no operations");
        return Vec::new();
    };
    let mut operations = Vec::new();
    for field in paths.fields().filter(|field| !field.key.starts_with("x-")) {
        if let Some(template) = template(&field, &paths) {
            operations.extend(path(&field, template, security).unwrap_or_default());
        }
    }
    operations
}

/// The path template that a member of `paths` stands for. It is the key, but for the default route of an HTTP API
/// ("Create routes for HTTP APIs"), which takes what no other route does.
fn template<'a>(field: &Field<'_, 'a>, paths: &Node<'a>) -> Option<&'a str> {
    let message = if !field.key.starts_with('/') {
        "is no path, which starts with `/`; left out"
    } else if !is_default_route(field.value) {
        return Some(field.key);
    } else if paths.has(CATCH_ALL) {
        "is the default route, of which `/{proxy+}` leaves nothing but `/`; left out"
    } else {
        field
            .node()
            .repair("is the default route; read as `/{proxy+}`");
        return Some(CATCH_ALL);
    };
    field.node().repair(message);
    None
}

fn is_default_route(item: &Value) -> bool {
    let any = item.get(ANY_METHOD);
    any.and_then(|any| any.get("isDefaultRoute")) == Some(&Value::Bool(true))
}

/// The operations of one path; none, and a problem, if the path or what it refers to is broken.
fn path<'a>(
    field: &Field<'_, 'a>,
    template: &str,
    security: &SecurityRules<'a>,
) -> Option<Vec<Operation>> {
    let written = field.node();
    let variables = template::variables(template)
        .map_err(|message| written.problem(format!("the path {message}")))
        .ok()?;
    let item = written.clone().follow()?;
    if written.has("$ref") && written.fields().count() > 1 {
        written.repair("has a `$ref` and more; only what the reference means is read");
    }
    let shared = item
        .child("parameters")
        .map_or_else(Vec::new, |list| parameter::list(&list, &variables));
    let route = Route {
        item: &item,
        path: template,
        variables: &variables,
        shared: &shared,
    };
    let methods = item
        .fields()
        .filter_map(|field| Some((method(&field)?, field)));
    let operations = methods.filter_map(|(method, field)| {
        let at = written.at().key(field.key);
        operation::operation(&field.node(), at, method, &route, security)
    });
    Some(operations.collect())
}

/// The method that a member of a path item stands for, if it is one.
fn method(field: &Field<'_, '_>) -> Option<Method> {
    let found = match field.key {
        "get" => Method::Get,
        "post" => Method::Post,
        "put" => Method::Put,
        "patch" => Method::Patch,
        "delete" => Method::Delete,
        "head" => Method::Head,
        "options" => Method::Options,
        "trace" => Method::Trace,
        ANY_METHOD => Method::Any,
        "summary" | "description" | "servers" | "parameters" | "$ref" => return None,
        extension if extension.starts_with("x-") => return None,
        _ => {
            field
                .node()
                .repair("is no method that OpenAPI knows (they are in lower case); left out");
            return None;
        }
    };
    Some(found)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{Document, Method};

    fn read(paths: &Value) -> Result<Document, String> {
        let document =
            json!({"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": paths});
        Document::from_slice("a.json", document.to_string().as_bytes())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn operations_keep_the_order_of_the_document() {
        let operation = json!({"responses": {"200": {"description": "ok"}}});
        let any = "x-amazon-apigateway-any-method";
        let document = read(
            &json!({"/b": {"put": operation, any: operation, "get": operation}, "/a": {"get": operation}}),
        );
        let document = document.unwrap();
        let found: Vec<_> = document
            .operations
            .iter()
            .map(|found| (found.path.as_str(), found.method))
            .collect();
        let expected = [
            ("/b", Method::Put),
            ("/b", Method::Any),
            ("/b", Method::Get),
            ("/a", Method::Get),
        ];
        assert_eq!(found, expected);
        assert!(document.repairs.is_empty(), "{:?}", document.repairs);
    }

    #[test]
    fn a_referenced_path_item_stands_where_it_is_named() {
        let paths = json!({"/a": {"get": {"responses": {"200": {"description": ""}}}}, "/b": {"$ref": "#/paths/~1a"}});
        let document = read(&paths).unwrap();
        assert_eq!(document.operations[1].path, "/b");
        assert_eq!(
            document.operations[1].pointer.to_string(),
            "#/paths/~1b/get"
        );
    }

    #[test]
    fn every_broken_path_is_reported() {
        let error =
            read(&json!({"/{a": {}, "/b": {"$ref": "#/paths/~1b"}, "/c": {"$ref": "c.yaml"}}))
                .unwrap_err();
        assert_eq!(error.lines().count(), 3, "{error}");
        assert!(
            error.contains("a.json#/paths/~1b: the reference `#/paths/~1b` leads back to itself"),
            "{error}"
        );
    }

    #[test]
    fn what_is_no_path_or_method_is_left_out_and_said() {
        let document = read(
            &json!({"a": {}, "/b": {"GET": {}, "x-y": 1}, "/c": 5, "/d": {"get": 5}, "x-z": 1}),
        )
        .unwrap();
        assert!(document.operations.is_empty());
        let places: Vec<_> = document
            .repairs
            .iter()
            .map(|repair| repair.pointer.to_string())
            .collect();
        assert_eq!(
            places,
            [
                "#/paths/a",
                "#/paths/~1b/GET",
                "#/paths/~1c",
                "#/paths/~1d/get"
            ]
        );
    }

    #[test]
    fn the_default_route_takes_every_path() {
        let default = json!({"x-amazon-apigateway-any-method": {"isDefaultRoute": true, "responses": {"default": {"description": ""}}}});
        let document = read(&json!({"/$default": default})).unwrap();
        assert_eq!(
            (
                document.operations[0].path.as_str(),
                document.operations[0].method
            ),
            ("/{proxy+}", Method::Any)
        );
        assert!(document.operations[0].parameters[0].greedy);
        let document = read(&json!({"/$default": default, "/{proxy+}": {}})).unwrap();
        assert!(document.operations.is_empty());
    }
}
