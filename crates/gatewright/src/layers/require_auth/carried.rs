//! Where a request carries a credential, from a layer or from a caller.

use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use http::{HeaderName, HeaderValue, Request};

use super::satisfied::is_empty;
use crate::layers::api_key::{ApiKeyIn, X_API_KEY};
use crate::layers::location::Location;
use crate::operation::wanted_auth;
use crate::uri::parameter_values;
use crate::{Place, Scheme};

const CREDENTIALS: [HeaderName; 5] = [
    AUTHORIZATION,
    PROXY_AUTHORIZATION,
    COOKIE,
    X_API_KEY,
    HeaderName::from_static("x-amz-security-token"),
];

/// All places of a credential that are not empty.
pub(super) fn locations<B>(request: &Request<B>) -> impl Iterator<Item = Location> {
    let headers = request.headers().iter();
    let carried = headers.filter(|(name, value)| is_credential(request, name, value));
    let in_headers = carried.map(|(name, _)| Location::Header(name.clone()));
    in_headers.chain(in_query(request))
}

fn is_credential<B>(request: &Request<B>, name: &HeaderName, value: &HeaderValue) -> bool {
    let is_named = || CREDENTIALS.contains(name) || is_read(request, name);
    (value.is_sensitive() || is_named()) && !is_empty(value.as_bytes())
}

/// Whether an authorizer of the operation reads this header, or a layer has put the API key there.
fn is_read<B>(request: &Request<B>, name: &HeaderName) -> bool {
    let key: Option<&ApiKeyIn> = request.extensions().get();
    let is_token = |place| matches!(place, Place::Header(wanted) if name.as_str().eq_ignore_ascii_case(wanted));
    key.is_some_and(|ApiKeyIn(header)| header == name) || places(request).any(is_token)
}

fn in_query<B>(request: &Request<B>) -> impl Iterator<Item = Location> {
    places(request).filter_map(|place| match place {
        Place::Query(name) => {
            let mut values = parameter_values(request.uri(), name);
            let is_there = values.any(|value| !is_empty(&value));
            is_there.then(|| Location::Query(name.into()))
        }
        _ => None,
    })
}

/// Where the authorizers of the operation read a token.
fn places<B>(request: &Request<B>) -> impl Iterator<Item = Place> + use<B> {
    let auth = wanted_auth(request.extensions()).unwrap_or_default();
    auth.schemes().iter().filter_map(|scheme| match scheme {
        Scheme::Token { place, .. } => Some(*place),
        _ => None,
    })
}
