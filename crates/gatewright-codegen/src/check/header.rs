//! Headers: which names and values can be sent, and which are not the caller's to send.

use super::{HeaderOwner, header_owner, words};
use crate::model::{Arg, Operation, Scheme};
use crate::{Origin, Problem};

fn headers(operation: &Operation) -> impl Iterator<Item = (&Arg, &str)> {
    let args = operation.args.iter();
    args.filter_map(|arg| Some((arg, arg.kind.header()?)))
}

/// The name of every header can be sent, and nothing else sets it.
pub(super) fn names(operation: &Operation) -> Vec<Problem> {
    headers(operation)
        .filter_map(|(arg, name)| {
            let fault = name_fault(name, &arg.origin).or_else(|| token_fault(name, operation));
            fault.map(|message| Problem::new(&arg.origin, message))
        })
        .collect()
}

/// A header has one argument.
pub(super) fn repeated(operation: &Operation) -> Vec<Problem> {
    let again =
        super::repeated(headers(operation), |(_, name)| name.to_ascii_lowercase()).into_iter();
    let twice = |name: &str| {
        format!(
            "header `{name}` appears twice in `{}`; keep one",
            operation.name
        )
    };
    again
        .map(|(arg, name)| Problem::new(&arg.origin, twice(name)))
        .collect()
}

/// A token stands in a header that can be sent.
pub(super) fn of_tokens(operation: &Operation) -> Vec<Problem> {
    let faults = operation.auth.iter().filter_map(place_fault);
    faults
        .map(|message| Problem::new(&operation.origin, message))
        .collect()
}

/// What is wrong with the header of a token.
fn place_fault(scheme: &Scheme) -> Option<String> {
    let Scheme::HeaderToken { scheme, header } = scheme else {
        return None;
    };
    if !is_name(header) {
        return Some(format!(
            "the scheme `{scheme}` puts its token into the header `{header:?}`, which is not a valid header name"
        ));
    }
    let owner = match header_owner(header)? {
        HeaderOwner::Transport => "transport",
        HeaderOwner::Signer => "signer",
        HeaderOwner::Credential => return None,
    };
    Some(format!(
        "the scheme `{scheme}` puts its token into the header `{header}`, which the {owner} sets; correct the document, or \
         say with `Builder::scheme` where the authorizer reads the token"
    ))
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(is_token)
}

/// What is wrong with the name of a header.
pub(crate) fn name_fault(name: &str, origin: &Origin) -> Option<String> {
    if !is_name(name) {
        return Some(format!("`{name:?}` is not a valid header name"));
    }
    let auth = |scheme| {
        let document = "declare it as a security scheme";
        format!(
            "header `{name}` is set by a layer; {}",
            words(origin, scheme, document)
        )
    };
    Some(match header_owner(name)? {
        HeaderOwner::Transport => format!("header `{name}` is set by the transport; remove it"),
        HeaderOwner::Signer => auth("use `#[auth(iam)]`"),
        HeaderOwner::Credential if name.eq_ignore_ascii_case("x-api-key") => {
            auth("use `#[auth(api_key)]`")
        }
        HeaderOwner::Credential => auth("use `#[auth(bearer)]` or `#[auth(iam)]`"),
    })
}

/// What is wrong with the fixed value of a header: RFC 9110, 5.5, without the bytes beyond ASCII that it advises
/// against.
pub(crate) fn value_fault(value: &str) -> Option<String> {
    let is_visible = value
        .bytes()
        .all(|byte| byte == b'\t' || (b' '..=b'~').contains(&byte));
    let is_valid = is_visible && value.trim() == value;
    (!is_valid).then(|| {
        format!("`{value:?}` is not a valid header value; use visible ASCII, no space around it")
    })
}

/// A token that a layer puts into a header is no argument.
fn token_fault(name: &str, operation: &Operation) -> Option<String> {
    let is_token = operation.auth.iter().any(|scheme| match scheme {
        Scheme::HeaderToken { header, .. } => header.eq_ignore_ascii_case(name),
        _ => false,
    });
    is_token.then(|| {
        format!("header `{name}` is set by a layer for the token of this operation; remove it")
    })
}

/// The characters of a name: `tchar` of RFC 9110, 5.6.2.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}
