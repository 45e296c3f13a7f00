//! The private key of a password.

use crypto_bigint::U256;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::hash::hash;
use super::number;
use crate::Secret;

/// `x`: the number of a password, for a user of a pool or for a device of a device group.
pub(super) fn private_key(
    group: &str,
    member: &str,
    password: &Secret,
    salt: &[u8],
) -> Zeroizing<U256> {
    let identity = Sha256::new()
        .chain_update(group)
        .chain_update(member)
        .chain_update(":")
        .chain_update(password.expose())
        .finalize();
    let identity = Zeroizing::new(<[u8; 32]>::from(identity));
    let x = Zeroizing::new(hash(&[&number::signed(salt), &*identity]));
    Zeroizing::new(U256::from_be_slice(&*x))
}
