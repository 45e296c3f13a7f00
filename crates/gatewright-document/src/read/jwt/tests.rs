use serde_json::{Value, json};

use super::*;
use crate::source::Source;

fn read(configuration: &Value) -> (JwtRules, Vec<String>) {
    let authorizer = json!({"type": "jwt", "jwtConfiguration": configuration});
    let source = Source::of(&authorizer);
    let rules = rules(&Node::root(&source));
    let repairs = source.finish().unwrap();
    (
        rules,
        repairs
            .iter()
            .map(|repair| repair.pointer.to_string())
            .collect(),
    )
}

fn issuer(name: &str, audiences: &[&str]) -> JwtIssuer {
    let audiences = audiences.iter().map(|audience| (*audience).to_owned());
    JwtIssuer::new(name, audiences.collect())
}

#[test]
fn the_issuers_of_a_rest_api_keep_their_audiences_apart() {
    let (rules, repairs) = read(&json!({
        "defaultAlgorithms": ["ES384", "RS512"],
        "issuers": [
            {"issuer": "https://one.example/", "audiences": ["a", "b"]},
            {"issuer": "https://two.example", "audiences": ["c"]},
        ],
    }));
    let expected = [
        issuer("https://one.example/", &["a", "b"]),
        issuer("https://two.example", &["c"]),
    ];
    assert_eq!(rules.issuers, expected);
    assert_eq!(rules.algorithms, [JwtAlgorithm::Es384, JwtAlgorithm::Rs512]);
    assert!(repairs.is_empty(), "{repairs:?}");
}

#[test]
fn other_spellings_of_an_issuer_mean_the_same() {
    let expected = [issuer("https://one.example", &["a"])];
    for configuration in [
        json!({"issuer": "https://one.example", "audience": ["a"]}),
        json!({"issuer": "https://one.example", "audience": "a"}),
        json!({"issuer": "https://one.example", "audiences": ["a"]}),
        json!({"issuers": [{"issuer": "https://one.example", "audience": ["a"]}]}),
        json!({"issuers": [{"issuer": "https://one.example", "audience": "a"}]}),
        json!({"issuers": {"issuer": "https://one.example", "audiences": "a"}}),
        json!({"issuers": ["https://one.example"], "audiences": ["a"]}),
        json!({"issuers": "https://one.example", "audience": "a"}),
        json!({"issuer": "https://one.example", "issuers": [{"issuer": "https://one.example", "audiences": ["a"]}]}),
    ] {
        let (rules, repairs) = read(&configuration);
        assert_eq!(rules.issuers, expected, "{configuration}");
        assert!(repairs.is_empty(), "{configuration}: {repairs:?}");
    }
}

#[test]
fn audiences_without_an_issuer_are_kept() {
    let (rules, _) = read(&json!({"audience": ["a"]}));
    assert_eq!(rules.issuers[0].issuer, None);
    assert_eq!(rules.issuers[0].audiences, ["a"]);
}

#[test]
fn further_claims_have_a_name_and_values() {
    let (rules, repairs) = read(
        &json!({"issuers": [{"issuer": "https://one.example", "additionalClaims": [
            {"claimName": "tenant", "format": "SINGLE_STRING", "required": true, "expectedValues": ["north", "South"]},
            {"claimName": "team", "format": "SINGLE_STRING"},
        ]}]}),
    );
    let claim = |name: &str, required, expected: &[&str]| JwtClaim {
        name: name.to_owned(),
        required,
        expected: expected.iter().map(|value| (*value).to_owned()).collect(),
    };
    let expected = [
        claim("tenant", true, &["north", "South"]),
        claim("team", false, &[]),
    ];
    assert_eq!(rules.issuers[0].claims, expected);
    assert!(repairs.is_empty(), "{repairs:?}");
}

#[test]
fn what_no_authorizer_can_check_is_said() {
    let (rules, repairs) = read(&json!({
        "defaultAlgorithms": ["HS256", "none", "PS256", "ES256", "ES256"],
        "issuers": [
            {"audiences": ["a"]},
            {"issuer": "https://one.example", "additionalClaims": [{"claimName": "aud"}, {"format": "SINGLE_STRING"}, 5,
                {"claimName": "team", "format": "LIST"}]},
            7,
        ],
    }));
    assert_eq!(rules.algorithms, [JwtAlgorithm::Es256]);
    assert_eq!(rules.issuers.len(), 1);
    assert_eq!(rules.issuers[0].claims.len(), 1);
    let place = |end: &str| format!("#/jwtConfiguration/{end}");
    for end in [
        "issuers/0",
        "issuers/1/additionalClaims/0",
        "issuers/1/additionalClaims/1",
        "issuers/1/additionalClaims/2",
        "issuers/1/additionalClaims/3",
        "issuers/2",
        "defaultAlgorithms",
    ] {
        assert!(repairs.contains(&place(end)), "{end}: {repairs:?}");
    }
}

#[test]
fn unknown_algorithms_alone_let_nothing_pass() {
    assert!(
        read(&json!({"defaultAlgorithms": ["HS256"]}))
            .0
            .algorithms
            .is_empty()
    );
    assert_eq!(read(&json!({})).0.algorithms, JwtAlgorithm::ALL);
    assert_eq!(read(&json!(null)).0, JwtRules::new(Vec::new()));
}
