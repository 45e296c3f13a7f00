//! The operation that an event of a function is.

use std::collections::HashSet;

use super::events::Event;
use super::layered::flag;
use super::{object, string};
use crate::ApiKind;
use crate::value::Value;
use crate::version::Version;

/// The path of what no other route of an HTTP API takes.
pub(super) const DEFAULT_PATH: &str = "$default";

/// The method that stands for all that a path does not name.
pub(super) const ANY_METHOD: &str = "x-amazon-apigateway-any-method";

/// How the API of an operation is written.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub(super) version: Version,
    pub(super) kind: ApiKind,
}

/// Path and method of an event; why it has none otherwise.
pub(super) fn route(event: &Event, kind: ApiKind) -> Result<(String, String), String> {
    let text = |key: &str| event.properties().get(key).and_then(Value::as_str);
    let text = |key: &str| text(key).filter(|text| !text.is_empty());
    match (text("Path"), text("Method")) {
        (Some(path), Some(method)) => Ok((path.to_owned(), normalised(method))),
        (None, None) if kind == ApiKind::Http => {
            Ok((DEFAULT_PATH.to_owned(), ANY_METHOD.to_owned()))
        }
        _ => Err("has no `Path` or no `Method` that is a text: left out".to_owned()),
    }
}

fn normalised(method: &str) -> String {
    let method = method.to_ascii_lowercase();
    match method.as_str() {
        "any" => ANY_METHOD.to_owned(),
        _ => method,
    }
}

/// The operation of an event, without what it demands of a caller.
pub(super) fn operation(event: &Event, path: &str, method: &str, form: Form) -> Value {
    let mut parameters = Parameters::of_path(path, form.version);
    let requested = event.properties().get("RequestParameters");
    for parameter in requested.and_then(Value::as_array).into_iter().flatten() {
        parameters.add_requested(parameter);
    }
    let mut members = Vec::new();
    let model = event.properties().get("RequestModel");
    let model = model.and_then(|model| Some((model.get("Model")?.as_str()?, model)));
    if let Some((name, model)) = model {
        let name = name.to_lowercase();
        let is_required = model.get("Required").and_then(flag).unwrap_or_default();
        match form.version {
            Version::Swagger2 => parameters.add_body(&name, is_required),
            Version::OpenApi3 => members.push(("requestBody", body(&name, is_required))),
        }
        members.extend(validator(model).map(|name| (VALIDATOR, string(name))));
    }
    members.push(("parameters", Value::Array(parameters.list.into())));
    members.push((super::paths::INTEGRATION, integration(event, form.kind)));
    if path == DEFAULT_PATH && method == ANY_METHOD {
        members.push(("isDefaultRoute", Value::Bool(true)));
    }
    object(members)
}

fn integration(event: &Event, kind: ApiKind) -> Value {
    let kind_of = if event.is_of_state_machine {
        "aws"
    } else {
        "aws_proxy"
    };
    let mut members = vec![("type", string(kind_of)), ("httpMethod", string("POST"))];
    if kind == ApiKind::Http {
        let version = event.properties().get("PayloadFormatVersion");
        let version = version.cloned().unwrap_or_else(|| string("2.0"));
        members.push(("payloadFormatVersion", version));
    }
    object(members)
}

/// The parameters that an operation has for the variables of its path alone.
pub(super) fn path_parameters(path: &str, version: Version) -> Value {
    Value::Array(Parameters::of_path(path, version).list.into())
}

/// The names of the variables of a path.
fn variables(path: &str) -> Vec<&str> {
    let pieces = path.split('{').skip(1);
    let names = pieces.filter_map(|piece| Some(piece.split_once('}')?.0));
    let names = names.map(|name| name.strip_suffix('+').unwrap_or(name));
    names.filter(|name| !name.is_empty()).collect()
}

/// The parameters of an operation, each place and name once.
struct Parameters {
    version: Version,
    known: HashSet<(String, String)>,
    list: Vec<Value>,
}

impl Parameters {
    /// Those of the variables of a path.
    fn of_path(path: &str, version: Version) -> Self {
        let mut parameters = Self {
            version,
            known: HashSet::new(),
            list: Vec::new(),
        };
        for variable in variables(path) {
            parameters.add("path", variable, true);
        }
        parameters
    }

    fn add(&mut self, place: &str, name: &str, is_required: bool) {
        if !self.known.insert((place.to_owned(), name.to_owned())) {
            return;
        }
        let kind = ("type", string("string"));
        let kind = match self.version {
            Version::OpenApi3 => ("schema", object([kind])),
            Version::Swagger2 => kind,
        };
        self.list.push(object([
            ("name", string(name)),
            ("in", string(place)),
            ("required", Value::Bool(is_required)),
            kind,
        ]));
    }

    /// One of `RequestParameters`: `method.request.header.X-Trace`, or an object of that name.
    fn add_requested(&mut self, parameter: &Value) {
        let first = || parameter.as_object()?.iter().next();
        let (name, settings) = match parameter.as_str() {
            Some(name) => (name, None),
            None => match first() {
                Some((name, settings)) => (name, Some(settings)),
                None => return,
            },
        };
        let Some((place, name)) = name
            .strip_prefix("method.request.")
            .and_then(|it| it.split_once('.'))
        else {
            return;
        };
        let is_required = settings.and_then(|settings| settings.get("Required"));
        let is_required = is_required.and_then(flag).unwrap_or_default();
        match place {
            "querystring" => self.add("query", name, is_required),
            "header" => self.add("header", name, is_required),
            "path" => self.add("path", name, true),
            _ => {}
        }
    }

    fn add_body(&mut self, model: &str, is_required: bool) {
        self.list.push(object([
            ("in", string("body")),
            ("name", string(model)),
            ("required", Value::Bool(is_required)),
            ("schema", reference("#/definitions/", model)),
        ]));
    }
}

fn body(model: &str, is_required: bool) -> Value {
    let schema = ("schema", reference("#/components/schemas/", model));
    object([
        ("content", object([("application/json", object([schema]))])),
        ("required", Value::Bool(is_required)),
    ])
}

fn reference(section: &str, name: &str) -> Value {
    let name = name.replace('~', "~0").replace('/', "~1");
    object([("$ref", string(&format!("{section}{name}")))])
}

const VALIDATOR: &str = "x-amazon-apigateway-request-validator";

/// The request validators that operations may have, and what each of them looks at: the body, the parameters.
pub(super) const VALIDATORS: [(&str, bool, bool); 3] = [
    ("body-only", true, false),
    ("params-only", false, true),
    ("body-and-params", true, true),
];

/// The validator that a request model asks for.
fn validator(model: &Value) -> Option<&'static str> {
    let asks = |key: &str| model.get(key).and_then(flag).unwrap_or_default();
    let asked = (asks("ValidateBody"), asks("ValidateParameters"));
    let mut validators = VALIDATORS.into_iter();
    validators.find_map(|(name, body, parameters)| ((body, parameters) == asked).then_some(name))
}
