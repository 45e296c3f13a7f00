//! One signature: what it covers is laid out, and what comes of it goes onto the request.

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::headers::{SignedHeaders, is_always_signed, is_never_signed};
use super::key_cache::SigningContext;
use super::payload::{Payload, UNSIGNED_PAYLOAD};
use super::settings::Settings;
use super::unsignable::unsignable;
use super::{aws_sigv4, canonical};
use crate::AuthorizeError;
use crate::uri::make_canonical;

const X_AMZ_CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const X_AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const X_AMZ_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// The headers of a signature.
pub(super) const SIGNATURE: [HeaderName; 3] = [AUTHORIZATION, X_AMZ_DATE, X_AMZ_SECURITY_TOKEN];

/// Brings a request into the form in which it is sent and signed.
pub(super) fn prepare(request: &mut Parts, settings: &Settings) -> Result<(), AuthorizeError> {
    make_canonical(&mut request.uri).map_err(unsignable)?;
    if let Some(host) = &settings.host {
        request.headers.insert(HOST, host.clone());
    }
    if settings.is_payload_unsigned() {
        let unsigned = HeaderValue::from_static(UNSIGNED_PAYLOAD);
        request.headers.insert(X_AMZ_CONTENT_SHA256, unsigned);
    }
    // The transport frames the body itself.
    request.headers.remove(TRANSFER_ENCODING);
    check_single(&request.headers)?;
    check_connection(&request.headers)
}

/// Refuses two lines of what can be said once: a server reads one of them.
fn check_single(headers: &HeaderMap) -> Result<(), AuthorizeError> {
    for name in [HOST, CONTENT_LENGTH, X_AMZ_CONTENT_SHA256] {
        let mut lines = headers.get_all(&name).iter();
        if lines.next().is_some() && lines.next().is_some() {
            return Err(unsignable(format_args!(
                "it has more than one `{name}` header, and a server reads one"
            )));
        }
    }
    Ok(())
}

/// Refuses signed headers that `connection` names: proxies and HTTP/2 take them off (RFC 9110, section 7.6.1).
fn check_connection(headers: &HeaderMap) -> Result<(), AuthorizeError> {
    let lines = headers.get_all(CONNECTION).iter();
    let names = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
    for name in names.filter_map(|name| HeaderName::from_bytes(name.trim_ascii()).ok()) {
        let is_signed = headers.contains_key(&name) && !is_never_signed(name.as_str());
        if is_signed || is_always_signed(name.as_str()) || name == AUTHORIZATION {
            return Err(unsignable(format_args!(
                "its `connection` header names `{name}`, which is then taken off on the way: do not name it"
            )));
        }
    }
    Ok(())
}

/// Refuses what contradicts the body, which the service would believe instead of the signature.
fn check_body(
    headers: &mut HeaderMap,
    body: Option<&Bytes>,
    payload: &Payload,
) -> Result<(), AuthorizeError> {
    if let (Some(length), Some(body)) = (headers.get(CONTENT_LENGTH), body)
        && length.as_bytes() != body.len().to_string().as_bytes()
    {
        return Err(unsignable(
            "its `content-length` is not the length of its body: leave that to the transport",
        ));
    }
    let Some(stated) = headers.get_mut(X_AMZ_CONTENT_SHA256) else {
        return Ok(());
    };
    let signed = payload.as_bytes();
    if stated.as_bytes() == signed {
        return Ok(());
    }
    if stated.as_bytes() != UNSIGNED_PAYLOAD.as_bytes() {
        return Err(unsignable(
            "its `x-amz-content-sha256` is not the hash of its body: leave that to the layer",
        ));
    }
    // The service wants the hash.
    *stated = HeaderValue::from_bytes(signed).map_err(|_| unsignable("its hash is no text"))?;
    Ok(())
}

/// Signs a request that is prepared. The headers of another signature, which it may have, are replaced.
pub(super) fn sign(
    request: &mut Parts,
    body: Option<&Bytes>,
    payload: &Payload,
    settings: &Settings,
    context: SigningContext,
) -> Result<(), AuthorizeError> {
    check_body(&mut request.headers, body, payload)?;
    let mut headers = SignedHeaders::new();
    headers.add(request, settings, &context)?;
    let way = if headers.has_blanks {
        aws_sigv4::authorization
    } else {
        canonical::authorization
    };
    let mut authorization = way(request, &headers, payload, &context)?;
    drop(headers);
    authorization.set_sensitive(true);
    apply(&mut request.headers, authorization, context);
    Ok(())
}

fn apply(headers: &mut HeaderMap, authorization: HeaderValue, context: SigningContext) {
    headers.insert(AUTHORIZATION, authorization);
    headers.insert(X_AMZ_DATE, context.date);
    match &context.key.token {
        Some(token) => headers.insert(X_AMZ_SECURITY_TOKEN, token.clone()),
        None => headers.remove(X_AMZ_SECURITY_TOKEN),
    };
}
