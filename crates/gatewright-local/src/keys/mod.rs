//! The keys that sign the gateway's own tokens, one for each algorithm of a JWT authorizer, and the key set that tells their
//! public halves (RFC 7517).
//!
//! What a token is checked with is the algorithm of its header, if the authorizer allows it and the key that it names is for it: a
//! key of RSA for three, any other for one.

mod ec;
#[cfg(feature = "es512")]
mod p521;
mod pkcs8;
mod rsa;

use std::sync::{Arc, LazyLock};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64_URL;
use gatewright_document::JwtAlgorithm;
use ring::digest::{SHA256, digest};
use serde_json::{Map, Value, json};

use ec::EcKey;
#[cfg(feature = "es512")]
use p521::P521Key;
use rsa::RsaKey;

/// The keys that are used if no others are given. They are published with this crate, so a token signed with one of them
/// proves nothing: they are for tests. Keys are shipped because making one of RSA takes seconds in a debug build.
const PUBLIC_TEST_KEYS: &[&[u8]] = &[
    include_bytes!("../../keys/public-test-key.pkcs8.der"),
    include_bytes!("../../keys/public-test-key-p256.pkcs8.der"),
    include_bytes!("../../keys/public-test-key-p384.pkcs8.der"),
    #[cfg(feature = "es512")]
    include_bytes!("../../keys/public-test-key-p521.pkcs8.der"),
];

pub(crate) type Claims = Map<String, Value>;

/// All keys of a gateway, at most one for an algorithm.
#[derive(Debug)]
pub(crate) struct KeySet(Vec<Key>);

/// What a token is signed with, and the id that it names it by. A key of RSA is three of these.
#[derive(Debug)]
struct Key {
    pair: Arc<Pair>,
    algorithm: JwtAlgorithm,
    id: String,
}

/// A private key and its public half.
#[derive(Debug)]
enum Pair {
    Rsa(Box<RsaKey>),
    Ec(Box<EcKey>),
    #[cfg(feature = "es512")]
    P521(Box<P521Key>),
}

impl KeySet {
    /// The keys that this crate ships. They are read once in a program, as the arithmetic of P-521 takes its time.
    pub(crate) fn public_test_keys() -> Result<Arc<Self>, String> {
        static KEYS: LazyLock<Result<Arc<KeySet>, String>> =
            LazyLock::new(|| KeySet::from_pkcs8(PUBLIC_TEST_KEYS).map(Arc::new));
        KEYS.clone()
    }

    /// Reads unencrypted PKCS#8 keys, each as DER or PEM; the last of a kind counts. The error says what is wrong with one.
    pub(crate) fn from_pkcs8(keys: &[impl AsRef<[u8]>]) -> Result<Self, String> {
        let mut set: Vec<Key> = Vec::new();
        for key in keys {
            let pair = Arc::new(Pair::from_der(&pkcs8::der(key.as_ref())?)?);
            set.retain(|known| !pair.algorithms().contains(&known.algorithm));
            set.extend(named(&pair));
        }
        Ok(Self(set))
    }

    /// The algorithms that there is a key for.
    pub(crate) fn algorithms(&self) -> Vec<JwtAlgorithm> {
        self.0.iter().map(|key| key.algorithm).collect()
    }

    /// The key set that clients and other services check tokens with.
    pub(crate) fn jwks(&self) -> Value {
        let keys: Vec<_> = self.0.iter().map(Key::jwk).collect();
        json!({ "keys": keys })
    }

    /// The compact form of a token that is signed with this algorithm; `None` if there is no key for it, or if the system has
    /// no randomness.
    pub(crate) fn sign(&self, algorithm: JwtAlgorithm, claims: &Claims) -> Option<String> {
        let key = self.0.iter().find(|key| key.algorithm == algorithm)?;
        let header = json!({ "alg": algorithm.name(), "kid": key.id, "typ": "JWT" });
        let claims = Value::Object(claims.clone());
        let message = format!("{}.{}", encode(&header), encode(&claims));
        let signature = key.pair.sign(algorithm, message.as_bytes())?;
        Some(format!("{message}.{}", BASE64_URL.encode(signature)))
    }

    /// The claims of a token that is signed by one of these keys with one of these algorithms; else what is wrong with it.
    pub(crate) fn verify(&self, token: &str, allowed: &[JwtAlgorithm]) -> Result<Claims, String> {
        let (message, signature) = token.rsplit_once('.').ok_or("it is not a JWT")?;
        let (header, claims) = message.split_once('.').ok_or("it is not a JWT")?;
        let header = decode(header).ok_or("its header is not JSON")?;
        // RFC 7515, section 4.1.11: what is not understood must not be passed over.
        if header.contains_key("crit") {
            return Err("its header has critical extensions, which are not known".to_owned());
        }
        let key = self.key_of(&header, allowed)?;
        let signature = BASE64_URL
            .decode(signature)
            .map_err(|_| "its signature is not base64url")?;
        if !key
            .pair
            .is_signed(key.algorithm, message.as_bytes(), &signature)
        {
            return Err("its signature does not match".to_owned());
        }
        decode(claims).ok_or_else(|| "its claims are not JSON".to_owned())
    }

    fn key_of(&self, header: &Claims, allowed: &[JwtAlgorithm]) -> Result<&Key, String> {
        let text = |name| header.get(name).and_then(Value::as_str);
        let algorithm = text("alg").and_then(JwtAlgorithm::of_name);
        let Some(algorithm) = algorithm.filter(|found| allowed.contains(found)) else {
            let names: Vec<_> = allowed.iter().map(|algorithm| algorithm.name()).collect();
            return Err(format!("its algorithm is none of: {}", names.join(", ")));
        };
        let is_named = |key: &&Key| Some(key.id.as_str()) == text("kid");
        let named = self.0.iter().find(is_named);
        let named = named.ok_or("its key id is not in the gateway's key set")?;
        let mut of_pair = self
            .0
            .iter()
            .filter(|key| Arc::ptr_eq(&key.pair, &named.pair));
        let key = of_pair.find(|key| key.algorithm == algorithm);
        key.ok_or_else(|| {
            format!(
                "its algorithm is {algorithm}, and its key id that of a key for {}",
                named.algorithm
            )
        })
    }
}

impl Key {
    fn jwk(&self) -> Value {
        let mut jwk = self.pair.public_members();
        jwk["use"] = json!("sig");
        jwk["alg"] = json!(self.algorithm.name());
        jwk["kid"] = json!(self.id);
        jwk
    }
}

/// A key, once for each of its algorithms.
fn named(pair: &Arc<Pair>) -> impl Iterator<Item = Key> {
    pair.algorithms().iter().map(|&algorithm| Key {
        pair: Arc::clone(pair),
        algorithm,
        id: pair.id(algorithm),
    })
}

impl Pair {
    fn from_der(der: &[u8]) -> Result<Self, String> {
        let rsa = match RsaKey::from_der(der) {
            Ok(key) => return Ok(Self::Rsa(Box::new(key))),
            Err(why) => why,
        };
        let ec = EcKey::from_der(der).map(|key| Self::Ec(Box::new(key)));
        ec.or_else(|| Self::from_p521(der)).ok_or_else(|| {
            format!(
                "it is no PKCS#8 key of RSA with 2048 bits or more ({rsa}), and none of the curves P-256, P-384 and P-521 \
                 with its public half"
            )
        })
    }

    #[cfg(feature = "es512")]
    fn from_p521(der: &[u8]) -> Option<Self> {
        P521Key::from_der(der).map(|key| Self::P521(Box::new(key)))
    }

    #[cfg(not(feature = "es512"))]
    fn from_p521(_: &[u8]) -> Option<Self> {
        None
    }

    /// The algorithms that it signs with; the first names it.
    fn algorithms(&self) -> &'static [JwtAlgorithm] {
        match self {
            Self::Rsa(_) => RsaKey::ALGORITHMS,
            Self::Ec(key) => key.algorithms(),
            #[cfg(feature = "es512")]
            Self::P521(_) => P521Key::ALGORITHMS,
        }
    }

    fn sign(&self, algorithm: JwtAlgorithm, message: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Rsa(key) => key.sign(algorithm, message),
            Self::Ec(key) => key.sign(message),
            #[cfg(feature = "es512")]
            Self::P521(key) => key.sign(message),
        }
    }

    fn is_signed(&self, algorithm: JwtAlgorithm, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Rsa(key) => key.is_signed(algorithm, message, signature),
            Self::Ec(key) => key.is_signed(message, signature),
            #[cfg(feature = "es512")]
            Self::P521(key) => key.is_signed(message, signature),
        }
    }

    /// The members of its JWK that make up the public key (RFC 7518, section 6).
    fn public_members(&self) -> Value {
        match self {
            Self::Rsa(key) => key.public_members(),
            Self::Ec(key) => ec_members(key.curve(), key.point()),
            #[cfg(feature = "es512")]
            Self::P521(key) => ec_members("P-521", key.point()),
        }
    }

    /// The thumbprint of RFC 7638, so that the same key has the same id everywhere; with the algorithm after it where a key
    /// has more than one, so that none of its ids is for two.
    fn id(&self, algorithm: JwtAlgorithm) -> String {
        // The members are in the order of the alphabet, as the thumbprint asks for.
        let members = self.public_members().to_string();
        let thumbprint = BASE64_URL.encode(digest(&SHA256, members.as_bytes()));
        if self.algorithms().first() == Some(&algorithm) {
            thumbprint
        } else {
            format!("{thumbprint}-{algorithm}")
        }
    }
}

/// A point without compression: 4, x, y (SEC 1, section 2.3.3).
fn ec_members(curve: &str, point: &[u8]) -> Value {
    let coordinates = point.get(1..).unwrap_or_default();
    let (x, y) = coordinates.split_at(coordinates.len() / 2);
    json!({ "crv": curve, "kty": "EC", "x": BASE64_URL.encode(x), "y": BASE64_URL.encode(y) })
}

fn encode(value: &Value) -> String {
    BASE64_URL.encode(value.to_string())
}

fn decode(part: &str) -> Option<Claims> {
    serde_json::from_slice(&BASE64_URL.decode(part).ok()?).ok()
}

#[cfg(test)]
mod tests;
