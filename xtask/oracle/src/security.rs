//! Which schemes an operation names, in their order.

use serde_json::Value;

use crate::meaning::{self, Meaning, Sent};
use crate::tree::{has_name, lower};

/// What an operation demands before its parameters are looked at, scheme by scheme.
pub(crate) fn of(operation: &Value, root: &Value) -> Vec<Meaning> {
    let auth = operation.get("x-amazon-apigateway-auth");
    let auth = auth
        .and_then(|auth| lower(auth, "type").or_else(|| Some(auth.as_str()?.to_ascii_lowercase())));
    let auth = auth.filter(|auth| auth == "aws_iam" || auth == "none");
    let own = operation.get("security").filter(|own| !own.is_null());
    let mut named = match own {
        Some(own) => named(own, root),
        None => inherited(auth.is_some(), root),
    };
    if auth.as_deref() == Some("aws_iam") {
        named.push(Meaning {
            sent: vec![Sent::Signature],
            is_gateways: false,
        });
    }
    without_alternatives(named)
}

/// What the list names, whatever is in one entry or in several.
fn named(list: &Value, root: &Value) -> Vec<Meaning> {
    let from_authorizer =
        lower(root, "x-amazon-apigateway-api-key-source").as_deref() == Some("authorizer");
    let entries: Vec<&Value> = match list {
        Value::Array(entries) => entries.iter().collect(),
        one => vec![one],
    };
    let objects = entries.into_iter().filter_map(Value::as_object);
    let meanings = objects
        .flat_map(serde_json::Map::keys)
        .map(|name| meaning::of(name, root));
    let is_left = |meaning: &Meaning| !(from_authorizer && meaning.sent == [Sent::PlanKey]);
    meanings.filter(is_left).collect()
}

/// What an operation without its own `security` has of the root.
fn inherited(has_own_type: bool, root: &Value) -> Vec<Meaning> {
    let Some(list) = root.get("security") else {
        return Vec::new();
    };
    let named = named(list, root);
    let is_seen = has_name(root, &|name| name.starts_with("x-amazon-apigateway-"));
    if !is_seen || is_http(root) {
        return named;
    }
    if root.get("openapi").is_none() {
        return Vec::new();
    }
    let is_authorizer = |meaning: &Meaning| meaning.sent != [Sent::PlanKey] && !has_own_type;
    named.into_iter().filter(is_authorizer).collect()
}

/// Whether the document has what only HTTP APIs have.
fn is_http(root: &Value) -> bool {
    root.get("openapi").is_some()
        && (root
            .get("x-amazon-apigateway-importexport-version")
            .is_some()
            || root.get("x-amazon-apigateway-cors").is_some()
            || root
                .pointer("/components/x-amazon-apigateway-integrations")
                .is_some())
}

/// The first of those that are sent in one place. A key of a usage plan is demanded besides whatever reads it.
fn without_alternatives(named: Vec<Meaning>) -> Vec<Meaning> {
    let mut kept: Vec<Meaning> = Vec::new();
    for meaning in named {
        let is_key = |meaning: &Meaning| meaning.sent == [Sent::PlanKey];
        let is_taken = kept.iter().any(|kept| {
            let collide = |one: &Sent| {
                meaning
                    .sent
                    .iter()
                    .any(|other| one.place() == other.place())
            };
            kept == &meaning || !is_key(kept) && !is_key(&meaning) && kept.sent.iter().any(collide)
        });
        if !is_taken {
            kept.push(meaning);
        }
    }
    kept
}
