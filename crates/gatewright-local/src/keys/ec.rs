//! ES256 and ES384 (RFC 7518, section 3.4), each with a key of its curve.

use gatewright_document::JwtAlgorithm as Algorithm;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED,
    ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm,
    EcdsaVerificationAlgorithm, KeyPair as _, UnparsedPublicKey,
};

#[derive(Debug)]
pub(super) struct EcKey {
    pair: EcdsaKeyPair,
    curve: &'static Curve,
}

#[derive(Debug)]
struct Curve {
    name: &'static str,
    algorithms: &'static [Algorithm],
    signing: &'static EcdsaSigningAlgorithm,
    verification: &'static EcdsaVerificationAlgorithm,
}

static CURVES: [Curve; 2] = [
    Curve {
        name: "P-256",
        algorithms: &[Algorithm::Es256],
        signing: &ECDSA_P256_SHA256_FIXED_SIGNING,
        verification: &ECDSA_P256_SHA256_FIXED,
    },
    Curve {
        name: "P-384",
        algorithms: &[Algorithm::Es384],
        signing: &ECDSA_P384_SHA384_FIXED_SIGNING,
        verification: &ECDSA_P384_SHA384_FIXED,
    },
];

impl EcKey {
    /// `None` if this is no key of one of the two curves.
    pub(super) fn from_der(der: &[u8]) -> Option<Self> {
        let random = SystemRandom::new();
        CURVES.iter().find_map(|curve| {
            let pair = EcdsaKeyPair::from_pkcs8(curve.signing, der, &random).ok()?;
            Some(Self { pair, curve })
        })
    }

    pub(super) fn algorithms(&self) -> &'static [Algorithm] {
        self.curve.algorithms
    }

    pub(super) fn curve(&self) -> &'static str {
        self.curve.name
    }

    /// The public key without compression.
    pub(super) fn point(&self) -> &[u8] {
        self.pair.public_key().as_ref()
    }

    /// The signature; `None` only if the system has no randomness.
    pub(super) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        let signature = self.pair.sign(&SystemRandom::new(), message).ok()?;
        Some(signature.as_ref().to_vec())
    }

    pub(super) fn is_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        let public = UnparsedPublicKey::new(self.curve.verification, self.point());
        public.verify(message, signature).is_ok()
    }
}
