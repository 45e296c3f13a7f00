//! The files that keys come in.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

pub(super) const PEM_BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
pub(super) const PEM_END: &str = "-----END PRIVATE KEY-----";

/// The DER of a key that is DER or PEM; the error says what is wrong with it.
pub(super) fn der(bytes: &[u8]) -> Result<Vec<u8>, String> {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.trim_start().starts_with("-----") => pem(text),
        _ => Ok(bytes.to_vec()),
    }
}

fn pem(text: &str) -> Result<Vec<u8>, String> {
    let body = text
        .split_once(PEM_BEGIN)
        .and_then(|(_, rest)| rest.split_once(PEM_END));
    let (body, _) = body.ok_or_else(|| {
        format!(
            "the PEM holds no '{PEM_BEGIN}'; convert the key with `openssl pkcs8 -topk8 -nocrypt`"
        )
    })?;
    let body: String = body.split_whitespace().collect();
    BASE64_STANDARD
        .decode(body)
        .map_err(|error| format!("the PEM is not base64: {error}"))
}
