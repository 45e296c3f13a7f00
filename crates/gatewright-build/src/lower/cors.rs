//! What browsers let the pages of other origins do with an API (CORS), for a person to read: a client that is no page
//! in a browser is free of it. Sources: Fetch, "CORS protocol"; "Enable CORS on a resource" and "Configure CORS for HTTP APIs"
//! in the API Gateway developer guide.

use gatewright_document::{Cors, Document, IntegrationResponse, Location, Operation};
use indexmap::IndexMap;

use super::auth;
use super::choices::Choices;
use super::note::Notes;
use super::wanted::Wanted;

/// Headers that a page may always send. `content-type` is only among them for forms and plain text, so it is not here.
const SAFE: [&str; 3] = ["accept", "accept-language", "content-language"];

/// What one place of a document allows.
struct Policy {
    pointer: String,
    origins: Vec<String>,
    methods: Vec<String>,
    headers: Vec<String>,
}

/// Notes what is allowed, and the headers of the client's operations that are not.
pub(super) fn note(document: &Document, choices: &Choices, wanted: &Wanted<'_>, notes: &mut Notes) {
    let whole = document.cors.as_ref().map(Policy::of_api);
    let of_paths: IndexMap<_, _> = preflights(wanted).collect();
    for policy in whole.iter().chain(of_paths.values()) {
        notes.cross_origin(&policy.pointer, &policy.to_string());
    }
    for operation in wanted.named.iter().filter(|it| wanted.is_called(it)) {
        let of_path = of_paths.get(operation.path.as_str());
        if let Some(policy) = of_path.or(whole.as_ref()) {
            note_refused(operation, document, choices, policy, notes);
        }
    }
}

fn note_refused(
    operation: &Operation,
    document: &Document,
    choices: &Choices,
    policy: &Policy,
    notes: &mut Notes,
) {
    for (pointer, header) in sent_headers(operation, document, choices) {
        if !policy.allows(&header) {
            let message = format!(
                "no page of another origin can send the header `{header}`, which is missing in the headers allowed at {}",
                policy.pointer
            );
            notes.cross_origin(&pointer, &message);
        }
    }
}

/// The headers that an operation is called with, in lower case, and where each is asked for.
fn sent_headers(
    operation: &Operation,
    document: &Document,
    choices: &Choices,
) -> Vec<(String, String)> {
    let schemes = auth::schemes(operation, document, choices);
    let of_layers = schemes.iter().flat_map(auth::headers);
    let of_layers = of_layers.map(|name| (operation.pointer.to_string(), name.to_owned()));
    let parameters = operation.parameters.iter();
    let declared = parameters.filter(|parameter| parameter.location == Location::Header);
    let declared = declared.map(|it| (it.pointer.to_string(), it.name.to_ascii_lowercase()));
    let mut headers: Vec<(String, String)> = Vec::new();
    for (pointer, header) in of_layers.chain(declared) {
        if !headers.iter().any(|(_, known)| *known == header) {
            headers.push((pointer, header));
        }
    }
    headers
}

/// The paths with a preflight of their own, as a REST API has them.
fn preflights<'a>(wanted: &Wanted<'a>) -> impl Iterator<Item = (&'a str, Policy)> {
    let preflights = wanted.preflights.iter();
    preflights.filter_map(|it| Some((it.path.as_str(), Policy::of_preflight(it)?)))
}

impl Policy {
    fn of_api(cors: &Cors) -> Self {
        Self {
            pointer: cors.pointer.to_string(),
            origins: cors.allow_origins.clone(),
            methods: cors.allow_methods.clone(),
            headers: cors.allow_headers.clone(),
        }
    }

    /// What the static headers of a mock integration say; `None` if it says nothing of CORS.
    fn of_preflight(operation: &Operation) -> Option<Self> {
        let mut responses = operation.integration.as_ref()?.responses.values();
        let response = responses.find(|response| header(response, "allow-origin").is_some())?;
        let list = |name| {
            let values = header(response, name).unwrap_or_default().split(',');
            let values = values.map(str::trim).filter(|value| !value.is_empty());
            values.map(str::to_owned).collect()
        };
        Some(Self {
            pointer: operation.pointer.to_string(),
            origins: list("allow-origin"),
            methods: list("allow-methods"),
            headers: list("allow-headers"),
        })
    }

    /// `*` stands for all headers but `authorization`, which has to be named (Fetch, "CORS non-wildcard request-header name").
    fn allows(&self, header: &str) -> bool {
        let named = |name: &str| self.headers.iter().any(|it| it.eq_ignore_ascii_case(name));
        SAFE.contains(&header) || named(header) || (named("*") && header != "authorization")
    }
}

fn header<'a>(response: &'a IntegrationResponse, name: &str) -> Option<&'a str> {
    let is_named = |header: &str| {
        let (prefix, rest) = header.split_at_checked("access-control-".len())?;
        Some(prefix.eq_ignore_ascii_case("access-control-") && rest.eq_ignore_ascii_case(name))
    };
    let mut headers = response.headers.iter();
    let found = headers.find(|(header, _)| is_named(header) == Some(true));
    found.map(|(_, value)| value.as_str())
}

impl std::fmt::Display for Policy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let list = |values: &[String], none: &str| match values {
            [] => none.to_owned(),
            values => values.join(", "),
        };
        let origins = list(&self.origins, "no other origin");
        let methods = list(&self.methods, "no methods but GET, HEAD and POST");
        let headers = list(&self.headers, "no headers of their own");
        write!(f, "pages of {origins} may send {methods}, with {headers}")
    }
}
