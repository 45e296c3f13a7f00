//! Arguments that an authorizer reads, so that a value from a schema would be refused.

use gatewright_codegen::model::Arg;
use gatewright_document::{Authorizer, Kind, Location, Operation, Place, Requirement};

/// The authorizer that finds all that it reads in the parameters of an operation.
pub(super) fn of(operation: &Operation) -> Option<Requirement> {
    let mut demands = operation.security.all_of.iter();
    let read = demands.find(|demand| {
        let is_authorizer = matches!(&demand.kind, Kind::Token { authorizer, .. } if *authorizer != Authorizer::Other);
        let places = demand.kind.places();
        is_authorizer && places.iter().all(|place| is_declared(place, operation))
    });
    read.cloned()
}

fn is_declared(place: &Place, operation: &Operation) -> bool {
    operation.parameters.iter().any(|parameter| {
        let name = parameter.name.clone();
        match parameter.location {
            Location::Header => place.is_same(&Place::Header(name)),
            Location::Query => place.is_same(&Place::Query(name)),
            _ => false,
        }
    })
}

/// Whether the authorizer reads this argument.
pub(super) fn is_read(demand: &Requirement, arg: &Arg) -> bool {
    let header = arg.kind.header().map(|name| Place::Header(name.to_owned()));
    let query = arg.kind.query().map(|name| Place::Query(name.to_owned()));
    let own = header.or(query);
    let is_own = |place: &Place| own.as_ref().is_some_and(|own| own.is_same(place));
    demand.kind.places().iter().any(is_own)
}
