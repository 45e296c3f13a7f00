use std::time::{Duration, UNIX_EPOCH};

use gatewright_document::{JwtIssuer, JwtRules};
use serde_json::Value;

use super::*;
use crate::TokenClaims;
use crate::fixtures::{call, get};
use crate::minting::Minting;

const ISSUER: &str = "https://issuer.test";

fn tokens() -> Tokens {
    Tokens {
        keys: KeySet::public_test_keys().unwrap(),
        kind: ApiKind::Http,
        default_issuer: ISSUER.to_owned(),
        forced_issuer: None,
        registered: vec!["opaque-value".to_owned()],
    }
}

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_795_411_860)
}

fn mint(claims: TokenClaims) -> String {
    let issuer = claims.said_issuer().unwrap_or(ISSUER).to_owned();
    let algorithm = claims.said_algorithm().unwrap_or(JwtAlgorithm::Rs256);
    let minting = Minting {
        issuer: &issuer,
        audience: "my-client",
        is_audience_always_in_aud: false,
        algorithm,
    };
    let claims = claims.into_claims(&minting, now());
    tokens().keys.sign(algorithm, &claims).unwrap()
}

fn jwt() -> Authorizer {
    let audiences = vec!["other".to_owned(), "my-client".to_owned()];
    Authorizer::Jwt(JwtRules::new(vec![JwtIssuer::new(ISSUER, audiences)]))
}

fn check(
    authorizer: &Authorizer,
    scopes: &[&str],
    sent: &str,
) -> Result<Option<String>, (E, String)> {
    let mut request = get("/");
    request
        .headers
        .insert("authorization", sent.parse().unwrap());
    let mut call = call(&request, b"");
    call.now = now();
    let scopes: Vec<_> = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    let places = [Place::Header("Authorization".to_owned())];
    let checked = tokens().check(&places, authorizer, &scopes, call);
    let checked = checked.map(|claims| claims.as_ref().and_then(subject));
    checked.map_err(|refusal| (refusal.error, refusal.reason))
}

fn error(authorizer: &Authorizer, scopes: &[&str], sent: &str) -> E {
    check(authorizer, scopes, sent).unwrap_err().0
}

#[test]
fn a_token_is_taken_bare_and_as_bearer() {
    let token = mint(TokenClaims::new().subject("alice"));
    for authorizer in [
        Authorizer::Cognito,
        jwt(),
        Authorizer::Lambda,
        Authorizer::Other,
    ] {
        for sent in [
            token.clone(),
            format!("Bearer {token}"),
            format!("bearer {token}"),
        ] {
            assert_eq!(
                check(&authorizer, &[], &sent),
                Ok(Some("alice".to_owned())),
                "{authorizer:?}"
            );
        }
    }
}

#[test]
fn cognito_wants_an_id_token_without_scopes_and_an_access_token_with() {
    let id = mint(TokenClaims::new());
    let access = mint(TokenClaims::new().scope("pets/read"));
    assert_eq!(error(&Authorizer::Cognito, &[], &access), E::Unauthorized);
    assert_eq!(
        error(&Authorizer::Cognito, &["pets/read"], &id),
        E::Unauthorized
    );
    assert!(check(&Authorizer::Cognito, &["pets/write", "pets/read"], &access).is_ok());
    assert_eq!(
        error(&Authorizer::Cognito, &["pets/write"], &access),
        E::AccessDenied
    );
}

#[test]
fn a_jwt_authorizer_checks_audience_scope_and_issuer() {
    assert!(
        check(
            &jwt(),
            &["read"],
            &mint(TokenClaims::new().scope("write").scope("read"))
        )
        .is_ok()
    );
    assert!(
        check(
            &jwt(),
            &["read"],
            &mint(TokenClaims::new().claim("scp", ["read"]))
        )
        .is_ok()
    );
    assert!(
        check(
            &jwt(),
            &[],
            &mint(TokenClaims::new().claim("aud", ["a", "my-client"]))
        )
        .is_ok()
    );
    assert_eq!(
        error(&jwt(), &["read"], &mint(TokenClaims::new().scope("write"))),
        E::AccessDenied
    );
    assert_eq!(
        error(&jwt(), &[], &mint(TokenClaims::new().audience("else"))),
        E::Unauthorized
    );
    assert_eq!(
        error(
            &jwt(),
            &[],
            &mint(TokenClaims::new().issuer("https://else"))
        ),
        E::Unauthorized
    );
}

#[test]
fn an_issuer_can_take_the_place_of_the_documents() {
    let mut tokens = tokens();
    tokens.forced_issuer = Some("https://else".to_owned());
    let check = |claims: TokenClaims| {
        let mut request = get("/");
        let token = mint(claims).parse().unwrap();
        request.headers.insert("authorization", token);
        let mut call = call(&request, b"");
        call.now = now();
        let places = [Place::Header("Authorization".to_owned())];
        tokens.check(&places, &jwt(), &[], call)
    };
    assert!(check(TokenClaims::new()).is_err());
    assert!(check(TokenClaims::new().issuer("https://else")).is_ok());
}

#[test]
fn an_expired_token_is_told_so() {
    let token = mint(TokenClaims::new().expires_in(Duration::ZERO));
    let told = (E::Unauthorized, "The incoming token has expired".to_owned());
    assert_eq!(check(&Authorizer::Cognito, &[], &token), Err(told));
    assert!(
        check(
            &jwt(),
            &[],
            &mint(TokenClaims::new().expires_in(Duration::from_secs(1)))
        )
        .is_ok()
    );
}

#[test]
fn a_token_of_the_future_or_without_expiry_is_refused() {
    let later = unix(now()) + 1;
    for claims in [
        TokenClaims::new().claim("nbf", later),
        TokenClaims::new().claim("iat", later),
        TokenClaims::new().claim("exp", Value::Null),
        TokenClaims::new().claim("nbf", "tomorrow"),
    ] {
        assert_eq!(error(&jwt(), &[], &mint(claims)), E::Unauthorized);
    }
}

#[test]
fn lambda_authorizers_take_registered_values_and_deny_others() {
    for sent in ["opaque-value", "Bearer opaque-value"] {
        assert_eq!(check(&Authorizer::Lambda, &[], sent), Ok(None));
        assert_eq!(check(&Authorizer::Other, &[], sent), Ok(None));
    }
    assert_eq!(error(&Authorizer::Lambda, &[], "wrong"), E::AccessDenied);
    assert_eq!(error(&Authorizer::Other, &[], "wrong"), E::Unauthorized);
    assert_eq!(
        error(&Authorizer::Cognito, &[], "opaque-value"),
        E::Unauthorized
    );
}

#[test]
fn every_place_has_to_hold_a_value() {
    let places = [
        Place::Header("X-Tenant".to_owned()),
        Place::Query("auth".to_owned()),
    ];
    let check = |tenant: &str, target: &str| {
        let mut request = get(target);
        request.headers.insert("x-tenant", tenant.parse().unwrap());
        tokens().check(&places, &Authorizer::Lambda, &[], call(&request, b""))
    };
    assert!(check("a", "/?auth=opaque-value").is_ok());
    assert!(check("opaque-value", "/?auth=any").is_ok());
    for (tenant, target) in [
        ("", "/?auth=opaque-value"),
        ("opaque-value", "/"),
        ("opaque-value", "/?auth="),
    ] {
        assert_eq!(
            check(tenant, target).unwrap_err().error,
            E::Unauthorized,
            "{tenant} {target}"
        );
    }
}
