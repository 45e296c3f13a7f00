//! One signature: what it covers is laid out, and what comes of it goes onto the request.

use http::header::{AUTHORIZATION, HOST};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::headers::SignedHeaders;
use super::payload::{Payload, UNSIGNED_PAYLOAD};
use super::settings::Settings;
use super::slot::Ready;
use super::unsignable::unsignable;
use super::{canonical, slow};
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
        request.headers.insert(
            X_AMZ_CONTENT_SHA256,
            HeaderValue::from_static(UNSIGNED_PAYLOAD),
        );
    }
    Ok(())
}

/// Signs a request that is prepared. The headers of another signature, which it may have, are replaced.
pub(super) fn sign(
    request: &mut Parts,
    payload: &Payload,
    settings: &Settings,
    ready: Ready,
) -> Result<(), AuthorizeError> {
    let mut headers = SignedHeaders::new();
    headers.add(request, settings, &ready)?;
    let way = if headers.has_blanks {
        slow::authorization
    } else {
        canonical::authorization
    };
    let mut authorization = way(request, &headers, payload, &ready)?;
    authorization.set_sensitive(true);
    apply(&mut request.headers, authorization, ready);
    Ok(())
}

fn apply(headers: &mut HeaderMap, authorization: HeaderValue, ready: Ready) {
    headers.insert(AUTHORIZATION, authorization);
    headers.insert(X_AMZ_DATE, ready.date);
    match &ready.key.token {
        Some(token) => headers.insert(X_AMZ_SECURITY_TOKEN, token.clone()),
        None => headers.remove(X_AMZ_SECURITY_TOKEN),
    };
}
