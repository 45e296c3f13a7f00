//! Parameters: of the path item and of the operation, and the path variables that nobody declared.

use std::collections::HashSet;

use openapiv3::{ReferenceOr, Schema};

use crate::message::quote;
use crate::node::Node;
use crate::read::schema;
use crate::read::swagger::parameter::{self as swagger, Written};
use crate::read::template::Variable;
use crate::version::Version;
use crate::{Location, Parameter};

#[cfg(test)]
mod tests;

/// The keywords by which a parameter of Swagger 2.0 says its type itself.
const SWAGGER_TYPE: [&str; 4] = ["type", "format", "enum", "items"];

/// Reads a list of parameters.
pub(super) fn list(node: &Node<'_>, variables: &[Variable<'_>]) -> Vec<Parameter> {
    let mut seen = HashSet::new();
    let mut parameters = Vec::new();
    for item in node.items() {
        let Some(parameter) = item
            .clone()
            .follow()
            .and_then(|item| parameter(&item, variables))
        else {
            continue;
        };
        if seen.insert((parameter.location, parameter.name.clone())) {
            parameters.push(parameter);
        } else {
            item.repair(format!(
                "declares the parameter {} once more; left out",
                quote(&parameter.name)
            ));
        }
    }
    parameters
}

/// The parameters of the path item, those of the operation winning.
pub(super) fn merge(
    shared: &[Parameter],
    own: Vec<Parameter>,
    operation: &Node<'_>,
) -> Vec<Parameter> {
    if shared.is_empty() {
        return own;
    }
    let names: HashSet<_> = own
        .iter()
        .map(|own| (own.location, own.name.as_str()))
        .collect();
    let kept = shared
        .iter()
        .filter(|shared| !names.contains(&(shared.location, shared.name.as_str())))
        .take_while(|_| operation.has_room());
    let mut merged: Vec<_> = kept.cloned().collect();
    merged.extend(own);
    merged
}

/// Adds the path variables that nobody declared; API Gateway routes them all the same.
pub(super) fn complete(
    mut parameters: Vec<Parameter>,
    variables: &[Variable<'_>],
    operation: &Node<'_>,
) -> Vec<Parameter> {
    for variable in variables {
        let is_declared = parameters
            .iter()
            .any(|declared| declared.location == Location::Path && declared.name == variable.name);
        if !is_declared && operation.has_room() {
            operation.minor_repair(format!(
                "does not declare the path variable {}; read as a string",
                quote(variable.name)
            ));
            parameters.push(undeclared(variable, operation));
        }
    }
    parameters
}

fn undeclared(variable: &Variable<'_>, operation: &Node<'_>) -> Parameter {
    Parameter {
        pointer: operation.at().clone(),
        name: variable.name.to_owned(),
        location: Location::Path,
        greedy: variable.greedy,
        required: true,
        description: None,
        deprecated: false,
        schema: Some(schema::string()),
        explode: false,
        style: "simple".to_owned(),
    }
}

fn parameter(node: &Node<'_>, variables: &[Variable<'_>]) -> Option<Parameter> {
    let location = location(node).filter(|_| node.has_room())?;
    let Some(written) = node.text("name") else {
        node.repair("is a parameter without a name; left out");
        return None;
    };
    let variable = match location {
        Location::Path => Some(named_variable(node, &written, variables)?),
        Location::Query | Location::Header | Location::Cookie => None,
    };
    let written_as = written_as(node, location);
    Some(Parameter {
        pointer: node.at().clone(),
        name: variable.map_or(written, |variable| variable.name.to_owned()),
        location,
        greedy: variable.is_some_and(|variable| variable.greedy),
        required: required(node, location),
        description: node.text("description"),
        deprecated: node.flag("deprecated").unwrap_or_default(),
        schema: written_as.schema,
        explode: written_as.explode,
        style: written_as.style.to_owned(),
    })
}

fn location(node: &Node<'_>) -> Option<Location> {
    match node.text("in").as_deref() {
        Some("path") => Some(Location::Path),
        Some("query") => Some(Location::Query),
        Some("header") => Some(Location::Header),
        Some("cookie") => Some(Location::Cookie),
        // They are read as the body.
        Some("body" | "formData") if node.source().version() == Version::Swagger2 => None,
        Some(other) => {
            node.repair(format!(
                "is in {}, which is not path, query, header or cookie; left out",
                quote(other)
            ));
            None
        }
        None => {
            node.repair("is a parameter without an `in`; left out");
            None
        }
    }
}

/// The variable that a path parameter stands for; HTTP APIs export `proxy+` where REST APIs export `proxy`.
fn named_variable<'v>(
    node: &Node<'_>,
    written: &str,
    variables: &'v [Variable<'v>],
) -> Option<&'v Variable<'v>> {
    let found = variables.iter().find(|variable| {
        let greedy_name = written.strip_suffix('+').filter(|_| variable.greedy);
        variable.name == greedy_name.unwrap_or(written)
    });
    if found.is_none() {
        node.repair(format!(
            "declares the path variable {}, which the path does not have; left out",
            quote(written)
        ));
    }
    found
}

fn required(node: &Node<'_>, location: Location) -> bool {
    let required = node.flag("required").unwrap_or_default();
    if location == Location::Path && !required {
        node.minor_repair("is a path variable that is not required; read as required");
        return true;
    }
    required
}

fn written_as(node: &Node<'_>, location: Location) -> Written {
    match node.source().version() {
        Version::OpenApi3 => {
            let style = style(node, location);
            Written {
                schema: parameter_schema(node),
                style,
                explode: node.flag("explode").unwrap_or(style == "form"),
            }
        }
        Version::Swagger2 => swagger::written(node, location),
    }
}

/// The style; the default of the location where none, or one that the location does not have, is given.
fn style(node: &Node<'_>, location: Location) -> &'static str {
    let allowed: &[&'static str] = match location {
        Location::Path => &["simple", "label", "matrix"],
        Location::Query => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        Location::Header => &["simple"],
        Location::Cookie => &["form"],
    };
    let Some(written) = node.text("style") else {
        return allowed[0];
    };
    allowed
        .iter()
        .find(|style| **style == written)
        .copied()
        .unwrap_or_else(|| {
            node.repair(format!(
                "has the style {}, which its place does not have; read as `{}`",
                quote(&written),
                allowed[0]
            ));
            allowed[0]
        })
}

fn parameter_schema(node: &Node<'_>) -> Option<ReferenceOr<Schema>> {
    if let Some(schema) = node.child("schema") {
        return Some(schema::schema(&schema));
    }
    if node.has("content") {
        node.repair("is described by `content`; read as a string, which the caller writes in that media type");
        return Some(schema::string());
    }
    if SWAGGER_TYPE.iter().any(|keyword| node.has(keyword)) {
        node.repair("gives its type outside of a `schema`, as Swagger 2.0 does; read as a schema");
        return Some(schema::type_of_parameter(node));
    }
    node.minor_repair("has no schema; read as a string");
    None
}
