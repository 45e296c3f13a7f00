use std::collections::HashSet;

use base64::prelude::BASE64_STANDARD;

use super::pkcs8::{PEM_BEGIN, PEM_END};
use super::*;

const ALL: [JwtAlgorithm; 6] = JwtAlgorithm::ALL;

fn keys() -> Arc<KeySet> {
    KeySet::public_test_keys().unwrap()
}

fn claims(subject: &str) -> Claims {
    [("sub".to_owned(), json!(subject))].into_iter().collect()
}

fn token(algorithm: JwtAlgorithm) -> String {
    keys().sign(algorithm, &claims("alice")).unwrap()
}

fn parts(token: &str) -> [&str; 3] {
    token.split('.').collect::<Vec<_>>().try_into().unwrap()
}

fn header(token: &str) -> Claims {
    decode(parts(token)[0]).unwrap()
}

fn why(token: &str) -> String {
    keys().verify(token, &ALL).unwrap_err()
}

#[test]
fn its_own_tokens_are_verified_whatever_their_algorithm() {
    let keys = keys();
    assert_eq!(keys.algorithms(), ALL);
    for algorithm in ALL {
        let token = token(algorithm);
        assert_eq!(header(&token)["alg"], algorithm.name());
        assert_eq!(keys.verify(&token, &ALL).unwrap()["sub"], "alice");
        assert_eq!(keys.verify(&token, &[algorithm]).unwrap()["sub"], "alice");
    }
}

#[test]
fn an_algorithm_that_is_not_allowed_is_refused() {
    for algorithm in ALL {
        let others: Vec<_> = ALL
            .into_iter()
            .filter(|other| *other != algorithm)
            .collect();
        let why = keys().verify(&token(algorithm), &others).unwrap_err();
        assert!(why.starts_with("its algorithm is none of: "), "{why}");
    }
}

#[test]
fn every_part_of_a_token_counts() {
    for algorithm in ALL {
        let token = token(algorithm);
        let [header, claims, signature] = parts(&token);
        let other_claims = encode(&json!({ "sub": "mallory" }));
        let forged = format!("{header}.{other_claims}.{signature}");
        assert_eq!(why(&forged), "its signature does not match");
        assert_eq!(
            why(&format!("{header}.{claims}.")),
            "its signature does not match"
        );
        let longer = format!("{header}.{claims}.{signature}AAAA");
        assert_eq!(why(&longer), "its signature does not match");
        let padded = format!("{header}.{claims}.{signature}=");
        assert_eq!(why(&padded), "its signature is not base64url");
    }
    assert_eq!(why("opaque"), "it is not a JWT");
    assert_eq!(why("a.b.c"), "its header is not JSON");
}

#[test]
fn no_secret_and_no_algorithm_at_all_is_taken_for_a_signature() {
    let keys = keys();
    let token = token(JwtAlgorithm::Rs256);
    let [_, claims, _] = parts(&token);
    let kid = header(&token)["kid"].clone();
    let public = keys.jwks()["keys"][0].to_string();
    for algorithm in ["none", "None", "HS256", "HS512", "PS256", "rs256", ""] {
        let header = encode(&json!({ "alg": algorithm, "kid": kid }));
        // The mistake of old: the public key as the secret of an HMAC.
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, public.as_bytes());
        let mac = ring::hmac::sign(&key, format!("{header}.{claims}").as_bytes());
        for signature in [String::new(), BASE64_URL.encode(mac)] {
            let why = why(&format!("{header}.{claims}.{signature}"));
            assert!(
                why.starts_with("its algorithm is none of: RS256, "),
                "{why}"
            );
        }
    }
}

#[test]
fn a_key_is_for_its_own_algorithm_alone() {
    for algorithm in ALL {
        let token = token(algorithm);
        let [_, claims, signature] = parts(&token);
        for other in ALL.into_iter().filter(|other| *other != algorithm) {
            let header = encode(&json!({ "alg": other.name(), "kid": header(&token)["kid"] }));
            let why = why(&format!("{header}.{claims}.{signature}"));
            let expected = if other.is_rsa() && algorithm.is_rsa() {
                "its signature does not match".to_owned()
            } else {
                format!("its algorithm is {other}, and its key id that of a key for {algorithm}")
            };
            assert_eq!(why, expected);
        }
    }
}

/// Whoever signs with a key of RSA may name it by any of its ids.
#[test]
fn a_key_of_rsa_is_known_by_each_of_its_ids() {
    let keys = keys();
    for (signed, named) in [(0, 1), (2, 0), (1, 2)] {
        let header = json!({ "alg": ALL[signed].name(), "kid": keys.0[named].id });
        let message = format!("{}.{}", encode(&header), encode(&json!({ "sub": "alice" })));
        let signature = keys.0[0]
            .pair
            .sign(ALL[signed], message.as_bytes())
            .unwrap();
        let token = format!("{message}.{}", BASE64_URL.encode(signature));
        assert_eq!(keys.verify(&token, &ALL).unwrap()["sub"], "alice");
    }
}

#[test]
fn an_unknown_key_and_an_unknown_extension_are_refused() {
    let token = token(JwtAlgorithm::Es256);
    let [_, claims, signature] = parts(&token);
    let changed = |name: &str, value: Value| {
        let mut header = header(&token);
        header.insert(name.to_owned(), value);
        why(&format!(
            "{}.{claims}.{signature}",
            encode(&Value::Object(header))
        ))
    };
    for kid in [json!("other"), json!(null), json!(5)] {
        assert_eq!(
            changed("kid", kid),
            "its key id is not in the gateway's key set"
        );
    }
    assert!(changed("crit", json!(["b64"])).contains("critical extensions"));
}

#[test]
fn each_key_has_an_id_of_its_own_and_tells_only_its_public_half() {
    let jwks = keys().jwks();
    let keys = jwks["keys"].as_array().unwrap();
    let ids: HashSet<_> = keys
        .iter()
        .map(|key| key["kid"].as_str().unwrap())
        .collect();
    assert_eq!((keys.len(), ids.len()), (6, 6));
    for (jwk, algorithm) in keys.iter().zip(ALL) {
        assert_eq!(jwk["alg"], algorithm.name());
        assert_eq!(jwk["use"], "sig");
        let mut names: Vec<_> = jwk.as_object().unwrap().keys().collect();
        names.sort();
        let expected: &[&str] = if algorithm.is_rsa() {
            &["alg", "e", "kid", "kty", "n", "use"]
        } else {
            &["alg", "crv", "kid", "kty", "use", "x", "y"]
        };
        assert_eq!(names, expected);
    }
    // RFC 7518, section 6.2.1.2: coordinates have the full size of the curve.
    for (index, curve, size) in [(3, "P-256", 32), (4, "P-384", 48), (5, "P-521", 66)] {
        assert_eq!(keys[index]["crv"], curve);
        for name in ["x", "y"] {
            let coordinate = keys[index][name].as_str().unwrap();
            assert_eq!(BASE64_URL.decode(coordinate).unwrap().len(), size);
        }
    }
}

/// RFC 7638, section 3.1: the id of a published key can be computed by anybody.
#[test]
fn the_id_is_the_thumbprint() {
    let jwk = keys().jwks()["keys"][0].clone();
    let members = format!(r#"{{"e":{},"kty":"RSA","n":{}}}"#, jwk["e"], jwk["n"]);
    let thumbprint = BASE64_URL.encode(digest(&SHA256, members.as_bytes()));
    assert_eq!(jwk["kid"], json!(thumbprint));
}

#[test]
fn a_key_may_come_as_pem_and_the_published_ones_are_gone() {
    for (index, key) in PUBLIC_TEST_KEYS.iter().enumerate() {
        let body = BASE64_STANDARD.encode(key);
        let pem = format!("{PEM_BEGIN}\n{body}\n{PEM_END}\n");
        let own = KeySet::from_pkcs8(&[pem]).unwrap();
        let expected = if index == 0 { 3 } else { 1 };
        assert_eq!(own.algorithms().len(), expected);
        let published = keys().sign(ALL[(index + 3) % 6], &claims("alice")).unwrap();
        assert!(own.verify(&published, &ALL).is_err() || index == 3);
    }
}

#[test]
fn the_last_key_of_a_kind_counts() {
    let [rsa, p256, ..] = PUBLIC_TEST_KEYS else {
        panic!()
    };
    let keys = KeySet::from_pkcs8(&[p256, rsa, p256]).unwrap();
    let algorithms = keys.algorithms();
    assert_eq!(algorithms.len(), 4);
    assert!(keys.sign(JwtAlgorithm::Es384, &claims("alice")).is_none());
}

#[test]
fn a_key_of_another_form_is_refused_with_advice() {
    for name in ["RSA", "EC"] {
        let text = format!("-----BEGIN {name} PRIVATE KEY-----\nAAAA\n");
        let why = KeySet::from_pkcs8(&[text]).unwrap_err();
        assert!(why.contains("openssl pkcs8 -topk8 -nocrypt"), "{why}");
    }
    let why = KeySet::from_pkcs8(&[b"nonsense"]).unwrap_err();
    assert!(why.contains("PKCS#8") && why.contains("P-521"), "{why}");
}
