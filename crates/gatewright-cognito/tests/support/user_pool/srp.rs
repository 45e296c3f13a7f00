//! The server's half of Secure Remote Password (RFC 2945, RFC 5054), as Cognito does it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crypto_bigint::modular::FixedMontyForm;
use crypto_bigint::modular::FixedMontyParams;
use crypto_bigint::{Odd, U64, U256, U3072};
use ring::{digest, hmac};

use super::super::USER_POOL_ID;
use super::super::response::{Refusal, invalid, not_authorized};
use super::User;

const WIDTH: usize = 384;
const PRIME: &str = concat!(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD",
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED",
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F",
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B",
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510",
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7",
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C",
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
);

type Element = FixedMontyForm<{ U3072::LIMBS }>;

/// What the server knows of one sign-in after it has sent its public value.
#[derive(Clone, Debug)]
pub(crate) struct Verifier {
    user: String,
    key: [u8; 16],
    pub(super) salt: String,
    pub(super) public: String,
    pub(super) secret_block: String,
}

impl Verifier {
    /// Responds to the client's `public` value; `number` makes this sign-in unlike others.
    pub(super) fn new(user: &User, public: &str, number: u64) -> Result<Self, Refusal> {
        let group = group();
        let a = element(public, &group)?;
        if a.retrieve() == U3072::ZERO {
            return invalid("SRP_A mod N is zero");
        }
        let secret = U64::from(0x9e37_79b9_7f4a_7c15 ^ number);
        let salt = hash(&[&number.to_be_bytes()])[..16].to_vec();
        let verifier =
            two(&group).pow_vartime(&private_key(pool(), &user.id, &user.password, &salt));
        let b = multiplier(&group) * verifier + two(&group).pow_vartime(&secret);
        let (a_bytes, b_bytes) = (padded(&a), padded(&b));
        let u = hash(&[&a_bytes, &b_bytes]);
        let shared = (a * verifier.pow_vartime(&U256::from_be_slice(&u))).pow_vartime(&secret);
        Ok(Self {
            user: user.id.clone(),
            key: key(&padded(&shared), &pad(&u)),
            salt: hex(&salt),
            public: hex(&b_bytes),
            secret_block: STANDARD.encode(hash(&[b"block", &number.to_be_bytes()])),
        })
    }

    /// Whether `signature` proves the password, at the time that the client says it is.
    pub(super) fn check(&self, signature: &str, timestamp: &str) -> Result<(), Refusal> {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.key);
        let block = STANDARD.decode(&self.secret_block).unwrap();
        let parts = [
            pool().as_bytes(),
            self.user.as_bytes(),
            &block,
            timestamp.as_bytes(),
        ];
        let Ok(signature) = STANDARD.decode(signature) else {
            return invalid("PASSWORD_CLAIM_SIGNATURE is not base64");
        };
        hmac::verify(&key, &parts.concat(), &signature)
            .or_else(|_| not_authorized("Incorrect username or password."))
    }
}

/// The verifier of a password, as what is sent for it.
pub(super) fn verifier_of(group: &str, member: &str, password: &str, salt: &[u8]) -> String {
    let x = private_key(group, member, password, salt);
    STANDARD.encode(padded(&two(&self::group()).pow_vartime(&x)))
}

/// The bytes of a number that is sent in base64, with a sign.
pub(super) fn positive(text: &str) -> Result<Vec<u8>, Refusal> {
    match STANDARD.decode(text) {
        Ok(number) if number.first().is_some_and(|first| *first < 0x80) => Ok(number),
        Ok(_) => invalid("Negative value passed for salt or password verifier"),
        Err(_) => invalid("Salt or password verifier is not base64"),
    }
}

fn pool() -> &'static str {
    USER_POOL_ID.split_once('_').unwrap().1
}

fn group() -> FixedMontyParams<{ U3072::LIMBS }> {
    FixedMontyParams::new_vartime(Odd::new(U3072::from_be_hex(PRIME)).unwrap())
}

fn two(group: &FixedMontyParams<{ U3072::LIMBS }>) -> Element {
    Element::new(&U3072::from_u8(2), group)
}

/// `k`: the hash of the prime and the generator.
fn multiplier(group: &FixedMontyParams<{ U3072::LIMBS }>) -> Element {
    let prime = pad(U3072::from_be_hex(PRIME).to_be_bytes().as_ref());
    let k = hash(&[&prime, &[2]]);
    Element::new(&U256::from_be_slice(&k).resize(), group)
}

/// `x`: what the password amounts to.
fn private_key(group: &str, member: &str, password: &str, salt: &[u8]) -> U256 {
    let secret = format!("{group}{member}:{password}");
    let inner = hash(&[secret.as_bytes()]);
    U256::from_be_slice(&hash(&[&pad(salt), &inner]))
}

fn element(text: &str, group: &FixedMontyParams<{ U3072::LIMBS }>) -> Result<Element, Refusal> {
    let wide = format!("{text:0>width$}", width = 2 * WIDTH);
    if wide.len() != 2 * WIDTH || !wide.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return invalid("SRP_A is not a number of 3072 bits");
    }
    Ok(Element::new(&U3072::from_be_hex(&wide), group))
}

fn padded(element: &Element) -> Vec<u8> {
    pad(element.retrieve().to_be_bytes().as_ref())
}

/// The shortest form that is not negative when the first bit is a sign.
fn pad(number: &[u8]) -> Vec<u8> {
    let start = number.iter().position(|byte| *byte != 0);
    let digits = &number[start.unwrap_or(number.len() - 1)..];
    let sign: &[u8] = if digits[0] >= 0x80 { &[0] } else { &[] };
    [sign, digits].concat()
}

/// HKDF (RFC 5869) with one block, and of that the first half.
fn key(shared: &[u8], salt: &[u8]) -> [u8; 16] {
    let extract = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, salt), shared);
    let expand = hmac::Key::new(hmac::HMAC_SHA256, extract.as_ref());
    let block = hmac::sign(&expand, b"Caldera Derived Key\x01");
    block.as_ref()[..16].try_into().unwrap()
}

fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let digest = digest::digest(&digest::SHA256, &parts.concat());
    digest.as_ref().try_into().unwrap()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
