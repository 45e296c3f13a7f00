//! The signature as `aws-sigv4` makes it, for the requests that the short way does not take: those with a header value
//! whose blanks have to be collapsed.

use aws_sigv4::http_request::{self, SignableBody, SignableRequest, SigningSettings};
use aws_sigv4::sign::v4;
use http::HeaderValue;
use http::request::Parts;
use tracing::subscriber::{NoSubscriber, with_default};

use super::headers::{Line, SignedHeaders};
use super::key_cache::SigningContext;
use super::payload::Payload;
use super::unsignable::unsignable;
use crate::{AuthorizeError, BoxError};

/// The `authorization` of a request.
pub(super) fn authorization(
    request: &Parts,
    headers: &SignedHeaders<'_>,
    payload: &Payload,
    context: &SigningContext,
) -> Result<HeaderValue, AuthorizeError> {
    let identity = context.key.source.credentials.clone().into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(&context.key.scope.region)
        .name(&context.key.scope.service)
        .time(context.second.time())
        .settings(SigningSettings::default())
        .build()
        .map_err(not_signed)?
        .into();
    let lines = headers
        .lines()
        .map(as_text)
        .collect::<Result<Vec<_>, _>>()?;
    let (method, uri) = (request.method.as_str(), request.uri.to_string());
    let signable =
        SignableRequest::new(method, uri, lines.into_iter(), body(payload)).map_err(not_signed)?;
    // It would log all headers of the request, an API key among them.
    let signed = with_default(NoSubscriber::new(), || {
        http_request::sign(signable, &params)
    });
    let (instructions, _) = signed.map_err(not_signed)?.into_parts();
    let mut added = instructions.headers();
    let value = added
        .find(|(name, _)| *name == "authorization")
        .map_or("", |(_, value)| value);
    HeaderValue::try_from(value).map_err(not_signed)
}

fn as_text<'a>(line: Line<'a>) -> Result<(&'a str, &'a str), AuthorizeError> {
    Ok((
        line.name,
        std::str::from_utf8(line.value).map_err(not_signed)?,
    ))
}

fn body(payload: &Payload) -> SignableBody<'static> {
    match payload {
        Payload::Hashed(digits) => {
            SignableBody::Precomputed(String::from_utf8_lossy(digits).into_owned())
        }
        Payload::Unsigned => SignableBody::UnsignedPayload,
    }
}

fn not_signed(error: impl Into<BoxError>) -> AuthorizeError {
    unsignable("the signer refused it").with_source(error)
}
