//! What `aws-sigv4` makes of a request as it was sent.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{self, SignableBody, SignableRequest, SigningSettings};
use aws_sigv4::sign::v4;
use http::{HeaderMap, Request};

/// Those that no signature covers: the lists of `aws-sigv4` and botocore.
const UNSIGNED: [&str; 15] = [
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

/// Who signs, for what and when.
pub(crate) struct Signing<'a> {
    pub(crate) credentials: &'a Credentials,
    pub(crate) region: &'a str,
    pub(crate) service: &'a str,
    pub(crate) time: SystemTime,
}

/// The headers that `aws-sigv4` adds to a request.
pub(crate) fn added<B>(sent: &Request<B>, body: &[u8], signing: &Signing<'_>) -> HeaderMap {
    let identity = signing.credentials.clone().into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(signing.region)
        .name(signing.service)
        .time(signing.time)
        .settings(SigningSettings::default())
        .build()
        .expect("all parameters")
        .into();
    let headers = sent.headers().iter();
    let headers = headers.filter(|(name, _)| !UNSIGNED.contains(&name.as_str()));
    let text = |value| str::from_utf8(value).expect("a value in UTF-8");
    let headers = headers.map(|(name, value)| (name.as_str(), text(value.as_bytes())));
    let (method, uri) = (sent.method().as_str(), sent.uri().to_string());
    let request = SignableRequest::new(method, uri, headers, SignableBody::Bytes(body));
    let signed = http_request::sign(request.expect("a request"), &params).expect("a signature");
    let (added, _) = signed.into_parts();
    let header = |(name, value): (&str, &str)| {
        (
            name.parse().expect("a name"),
            value.parse().expect("a value"),
        )
    };
    added.headers().map(header).collect()
}
