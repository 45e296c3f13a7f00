//! One signature: what it covers is laid out, and what comes of it goes onto the request.

use bytes::Bytes;
use http::header::{AUTHORIZATION, HOST, TRANSFER_ENCODING};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::headers::{Covered, Flaw, SignedHeaders};
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
    let covered = Covered { body, payload };
    let mut headers = SignedHeaders::new();
    headers.add(request, settings, &context, covered)?;
    if let Some(flaw) = headers.flaw {
        mend(&mut request.headers, flaw, payload)?;
        return sign(request, body, payload, settings, context);
    }
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

/// Takes off, or corrects, what a caller says of the body and the transport or the service goes by.
fn mend(headers: &mut HeaderMap, flaw: Flaw, payload: &Payload) -> Result<(), AuthorizeError> {
    match flaw {
        Flaw::Framing => drop(headers.remove(TRANSFER_ENCODING)),
        Flaw::UnsignedPayload => {
            let hash = HeaderValue::from_bytes(payload.as_bytes());
            let hash = hash.map_err(|_| unsignable("its hash is no text"))?;
            headers.insert(X_AMZ_CONTENT_SHA256, hash);
        }
    }
    // The one may hide the other.
    if flaw == Flaw::UnsignedPayload {
        headers.remove(TRANSFER_ENCODING);
    }
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
