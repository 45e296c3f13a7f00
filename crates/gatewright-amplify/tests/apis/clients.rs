//! Typed clients by name, and what goes along with their requests.

use gatewright::{
    Auth, AuthorizeError, AuthorizeErrorKind, Body, HttpService, Scheme, Token, rest_endpoint,
};
use gatewright_amplify::Apis;
use http::Request;
use serde_json::json;

use crate::support::{ENDPOINT, Server, config, credentials, mode};

#[rest_endpoint(api = "shop")]
#[auth(iam, api_key)]
trait Shop {
    #[get("/items/{id}")]
    async fn item(&self, id: &str) -> gatewright::Result<Vec<String>>;

    #[get("/status")]
    #[auth(none)]
    async fn status(&self) -> gatewright::Result<Vec<String>>;
}

fn apis(server: &Server) -> Apis {
    let settings = json!({ "authorizationType": "AWS_IAM", "apiKey": "EXAMPLE-key" });
    Apis::from_config(config(&[("shop", settings)]))
        .credentials("shop", credentials())
        .transport(server.service())
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_client_is_found_by_its_own_name_and_signed_for_the_region_of_its_host() {
    let server = Server::new();
    let shop = apis(&server)
        .client(ShopClient::API, ShopClient::new)
        .unwrap();
    assert!(shop.item("a/b").await.unwrap().is_empty());
    let request = server.only();
    assert_eq!(request.uri().path(), "/dev/items/a%2Fb");
    assert_eq!(request.headers()["x-api-key"], "EXAMPLE-key");
    let signature = request.headers()["authorization"].to_str().unwrap();
    assert!(
        signature.contains("/us-west-2/execute-api/aws4_request"),
        "{signature}"
    );
}

/// The operation says what it asks for, not the mode of the file.
#[tokio::test]
async fn a_public_operation_of_a_protected_api_gets_nothing() {
    let server = Server::new();
    let shop = apis(&server)
        .client(ShopClient::API, ShopClient::new)
        .unwrap();
    shop.status().await.unwrap();
    let request = server.only();
    assert!(!request.headers().contains_key("authorization"));
    assert!(!request.headers().contains_key("x-api-key"));
}

#[tokio::test]
async fn an_operation_that_asks_for_more_than_the_file_has_is_not_sent() {
    let server = Server::new();
    let apis = Apis::from_config(config(&[("shop", mode("NONE"))]));
    let apis = apis.transport(server.service()).build().unwrap();
    let shop: ShopClient = apis.client(ShopClient::API, ShopClient::new).unwrap();
    let error = shop.item("1").await.unwrap_err().to_string();
    assert!(error.contains("needs an AWS signature"), "{error}");
    assert_eq!(server.count(), 0);
}

#[test]
fn the_only_api_needs_no_name_and_one_of_several_does() {
    let one = apis(&Server::new());
    let shop: ShopClient = one.client(None, ShopClient::new).unwrap();
    assert_eq!(shop.rest().base().to_string(), ENDPOINT);
    assert!(one.get(None, "/items").is_ok());

    let two = Apis::from_config(config(&[("a", mode("NONE")), ("b", mode("NONE"))]));
    let two = two.transport(Server::new().service()).build().unwrap();
    assert_eq!(
        two.rest(None).unwrap_err().to_string(),
        "amplifyconfiguration.json has several REST APIs: name one of a, b"
    );
}

#[test]
fn what_an_untyped_request_asks_for_follows_the_file() {
    let keyed = |authorization: &str| json!({ "authorizationType": authorization, "apiKey": "EXAMPLE-key" });
    let config = config(&[
        ("iam", mode("AWS_IAM")),
        ("iam and key", keyed("AWS_IAM")),
        ("key", keyed("API_KEY")),
        ("none", keyed("NONE")),
        ("oidc", mode("OPENID_CONNECT")),
        ("oidc and key", keyed("OPENID_CONNECT")),
    ]);
    let apis = Apis::from_config(config)
        .credentials("iam", credentials())
        .credentials("iam and key", credentials())
        .token("oidc", Token::new("a-token"))
        .token("oidc and key", Token::new("a-token"))
        .transport(Server::new().service())
        .build()
        .unwrap();
    let auth = |name: &'static str| apis.auth(name).unwrap();
    assert_eq!(auth("iam"), Auth::IAM);
    assert_eq!(
        auth("iam and key"),
        Auth::of(&[Scheme::Iam, Scheme::ApiKey])
    );
    assert_eq!(auth("key"), Auth::API_KEY);
    assert_eq!(auth("none"), Auth::NONE);
    assert_eq!(auth("oidc"), Auth::BEARER);
    assert_eq!(
        auth("oidc and key"),
        Auth::of(&[Scheme::BEARER, Scheme::ApiKey])
    );
}

#[tokio::test]
async fn two_apis_of_one_app_have_providers_of_their_own() {
    let server = Server::new();
    let apis = Apis::from_config(config(&[
        ("a", mode("OPENID_CONNECT")),
        ("b", mode("OPENID_CONNECT")),
    ]))
    .token("a", Token::new("token-of-a"))
    .token("b", Token::new("token-of-b"))
    .transport(server.service())
    .build()
    .unwrap();
    for (api, token) in [("a", "token-of-a"), ("b", "token-of-b")] {
        apis.get(api, "/items").unwrap().send().await.unwrap();
        assert_eq!(server.only().headers()["authorization"], token);
    }
}

/// As those of other libraries are, which know nothing of operations.
#[tokio::test]
async fn the_service_authorizes_requests_that_are_built_elsewhere_for_its_own_origin() {
    let server = Server::new();
    let settings = json!({ "authorizationType": "API_KEY", "apiKey": "EXAMPLE-key" });
    let apis = Apis::from_config(config(&[("shop", settings)]));
    let apis = apis.transport(server.service()).build().unwrap();
    let send = |url: String| {
        let request = Request::get(url).body(Body::empty()).unwrap();
        apis.service("shop").unwrap().send(request)
    };
    send(format!("{ENDPOINT}/any")).await.unwrap();
    assert_eq!(server.only().headers()["x-api-key"], "EXAMPLE-key");

    let error = send("https://elsewhere.example/any".to_owned()).await;
    let error = error.unwrap_err().downcast::<AuthorizeError>().unwrap();
    assert_eq!(error.kind(), AuthorizeErrorKind::ForeignOrigin);
    assert_eq!(server.count(), 0);
}
