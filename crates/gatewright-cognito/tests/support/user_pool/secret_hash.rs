//! The proof that an app knows the secret of its client.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;
use serde_json::Value;

use super::super::response::{Refusal, not_authorized};
use super::super::{CLIENT_ID, Settings};

/// Refuses `parameters` without the hash over `username`, or with one that nobody asked for.
pub(super) fn check(
    settings: &Settings,
    username: &str,
    parameters: &Value,
) -> Result<(), Refusal> {
    match (settings.client_secret, parameters["SECRET_HASH"].as_str()) {
        (None, None) => Ok(()),
        (None, Some(_)) => not_authorized("Client is not configured with secret"),
        (Some(_), None) => {
            not_authorized("Client is configured with secret but SECRET_HASH was not received")
        }
        (Some(secret), Some(hash)) if hash == of(secret, username) => Ok(()),
        (Some(_), Some(_)) => not_authorized("SecretHash does not match for the client"),
    }
}

fn of(secret: &str, username: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let tag = hmac::sign(&key, format!("{username}{CLIENT_ID}").as_bytes());
    STANDARD.encode(tag)
}
