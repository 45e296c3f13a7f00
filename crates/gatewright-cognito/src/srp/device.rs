//! The verifier of a device, which Cognito keeps for the password of the device.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::private_key::private_key;
use super::{group, number};
use crate::random::Random;
use crate::{Error, Secret};

const PASSWORD_BYTES: usize = 40;
const SALT_BYTES: usize = 16;

/// `DeviceSecretVerifierConfig` of `ConfirmDevice`. Its numbers are signed big-endian bytes in base64: Cognito
/// refuses a negative one (AWS re:Post, "aws cognito user device tracking issue").
pub(crate) struct DeviceVerifier {
    pub(crate) salt: String,
    pub(crate) verifier: String,
}

impl DeviceVerifier {
    /// The verifier of a new device, for a random password that is dropped. A sign-in with a remembered device would
    /// need it, and this crate has no such sign-in.
    pub(crate) fn new(group_key: &str, key: &str, random: &Random) -> Result<Self, Error> {
        let mut password = Zeroizing::new([0; PASSWORD_BYTES]);
        random.fill(&mut *password)?;
        let mut salt = [0; SALT_BYTES];
        random.fill(&mut salt)?;
        let password = Secret::from(STANDARD.encode(*password));
        let x = private_key(group_key, key, &password, &salt);
        let verifier = group::bytes_of(&group::generator().pow(&*x));
        Ok(Self {
            salt: STANDARD.encode(number::signed(&salt)),
            verifier: STANDARD.encode(number::signed(&verifier)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::sync::Mutex;

    /// Gives these bytes, one after the other.
    fn random(bytes: Vec<u8>) -> Random {
        let bytes = Mutex::new(bytes.into_iter());
        Random::new(move |wanted| {
            let mut bytes = bytes.lock().unwrap();
            wanted.fill_with(|| bytes.next().unwrap());
        })
    }

    fn bytes(digits: &str) -> Vec<u8> {
        let pairs = (0..digits.len()).step_by(2);
        pairs
            .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
            .collect()
    }

    /// Computed with Python's integers: numbers that are short, have zeros in front or the highest bit set.
    #[test]
    fn every_vector_gives_the_salt_and_the_verifier() {
        let vectors = include_str!("../../tests/fixtures/device_vectors.json");
        let vectors: Vec<Value> = serde_json::from_str(vectors).unwrap();
        assert_eq!(vectors.len(), 5);
        for vector in &vectors {
            let text = |name: &str| vector[name].as_str().unwrap();
            let drawn = [text("password_bytes"), text("salt_bytes")].concat();
            let random = random(bytes(&drawn));
            let device = DeviceVerifier::new(text("DeviceGroupKey"), text("DeviceKey"), &random);
            let device = device.unwrap();
            assert_eq!(device.salt, text("Salt"), "{}", vector["case"]);
            assert_eq!(
                device.verifier,
                text("PasswordVerifier"),
                "{}",
                vector["case"]
            );
        }
    }
}
