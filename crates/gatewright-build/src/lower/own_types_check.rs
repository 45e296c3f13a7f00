//! What is wrong with the choices of types.

use gatewright_codegen::check::did_you_mean;
use gatewright_codegen::text::code;
use gatewright_document::{Document, Method, Operation};

use super::choices::Choices;
use super::own_types::{last, parsed};
use super::select::{Select, route};
use super::{body, success_responses, types};
use crate::Problem;

/// All that is wrong, each with the choice.
pub(super) fn problems(document: &Document, choices: &Choices) -> Vec<Problem> {
    let responses = choices.response_types.iter();
    let responses = responses.flat_map(|chosen| response_problems(document, chosen));
    let requests = choices.request_types.iter();
    let requests = requests.flat_map(|chosen| request_problems(document, chosen));
    let derives = choices
        .derives
        .iter()
        .filter_map(|(_, path)| derive_problem(path));
    let names = name_problems(document, choices);
    crate_problem(choices)
        .into_iter()
        .chain(responses)
        .chain(requests)
        .chain(derives)
        .chain(names)
        .collect()
}

fn crate_problem(choices: &Choices) -> Option<Problem> {
    let path = choices.crate_path.as_ref()?;
    let is_path = parsed::<syn::Path>(path).is_some() && !path.contains('<');
    let message = || {
        let path = code(path);
        format!(
            "{path} is no path of a crate; write the name that it has in `Cargo.toml`, such as `::gw`"
        )
    };
    (!is_path).then(|| Problem::new(&"", message()))
}

fn response_problems(document: &Document, (select, ty): &(Select, String)) -> Vec<Problem> {
    let has_none = |operation: &Operation| {
        let successes = success_responses::documented(&operation.responses);
        let is_empty = |status| matches!(status, gatewright_document::Status::Code(204 | 205));
        operation.method == Method::Head
            || !successes.is_empty() && successes.iter().all(|it| is_empty(it.status))
    };
    let refused = document
        .operations
        .iter()
        .filter(|it| select.matches(it) && has_none(it));
    let refused = refused.map(|operation| {
        let (ty, route) = (code(ty), code(&route(operation)));
        Problem::new(
            &operation.pointer,
            format!("the response of {route} has no body to read {ty} from"),
        )
    });
    refused.chain(type_problem(ty)).collect()
}

fn request_problems(document: &Document, (select, ty): &(Select, String)) -> Vec<Problem> {
    let selected = document.operations.iter().filter(|it| select.matches(it));
    let refused = selected.filter(|it| body::is_bodiless(it.method));
    let refused = refused.map(|operation| {
        let (ty, route) = (code(ty), code(&route(operation)));
        Problem::new(
            &operation.pointer,
            format!("the request of {route} has no body to send {ty} in"),
        )
    });
    refused.chain(type_problem(ty)).collect()
}

fn type_problem(ty: &str) -> Option<Problem> {
    let is_type = parsed::<syn::Type>(ty).is_some();
    let message = || {
        format!(
            "{} is no type of Rust; write its path, such as `crate::Pet`",
            code(ty)
        )
    };
    (!is_type).then(|| Problem::new(&"", message()))
}

/// Traits that every type has already.
const DERIVED: [&str; 3] = ["Clone", "Debug", "PartialEq"];

fn derive_problem(path: &str) -> Option<Problem> {
    let message = if parsed::<syn::Path>(path).is_none() {
        "is no path of a trait to derive, such as `schemars::JsonSchema`; call `derive` once for each"
    } else if DERIVED.contains(&last(path)) {
        "is implemented for every type already"
    } else if matches!(last(path), "Serialize" | "Deserialize") {
        "is implemented for every type that is sent or that arrives; `all_codecs` makes all of them both"
    } else {
        return None;
    };
    Some(Problem::new(&"", format!("{} {message}", code(path))))
}

fn name_problems(document: &Document, choices: &Choices) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, (schema, name)) in choices.type_names.iter().enumerate() {
        let (shown, chosen) = (code(schema), code(name));
        let before = &choices.type_names[..index];
        let is_taken =
            |(of, other): &(String, String)| of != schema && other.eq_ignore_ascii_case(name);
        if !document.schemas.contains_key(schema) {
            let candidates = document.schemas.keys().map(String::as_str);
            let message = did_you_mean(format!("has no schema {shown}"), schema, candidates);
            problems.push(Problem::new(&"", message));
        } else if let Some(why) = types::refused(name) {
            problems.push(Problem::new(
                &"",
                format!("{shown} cannot be called {chosen}: {why}"),
            ));
        } else if before.iter().any(is_taken) {
            let message =
                format!("{shown} cannot be called {chosen}, which another schema is called");
            problems.push(Problem::new(&"", message));
        }
    }
    problems
}
