//! The only reader of the system's randomness.

use std::hash::{BuildHasher, RandomState};

/// 128 bits that nobody can guess.
///
/// Where the system gives none, those of std's hash maps, which are as good as the seed that std got: nothing here is a key, so
/// that a call need not fail for it.
pub(crate) fn random_bits() -> u128 {
    let mut bytes = [0; 16];
    match getrandom::fill(&mut bytes) {
        Ok(()) => u128::from_le_bytes(bytes),
        Err(_) => random_hash() << 64 | random_hash(),
    }
}

/// 64 bits; each state has other keys.
fn random_hash() -> u128 {
    RandomState::new().hash_one(()).into()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn bits_differ_each_time() {
        let system: HashSet<u128> = (0..1_000).map(|_| random_bits()).collect();
        let hashed: HashSet<u128> = (0..1_000).map(|_| random_hash()).collect();
        assert_eq!((system.len(), hashed.len()), (1_000, 1_000));
        assert!(hashed.iter().all(|bits| *bits <= u64::MAX.into()));
    }

    #[test]
    fn each_bit_is_random() {
        let (any, all) = (0..100).fold((0, u128::MAX), |(any, all), _| {
            let bits = random_bits();
            (any | bits, all & bits)
        });
        assert_eq!((any, all), (u128::MAX, 0));
    }
}
