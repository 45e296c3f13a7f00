//! The same with `aws-sigv4`, as people use it.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use http::Request;

use crate::dates;
use crate::sample::{REGION, SERVICE};

pub(crate) fn sign_request<B>(request: &mut Request<B>, credentials: &Credentials) {
    let identity = credentials.clone().into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(REGION)
        .name(SERVICE)
        .time(SystemTime::UNIX_EPOCH + Duration::from_secs(dates::now()))
        .settings(SigningSettings::default())
        .build()
        .expect("all parameters")
        .into();
    let headers = request.headers().iter();
    let headers = headers.map(|(name, value)| (name.as_str(), value.to_str().expect("text")));
    let (method, uri) = (request.method().as_str(), request.uri().to_string());
    let signable = SignableRequest::new(method, uri, headers, SignableBody::Bytes(b""));
    let signed = sign(signable.expect("a request"), &params).expect("a signature");
    signed.into_parts().0.apply_to_request_http1x(request);
}
