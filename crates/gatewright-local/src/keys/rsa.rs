//! RS256, RS384 and RS512 (RFC 7518, section 3.3), all with one key.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64_URL;
use gatewright_document::JwtAlgorithm as Algorithm;
use ring::rand::SystemRandom;
use ring::rsa::{KeyPair, PublicKeyComponents};
use ring::signature::{self, RsaEncoding, RsaParameters};
use serde_json::{Value, json};

#[derive(Debug)]
pub(super) struct RsaKey {
    pair: KeyPair,
    public: PublicKeyComponents<Vec<u8>>,
}

impl RsaKey {
    pub(super) const ALGORITHMS: &'static [Algorithm] =
        &[Algorithm::Rs256, Algorithm::Rs384, Algorithm::Rs512];

    pub(super) fn from_der(der: &[u8]) -> Result<Self, String> {
        let pair = KeyPair::from_pkcs8(der).map_err(|error| error.to_string())?;
        let public = PublicKeyComponents::from(pair.public());
        Ok(Self { pair, public })
    }

    /// The signature; `None` only if the system has no randomness to blind the key with.
    pub(super) fn sign(&self, algorithm: Algorithm, message: &[u8]) -> Option<Vec<u8>> {
        let mut signature = vec![0; self.public.n.len()];
        let (encoding, random) = (encoding(algorithm), SystemRandom::new());
        self.pair
            .sign(encoding, &random, message, &mut signature)
            .ok()?;
        Some(signature)
    }

    pub(super) fn is_signed(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        let parameters = parameters(algorithm);
        self.public.verify(parameters, message, signature).is_ok()
    }

    pub(super) fn public_members(&self) -> Value {
        let (n, e) = (&self.public.n, &self.public.e);
        json!({ "e": BASE64_URL.encode(e), "kty": "RSA", "n": BASE64_URL.encode(n) })
    }
}

fn encoding(algorithm: Algorithm) -> &'static dyn RsaEncoding {
    match algorithm {
        Algorithm::Rs384 => &signature::RSA_PKCS1_SHA384,
        Algorithm::Rs512 => &signature::RSA_PKCS1_SHA512,
        _ => &signature::RSA_PKCS1_SHA256,
    }
}

fn parameters(algorithm: Algorithm) -> &'static RsaParameters {
    match algorithm {
        Algorithm::Rs384 => &signature::RSA_PKCS1_2048_8192_SHA384,
        Algorithm::Rs512 => &signature::RSA_PKCS1_2048_8192_SHA512,
        _ => &signature::RSA_PKCS1_2048_8192_SHA256,
    }
}
