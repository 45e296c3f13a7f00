//! ES512 (RFC 7518, section 3.4), which has the curve P-521.

use std::fmt;

use gatewright_document::JwtAlgorithm as Algorithm;
use p521::SecretKey;
use p521::ecdsa::signature::{Signer as _, Verifier as _};
use p521::ecdsa::{Signature, SigningKey};
use p521::elliptic_curve::sec1::ToSec1Point as _;
use p521::pkcs8::DecodePrivateKey as _;

pub(super) struct P521Key {
    pair: SigningKey,
    point: Vec<u8>,
}

impl P521Key {
    pub(super) const ALGORITHMS: &'static [Algorithm] = &[Algorithm::Es512];

    /// `None` if this is no key of the curve.
    pub(super) fn from_der(der: &[u8]) -> Option<Self> {
        let key = SecretKey::from_pkcs8_der(der).ok()?;
        let point = key.public_key().to_sec1_point(false).as_bytes().to_vec();
        let pair = SigningKey::from(key);
        Some(Self { pair, point })
    }

    /// The public key without compression.
    pub(super) fn point(&self) -> &[u8] {
        &self.point
    }

    /// The signature, the same for a message each time (RFC 6979).
    pub(super) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        let signature: Signature = self.pair.try_sign(message).ok()?;
        Some(signature.to_bytes().to_vec())
    }

    pub(super) fn is_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| {
            self.pair
                .verifying_key()
                .verify(message, &signature)
                .is_ok()
        })
    }
}

impl fmt::Debug for P521Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("P521Key").finish_non_exhaustive()
    }
}
