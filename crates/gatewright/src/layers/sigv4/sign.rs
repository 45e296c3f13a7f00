//! One signature: the only place that calls `aws-sigv4`.

use std::sync::Arc;
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{self, SignableBody, SignableRequest, SigningSettings};
use aws_sigv4::sign::v4;
use http::header::{AUTHORIZATION, HOST};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::layers::secret::check_secret;
use crate::uri::canonical;
use crate::{AuthorizeError, AuthorizeErrorKind, BoxError};

const X_AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const X_AMZ_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// Headers that clients, proxies and tracers set or change after the request is signed: the lists of `aws-sigv4` and
/// botocore together.
pub(super) const UNSIGNED: [&str; 15] = [
    "authorization",
    "baggage",
    "connection",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "traceparent",
    "tracestate",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-amzn-trace-id",
];

/// What a signature is valid for, beside its day. Shared, since every request takes it along.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) region: Arc<str>,
    pub(super) service: Arc<str>,
}

/// Signs a request for `scope` at `time`: its URI becomes canonical, and it gets the headers of the signature.
pub(super) fn sign(
    request: &mut Parts,
    body: &[u8],
    scope: &Scope,
    credentials: &Credentials,
    time: SystemTime,
) -> Result<(), AuthorizeError> {
    check_credentials(credentials)?;
    request.uri = canonical(&request.uri).map_err(|fault| unsignable(&fault))?;
    remove_signature(&mut request.headers);
    check_host(request)?;
    let added = signature_headers(request, body, scope, credentials, time)?;
    request.headers.extend(added);
    Ok(())
}

/// A newline from a file would only show as a signature that does not match.
fn check_credentials(credentials: &Credentials) -> Result<(), AuthorizeError> {
    check_secret("the access key id", credentials.access_key_id())?;
    check_secret("the secret access key", credentials.secret_access_key())?;
    credentials
        .session_token()
        .map_or(Ok(()), |token| check_secret("the session token", token))
}

fn remove_signature(headers: &mut HeaderMap) {
    for name in [AUTHORIZATION, X_AMZ_DATE, X_AMZ_SECURITY_TOKEN] {
        headers.remove(name);
    }
}

/// `aws-sigv4` takes a host for granted.
fn check_host(request: &Parts) -> Result<(), AuthorizeError> {
    if request.uri.host().is_some() || request.headers.contains_key(HOST) {
        return Ok(());
    }
    Err(unsignable(
        &"it has no host: give it an absolute URI or a `host` header",
    ))
}

fn signature_headers(
    request: &Parts,
    body: &[u8],
    scope: &Scope,
    credentials: &Credentials,
    time: SystemTime,
) -> Result<HeaderMap, AuthorizeError> {
    let identity = credentials.clone().into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(&scope.region)
        .name(&scope.service)
        .time(time)
        .settings(SigningSettings::default())
        .build()
        .map_err(not_signed)?
        .into();
    let headers = signed_headers(&request.headers)?;
    let signable = SignableRequest::new(
        request.method.as_str(),
        request.uri.to_string(),
        headers.into_iter(),
        SignableBody::Bytes(body),
    )
    .map_err(not_signed)?;
    let (instructions, _) = http_request::sign(signable, &params)
        .map_err(not_signed)?
        .into_parts();
    instructions
        .headers()
        .map(|(name, value)| header(name, value))
        .collect()
}

fn signed_headers(headers: &HeaderMap) -> Result<Vec<(&str, &str)>, AuthorizeError> {
    let signed = headers
        .iter()
        .filter(|(name, _)| !UNSIGNED.contains(&name.as_str()));
    signed
        .map(|(name, value)| Ok((name.as_str(), signable_value(name, value)?)))
        .collect()
}

fn signable_value<'a>(
    name: &HeaderName,
    value: &'a HeaderValue,
) -> Result<&'a str, AuthorizeError> {
    let text = std::str::from_utf8(value.as_bytes())
        .map_err(|_| unsignable(&format_args!("the header `{name}` is not UTF-8")))?;
    if text.contains('\t') {
        return Err(unsignable(&format_args!(
            "the header `{name}` has a tab, which signers treat differently: use spaces"
        )));
    }
    Ok(text)
}

fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), AuthorizeError> {
    let name = HeaderName::try_from(name).map_err(not_signed)?;
    let mut value = HeaderValue::try_from(value).map_err(|_| {
        unsignable(&"the region or the service has characters that a header cannot carry")
    })?;
    value.set_sensitive(name == AUTHORIZATION || name == X_AMZ_SECURITY_TOKEN);
    Ok((name, value))
}

fn unsignable(reason: &dyn std::fmt::Display) -> AuthorizeError {
    let message = format!("cannot sign the request: {reason}");
    AuthorizeError::new(AuthorizeErrorKind::Unsignable, message)
}

fn not_signed(error: impl Into<BoxError>) -> AuthorizeError {
    unsignable(&"the signer refused it; see the source error").with_source(error)
}
