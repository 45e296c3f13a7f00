//! Which operations of a document become methods.

use std::collections::HashSet;

use gatewright_document::{Document, IntegrationKind, Method, Operation};

use super::auth;
use super::choices::Choices;
use super::select::Select;

/// The operations of a document, sorted by what becomes of them.
pub(super) struct Wanted<'a> {
    /// Those that have a name, in the order of their paths: the exports of one API differ in theirs. Leaving one out by a choice
    /// renames no other.
    pub(super) named: Vec<&'a Operation>,
    /// Those of `named` that become methods.
    pub(super) called: HashSet<*const Operation>,
    /// Those that are there for browsers alone.
    pub(super) preflights: Vec<&'a Operation>,
}

impl<'a> Wanted<'a> {
    pub(super) fn of(document: &'a Document, choices: &Choices) -> Self {
        let paths = paths_with_methods(document);
        let is_preflight = |it: &&Operation| is_preflight(it, &paths, document, choices);
        let (preflights, mut named): (Vec<_>, Vec<_>) =
            document.operations.iter().partition(is_preflight);
        let is_beside = |select: &&Select| !named.iter().any(|it| select.matches(it));
        // A choice of nothing but what is left out by default brings it back, and leaves out nothing.
        let (beside, include): (Vec<_>, Vec<_>) = choices.include.iter().partition(is_beside);
        let any = |selects: &[&Select], it: &Operation| selects.iter().any(|one| one.matches(it));
        let (back, preflights): (Vec<_>, Vec<_>) =
            preflights.into_iter().partition(|it| any(&beside, it));
        let is_included = |it: &&&Operation| include.is_empty() || any(&include, it);
        let is_excluded = |it: &Operation| choices.exclude.iter().any(|one| one.matches(it));
        let called = named.iter().filter(is_included).chain(&back);
        let called = called.filter(|it| !is_excluded(it));
        let called = called.map(|it| std::ptr::from_ref(*it)).collect();
        named.extend(back);
        named.sort_by(|one, other| (&one.path, one.method).cmp(&(&other.path, other.method)));
        Self {
            named,
            called,
            preflights,
        }
    }

    /// Whether an operation becomes a method.
    pub(super) fn is_called(&self, operation: &Operation) -> bool {
        self.called.contains(&std::ptr::from_ref(operation))
    }
}

/// The paths that have a method other than `OPTIONS`.
fn paths_with_methods(document: &Document) -> HashSet<&str> {
    let operations = document.operations.iter();
    let others = operations.filter(|operation| operation.method != Method::Options);
    others.map(|operation| operation.path.as_str()).collect()
}

/// Whether an operation is there for browsers alone, which ask before they send (CORS): an `OPTIONS` that the gateway responds to
/// by itself, or that it forwards without a credential beside the other methods of the path.
fn is_preflight(
    operation: &Operation,
    paths: &HashSet<&str>,
    document: &Document,
    choices: &Choices,
) -> bool {
    let integration = operation.integration.as_ref();
    let is_mock = || integration.is_none_or(|it| it.kind == IntegrationKind::Mock);
    let is_forwarded = || {
        paths.contains(operation.path.as_str())
            && auth::schemes(operation, document, choices).is_empty()
    };
    operation.method == Method::Options && (is_mock() || is_forwarded())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{AuthMode, Builder, Select, configure};

    /// The methods of the client of a document with these paths, in their order.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a builder is made for each case"
    )]
    fn methods(paths: &Value, builder: Builder) -> Vec<String> {
        let document = json!({"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": paths,
            "components": {"securitySchemes": {"key": {"type": "apiKey", "name": "x-api-key", "in": "header"}}}});
        let code = builder
            .generate_from_slice("t.json", document.to_string().as_bytes())
            .unwrap()
            .code;
        let names = code.lines().filter_map(|line| {
            let (name, _) = line.trim().strip_prefix("pub fn ")?.split_once("(&self")?;
            Some(name.to_owned())
        });
        names.filter(|name| name != "rest").collect()
    }

    fn to(kind: &str) -> Value {
        json!({"responses": {"200": {"description": "ok"}}, "x-amazon-apigateway-integration": {"type": kind}})
    }

    fn pets() -> Value {
        json!({"/pets": {"options": to("http_proxy"), "get": to("http_proxy")}, "/cats": {"get": to("aws_proxy"), "options": to("mock")}})
    }

    #[test]
    fn the_preflights_of_browsers_are_left_out() {
        assert_eq!(methods(&pets(), configure()), ["get_cats", "get_pets"]);
        for kind in ["http", "aws", "aws_proxy"] {
            let paths = json!({"/": {"options": to(kind), "post": to(kind)}});
            assert_eq!(methods(&paths, configure()), ["post_root"]);
        }
    }

    #[test]
    fn an_options_that_is_more_than_a_preflight_stays() {
        let alone = json!({"/pets": {"options": to("http_proxy")}, "/": {"get": to("mock")}});
        assert_eq!(methods(&alone, configure()), ["get_root", "options_pets"]);
        let mut guarded = pets();
        guarded["/pets"]["options"]["security"] = json!([{"key": []}]);
        assert_eq!(
            methods(&guarded, configure()).last().unwrap(),
            "options_pets"
        );
        let auth = configure().auth(Select::operation("OPTIONS /pets"), [AuthMode::Iam]);
        assert_eq!(methods(&pets(), auth).len(), 3);
    }

    #[test]
    fn an_include_of_them_brings_them_back_beside_all_others() {
        let all = ["get_cats", "options_cats", "get_pets", "options_pets"];
        let builder = configure().include(Select::method("options"));
        assert_eq!(methods(&pets(), builder), all);
        let one = configure().include(Select::operation("OPTIONS /pets"));
        assert_eq!(
            methods(&pets(), one),
            ["get_cats", "get_pets", "options_pets"]
        );
        let of_path = configure().include(Select::path("/pets"));
        assert_eq!(methods(&pets(), of_path.clone()), ["get_pets"]);
        let both = of_path.include(Select::method("OPTIONS").and(Select::path("/pets")));
        assert_eq!(methods(&pets(), both), ["get_pets", "options_pets"]);
        let without = configure()
            .include(Select::method("OPTIONS"))
            .exclude(Select::method("GET"));
        assert_eq!(methods(&pets(), without), ["options_cats", "options_pets"]);
    }

    #[test]
    fn a_method_that_no_operation_has_is_an_error_with_what_was_meant() {
        let document =
            json!({"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": pets()})
                .to_string();
        let error = |select| {
            let builder = configure().include(select);
            let result = builder.generate_from_slice("t.json", document.as_bytes());
            result.unwrap_err().to_string()
        };
        assert!(
            error(Select::method("OPTION"))
                .contains("with the method `OPTION`; did you mean `OPTIONS`?")
        );
        let both = error(Select::path("/pets").and(Select::method("DELETE")));
        assert!(
            both.contains(
                "has no operation on or below the path `/pets` and with the method `DELETE`"
            ),
            "{both}"
        );
    }

    #[test]
    fn the_order_of_the_paths_makes_no_difference() {
        let paths = |names: [&str; 3]| {
            let paths =
                names.map(|name| (name.to_owned(), json!({"put": to("aws"), "get": to("aws")})));
            Value::Object(paths.into_iter().collect())
        };
        let one = methods(&paths(["/b", "/a/{id}", "/a"]), configure());
        assert_eq!(one, methods(&paths(["/a", "/b", "/a/{id}"]), configure()));
        assert_eq!(one[..2], ["get_a", "put_a"]);
    }
}
