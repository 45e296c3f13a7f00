//! The documentation of emitted items, line by line.
//!
//! What comes from a document has been made safe by the front end; what is added here is ours.

use crate::model::{Api, Arg, ArgKind, Field, Operation, Output, Scheme, Ty};

/// The lines of a text, as `#[doc]` wants them: with a leading space.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            }
        })
        .collect()
}

pub(super) fn client(api: &Api) -> Vec<String> {
    let mut text = api.docs.clone();
    if text.is_empty() {
        text = format!("A client of `{}`.", api.client);
    }
    let layers = layers(api);
    if !layers.is_empty() {
        text.push_str(
            "\n\n# Authorization\n\nIts operations ask for credentials, which layers add: ",
        );
        text.push_str(&layers.join(", "));
        text.push('.');
    }
    lines(&text)
}

/// The layers that the operations of an API need, each once.
fn layers(api: &Api) -> Vec<String> {
    let mut layers = Vec::new();
    for scheme in api.operations.iter().flat_map(|operation| &operation.auth) {
        let layer = layer(scheme);
        if !layers.contains(&layer) {
            layers.push(layer);
        }
    }
    layers
}

fn layer(scheme: &Scheme) -> String {
    match scheme {
        Scheme::Iam => "`SigV4Layer`".to_owned(),
        Scheme::ApiKey => "`ApiKeyLayer`".to_owned(),
        Scheme::HeaderToken { scheme, header } if header.eq_ignore_ascii_case("authorization") => {
            format!("`BearerTokenLayer` (`{scheme}`)")
        }
        Scheme::HeaderToken { scheme, header } => {
            format!("`BearerTokenLayer` (`{scheme}`, in the header `{header}`)")
        }
        Scheme::QueryToken { scheme, query } => {
            format!("`BearerTokenLayer` (`{scheme}`, in the query parameter `{query}`)")
        }
    }
}

pub(super) fn operation(operation: &Operation) -> Vec<String> {
    let (method, path) = (operation.method.as_str(), &operation.path);
    let mut text = operation.docs.clone();
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(&format!("`{method} {path}` (operation `{}`)", operation.id));
    push_arguments(&mut text, operation);
    push_authorization(&mut text, operation);
    push_errors(&mut text, operation);
    lines(&text)
}

fn push_arguments(text: &mut String, operation: &Operation) {
    let described = operation
        .args
        .iter()
        .filter(|arg| !arg.docs.is_empty() && !arg.optional);
    for (index, arg) in described.enumerate() {
        text.push_str(if index == 0 { "\n\n" } else { "\n" });
        text.push_str(&format!(
            "* `{}`: {}",
            arg.name,
            arg.docs.replace('\n', " ")
        ));
    }
}

fn push_authorization(text: &mut String, operation: &Operation) {
    if !operation.auth.is_empty() {
        let layers: Vec<_> = operation.auth.iter().map(layer).collect();
        text.push_str(&format!("\n\n# Authorization\n\n{}", layers.join(" and ")));
    }
}

fn push_errors(text: &mut String, operation: &Operation) {
    if let Output::Typed {
        error: Some(Ty::Named(error)),
        ..
    } = &operation.output
    {
        text.push_str(&format!(
            "\n\n# Errors\n\nThe API's own errors are [`{error}`](types::{error})."
        ));
    }
}

pub(super) fn params(api: &Api, operation: &Operation) -> Vec<String> {
    lines(&format!(
        "The optional arguments of [`{0}::{1}`].",
        api.client,
        operation.name.to_string().trim_start_matches("r#")
    ))
}

/// What the document says, else the name in JSON if that is another one.
pub(super) fn field(field: &Field) -> Vec<String> {
    if field.docs.is_empty() && field.name != field.wire {
        return lines(&format!("`{}`", field.wire.replace('`', "'")));
    }
    lines(&field.docs)
}

/// What the document says, else where it goes.
pub(super) fn argument(arg: &Arg) -> Vec<String> {
    let place = match &arg.kind {
        ArgKind::Query(name) => format!("The query parameter `{name}`."),
        ArgKind::Header(name) => format!("The header `{name}`."),
        _ => String::new(),
    };
    lines(if arg.docs.is_empty() {
        &place
    } else {
        &arg.docs
    })
}
