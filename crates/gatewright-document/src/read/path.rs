//! Path items: their operations, each with the parameters that the path item gives it.

use crate::node::{Field, Node};
use crate::read::operation::{self, Route};
use crate::read::security::SecurityRules;
use crate::read::{function, parameter, template};
use crate::value::Value;
use crate::{Method, Operation};

/// The method that stands for all that a path does not name.
const ANY_METHOD: &str = "x-amazon-apigateway-any-method";

/// The path that takes all but `/`.
const CATCH_ALL: &str = "/{proxy+}";

/// The default route, as AWS SAM writes it; an export has `/$default`.
const DEFAULT_ROUTE: &str = "$default";

/// What is said of `/v{version}/pets` ("Amazon API Gateway important notes": a path parameter is a whole segment).
const PART_OF_SEGMENT: &str = "has a variable that is a part of a segment, which no resource of API Gateway has: the gateway refuses this \
    path; the client calls it as it is written";

/// The operations of all `paths` in the document's order.
pub(super) fn operations<'a>(root: &Node<'a>, security: &SecurityRules<'a>) -> Vec<Operation> {
    let Some(paths) = root.child("paths") else {
        root.repair("has no paths, and so no operations");
        return Vec::new();
    };
    let Some(paths) = as_whole(paths) else {
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

/// All paths may be written as one reference.
fn as_whole<'a>(paths: Node<'a>) -> Option<Node<'a>> {
    if !paths.is_reference() {
        return Some(paths);
    }
    let found = paths.follow_or_leave_out("so there are no operations");
    found.ok().flatten()
}

/// The path template that a member of `paths` stands for. It is the key, but for the default route of an HTTP API
/// ("Create routes for HTTP APIs"), which takes what no other route does.
fn template<'a>(field: &Field<'_, 'a>, paths: &Node<'a>) -> Option<&'a str> {
    let node = field.node();
    if function::is_name(field.key) {
        node.leave_out(function::left_out(field.key));
    } else if !field.key.starts_with('/') && field.key != DEFAULT_ROUTE {
        node.leave_out("is no path, which starts with `/`; left out");
    } else if field.key != DEFAULT_ROUTE && !is_default_route(field.value) {
        return Some(field.key);
    } else if paths.has(CATCH_ALL) {
        node.repair("is the default route, of which `/{proxy+}` leaves nothing but `/`; left out");
    } else {
        node.repair("is the default route; read as `/{proxy+}`");
        return Some(CATCH_ALL);
    }
    None
}

fn is_default_route(item: &Value) -> bool {
    let any = item.get(ANY_METHOD);
    any.and_then(|any| any.get("isDefaultRoute")) == Some(&Value::Bool(true))
}

/// The operations of one path; none, with a note, if the path or what it refers to is broken.
fn path<'a>(
    field: &Field<'_, 'a>,
    template: &str,
    security: &SecurityRules<'a>,
) -> Option<Vec<Operation>> {
    let written = field.node();
    let variables = template::variables(template)
        .map_err(|message| written.leave_out(format!("the path {message}; left out")))
        .ok()?;
    if template::has_part_of_segment(template) {
        written.minor_repair(PART_OF_SEGMENT);
    }
    if let Some(function) = function::name(field.value) {
        written.leave_out(function::left_out(function));
        return None;
    }
    let item = written
        .clone()
        .follow_or_leave_out("the operations of this path are left out")
        .ok()??;
    if written.has("$ref") && written.fields().count() > 1 {
        written.repair("has a `$ref` and more; only what the reference means is read");
    }
    let shared = match item.child("parameters") {
        Some(list) => parameter::list(&list, &variables)?,
        None => Vec::new(),
    };
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
        let at = field
            .source()
            .place_of(field.value, written.at().key(field.key));
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
        function if function::is_name(function) => {
            field.node().leave_out(function::left_out(function));
            return None;
        }
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

    /// The paths that are read, and the places of what is left out.
    fn left(paths: &Value) -> (Vec<String>, Vec<String>) {
        let document = read(paths).unwrap();
        let left_out = document.repairs.iter();
        let left_out = left_out.filter(|repair| repair.leaves_out_operations);
        (
            document
                .operations
                .iter()
                .map(|read| read.path.clone())
                .collect(),
            left_out.map(|repair| repair.pointer.to_string()).collect(),
        )
    }

    fn get() -> Value {
        json!({"get": {"responses": {"200": {"description": "ok"}}}})
    }

    #[test]
    fn a_broken_path_is_left_out_and_the_others_stay() {
        for (path, at) in [
            ("/boats#shared", "#/paths/~1boats#shared"),
            ("/boats?kind=sail", "#/paths/~1boats?kind=sail"),
            ("/boats/{id", "#/paths/~1boats~1{id"),
            ("/boats/id}", "#/paths/~1boats~1id}"),
            ("/boats/{id}/{id}", "#/paths/~1boats~1{id}~1{id}"),
            ("/${stage}/boats", "#/paths/~1${stage}~1boats"),
            ("/boats/../berths", "#/paths/~1boats~1..~1berths"),
            ("boats", "#/paths/boats"),
        ] {
            let found = left(&json!({path: get(), "/berths": get()}));
            assert_eq!(found, (vec!["/berths".to_owned()], vec![at.to_owned()]));
        }
    }

    #[test]
    fn a_path_that_a_condition_decides_is_read_if_there_is_one_choice() {
        let choice = json!({"Fn::If": ["IsOpen", get(), {"Ref": "AWS::NoValue"}]});
        let method = json!({"post": {"Fn::If": ["IsOpen", {}, {}]}, "Fn::Transform": {}, "get": get()["get"]});
        let (read, left_out) =
            left(&json!({"/a": choice, "/b": method, "Fn::Transform": {"Name": "AWS::Include"}}));
        assert_eq!(read, ["/a", "/b"]);
        let places = [
            "#/paths/~1b/post",
            "#/paths/~1b/Fn::Transform",
            "#/paths/Fn::Transform",
        ];
        assert_eq!(left_out, places);
        let document = super::tests::read(&json!({"/a": choice})).unwrap();
        assert_eq!(
            document.operations[0].pointer.to_string(),
            "#/paths/~1a/Fn::If/1/get"
        );
        let message = &document.repairs[0].message;
        assert!(
            message.starts_with("depends on the condition `IsOpen` of CloudFormation"),
            "{message}"
        );
    }

    #[test]
    fn parts_that_are_written_as_one_reference_are_followed_and_never_lost_in_silence() {
        let bundle = "bundle the document first";
        let (read_paths, left_out) = left(&json!({"$ref": "#/elsewhere"}));
        assert_eq!(
            (read_paths.len(), left_out),
            (0, vec!["#/paths".to_owned()])
        );
        let operation = json!({"responses": {"$ref": "./responses.yaml"}});
        for paths in [
            json!({"$ref": "./paths.yaml"}),
            json!({"/a": {"get": operation}}),
            json!({"/a": {"get": {"responses": {"200": {"description": "", "content": {"$ref": "c.json"}}}}}}),
        ] {
            let error = super::tests::read(&paths).unwrap_err();
            assert!(error.contains(bundle), "{error}");
        }
        let paths = json!({"/a": {"get": {"responses": {"$ref": "#/paths/~1b/get/responses"}}}, "/b": get()});
        let document = super::tests::read(&paths).unwrap();
        assert_eq!(document.operations[0].responses.len(), 1);
    }

    #[test]
    fn what_an_operation_takes_must_be_known() {
        let gone = json!([{"$ref": "#/components/parameters/Gone"}]);
        let mut broken = get();
        broken["get"]["parameters"] = gone.clone();
        broken["put"] = get()["get"].clone();
        let mut shared = get();
        shared["parameters"] = gone;
        let choice = json!({"Fn::If": ["IsOpen", {}, {"Ref": "AWS::NoValue"}]});
        let (mut chosen, mut one_chosen) = (get(), get());
        chosen["get"]["parameters"] = choice.clone();
        one_chosen["get"]["parameters"] = json!([choice]);
        let (read, left_out) =
            left(&json!({"/a": broken, "/b": shared, "/c": chosen, "/d": one_chosen}));
        assert_eq!(read, ["/a"]);
        let places = [
            "#/paths/~1a/get/parameters/0",
            "#/paths/~1b/parameters/0",
            "#/paths/~1c/get/parameters",
            "#/paths/~1d/get/parameters/0",
        ];
        assert_eq!(left_out, places);
    }

    #[test]
    fn a_path_of_another_file_is_a_problem_and_one_of_nothing_is_left_out() {
        let (read, left_out) =
            left(&json!({"/b": {"$ref": "#/paths/~1b"}, "/c": {"$ref": "#/no"}, "/d": get()}));
        assert_eq!(read, ["/d"]);
        assert_eq!(left_out, ["#/paths/~1b", "#/paths/~1c"]);
        let error =
            super::tests::read(&json!({"/c": {"$ref": "c.yaml"}, "/d": get()})).unwrap_err();
        assert!(
            error.contains("a.json#/paths/~1c: `c.yaml` leads out"),
            "{error}"
        );
        assert!(error.contains("bundle the document first"), "{error}");
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
