//! The JWT authorizers of a REST API, through the whole gateway, as a client sees them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use gatewright_document::{Document, JwtAlgorithm};
use http::{Request, Response};
use serde_json::{Value, json};

use crate::{Builder, Gateway, LocalGateway, TokenClaims, Verdict};

const HARBOUR: &str = "https://login.harbour.example/";
const TOWN: &str = "https://login.town.example";

fn configuration() -> Value {
    json!({
        "defaultAlgorithms": JwtAlgorithm::ALL.map(JwtAlgorithm::name),
        "issuers": [
            { "issuer": HARBOUR, "audiences": ["tides", "berths"] },
            { "issuer": TOWN, "audiences": ["people"], "additionalClaims": [
                { "claimName": "quarter", "format": "SINGLE_STRING", "required": true, "expectedValues": ["North", "South"] },
                { "claimName": "boat", "format": "SINGLE_STRING" },
            ] },
        ],
    })
}

fn document(authorizer: &Value) -> Document {
    let document = json!({
        "openapi": "3.0.1",
        "info": { "title": "tides", "version": "2026-11-01T00:00:00Z" },
        "paths": { "/tides": {
            "get": { "responses": { "200": { "description": "ok" } }, "security": [{ "people": [] }] },
            "post": { "responses": { "200": { "description": "ok" } }, "security": [{ "people": ["tides/write", "admin"] }] },
        } },
        "components": { "securitySchemes": { "people": {
            "type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "jwt",
            "x-amazon-apigateway-authorizer": authorizer,
        } } },
    });
    Document::from_slice("tides.json", document.to_string().as_bytes()).unwrap()
}

fn builder(configuration: &Value) -> Builder {
    let document = document(&json!({
        "type": "jwt", "identitySource": "method.request.header.Authorization", "jwtConfiguration": configuration,
    }));
    LocalGateway::builder(document).clock(now)
}

fn gateway(configuration: &Value) -> Gateway {
    builder(configuration).build().unwrap()
}

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_796_000_000)
}

fn send(gateway: &Gateway, method: &str, token: &str) -> Response<Bytes> {
    let request = Request::builder()
        .method(method)
        .uri("/tides")
        .header("authorization", format!("Bearer {token}"));
    gateway.handle(request.body(Bytes::new()).unwrap(), now())
}

/// The status for a token with these claims.
fn get(gateway: &Gateway, claims: TokenClaims) -> u16 {
    let token = gateway.mint_token(claims);
    send(gateway, "GET", &token).status().as_u16()
}

fn of_town() -> TokenClaims {
    TokenClaims::new().issuer(TOWN).claim("quarter", "North")
}

#[test]
fn the_default_token_is_taken() {
    let gateway = gateway(&configuration());
    assert_eq!(get(&gateway, TokenClaims::new()), 200);
    assert_eq!(get(&gateway, of_town()), 200);
}

#[test]
fn a_refusal_is_one_of_a_rest_api() {
    let gateway = gateway(&configuration());
    let token = gateway.mint_token(TokenClaims::new().audience("else"));
    let response = send(&gateway, "GET", &token);
    assert_eq!(response.status(), 401);
    assert_eq!(
        response.headers()["x-amzn-errortype"],
        "UnauthorizedException"
    );
    assert_eq!(response.body(), r#"{"message":"Unauthorized"}"#);
    assert!(response.headers().contains_key("x-amzn-requestid"));
    assert!(!response.headers().contains_key("www-authenticate"));
    let requests = gateway.requests();
    let Verdict::Refused { reason, .. } = &requests[0].verdict else {
        panic!("{requests:?}")
    };
    assert_eq!(reason, "the token does not have a valid audience");
}

#[test]
fn the_audience_is_one_of_the_issuer_that_the_token_names() {
    let gateway = gateway(&configuration());
    for (issuer, audience, expected) in [
        (HARBOUR, json!("tides"), 200),
        (HARBOUR, json!("berths"), 200),
        (HARBOUR, json!(["else", "berths"]), 200),
        (HARBOUR, json!("people"), 401),
        (HARBOUR, json!("Tides"), 401),
        (HARBOUR, json!([]), 401),
        (HARBOUR, json!(null), 401),
        (TOWN, json!("people"), 200),
        (TOWN, json!("tides"), 401),
        (TOWN, json!(["tides", "berths"]), 401),
        ("https://login.harbour.example", json!("tides"), 401),
        ("https://login.town.example/", json!("people"), 401),
        ("https://else.example", json!("tides"), 401),
    ] {
        let claims = of_town().issuer(issuer).claim("aud", audience.clone());
        assert_eq!(get(&gateway, claims), expected, "{issuer} {audience}");
    }
}

#[test]
fn a_client_id_is_no_audience_in_a_rest_api() {
    let gateway = gateway(&configuration());
    let claims = TokenClaims::new().claim("client_id", "tides");
    assert_eq!(get(&gateway, claims.clone().claim("aud", "else")), 401);
    assert_eq!(get(&gateway, claims.claim("aud", Value::Null)), 401);
}

#[test]
fn each_of_the_six_algorithms_is_taken_and_a_restriction_holds() {
    let all = gateway(&configuration());
    for algorithm in JwtAlgorithm::ALL {
        let claims = TokenClaims::new().algorithm(algorithm);
        assert_eq!(get(&all, claims.clone()), 200, "{algorithm}");
        let mut restricted = configuration();
        restricted["defaultAlgorithms"] = json!([algorithm.name()]);
        let one = gateway(&restricted);
        // The default token is one that this authorizer takes.
        assert_eq!(get(&one, TokenClaims::new()), 200, "{algorithm}");
        for other in JwtAlgorithm::ALL {
            let expected = if other == algorithm { 200 } else { 401 };
            let claims = TokenClaims::new().algorithm(other);
            assert_eq!(
                get(&one, claims),
                expected,
                "{other} where {algorithm} is asked"
            );
        }
    }
}

#[test]
fn further_claims_are_those_of_the_issuer() {
    let gateway = gateway(&configuration());
    let claims = || TokenClaims::new().issuer(TOWN);
    for (quarter, expected) in [
        (json!("North"), 200),
        (json!("South"), 200),
        (json!("north"), 401),
        (json!("East"), 401),
        (json!(["North"]), 401),
        (json!(5), 401),
        (json!(null), 401),
    ] {
        let claims = claims().claim("quarter", quarter.clone());
        assert_eq!(get(&gateway, claims), expected, "{quarter}");
    }
    assert_eq!(get(&gateway, claims()), 401, "a required claim is missing");
    assert_eq!(get(&gateway, of_town().claim("boat", "any")), 200);
    assert_eq!(
        get(&gateway, of_town().claim("boat", ["two", "boats"])),
        401
    );
}

#[test]
fn a_token_counts_between_its_times() {
    let gateway = gateway(&configuration());
    let second = 1_796_000_000;
    for (name, value, expected) in [
        ("exp", json!(second + 1), 200),
        ("exp", json!(second), 401),
        ("exp", json!(null), 401),
        ("exp", json!("tomorrow"), 401),
        ("nbf", json!(second), 200),
        ("nbf", json!(second + 1), 401),
        ("nbf", json!("yesterday"), 401),
        ("iat", json!(second + 1), 401),
    ] {
        let claims = TokenClaims::new().claim(name, value.clone());
        assert_eq!(get(&gateway, claims), expected, "{name} {value}");
    }
}

#[test]
fn a_token_needs_one_of_the_scopes_that_the_method_asks_for() {
    let gateway = gateway(&configuration());
    for (claims, expected) in [
        (TokenClaims::new(), 403),
        (TokenClaims::new().scope("tides/read"), 403),
        (
            TokenClaims::new().scope("tides/read").scope("tides/write"),
            200,
        ),
        (TokenClaims::new().claim("scope", "x admin"), 200),
        (TokenClaims::new().claim("scp", "admin"), 200),
        (TokenClaims::new().claim("scp", ["x", "admin"]), 200),
        (
            TokenClaims::new()
                .claim("scope", "x")
                .claim("scp", ["admin"]),
            200,
        ),
        (TokenClaims::new().claim("scope", "Admin"), 403),
        (TokenClaims::new().scope("admin").audience("else"), 401),
    ] {
        let token = gateway.mint_token(claims.clone());
        let response = send(&gateway, "POST", &token);
        assert_eq!(response.status(), expected, "{claims:?}");
        if expected == 403 {
            assert_eq!(
                response.headers()["x-amzn-errortype"],
                "AccessDeniedException"
            );
        }
    }
}

#[test]
fn what_is_no_token_of_the_gateway_is_refused() {
    let gateway = gateway(&configuration());
    let token = gateway.mint_token(TokenClaims::new());
    let (head, _) = token.rsplit_once('.').unwrap();
    for sent in [
        "",
        "opaque",
        head,
        &format!("{head}."),
        &format!("{token}x"),
    ] {
        assert_eq!(send(&gateway, "GET", sent).status(), 401, "{sent}");
    }
    let request = Request::get("/tides").body(Bytes::new()).unwrap();
    assert_eq!(gateway.handle(request, now()).status(), 401);
}

#[test]
fn a_key_of_ones_own_takes_the_place_of_the_published_ones() {
    let published = gateway(&configuration());
    let key = include_bytes!("../../../../keys/public-test-key-p384.pkcs8.der");
    let own = builder(&configuration())
        .signing_key(&key[..])
        .build()
        .unwrap();
    // The default is what there is a key for.
    assert_eq!(get(&own, TokenClaims::new()), 200);
    for algorithm in JwtAlgorithm::ALL {
        let token = published.mint_token(TokenClaims::new().algorithm(algorithm));
        let expected = if algorithm == JwtAlgorithm::Es384 {
            200
        } else {
            401
        };
        assert_eq!(send(&own, "GET", &token).status(), expected, "{algorithm}");
    }
}

#[test]
fn an_issuer_of_the_builder_stands_for_each_of_the_document() {
    let gateway = builder(&configuration())
        .issuer("http://localhost:9000")
        .build()
        .unwrap();
    assert_eq!(get(&gateway, TokenClaims::new()), 200);
    assert_eq!(get(&gateway, TokenClaims::new().audience("else")), 401);
    assert_eq!(get(&gateway, TokenClaims::new().issuer(HARBOUR)), 401);
}

#[test]
fn rest_rules_hold_in_whatever_form_they_are_written() {
    let one_issuer = json!({ "issuer": HARBOUR, "audience": ["tides"] });
    let inner = json!({ "issuers": [{ "issuer": HARBOUR, "audience": "tides" }] });
    for configuration in [one_issuer, inner] {
        let gateway = gateway(&configuration);
        assert_eq!(get(&gateway, TokenClaims::new()), 200);
        let es512 = TokenClaims::new().algorithm(JwtAlgorithm::Es512);
        assert_eq!(get(&gateway, es512), 200);
        assert_eq!(get(&gateway, TokenClaims::new().audience("berths")), 401);
    }
}

#[test]
fn an_http_api_takes_rsa_alone_and_a_client_id_as_audience() {
    let document = document(&json!({
        "type": "jwt", "identitySource": "$request.header.Authorization",
        "jwtConfiguration": { "issuer": HARBOUR, "audience": ["tides"] },
    }));
    let gateway = LocalGateway::builder(document).clock(now).build().unwrap();
    for algorithm in JwtAlgorithm::ALL {
        let expected = if algorithm.is_rsa() { 200 } else { 401 };
        let claims = TokenClaims::new().algorithm(algorithm);
        assert_eq!(get(&gateway, claims), expected, "{algorithm}");
    }
    // An access token has its audience in `client_id`.
    assert_eq!(get(&gateway, TokenClaims::new().scope("any")), 200);
    let token = gateway.mint_token(TokenClaims::new().audience("else"));
    let response = send(&gateway, "GET", &token);
    assert_eq!(response.status(), 401);
    assert!(response.headers().contains_key("www-authenticate"));
    assert!(!response.headers().contains_key("x-amzn-errortype"));
}
