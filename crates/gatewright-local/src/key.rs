//! The RSA key that signs the gateway's own tokens (RS256, RFC 7518 section 3.3) and its JWK (RFC 7517).

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD as BASE64_URL};
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::rsa::{KeyPair, PublicKeyComponents};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256};
use serde_json::{Map, Value, json};

/// The key that is used if no other is given. It is published with this crate, so a token signed with it proves nothing: it
/// is for tests. A key is shipped because making one takes seconds in a debug build.
const PUBLIC_TEST_KEY: &[u8] = include_bytes!("../keys/public-test-key.pkcs8.der");

const PEM_BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const PEM_END: &str = "-----END PRIVATE KEY-----";

pub(crate) type Claims = Map<String, Value>;

#[derive(Debug)]
pub(crate) struct TokenKey {
    pair: KeyPair,
    public: PublicKeyComponents<Vec<u8>>,
    id: String,
}

impl TokenKey {
    /// The key that this crate ships.
    pub(crate) fn public_test_key() -> Result<Self, String> {
        Self::from_pkcs8(PUBLIC_TEST_KEY)
    }

    /// Reads an unencrypted PKCS#8 key, as DER or PEM. The error says what is wrong with it.
    pub(crate) fn from_pkcs8(bytes: &[u8]) -> Result<Self, String> {
        let der = match std::str::from_utf8(bytes) {
            Ok(text) if text.trim_start().starts_with("-----") => pem(text)?,
            _ => bytes.to_vec(),
        };
        let pair = KeyPair::from_pkcs8(&der)
            .map_err(|error| format!("it is not an RSA key in PKCS#8: {error}"))?;
        let public = PublicKeyComponents::from(pair.public());
        let id = thumbprint(&public);
        Ok(Self { pair, public, id })
    }

    /// The key set that clients and other services check tokens with.
    pub(crate) fn jwks(&self) -> Value {
        let (n, e) = (
            BASE64_URL.encode(&self.public.n),
            BASE64_URL.encode(&self.public.e),
        );
        json!({ "keys": [{ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.id, "n": n, "e": e }] })
    }

    /// The compact form of a signed token; `None` only if the system has no randomness to blind the key with.
    pub(crate) fn sign(&self, claims: &Claims) -> Option<String> {
        let header = json!({ "alg": "RS256", "kid": self.id, "typ": "JWT" });
        let claims = Value::Object(claims.clone());
        let message = format!("{}.{}", encode(&header), encode(&claims));
        let mut signature = vec![0; self.public.n.len()];
        let random = SystemRandom::new();
        self.pair
            .sign(
                &RSA_PKCS1_SHA256,
                &random,
                message.as_bytes(),
                &mut signature,
            )
            .ok()?;
        Some(format!("{message}.{}", BASE64_URL.encode(signature)))
    }

    /// The claims of a token that this key signed; else what is wrong with it.
    pub(crate) fn verify(&self, token: &str) -> Result<Claims, &'static str> {
        let (message, signature) = token.rsplit_once('.').ok_or("it is not a JWT")?;
        let (header, claims) = message.split_once('.').ok_or("it is not a JWT")?;
        let header = decode(header).ok_or("its header is not JSON")?;
        if header.get("alg") != Some(&json!("RS256")) {
            return Err("its algorithm is not RS256");
        }
        if header.get("kid") != Some(&json!(self.id)) {
            return Err("its key id is not in the gateway's key set");
        }
        let signature = BASE64_URL
            .decode(signature)
            .map_err(|_| "its signature is not base64url")?;
        self.public
            .verify(&RSA_PKCS1_2048_8192_SHA256, message.as_bytes(), &signature)
            .map_err(|_| "its signature does not match")?;
        decode(claims).ok_or("its claims are not JSON")
    }
}

fn encode(value: &Value) -> String {
    BASE64_URL.encode(value.to_string())
}

fn decode(part: &str) -> Option<Claims> {
    serde_json::from_slice(&BASE64_URL.decode(part).ok()?).ok()
}

fn pem(text: &str) -> Result<Vec<u8>, String> {
    let body = text
        .split_once(PEM_BEGIN)
        .and_then(|(_, rest)| rest.split_once(PEM_END));
    let (body, _) = body.ok_or_else(|| {
        format!(
            "the PEM holds no '{PEM_BEGIN}'; convert the key with `openssl pkcs8 -topk8 -nocrypt`"
        )
    })?;
    let body: String = body.split_whitespace().collect();
    BASE64_STANDARD
        .decode(body)
        .map_err(|error| format!("the PEM is not base64: {error}"))
}

/// The key id: the thumbprint of RFC 7638, so that the same key has the same id everywhere.
fn thumbprint(key: &PublicKeyComponents<Vec<u8>>) -> String {
    let (n, e) = (BASE64_URL.encode(&key.n), BASE64_URL.encode(&key.e));
    let jwk = format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#);
    BASE64_URL.encode(digest(&SHA256, jwk.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> TokenKey {
        TokenKey::public_test_key().unwrap()
    }

    fn token() -> String {
        let Value::Object(claims) = json!({ "sub": "alice" }) else {
            unreachable!()
        };
        key().sign(&claims).unwrap()
    }

    #[test]
    fn its_own_tokens_are_verified() {
        assert_eq!(key().verify(&token()).unwrap()["sub"], "alice");
    }

    #[test]
    fn every_part_of_a_token_counts() {
        let token = token();
        let [header, claims, signature] = token.split('.').collect::<Vec<_>>()[..] else {
            panic!()
        };
        let other_claims = encode(&json!({ "sub": "mallory" }));
        let none = encode(&json!({ "alg": "none", "kid": key().id }));
        let other_key = encode(&json!({ "alg": "RS256", "kid": "other" }));
        for (forged, why) in [
            (
                format!("{header}.{other_claims}.{signature}"),
                "its signature does not match",
            ),
            (
                format!("{header}.{claims}."),
                "its signature does not match",
            ),
            (format!("{none}.{claims}."), "its algorithm is not RS256"),
            (
                format!("{other_key}.{claims}.{signature}"),
                "its key id is not in the gateway's key set",
            ),
            ("opaque".to_owned(), "it is not a JWT"),
            ("a.b.c".to_owned(), "its header is not JSON"),
        ] {
            assert_eq!(key().verify(&forged).unwrap_err(), why, "{forged}");
        }
    }

    #[test]
    fn a_key_may_come_as_pem() {
        let body = BASE64_STANDARD.encode(PUBLIC_TEST_KEY);
        let pem = format!("{PEM_BEGIN}\n{body}\n{PEM_END}\n");
        assert_eq!(
            TokenKey::from_pkcs8(pem.as_bytes()).unwrap().jwks(),
            key().jwks()
        );
    }

    #[test]
    fn a_key_of_another_form_is_refused_with_advice() {
        let pkcs1 = TokenKey::from_pkcs8(b"-----BEGIN RSA PRIVATE KEY-----\nAAAA\n").unwrap_err();
        assert!(pkcs1.contains("openssl pkcs8 -topk8 -nocrypt"), "{pkcs1}");
        assert!(
            TokenKey::from_pkcs8(b"nonsense")
                .unwrap_err()
                .contains("PKCS#8")
        );
    }

    #[test]
    fn the_key_set_tells_only_the_public_half() {
        let jwk = &key().jwks()["keys"][0];
        assert_eq!(jwk["kid"], json!(key().id));
        let names: Vec<_> = jwk.as_object().unwrap().keys().collect();
        assert_eq!(names.len(), 6, "{names:?}");
        assert!(jwk.get("d").is_none());
    }
}
