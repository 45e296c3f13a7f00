//! The documentation of emitted items, line by line.
//!
//! What comes from a document has been made safe by the front end; what is added here is ours.

use crate::model::{Api, Arg, Operation, Output, Scheme, Ty};
use crate::text::{self, code};

/// The lines of a text, as `#[doc]` wants them: with a leading space.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                // What is hidden was refused or escaped before; here it would stop the compiler.
                format!(" {}", text::line(line))
            }
        })
        .collect()
}

/// Adds a sentence to a text: to its last line, unless that is none of sentences.
pub(super) fn add(text: &mut String, sentence: &str) {
    let is_prose = text.ends_with(['.', '!', '?']);
    let gap = match text.is_empty() {
        true => "",
        false if is_prose => " ",
        false => "\n\n",
    };
    text.push_str(gap);
    text.push_str(sentence);
}

pub(super) fn client(api: &Api) -> Vec<String> {
    let mut text = api.docs.clone();
    if text.is_empty() {
        text = format!("A client of `{}`.", api.client);
    }
    let layers = layers(api);
    if !layers.is_empty() {
        text.push_str(
            "\n\n# Authorization\n\nEach operation says which credentials it needs. These layers send them: ",
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
            format!("`BearerTokenLayer` ({})", code(scheme))
        }
        Scheme::HeaderToken { scheme, header } => {
            format!(
                "`BearerTokenLayer` ({}, `raw` in the header {})",
                code(scheme),
                code(header)
            )
        }
        Scheme::QueryToken { scheme, query } => {
            format!(
                "`BearerTokenLayer` ({}, in the query parameter {})",
                code(scheme),
                code(query)
            )
        }
    }
}

pub(super) fn operation(operation: &Operation) -> Vec<String> {
    let (method, path) = (operation.method.as_str(), &operation.path);
    let mut text = operation.docs.clone();
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    let (route, id) = (code(&format!("{method} {path}")), code(&operation.id));
    text.push_str(&format!("{route} (operation {id})"));
    for (index, point) in points(operation).enumerate() {
        text.push_str(if index == 0 { "\n\n" } else { "\n" });
        text.push_str(&format!("* {point}"));
    }
    if !operation.response_docs.is_empty() {
        text.push_str("\n\n");
        text.push_str(&operation.response_docs);
    }
    lines(&text)
}

/// What else is to know: the arguments, the credentials, the API's own errors.
fn points(operation: &Operation) -> impl Iterator<Item = String> {
    let described = operation
        .args
        .iter()
        .filter(|arg| !arg.docs.is_empty() && !arg.optional);
    let arguments = described.map(|arg| format!("`{}`: {}", arg.name, text::in_list(&arg.docs)));
    arguments
        .chain(authorization(operation))
        .chain(errors(operation))
}

fn authorization(operation: &Operation) -> Option<String> {
    let layers: Vec<_> = operation.auth.iter().map(layer).collect();
    (!layers.is_empty()).then(|| format!("Authorization: {}", layers.join(" and ")))
}

fn errors(operation: &Operation) -> Option<String> {
    match &operation.output {
        Output::Typed {
            error: Some(Ty::Named(error)),
            ..
        } => Some(format!("Errors of the API: [`{error}`](types::{error})")),
        _ => None,
    }
}

pub(super) fn params(api: &Api, operation: &Operation) -> Vec<String> {
    lines(&format!(
        "The optional arguments of [`{0}::{1}`].",
        api.client,
        operation.name.to_string().trim_start_matches("r#")
    ))
}

/// What the document says, else where it goes.
pub(super) fn argument(arg: &Arg) -> Vec<String> {
    let place = match (arg.kind.query(), arg.kind.header()) {
        (Some(name), _) => format!("The query parameter {}.", code(name)),
        (_, Some(name)) => format!("The header {}.", code(name)),
        (None, None) => String::new(),
    };
    lines(if arg.docs.is_empty() {
        &place
    } else {
        &arg.docs
    })
}
