//! `x-amazon-apigateway-request-validator`: what the gateway checks of a request before anything else sees it.

use crate::Validation;
use crate::display::quote;
use crate::node::Node;

/// Names the validator of the operation, or of every operation without its own.
const VALIDATOR: &str = "x-amazon-apigateway-request-validator";

/// The validators by name.
const VALIDATORS: &str = "x-amazon-apigateway-request-validators";

/// What the gateway checks for an operation.
pub(super) fn validation(operation: &Node<'_>) -> Validation {
    let root = Node::root(operation.source());
    let of = |node: &Node<'_>| named(node, &root);
    of(operation).or_else(|| of(&root)).unwrap_or_default()
}

/// The validator that `node` names; one that is not there checks nothing.
fn named(node: &Node<'_>, root: &Node<'_>) -> Option<Validation> {
    let name = node.text(VALIDATOR)?;
    let validator = root
        .object(VALIDATORS)
        .and_then(|validators| validators.object(&name));
    let Some(validator) = validator else {
        let at = node.at().key(VALIDATOR);
        let text = format!(
            "names the validator {}, which the document does not have; read as none",
            quote(&name)
        );
        node.source().repair(at, &text);
        return Some(Validation::default());
    };
    let checks = |key| validator.flag(key).unwrap_or_default();
    Some(Validation {
        parameters: checks("validateRequestParameters"),
        body: checks("validateRequestBody"),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::source::Source;

    #[test]
    fn the_validator_of_the_operation_wins() {
        let value = json!({
            VALIDATOR: "all",
            VALIDATORS: {
                "all": {"validateRequestParameters": true, "validateRequestBody": true},
                "body": {"validateRequestBody": true},
            },
            "own": {VALIDATOR: "body"}, "none": {}, "gone": {VALIDATOR: "nope"},
        });
        let source = Source::of(&value);
        let root = Node::root(&source);
        let of = |key| {
            let validation = validation(&root.child(key).unwrap());
            (validation.parameters, validation.body)
        };
        assert_eq!(of("own"), (false, true));
        assert_eq!(of("none"), (true, true));
        assert_eq!(of("gone"), (false, false));
        let places: Vec<_> = source.finish().unwrap();
        assert_eq!(places.len(), 1);
        assert_eq!(places[0].pointer.to_string(), format!("#/gone/{VALIDATOR}"));
    }
}
