//! The group of Cognito: the 3072-bit MODP group of RFC 3526 (number 15).

use crypto_bigint::modular::{ConstMontyForm, ConstMontyParams};
use crypto_bigint::{U3072, const_monty_params};

use super::number::invalid;
use crate::Error;

const_monty_params!(
    Modulus,
    U3072,
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74\
     020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437\
     4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED\
     EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05\
     98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB\
     9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B\
     E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718\
     3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33\
     A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7\
     ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864\
     D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E2\
     08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    "The prime."
);

/// A number of the group; arithmetic on it takes the same time for all numbers.
pub(super) type Element = ConstMontyForm<Modulus, { U3072::LIMBS }>;

pub(super) const GENERATOR: u8 = 2;
const BYTES: usize = U3072::BITS as usize / 8;

pub(super) fn generator() -> Element {
    Element::new(&U3072::from_u8(GENERATOR))
}

pub(super) fn modulus() -> Vec<u8> {
    Modulus::PARAMS.modulus().to_be_bytes().as_ref().to_vec()
}

/// `B`. A value that is zero modulo the prime is an error: it makes the session's key predictable (RFC 5054, section
/// 2.5.3). So is a value from the prime on, which no server of the group sends.
pub(super) fn public_value(bytes: &[u8]) -> Result<Element, Error> {
    let outside = || invalid("SRP_B is not a number between 0 and the group's prime");
    let start = BYTES.checked_sub(bytes.len()).ok_or_else(outside)?;
    let mut wide = [0; BYTES];
    wide[start..].copy_from_slice(bytes);
    let value = U3072::from_be_slice(&wide);
    if value == U3072::ZERO || value >= **Modulus::PARAMS.modulus() {
        return Err(outside());
    }
    Ok(Element::new(&value))
}

/// Big-endian, of the group's full length.
pub(super) fn bytes_of(element: &Element) -> Vec<u8> {
    element.retrieve().to_be_bytes().as_ref().to_vec()
}
