//! Hashes that Cognito asks for.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::Secret;

/// HMAC-SHA256 over the parts, one after the other.
pub(crate) fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// `SECRET_HASH`, by which an app client shows that it knows its secret ("Computing secret hash values", Amazon Cognito
/// developer guide).
pub(crate) fn secret_hash(username: &str, client_id: &str, client_secret: &Secret) -> Secret {
    let message = [username.as_bytes(), client_id.as_bytes()];
    let hash = hmac_sha256(client_secret.expose().as_bytes(), &message);
    STANDARD.encode(hash).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with Python's `hmac`, as the developer guide's example does.
    #[test]
    fn a_secret_hash_is_over_name_and_client() {
        let secret = Secret::from("app-client-secret");
        let hash = secret_hash("ålice@example.test", "1example23456789", &secret);
        assert_eq!(
            hash.expose(),
            "HGEqByMM/v31u2DhTWv0XZPNC/Mn+aUV3a8ie43yL4w="
        );
    }
}
