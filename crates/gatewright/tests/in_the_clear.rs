//! Credentials and networks without TLS, through the ready-made stack and through layers put together by hand.
#![cfg(all(
    feature = "bearer",
    feature = "client",
    feature = "retry",
    feature = "sigv4"
))]
#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

use aws_credential_types::Credentials;
use gatewright::client::{BaseUrl, RestClient};
use gatewright::layers::{
    ApiKeyLayer, BearerTokenLayer, InjectHeadersLayer, RequireAuth, SigV4Layer,
};
use gatewright::stack::Stack;
use gatewright::{
    Auth, AuthorizeError, AuthorizeErrorKind, Body, BoxError, BoxService, Error, HttpService,
    Place, Scheme, Token, stack,
};
use http::{HeaderName, Request, Response};
use tower::{Layer, service_fn};

const GUESTS: Scheme = Scheme::Token {
    scheme: "guests",
    place: Place::Query("guest"),
};
const QUERY: Auth = Auth::of(&[GUESTS]);

fn base() -> BaseUrl {
    "http://gateway.test:3000/dev".parse().unwrap()
}

fn transport() -> BoxService {
    let sends = async |_: Request<Body>| Ok::<_, BoxError>(Response::new(Body::from("1")));
    service_fn(sends).boxed()
}

fn signer() -> SigV4Layer<Credentials> {
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "test");
    SigV4Layer::new("eu-west-1", credentials)
}

fn key() -> ApiKeyLayer {
    ApiKeyLayer::new("0123456789abcdefghij").unwrap()
}

fn in_query() -> BearerTokenLayer<Token> {
    BearerTokenLayer::new(Token::new("a-token")).in_query("guest")
}

fn token() -> BearerTokenLayer<Token> {
    BearerTokenLayer::new(Token::new("a-token"))
}

fn cookie() -> InjectHeadersLayer {
    InjectHeadersLayer::new()
        .try_overriding("cookie", "session=1")
        .unwrap()
}

/// Why a call was not sent, if it was not.
async fn refusal(service: BoxService, auth: Auth) -> Option<String> {
    let rest = RestClient::new(service, base());
    let outcome: gatewright::Result<u8> = rest.get("getPets", "/pets", auth).call().await;
    let Err(Error::Credentials(error)) = outcome else {
        assert!(outcome.is_ok(), "{outcome:?}");
        return None;
    };
    let error: &AuthorizeError = &error;
    assert_eq!(error.kind(), AuthorizeErrorKind::InsecureTarget);
    Some(error.to_string())
}

async fn of_stack(stack: Stack, auth: Auth) -> Option<String> {
    refusal(stack.build_on(transport()), auth).await
}

#[tokio::test]
async fn injected_credentials_do_not_go_over_plain_http() {
    let bearer = InjectHeadersLayer::new()
        .try_overriding("authorization", "Bearer t")
        .unwrap();
    for (layer, auth, name) in [
        (bearer.clone(), Auth::BEARER, "authorization"),
        (bearer, Auth::NONE, "authorization"),
        (cookie(), Auth::NONE, "cookie"),
    ] {
        let refusal = of_stack(stack(&base()).headers(layer), auth).await.unwrap();
        let expected = format!("did not send the header `{name}` to `http://gateway.test`");
        assert!(refusal.starts_with(&expected), "{refusal}");
    }
}

#[tokio::test]
async fn a_layer_of_the_ready_made_stack_is_allowed_once() {
    let allowed = [
        (
            stack(&base()).api_key(key().allow_insecure()),
            Auth::API_KEY,
        ),
        (stack(&base()).token(token().allow_insecure()), Auth::BEARER),
        (stack(&base()).token(in_query().allow_insecure()), QUERY),
        (stack(&base()).iam(signer().allow_insecure()), Auth::IAM),
    ];
    for (stack, auth) in allowed {
        assert_eq!(of_stack(stack, auth).await, None, "{auth:?}");
    }
    let refused = [
        (stack(&base()).api_key(key()), Auth::API_KEY),
        (stack(&base()).token(token()), Auth::BEARER),
        (stack(&base()).token(in_query()), QUERY),
        (stack(&base()).iam(signer()), Auth::IAM),
    ];
    for (stack, auth) in refused {
        assert!(of_stack(stack, auth).await.is_some(), "{auth:?}");
    }
}

#[tokio::test]
async fn what_one_layer_may_send_another_may_not() {
    let stack = stack(&base()).api_key(key().allow_insecure());
    let refusal = of_stack(stack.headers(cookie()), Auth::API_KEY)
        .await
        .unwrap();
    assert!(refusal.contains("the header `cookie`"), "{refusal}");
}

#[tokio::test]
async fn a_stack_that_is_allowed_sends_everything_in_whatever_order_it_is_built() {
    const ALL: Auth = Auth::of(&[Scheme::ApiKey, Scheme::Iam, GUESTS]);
    let first = stack(&base())
        .allow_insecure()
        .api_key(key())
        .token(in_query())
        .iam(signer())
        .headers(cookie());
    let last = stack(&base())
        .api_key(key())
        .token(in_query())
        .iam(signer())
        .headers(cookie())
        .allow_insecure();
    for stack in [first, last] {
        assert_eq!(of_stack(stack, ALL).await, None);
    }
}

#[tokio::test]
async fn layers_by_hand_over_a_transport_with_the_check_are_allowed_once() {
    let checked = || RequireAuth::new(transport());
    let header = HeaderName::from_static("x-partner");
    let key = key().allow_insecure().header(header);
    let services = [
        (key.layer(checked()).boxed(), Auth::API_KEY),
        (
            token().allow_insecure().layer(checked()).boxed(),
            Auth::BEARER,
        ),
        (in_query().allow_insecure().layer(checked()).boxed(), QUERY),
        (
            signer().allow_insecure().layer(checked()).boxed(),
            Auth::IAM,
        ),
    ];
    for (service, auth) in services {
        assert_eq!(refusal(service, auth).await, None, "{auth:?}");
    }
}

#[tokio::test]
async fn a_header_of_one_call_does_not_go_over_plain_http() {
    for name in [
        "authorization",
        "cookie",
        "x-api-key",
        "proxy-authorization",
    ] {
        let rest = RestClient::new(stack(&base()).build_on(transport()), base());
        let call = rest.get("getPets", "/pets", Auth::NONE).call();
        let outcome: gatewright::Result<u8> = call.header(name, "hunter2").await;
        let error = outcome.unwrap_err().to_string();
        assert!(error.contains(&format!("the header `{name}`")), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
}
