//! The operations of a document, and what each makes its caller's layers send.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::meaning::Sent;
use crate::tree::followed;
use crate::{declared, security};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// What the operations demand, by method and path.
pub(crate) fn all(root: &Value) -> BTreeMap<String, Vec<Sent>> {
    let mut all = BTreeMap::new();
    let paths = root.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        let path = route(path, item);
        let item = followed(root, item);
        for (key, operation) in item.as_object().into_iter().flatten() {
            let method = match key.as_str() {
                "x-amazon-apigateway-any-method" => "ANY".to_owned(),
                method if METHODS.contains(&method) => method.to_ascii_uppercase(),
                _ => continue,
            };
            let sent = of(operation, item, root);
            all.insert(format!("{method} {path}"), sent);
        }
    }
    all
}

/// The path of a route; the default route of an HTTP API takes whatever no other one does.
fn route<'a>(path: &'a str, item: &Value) -> &'a str {
    let any = item.get("x-amazon-apigateway-any-method");
    let is_default = any.and_then(|any| any.get("isDefaultRoute")) == Some(&Value::Bool(true));
    if is_default { "/{proxy+}" } else { path }
}

fn of(operation: &Value, item: &Value, root: &Value) -> Vec<Sent> {
    let parameters = declared::of(operation, item, root);
    let mut sent = Vec::new();
    for meaning in security::of(operation, root) {
        let is_argument =
            |one: &Sent| meaning.is_gateways && parameters.iter().any(|it| it.fills(one));
        sent.extend(meaning.sent.iter().filter(|one| !is_argument(one)).cloned());
    }
    let required = parameters.iter().filter(|parameter| parameter.is_required);
    for credential in required.filter_map(declared::Declared::credential) {
        if !sent
            .iter()
            .any(|known: &Sent| known.place() == credential.place())
        {
            sent.push(credential);
        }
    }
    one_key(sent)
}

/// The key of a usage plan is also what an authorizer reads there.
fn one_key(sent: Vec<Sent>) -> Vec<Sent> {
    let has_key = sent.contains(&Sent::PlanKey);
    let is_second =
        |one: &Sent| has_key && !one.is_plan_key() && one.place() == (true, "x-api-key");
    sent.into_iter().filter(|one| !is_second(one)).collect()
}
