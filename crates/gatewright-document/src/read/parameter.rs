//! Parameters: of the path item and of the operation, and the path variables that nobody declared.

use std::collections::HashSet;

use openapiv3::{ReferenceOr, Schema};

use crate::display::quote;
use crate::node::Node;
use crate::read::swagger::parameter as swagger;
use crate::read::template::Variable;
use crate::read::{content, function, schema, style};
use crate::version::Version;
use crate::{Location, Media, Parameter, Pointer, Style, StyleName};

#[cfg(test)]
mod tests;

/// The keywords by which a parameter of Swagger 2.0 says its type itself.
const SWAGGER_TYPE: [&str; 4] = ["type", "format", "enum", "items"];

/// What becomes of an operation with a parameter that nobody knows.
const UNKNOWN: &str = "the operation is left out, for what it takes is not known";

/// What a parameter takes and how it is written, in the words of OpenAPI 3.0.
pub(super) struct Written {
    pub(super) schema: Option<ReferenceOr<Schema>>,
    /// Where the schema stands.
    pub(super) at: Pointer,
    pub(super) style: Style,
    pub(super) media_type: Option<String>,
}

/// Reads a list of parameters; `None` if one of them refers to nothing, so that the operation cannot be called by what is known.
pub(super) fn list(node: &Node<'_>, variables: &[Variable<'_>]) -> Option<Vec<Parameter>> {
    if is_function(node) {
        return None;
    }
    let mut seen = HashSet::new();
    let mut parameters = Vec::new();
    let mut is_known = true;
    for item in node.items() {
        is_known &= !is_function(&item);
        let Ok(found) = item.clone().follow_or_leave_out(UNKNOWN) else {
            is_known = false;
            continue;
        };
        let Some(parameter) = found.and_then(|found| parameter(&found, variables)) else {
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
    is_known.then_some(parameters)
}

/// Whether parameters depend on a function, with the note that their operation is left out.
fn is_function(node: &Node<'_>) -> bool {
    let function = function::name(node.value());
    if let Some(function) = function {
        node.leave_out(function::left_out(function));
    }
    function.is_some()
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
        schema_pointer: operation.at().clone(),
        style: Style {
            name: StyleName::Simple,
            explode: false,
            allow_reserved: false,
        },
        media_type: None,
        allow_empty: false,
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
        schema_pointer: written_as.at,
        style: written_as.style,
        media_type: written_as.media_type,
        allow_empty: node.flag("allowEmptyValue").unwrap_or_default(),
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
        Version::OpenApi3 if node.has("content") && !node.has("schema") => {
            by_content(node, location)
        }
        Version::OpenApi3 => Written {
            schema: parameter_schema(node),
            at: node.at().key("schema"),
            style: style::style(node, location),
            media_type: None,
        },
        Version::Swagger2 => swagger::written(node, location),
    }
}

/// A parameter whose value is written in a media type; `content` has exactly one ("Parameter Object").
fn by_content(node: &Node<'_>, location: Location) -> Written {
    let content = content::content(node);
    if content.len() != 1 {
        node.repair("has a `content` without exactly one media type; read as the first");
    }
    let (media_type, media) = content.into_iter().next().unzip();
    let (at, schema) = media.map_or_else(
        || (node.at().clone(), None),
        |media: Media| (media.pointer.key("schema"), media.schema),
    );
    Written {
        schema,
        at,
        style: style::style(node, location),
        media_type,
    }
}

fn parameter_schema(node: &Node<'_>) -> Option<ReferenceOr<Schema>> {
    if let Some(schema) = node.child("schema") {
        return Some(schema::schema(&schema));
    }
    if SWAGGER_TYPE.iter().any(|keyword| node.has(keyword)) {
        node.repair("gives its type outside of a `schema`, as Swagger 2.0 does; read as a schema");
        return Some(schema::type_of_parameter(node));
    }
    node.minor_repair("has no schema; read as a string");
    None
}
