//! Redirects: not followed unless a layer of the user's does, and then without credentials to another origin.
#![cfg(all(
    feature = "bearer",
    feature = "client",
    feature = "retry",
    feature = "sigv4"
))]
#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

use std::sync::{Arc, Mutex};

use aws_credential_types::Credentials;
use gatewright::client::{BaseUrl, RestClient};
use gatewright::layers::{ApiKeyLayer, BearerTokenLayer, SigV4Layer};
use gatewright::{
    Auth, AuthorizeErrorKind, Body, BoxError, BoxService, Error, HttpService, Operation, Place,
    RawResponse, Scheme, Token,
};
use http::header::LOCATION;
use http::{HeaderName, Request, Response};
use tower::{ServiceBuilder, service_fn};
use tower_http::follow_redirect::FollowRedirectLayer;
use tower_http::follow_redirect::policy::Limited;

const EVERYTHING: Auth = Auth::of(&[
    Scheme::ApiKey,
    Scheme::Iam,
    Scheme::Token {
        scheme: "tenants",
        place: Place::Header("x-token"),
    },
]);
const OPERATION: Operation = Operation::new("getPets", "GET", "/pets", EVERYTHING);
const BASE: &str = "https://api.test/prod";
const STATUSES: [u16; 4] = [301, 302, 307, 308];
const HOME: &str = "https://api.test/prod/moved";
const FOREIGN: [&str; 5] = [
    "https://evil.test/prod/pets",
    "https://api.test.evil.test/prod/pets",
    "https://api.test:8443/prod/pets",
    "http://api.test/prod/pets",
    "https://api.test@evil.test/prod/pets",
];

/// Responds to every request to `/pets` at home with a redirect, others with 200, and keeps what it got.
#[derive(Clone)]
struct Server {
    status: u16,
    to: &'static str,
    got: Arc<Mutex<Vec<Request<()>>>>,
}

impl Server {
    fn new(status: u16, to: &'static str) -> Self {
        let got = Arc::default();
        Self { status, to, got }
    }

    fn service(&self) -> BoxService {
        let server = self.clone();
        let respond = move |request: Request<Body>| std::future::ready(server.respond(request));
        service_fn(respond).boxed()
    }

    fn respond(&self, request: Request<Body>) -> Result<Response<Body>, BoxError> {
        let is_moved = request.uri() == "https://api.test/prod/pets";
        self.got.lock().unwrap().push(request.map(drop));
        let response = if is_moved {
            Response::builder()
                .status(self.status)
                .header(LOCATION, self.to)
        } else {
            Response::builder()
        };
        Ok(response.body(Body::empty())?)
    }

    /// The targets that were called, and whether a credential came along.
    fn targets(&self) -> Vec<(String, bool)> {
        let got = self.got.lock().unwrap();
        got.iter()
            .map(|request| (request.uri().to_string(), carries_credential(request)))
            .collect()
    }
}

fn carries_credential(request: &Request<()>) -> bool {
    [
        "authorization",
        "x-api-key",
        "x-token",
        "x-amz-security-token",
    ]
    .iter()
    .any(|name| request.headers().contains_key(*name))
}

fn base() -> BaseUrl {
    BASE.parse().unwrap()
}

fn key() -> ApiKeyLayer {
    ApiKeyLayer::new("0123456789abcdefghij").unwrap()
}

fn token() -> BearerTokenLayer<Token> {
    BearerTokenLayer::new(Token::new("a-token")).in_header(HeaderName::from_static("x-token"))
}

fn signer() -> SigV4Layer<Credentials> {
    let session = Some("a-session".to_owned());
    SigV4Layer::new(
        "eu-west-1",
        Credentials::new("AKIDEXAMPLE", "secret", session, None, "test"),
    )
}

fn stack() -> gatewright::stack::Stack {
    gatewright::stack(&base())
        .api_key(key())
        .token(token())
        .iam(signer())
}

/// The worst that a user can put in: it takes every header along.
fn follow_all() -> FollowRedirectLayer<Limited> {
    FollowRedirectLayer::with_policy(Limited::new(5))
}

/// A redirect layer around the ready-made stack.
fn outside(server: &Server) -> BoxService {
    let stack = stack().build_on(server.service());
    ServiceBuilder::new()
        .layer(follow_all())
        .service(stack)
        .boxed()
}

/// A redirect layer around layers that the user put together, which were told no origin.
fn outside_by_hand(server: &Server) -> BoxService {
    ServiceBuilder::new()
        .layer(follow_all())
        .layer(key())
        .layer(token())
        .layer(signer())
        .service(server.service())
        .boxed()
}

/// A redirect layer between the layers with credentials and the transport.
fn inside(server: &Server) -> BoxService {
    stack()
        .after_signing(follow_all())
        .build_on(server.service())
}

/// The same with the layer's own idea of what is a credential, which knows no API key and no session token.
fn inside_with_filter(server: &Server) -> BoxService {
    stack()
        .after_signing(FollowRedirectLayer::new())
        .build_on(server.service())
}

const PLACES: [fn(&Server) -> BoxService; 4] =
    [outside, outside_by_hand, inside, inside_with_filter];

async fn call(service: BoxService) -> gatewright::Result<RawResponse> {
    let rest = RestClient::new(service, base());
    rest.request(OPERATION).call().await
}

#[tokio::test]
async fn by_default_a_redirect_is_not_followed() {
    for status in STATUSES {
        for to in FOREIGN.into_iter().chain([HOME]) {
            let server = Server::new(status, to);
            let error = call(stack().build_on(server.service())).await.unwrap_err();
            assert_eq!(error.status().unwrap(), status);
            assert_eq!(server.targets().len(), 1);
        }
    }
}

/// The address of a server on loopback that redirects one request to another of its paths.
#[cfg(feature = "transport")]
fn redirecting_server() -> String {
    use std::io::{Read, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/prod", listener.local_addr().unwrap());
    let response =
        format!("HTTP/1.1 302 Found\r\nlocation: {url}/moved\r\ncontent-length: 0\r\n\r\n");
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let length = stream.read(&mut [0; 8192]).unwrap();
        assert_ne!(length, 0);
        stream.write_all(response.as_bytes()).unwrap();
    });
    url
}

#[cfg(feature = "transport")]
#[tokio::test]
async fn the_default_transport_does_not_follow_redirects() {
    let url = redirecting_server();
    let base: BaseUrl = url.parse().unwrap();
    let rest = RestClient::new(gatewright::stack(&base).build(), base);
    let request = Request::get(format!("{url}/pets"))
        .body(Body::empty())
        .unwrap();
    let result: gatewright::Result<RawResponse> = rest.send(request).await;
    // One that was followed would be refused, since the server is gone.
    assert_eq!(result.unwrap_err().status().unwrap(), 302);
}

#[tokio::test]
async fn no_credential_follows_a_redirect_to_another_origin() {
    for status in STATUSES {
        for to in FOREIGN {
            for place in PLACES {
                let server = Server::new(status, to);
                let result = call(place(&server)).await;
                let Err(Error::Credentials(error)) = result else {
                    panic!("{status} to {to}: {result:?}");
                };
                assert!(
                    matches!(
                        error.kind(),
                        AuthorizeErrorKind::ForeignOrigin | AuthorizeErrorKind::InsecureTarget
                    ),
                    "{status} to {to}: {error}"
                );
                assert_eq!(
                    server.targets(),
                    [(format!("{BASE}/pets"), true)],
                    "{status} to {to}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_redirect_within_the_origin_can_be_followed_and_is_authorized_anew() {
    for status in STATUSES {
        for place in [outside, outside_by_hand] {
            let server = Server::new(status, HOME);
            call(place(&server)).await.unwrap();
            let expected = [(format!("{BASE}/pets"), true), (HOME.to_owned(), true)];
            assert_eq!(server.targets(), expected);
            let got = server.got.lock().unwrap();
            let signature = |index: usize| got[index].headers()["authorization"].clone();
            assert_ne!(
                signature(0),
                signature(1),
                "another path has another signature"
            );
        }
    }
}

#[tokio::test]
async fn a_request_without_credentials_may_be_redirected_anywhere() {
    let server = Server::new(302, FOREIGN[0]);
    let service = gatewright::stack(&base())
        .after_signing(follow_all())
        .build_on(server.service());
    let request = Request::get(format!("{BASE}/pets"))
        .body(Body::empty())
        .unwrap();
    let content: gatewright::Result<RawResponse> =
        RestClient::new(service, base()).send(request).await;
    assert!(content.unwrap().status().is_success());
    let expected = [
        (format!("{BASE}/pets"), false),
        (FOREIGN[0].to_owned(), false),
    ];
    assert_eq!(server.targets(), expected);
}
