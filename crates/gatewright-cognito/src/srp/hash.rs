//! The hash of the protocol.

use sha2::{Digest, Sha256};

/// SHA-256 over the parts, one after the other.
pub(super) fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}
