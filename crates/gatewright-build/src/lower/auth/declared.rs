//! Parameters that an authorizer reads. What an operation declares is the caller's to say for each call, such as the person that
//! the call is about: it stays an argument, and the authorizer finds it in the request.

use gatewright_document::{Authorizer, Kind, Location, Operation, Parameter, Place};

use crate::lower::choices::Choices;
use crate::lower::is_owned_by_layers;

/// Whether `place`, which a demand of `kind` names, is filled by an argument of the operation. A scheme without an authorizer of
/// the gateway, or one that the user explains, is a credential by its own word.
pub(super) fn is_argument(place: &Place, kind: &Kind, operation: &Operation) -> bool {
    let Kind::Token { authorizer, .. } = kind else {
        return false;
    };
    *authorizer != Authorizer::Other
        && operation
            .parameters
            .iter()
            .any(|parameter| is_at(parameter, place))
}

/// Whether an authorizer of the operation reads this parameter, so that no call may lack it. What the user chose for the operation
/// takes the authorizer's place.
pub(crate) fn is_read(parameter: &Parameter, operation: &Operation, choices: &Choices) -> bool {
    let is_chosen = choices.auth(operation).is_some();
    !is_chosen
        && operation.security.all_of.iter().any(|demand| {
            let places = demand.kind.places();
            let mut places = places.iter();
            places
                .any(|place| is_at(parameter, place) && is_argument(place, &demand.kind, operation))
        })
}

/// Whether a parameter that can be an argument is sent at this place.
fn is_at(parameter: &Parameter, place: &Place) -> bool {
    let own = match parameter.location {
        Location::Header if !is_owned_by_layers(&parameter.name) => {
            Place::Header(parameter.name.clone())
        }
        Location::Query => Place::Query(parameter.name.clone()),
        _ => return false,
    };
    own.is_same(place)
}
