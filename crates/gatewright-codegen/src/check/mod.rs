//! What must be true of a model before code is made of it, whichever front end it came from.
//!
//! One function per rule. A rule says what is wrong at the [`Origin`] of the element at fault: a span of
//! a trait, a pointer into a document.
//!
//! ```
//! use gatewright_codegen::{check, endpoint};
//! use quote::quote;
//!
//! let parsed = endpoint::parse(quote!(), quote! {
//!     trait Pets {
//!         #[get("/pets/{petId}")]
//!         async fn pet(&self, pet_id: u64) -> gatewright::Result<Pet>;
//!     }
//! });
//! let problems = check::api(&parsed.api.unwrap());
//! assert_eq!(
//!     problems[0].message,
//!     "`{petId}` has no argument; add the attribute `#[path(\"petId\")]` to `pet_id`",
//! );
//! ```

mod body;
pub(crate) mod header;
mod method;
mod names;
mod output;
mod owned;
mod path;
mod query;
mod size;
pub(crate) mod suggest;

use std::collections::HashSet;
use std::hash::Hash;

use crate::model::{Api, Operation};
use crate::{Origin, Problem};
pub use owned::{HeaderOwner, header_owner};

/// Rules about an API as a whole.
const API_RULES: [fn(&Api) -> Vec<Problem>; 5] = [
    names::no_operations,
    names::repeated_operations,
    names::repeated_types,
    names::repeated_members,
    size::of_types,
];

/// Rules about one operation.
const OPERATION_RULES: [fn(&Operation) -> Vec<Problem>; 13] = [
    path::variables,
    path::repeated,
    query::repeated,
    query::owned,
    header::names,
    header::repeated,
    header::of_tokens,
    body::one,
    body::allowed,
    method::given,
    output::of_head,
    names::repeated_arguments,
    size::of_arguments,
];

/// All that is wrong with a model; nothing, if code can be made of it.
pub fn api(api: &Api) -> Vec<Problem> {
    let whole = API_RULES.iter().flat_map(|rule| rule(api));
    let operations = api.operations.iter();
    let each =
        operations.flat_map(|operation| OPERATION_RULES.iter().flat_map(|rule| rule(operation)));
    whole.chain(each).collect()
}

/// The elements that have the key of an earlier one.
fn repeated<T, K: Eq + Hash>(
    elements: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> K,
) -> Vec<T> {
    let mut seen = HashSet::new();
    let elements = elements.into_iter();
    elements
        .filter(|element| !seen.insert(key(element)))
        .collect()
}

/// Words for the author of a trait or of a document.
fn words<'a>(origin: &Origin, for_trait: &'a str, for_document: &'a str) -> &'a str {
    match origin {
        Origin::Span(_) => for_trait,
        Origin::Pointer(_) => for_document,
    }
}

#[cfg(test)]
mod tests;

/// `message`, with a question after it if one of `candidates` is similar to `name`.
pub fn did_you_mean<'a>(
    message: String,
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> String {
    suggest::ask(message, name, candidates)
}
