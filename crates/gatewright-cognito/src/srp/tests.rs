use super::*;
use serde_json::Value;

const POOL: &str = "eu-central-1_AbCdEfGhI";
const ZERO_BLOCK: &str = "AAAA";
const TIME: &str = "Mon Nov 2 03:04:05 UTC 2026";

/// Computed with another client: values that are a byte short, have an odd count of digits or the highest bit set.
fn vectors() -> Vec<Value> {
    let text = include_str!("../../tests/fixtures/srp_vectors.json");
    serde_json::from_str(text).unwrap()
}

fn text<'a>(vector: &'a Value, name: &str) -> &'a str {
    vector[name].as_str().unwrap()
}

fn srp_of(vector: &Value) -> Srp {
    let mut wide = [0; 128];
    let a = number::from_hex("a", text(vector, "a")).unwrap();
    wide[128 - a.len()..].copy_from_slice(&a);
    let random = Random::new(move |bytes| bytes.copy_from_slice(&wide));
    Srp::new(text(vector, "pool_id"), &random).unwrap()
}

fn signature(srp: &Srp, salt: &str, b: &str, block: &str) -> Result<String, Error> {
    srp.claim_signature("alice", &"planted".into(), salt, b, block, TIME)
}

fn srp() -> Srp {
    Srp::new(POOL, &Random::new(|bytes| bytes.fill(7))).unwrap()
}

#[test]
fn every_vector_gives_the_public_value_and_the_signature() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 12);
    for vector in &vectors {
        let [case, user, password, salt, b, block, time] = [
            "case",
            "user_id_for_srp",
            "password",
            "SALT",
            "SRP_B",
            "SECRET_BLOCK",
            "TIMESTAMP",
        ]
        .map(|name| text(vector, name));
        let srp = srp_of(vector);
        assert_eq!(srp.a(), text(vector, "SRP_A"), "{case}");
        let signature = srp.claim_signature(user, &password.into(), salt, b, block, time);
        let expected = text(vector, "PASSWORD_CLAIM_SIGNATURE");
        assert_eq!(signature.unwrap(), expected, "{case}");
    }
}

#[test]
fn every_vector_gives_the_same_values_on_the_way() {
    for vector in vectors() {
        let case = text(&vector, "case");
        let srp = srp_of(&vector);
        let bytes = |name| number::from_hex(name, text(&vector, name)).unwrap();
        let b = group::public_value(&bytes("SRP_B")).unwrap();
        let (user, password) = (text(&vector, "user_id_for_srp"), text(&vector, "password"));
        let x = private_key(&srp.pool_name, user, &password.into(), &bytes("SALT"));
        let public = [bytes("SRP_A"), bytes("SRP_B")].map(|it| number::signed(&it));
        let u = scrambler(hash(&[&public[0], &public[1]])).unwrap();
        assert_eq!(
            number::to_hex(u.to_be_bytes().as_ref()),
            text(&vector, "u"),
            "{case}"
        );
        let secret = srp.shared_secret(&b, &x, &u);
        assert_eq!(number::to_hex(&secret), text(&vector, "S"), "{case}");
        let key = srp.session_key(&b, &x).unwrap();
        assert_eq!(number::to_hex(&*key), text(&vector, "key"), "{case}");
    }
}

#[test]
fn a_wrong_password_gives_another_signature() {
    let vector = &vectors()[0];
    let [salt, b, block] = ["SALT", "SRP_B", "SECRET_BLOCK"].map(|name| text(vector, name));
    let wrong = signature(&srp_of(vector), salt, b, block).unwrap();
    assert_ne!(wrong, text(vector, "PASSWORD_CLAIM_SIGNATURE"));
}

#[test]
fn a_public_value_that_gives_the_key_away_is_refused() {
    let prime = number::to_hex(&group::modulus());
    let above = "f".repeat(768);
    let wider = format!("1{}", "0".repeat(768));
    let zeros = "0".repeat(768);
    for b in ["0", &zeros, &prime, &above, &wider] {
        let error = signature(&srp(), "1", b, ZERO_BLOCK).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Service);
        let text = "SRP_B is not a number between 0 and the group's prime";
        assert_eq!(error.to_string(), text, "{b}");
    }
    let below = format!("{}e", &prime[..767]);
    assert!(signature(&srp(), "1", &below, ZERO_BLOCK).is_ok());
}

#[test]
fn a_hash_of_zero_is_refused() {
    assert_eq!(scrambler([0; 32]).unwrap_err().kind(), ErrorKind::Service);
    let mut one = [0; 32];
    one[31] = 1;
    assert_eq!(scrambler(one).unwrap(), U256::ONE);
}

#[test]
fn hostile_parameters_are_an_error_that_names_the_parameter() {
    for (salt, b, block, name) in [
        ("", "2", ZERO_BLOCK, "SALT"),
        ("-1", "2", ZERO_BLOCK, "SALT"),
        ("1", "", ZERO_BLOCK, "SRP_B"),
        ("1", "2g", ZERO_BLOCK, "SRP_B"),
        ("1", "-2", ZERO_BLOCK, "SRP_B"),
        ("1", &"f".repeat(1_000_000), ZERO_BLOCK, "SRP_B"),
        ("1", "2", "§", "SECRET_BLOCK"),
        ("1", "2", "AAA", "SECRET_BLOCK"),
    ] {
        let error = signature(&srp(), salt, b, block).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Service);
        assert!(error.to_string().starts_with(name), "{error}");
    }
}

#[test]
fn each_sign_in_has_a_secret_of_its_own() {
    let random = Random::default();
    let [one, other] = [(); 2].map(|()| Srp::new(POOL, &random).unwrap().a());
    assert_ne!(one, other);
}

#[test]
fn a_pool_without_a_name_is_a_configuration_error() {
    let error = Srp::new("eu-central-1", &Random::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
}

#[test]
fn nothing_of_it_is_shown() {
    assert_eq!(format!("{:?}", srp()), "Srp { .. }");
}
