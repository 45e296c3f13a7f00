//! A client that signs with `aws-sigv4`.

use std::time::{Duration, UNIX_EPOCH};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use http::Request;

use super::NOW;

/// Who signs what, when and for where.
pub(super) struct Signer<'a> {
    pub(super) id: &'a str,
    pub(super) secret: &'a str,
    pub(super) token: Option<&'a str>,
    pub(super) region: &'a str,
    pub(super) service: &'a str,
    /// Seconds after [`NOW`].
    pub(super) offset: i64,
}

pub(super) const PLAIN: Signer<'_> = Signer {
    id: "AKIDPLAIN",
    secret: "the-secret",
    token: None,
    region: "eu-west-1",
    service: "execute-api",
    offset: 0,
};
pub(super) const TEMPORARY: Signer<'_> = Signer {
    id: "ASIATEMP",
    token: Some("the-token"),
    ..PLAIN
};

impl Signer<'_> {
    pub(super) fn sign(&self, mut request: Request<Vec<u8>>) -> Request<Vec<u8>> {
        let token = self.token.map(str::to_owned);
        let identity = Credentials::new(self.id, self.secret, token, None, "test").into();
        let time =
            UNIX_EPOCH + Duration::from_secs(NOW.as_secs().saturating_add_signed(self.offset));
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(self.region)
            .name(self.service)
            .time(time)
            .settings(SigningSettings::default())
            .build()
            .unwrap();
        let headers = request.headers().iter();
        let headers = headers.map(|(name, value)| (name.as_str(), value.to_str().unwrap()));
        let uri = request.uri().to_string();
        let signable = SignableRequest::new(
            request.method().as_str(),
            uri,
            headers,
            SignableBody::Bytes(request.body()),
        );
        let (instructions, _) = sign(signable.unwrap(), &params.into())
            .unwrap()
            .into_parts();
        instructions.apply_to_request_http1x(&mut request);
        request
    }
}
