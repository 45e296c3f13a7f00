//! Which authorization an operation asks for, in this order: what the user chose for it, the document's own security (with
//! what the user said of its schemes), the mode of the configuration for operations that have none.

mod declared;
pub(super) mod mode;
mod said;
#[cfg(test)]
mod tests;

use gatewright_codegen::model::{ArgKind, Scheme};
use gatewright_document::{Document, Kind, Location, Operation, Parameter, Place};

use super::choices::Choices;
pub(crate) use declared::is_read as reads_parameter;
pub use mode::AuthMode;
pub(super) use said::{docs, note};

/// What a token in `authorization` belongs to that no scheme of the document reads.
const BEARER: &str = "bearer";

/// The header of an API key.
pub(crate) const API_KEY: &str = "x-api-key";

/// All that an operation demands of the layers.
pub(crate) fn schemes(
    operation: &Operation,
    document: &Document,
    choices: &Choices,
) -> Vec<Scheme> {
    if let Some(chosen) = choices.auth(operation) {
        return one_key(of_modes(chosen, document));
    }
    let security = &operation.security;
    let mut schemes = if security.all_of.is_empty() && !security.explicit {
        of_modes(choices.mode.as_slice(), document)
    } else {
        let all_of = security.all_of.iter();
        let all_of = all_of.flat_map(|demand| {
            let is_argument = |place: &Place| declared::is_argument(place, &demand.kind, operation);
            let places = demand.kind.places().into_iter();
            let left: Vec<_> = places.filter(|place| !is_argument(place)).collect();
            of_places(&demand.scheme, &demand.kind, &left)
        });
        all_of.collect()
    };
    add_declared(operation, &mut schemes);
    one_key(schemes)
}

/// One value in `x-api-key`: where a usage plan's key is demanded and an authorizer reads it too, the key is for both.
fn one_key(mut schemes: Vec<Scheme>) -> Vec<Scheme> {
    if schemes.contains(&Scheme::ApiKey) {
        schemes.retain(|scheme| !is_in_key_header(scheme));
    }
    schemes
}

/// The same for a whole API, where one operation demands a key and another one has an authorizer alone that reads it: a caller
/// has one value for the header.
pub(super) fn share_keys<'a>(operations: impl Iterator<Item = &'a mut Vec<Scheme>> + 'a) {
    let operations: Vec<_> = operations.collect();
    let demands_key = operations.iter().any(|auth| auth.contains(&Scheme::ApiKey));
    if !demands_key {
        return;
    }
    let schemes = operations.into_iter().flatten();
    schemes
        .filter(|scheme| is_in_key_header(scheme))
        .for_each(|scheme| *scheme = Scheme::ApiKey);
}

fn is_in_key_header(scheme: &Scheme) -> bool {
    matches!(scheme, Scheme::HeaderToken { header, .. } if header == API_KEY)
}

/// What a scheme called `name` makes a caller send.
fn of_kind(name: &str, kind: &Kind) -> Vec<Scheme> {
    of_places(name, kind, &kind.places())
}

/// The same of a scheme of which these places are left.
fn of_places(name: &str, kind: &Kind, places: &[Place]) -> Vec<Scheme> {
    match kind {
        Kind::Iam => vec![Scheme::Iam],
        Kind::ApiKey => vec![Scheme::ApiKey],
        Kind::Token { .. } => places.iter().map(|place| token(name, place)).collect(),
        _ => vec![],
    }
}

fn token(scheme: &str, place: &Place) -> Scheme {
    let scheme = scheme.to_owned();
    match place {
        Place::Header(name) => Scheme::HeaderToken {
            scheme,
            header: name.to_ascii_lowercase(),
        },
        Place::Query(name) => Scheme::QueryToken {
            scheme,
            query: name.clone(),
        },
    }
}

/// Whether the layer of a scheme sends what stands there.
pub(crate) fn sends(scheme: &Scheme, there: &ArgKind) -> bool {
    match scheme {
        Scheme::HeaderToken { header, .. } => there.header() == Some(header),
        Scheme::QueryToken { query, .. } => there.query() == Some(query),
        Scheme::Iam | Scheme::ApiKey => false,
    }
}

/// The headers that the layer of a scheme puts on a request, in lower case but for those that a document names.
pub(super) fn headers(scheme: &Scheme) -> Vec<&str> {
    match scheme {
        Scheme::Iam => vec!["authorization", "x-amz-date", "x-amz-security-token"],
        Scheme::ApiKey => vec!["x-api-key"],
        Scheme::HeaderToken { header, .. } => vec![header],
        Scheme::QueryToken { .. } => Vec::new(),
    }
}

/// What a user says, with the name of the document's scheme that means the same, so that one credential serves both.
fn of_modes(modes: &[AuthMode], document: &Document) -> Vec<Scheme> {
    let schemes = modes.iter().filter_map(AuthMode::kind).flat_map(|kind| {
        let unnamed = of_kind("", &kind);
        let name = name(&unnamed, document);
        of_kind(&name, &kind)
    });
    let mut unique = Vec::new();
    schemes.for_each(|scheme| {
        if !unique.contains(&scheme) {
            unique.push(scheme);
        }
    });
    unique
}

/// The document's only scheme that sends the same; else a name that no scheme of the document has.
fn name(unnamed: &[Scheme], document: &Document) -> String {
    let schemes = document.security_schemes.iter();
    let mut same = schemes.filter(|(_, kind)| {
        kind.as_ref()
            .is_some_and(|kind| of_kind("", kind) == unnamed)
    });
    if let (Some((name, _)), None) = (same.next(), same.next()) {
        return name.clone();
    }
    let mut name = match unnamed {
        [Scheme::HeaderToken { header, .. }] if header != "authorization" => header.clone(),
        [Scheme::QueryToken { query, .. }] => query.clone(),
        _ => BEARER.to_owned(),
    };
    while document.security_schemes.contains_key(&name) {
        name.push('_');
    }
    name
}

/// A header of a credential that is only declared, as a required parameter, is demanded too: it is no argument, and the
/// gateway or the function behind it refuses a request without it.
fn add_declared(operation: &Operation, schemes: &mut Vec<Scheme>) {
    for scheme in operation.parameters.iter().filter_map(of_parameter) {
        if !schemes.iter().any(|known| is_met_by(&scheme, known)) {
            schemes.push(scheme);
        }
    }
}

fn of_parameter(parameter: &Parameter) -> Option<Scheme> {
    let is_asked = parameter.required && parameter.location == Location::Header;
    match parameter.name.to_ascii_lowercase().as_str() {
        name @ "authorization" if is_asked => Some(Scheme::HeaderToken {
            scheme: name.to_owned(),
            header: name.to_owned(),
        }),
        API_KEY if is_asked => Some(Scheme::ApiKey),
        _ => None,
    }
}

/// Whether `known` fills the header of `scheme`. An authorizer may read its token in any header, that of API keys too.
fn is_met_by(scheme: &Scheme, known: &Scheme) -> bool {
    match known {
        Scheme::Iam => *scheme != Scheme::ApiKey,
        Scheme::HeaderToken { header, .. } => match scheme {
            Scheme::HeaderToken { header: wanted, .. } => wanted == header,
            Scheme::ApiKey => header == API_KEY,
            _ => false,
        },
        other => other == scheme,
    }
}
