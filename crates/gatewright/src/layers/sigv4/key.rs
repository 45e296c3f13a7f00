//! The signing key, and what else of a signature stays the same all day.

use std::fmt;
use std::sync::Arc;

use aws_credential_types::Credentials;
use gatewright_core::kit::header::{check_secret, secret_value};
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderValue;
use sha2::Sha256;

use super::credentials::SigningCredentials;
use super::settings::Scope;
use super::unsignable::unsignable;
use crate::AuthorizeError;

/// A signing key, for some credentials, a scope and a day.
pub(super) struct Key {
    /// The credentials it was derived from. They are kept, so that no others can have their address.
    pub(super) source: Arc<SigningCredentials>,
    pub(super) scope: Scope,
    pub(super) day: [u8; 8],
    /// With the pads already hashed: a clone of it saves two of six compressions.
    mac: Hmac<Sha256>,
    credential: String,
    pub(super) token: Option<HeaderValue>,
}

impl Key {
    pub(super) fn derive(
        source: &Arc<SigningCredentials>,
        scope: &Scope,
        day: [u8; 8],
    ) -> Result<Self, AuthorizeError> {
        let credentials = &source.credentials;
        check_credentials(credentials)?;
        check_scope(&scope.region, "region")?;
        check_scope(&scope.service, "service")?;
        let date = std::str::from_utf8(&day).unwrap_or_default();
        let Scope { region, service } = scope;
        let credential = format!(
            "{}/{date}/{region}/{service}/aws4_request",
            credentials.access_key_id()
        );
        let token = credentials
            .session_token()
            .map(|token| secret_value(TOKEN, token));
        Ok(Self {
            source: Arc::clone(source),
            scope: scope.clone(),
            day,
            mac: signing_key(credentials.secret_access_key(), &day, scope),
            credential,
            token: token.transpose()?,
        })
    }

    /// Whether it is the key of these credentials, on this day, for this scope. Compared is the thing itself, never a
    /// hash of it.
    pub(super) fn is_of(
        &self,
        source: &Arc<SigningCredentials>,
        scope: &Scope,
        day: &[u8],
    ) -> bool {
        Arc::ptr_eq(&self.source, source) && self.day == *day && self.scope == *scope
    }

    /// The `Credential` of an authorization: `AKIDEXAMPLE/20150830/us-east-1/execute-api/aws4_request`.
    pub(super) fn credential(&self) -> &str {
        &self.credential
    }

    /// The same without the access key id.
    pub(super) fn scope_text(&self) -> &str {
        let id = self.source.credentials.access_key_id();
        self.credential.get(id.len() + 1..).unwrap_or_default()
    }

    pub(super) fn sign(&self, text: &[u8]) -> [u8; 32] {
        self.mac
            .clone()
            .chain_update(text)
            .finalize()
            .into_bytes()
            .into()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

/// The key of "Create a signed AWS API request" (IAM user guide), step 4.
fn signing_key(secret: &str, day: &[u8], scope: &Scope) -> Hmac<Sha256> {
    let secret = [b"AWS4", secret.as_bytes()].concat();
    let parts = [
        day,
        scope.region.as_bytes(),
        scope.service.as_bytes(),
        b"aws4_request",
    ];
    parts.into_iter().fold(hmac(&secret), |key, part| {
        hmac(&key.chain_update(part).finalize().into_bytes())
    })
}

fn hmac(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes keys of any length")
}

const TOKEN: &str = "the session token";

/// A newline from a file would only show as a signature that does not match.
fn check_credentials(credentials: &Credentials) -> Result<(), AuthorizeError> {
    check_secret("the access key id", credentials.access_key_id())?;
    check_secret("the secret access key", credentials.secret_access_key())
}

/// A region or a service is a part between slashes.
fn check_scope(text: &str, what: &str) -> Result<(), AuthorizeError> {
    let is_part = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'/' | b',');
    if !text.is_empty() && text.bytes().all(is_part) {
        return Ok(());
    }
    Err(unsignable(format_args!(
        "the {what} is empty or has characters that a signature cannot hold: give it as AWS writes it, such as \
         `us-east-1` or `execute-api`"
    )))
}
