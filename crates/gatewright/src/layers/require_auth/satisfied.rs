//! Whether a request has what its operation asks for, and what is wrong if not.

use std::fmt;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, Request};

use crate::layers::api_key::{ApiKeyIn, X_API_KEY};
use crate::operation::wanted_auth;
use crate::uri::parameter_values;
use crate::{AuthorizeError, AuthorizeErrorKind, Operation, Place, Scheme};

/// How a signature begins ("Authorization header", IAM user guide); the second has several regions.
const SIGNATURES: [&[u8]; 2] = [b"AWS4-HMAC-SHA256", b"AWS4-ECDSA-P256-SHA256"];

/// Words that come before a credential and are none.
const SCHEMES: [&str; 3] = ["bearer", "basic", "dpop"];

/// Why a place does not satisfy a scheme.
#[derive(Clone, Copy, PartialEq)]
enum Fault {
    Missing,
    Empty,
    IsSignature,
    NoSignature,
}

pub(super) fn check<B>(request: &Request<B>) -> Result<(), AuthorizeError> {
    let auth = wanted_auth(request.extensions()).unwrap_or_default();
    let mut faults = auth
        .schemes()
        .iter()
        .filter_map(|scheme| Some((scheme, fault(request, scheme)?)));
    match faults.next() {
        Some((scheme, fault)) => Err(refusal(request, scheme, fault)),
        None => Ok(()),
    }
}

fn fault<B>(request: &Request<B>, scheme: &Scheme) -> Option<Fault> {
    let headers = request.headers();
    match scheme {
        Scheme::Iam => of_all(values(headers, AUTHORIZATION.as_str()), signature_fault),
        Scheme::ApiKey => of_all(values(headers, key_header(request).as_str()), empty_fault),
        Scheme::Token { place, .. } => match place {
            Place::Header(name) => of_all(values(headers, name), token_fault),
            Place::Query(name) => of_all(parameter_values(request.uri(), name), token_fault),
            _ => Some(Fault::Missing),
        },
        // Nothing that is not known is there.
        _ => Some(Fault::Missing),
    }
}

fn key_header<B>(request: &Request<B>) -> HeaderName {
    let elsewhere: Option<&ApiKeyIn> = request.extensions().get();
    elsewhere.map_or(X_API_KEY, |ApiKeyIn(header)| header.clone())
}

fn values<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = &'a [u8]> {
    let values = headers.get_all(name).into_iter();
    values.map(http::HeaderValue::as_bytes)
}

/// The fault of the first value that has one: a server may read any of several values.
fn of_all<T: AsRef<[u8]>>(
    values: impl Iterator<Item = T>,
    fault: fn(&[u8]) -> Option<Fault>,
) -> Option<Fault> {
    let mut values = values.peekable();
    if values.peek().is_none() {
        return Some(Fault::Missing);
    }
    values.find_map(|value| fault(value.as_ref()))
}

fn signature_fault(value: &[u8]) -> Option<Fault> {
    match value.strip_prefix(SIGNATURES[0]) {
        Some([b' ', rest @ ..]) if !rest.trim_ascii().is_empty() => None,
        _ if is_empty(value) || is_signature(value) => Some(Fault::Empty),
        _ => Some(Fault::NoSignature),
    }
}

fn token_fault(value: &[u8]) -> Option<Fault> {
    let is_signature = is_signature(value).then_some(Fault::IsSignature);
    is_signature.or_else(|| empty_fault(value))
}

fn empty_fault(value: &[u8]) -> Option<Fault> {
    is_empty(value).then_some(Fault::Empty)
}

fn is_signature(value: &[u8]) -> bool {
    let value = value.trim_ascii_start();
    SIGNATURES.iter().any(|begin| value.starts_with(begin))
}

/// Whether a value says nothing: blanks, or only the word before a credential.
pub(super) fn is_empty(value: &[u8]) -> bool {
    let value = value.trim_ascii();
    let is_word = |word: &&str| value.eq_ignore_ascii_case(word.as_bytes());
    value.is_empty() || SCHEMES.iter().any(is_word)
}

fn refusal<B>(request: &Request<B>, scheme: &Scheme, fault: Fault) -> AuthorizeError {
    let (credential, layer) = advice(scheme);
    let but = but(request, scheme, fault);
    let message = match request.extensions().get::<Operation>() {
        Some(operation) => format!(
            "operation `{}` needs {credential}{but}: {layer}",
            operation.id()
        ),
        None => format!("the request needs {credential}{but}: {layer}"),
    };
    AuthorizeError::new(AuthorizeErrorKind::MissingCredential, message)
}

/// What the place holds instead.
fn but<B>(request: &Request<B>, scheme: &Scheme, fault: Fault) -> String {
    let place = match scheme {
        Scheme::Iam => "header `authorization`".to_owned(),
        Scheme::ApiKey => format!("header `{}`", key_header(request)),
        Scheme::Token { place, .. } => Named(*place).to_string(),
        _ => UNKNOWN.to_owned(),
    };
    match fault {
        Fault::Missing => String::new(),
        Fault::Empty => format!(", but the {place} is empty"),
        Fault::IsSignature => format!(", but the {place} holds an AWS signature"),
        Fault::NoSignature => format!(", but the {place} holds something else"),
    }
}

/// What is needed, and what to do.
fn advice(scheme: &Scheme) -> (String, String) {
    match scheme {
        Scheme::Iam => ("an AWS signature".to_owned(), "add `SigV4Layer`".to_owned()),
        Scheme::ApiKey => ("an API key".to_owned(), "add `ApiKeyLayer`".to_owned()),
        Scheme::Token { scheme, place } => (
            format!("a token for `{scheme}` in {}", Named(*place)),
            format!("add `BearerTokenLayer`{}", setting(*place)),
        ),
        _ => (
            format!("a credential in {UNKNOWN}"),
            "use a newer version of gatewright".to_owned(),
        ),
    }
}

/// What only a later version of `gatewright-core` names.
const UNKNOWN: &str = "place that this version does not know";

fn setting(place: Place) -> &'static str {
    match place {
        Place::Header(name) if name.eq_ignore_ascii_case("authorization") => "",
        Place::Header(_) => " with `in_header`",
        _ => " with `in_query`",
    }
}

/// A place as errors name it.
struct Named(Place);

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Place::Header(name) => write!(f, "header `{name}`"),
            Place::Query(name) => write!(f, "query parameter `{name}`"),
            _ => f.write_str(UNKNOWN),
        }
    }
}
