//! Secure Remote Password, as Cognito uses it: it proves the password without sending it.
//!
//! It is SRP-6a (RFC 5054) with changes by Cognito: the group is the 3072-bit one of RFC 3526 with the generator 2,
//! numbers are hashed as signed big-endian bytes, the key comes from HKDF (RFC 5869), and the client sends an HMAC
//! over the challenge. Cognito does not document this. The official Amplify libraries do the same, and another client
//! computed the vectors of the tests.

mod device;
mod group;
mod hash;
mod number;
mod private_key;
mod timestamp;

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crypto_bigint::{U256, U512, U1024, U1280};
use zeroize::Zeroizing;

pub(crate) use self::device::DeviceVerifier;
use self::group::Element;
use self::hash::hash;
use self::number::invalid;
use self::private_key::private_key;
pub(crate) use self::timestamp::timestamp;
use crate::hash::hmac_sha256;
use crate::pool::name_of;
use crate::random::Random;
use crate::{Error, ErrorKind, Secret};

/// The `info` of HKDF, and the counter of its first block.
const KEY_INFO: &[u8] = b"Caldera Derived Key\x01";
const KEY_BYTES: usize = 16;

/// The client's side of one sign-in. Its drop overwrites the secret exponent.
pub(crate) struct Srp {
    pool_name: String,
    secret: Zeroizing<U1024>,
    public: Element,
}

impl Srp {
    /// For the pool of this id, such as `eu-west-1_AbCdEfGhI`.
    pub(crate) fn new(pool_id: &str, random: &Random) -> Result<Self, Error> {
        let mut bytes = Zeroizing::new([0; U1024::BITS as usize / 8]);
        random.fill(&mut *bytes)?;
        Self::with_secret(pool_id, Zeroizing::new(U1024::from_be_slice(&*bytes)))
    }

    fn with_secret(pool_id: &str, secret: Zeroizing<U1024>) -> Result<Self, Error> {
        let name = name_of(pool_id).ok_or_else(|| {
            let message = "the user pool's id has no underscore, which its name would follow";
            Error::new(ErrorKind::Configuration, message)
        })?;
        Ok(Self {
            pool_name: name.to_owned(),
            public: group::generator().pow(&*secret),
            secret,
        })
    }

    /// `SRP_A`: the public value, in hexadecimal digits.
    pub(crate) fn a(&self) -> String {
        number::to_hex(&group::bytes_of(&self.public))
    }

    /// `PASSWORD_CLAIM_SIGNATURE`: the response to a `PASSWORD_VERIFIER` challenge with these parameters.
    ///
    /// # Errors
    ///
    /// [`Service`](ErrorKind::Service) if a parameter is not what SRP defines, or would make the session's key
    /// predictable.
    pub(crate) fn claim_signature(
        &self,
        user_id_for_srp: &str,
        password: &Secret,
        salt: &str,
        srp_b: &str,
        secret_block: &str,
        timestamp: &str,
    ) -> Result<String, Error> {
        let block = STANDARD.decode(secret_block);
        let block = block.map_err(|_| invalid("SECRET_BLOCK is not base64"))?;
        let salt = number::from_hex("SALT", salt)?;
        let b = group::public_value(&number::from_hex("SRP_B", srp_b)?)?;
        let x = private_key(&self.pool_name, user_id_for_srp, password, &salt);
        let key = self.session_key(&b, &x)?;
        let signed: [&[u8]; 4] = [
            self.pool_name.as_bytes(),
            user_id_for_srp.as_bytes(),
            &block,
            timestamp.as_bytes(),
        ];
        Ok(STANDARD.encode(hmac_sha256(&*key, &signed)))
    }

    /// The key that both sides compute, if the password is correct.
    fn session_key(&self, b: &Element, x: &U256) -> Result<Zeroizing<[u8; KEY_BYTES]>, Error> {
        let a = number::signed(&group::bytes_of(&self.public));
        let u = scrambler(hash(&[&a, &number::signed(&group::bytes_of(b))]))?;
        let secret = self.shared_secret(b, x, &u);
        Ok(derived_key(&secret, &u))
    }

    /// `S = (B - k * g^x) ^ (a + u * x)`.
    fn shared_secret(&self, b: &Element, x: &U256, u: &U256) -> Zeroizing<Vec<u8>> {
        let verifier = Zeroizing::new(group::generator().pow(x));
        let base = Zeroizing::new(*b - multiplier() * *verifier);
        let product: Zeroizing<U512> = Zeroizing::new(u.concatenating_mul(x));
        let sum = U1280::wrapping_add(&self.secret.resize(), &product.resize());
        let exponent = Zeroizing::new(sum);
        // The sum has at most one bit more than the larger of the two.
        let secret = Zeroizing::new(base.pow_bounded_exp(&exponent, U1024::BITS + 1));
        Zeroizing::new(group::bytes_of(&secret))
    }
}

impl fmt::Debug for Srp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Srp").finish_non_exhaustive()
    }
}

/// `k`: group and generator, hashed.
fn multiplier() -> Element {
    let k = hash(&[&number::signed(&group::modulus()), &[group::GENERATOR]]);
    Element::new(&U256::from_be_slice(&k).resize())
}

/// `u`. Zero is an error: the key would not depend on the password (RFC 5054, section 2.5.3).
fn scrambler(hash: [u8; 32]) -> Result<U256, Error> {
    if hash == [0; 32] {
        return Err(invalid("SRP_B makes the hash of both public values zero"));
    }
    Ok(U256::from_be_slice(&hash))
}

/// The first 16 bytes of HKDF over `S`, with `u` as its salt.
fn derived_key(secret: &[u8], u: &U256) -> Zeroizing<[u8; KEY_BYTES]> {
    let salt = number::signed(u.to_be_bytes().as_ref());
    let secret = Zeroizing::new(number::signed(secret));
    let extracted = Zeroizing::new(hmac_sha256(&salt, &[&secret]));
    let expanded = Zeroizing::new(hmac_sha256(&*extracted, &[KEY_INFO]));
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    key.copy_from_slice(&expanded[..KEY_BYTES]);
    key
}

#[cfg(test)]
mod tests;
