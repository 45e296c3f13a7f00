//! Query parameters and headers: those that a method sends, and those that the document asks for.

use gatewright_codegen::check::did_you_mean;
use gatewright_codegen::model::{Arg, ArgKind};
use gatewright_document::{Location, Parameter};

use super::Call;
use crate::Problem;
use crate::lower::auth::{reads_parameter, sends};
use crate::lower::is_owned_by_layers;

/// Arguments that the document knows nothing of. What a catch-all takes is described by nobody.
pub(super) fn unknown(call: &Call<'_>) -> Vec<Problem> {
    if call.route.is_catch_all {
        return Vec::new();
    }
    let args = call.operation.args.iter();
    args.filter_map(|arg| unknown_argument(call, arg)).collect()
}

fn unknown_argument(call: &Call<'_>, arg: &Arg) -> Option<Problem> {
    let (location, name) = place(&arg.kind)?;
    let is_known = declared(call, location).any(|parameter| is_called(parameter, name));
    let is_credential = call.demanded.iter().any(|scheme| sends(scheme, &arg.kind));
    let is_free = location == Location::Header && is_owned_by_layers(name);
    if is_known || is_credential || is_free {
        return None;
    }
    let what = kind(location);
    let message = format!("the document has no {what} `{name}` here");
    let there: Vec<_> = declared(call, location).map(wire_name).collect();
    let there = there.iter().map(String::as_str);
    let message = did_you_mean(message, name, there);
    Some(call.fault_at(&arg.origin, &message, &call.route.operation.pointer))
}

/// Parameters that the gateway refuses a request without and that the method never sends.
pub(super) fn missing(call: &Call<'_>) -> Vec<Problem> {
    let there = call.route.operation;
    let is_required = |parameter: &&Parameter| {
        parameter.required || reads_parameter(parameter, there, call.choices)
    };
    let required = there.parameters.iter().filter(is_required);
    let missing = required.filter(|parameter| is_callers(parameter) && !is_sent(call, parameter));
    let problem = |parameter: &Parameter| {
        let (what, name) = (kind(parameter.location), &parameter.name);
        let method = &call.operation.name;
        let message =
            format!("`{method}` never sends the {what} `{name}`, which the document requires");
        call.fault(&message, &parameter.pointer)
    };
    missing.map(problem).collect()
}

/// Path variables are part of the route; cookies and credentials are left to layers.
fn is_callers(parameter: &Parameter) -> bool {
    match parameter.location {
        Location::Query => true,
        Location::Header => !is_owned_by_layers(&parameter.name),
        Location::Path | Location::Cookie => false,
    }
}

/// Whether an argument, a fixed header or the layer of a credential sends it. The names of flattened members are not known here.
fn is_sent(call: &Call<'_>, parameter: &Parameter) -> bool {
    let by_argument = |arg: &Arg| match place(&arg.kind) {
        Some((location, name)) => location == parameter.location && is_called(parameter, name),
        None => parameter.location == Location::Query && matches!(arg.kind, ArgKind::Members(_)),
    };
    let as_argument = match parameter.location {
        Location::Header => ArgKind::Header(parameter.name.to_ascii_lowercase()),
        _ => ArgKind::Query(parameter.name.clone()),
    };
    let is_header = parameter.location == Location::Header;
    let operation = call.operation;
    operation.args.iter().any(by_argument)
        || is_header
            && operation
                .headers
                .iter()
                .any(|(name, _)| is_called(parameter, name))
        || call
            .demanded
            .iter()
            .any(|scheme| sends(scheme, &as_argument))
}

/// Where an argument is sent under a name that can be compared.
fn place(kind: &ArgKind) -> Option<(Location, &str)> {
    let query = kind.query().map(|name| (Location::Query, name));
    query.or_else(|| Some((Location::Header, kind.header()?)))
}

fn declared<'c>(call: &'c Call<'_>, location: Location) -> impl Iterator<Item = &'c Parameter> {
    let parameters = call.route.operation.parameters.iter();
    parameters.filter(move |parameter| parameter.location == location)
}

/// The name as a trait says it: headers are in lower case there.
fn wire_name(parameter: &Parameter) -> String {
    match parameter.location {
        Location::Header => parameter.name.to_ascii_lowercase(),
        _ => parameter.name.clone(),
    }
}

fn is_called(parameter: &Parameter, name: &str) -> bool {
    wire_name(parameter) == name
}

fn kind(location: Location) -> &'static str {
    match location {
        Location::Header => "header",
        _ => "query parameter",
    }
}
