//! Both versions of reqwest, over loopback.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gatewright::layers::ApiKeyLayer;
use gatewright::{AuthorizeError, AuthorizeErrorKind, BaseUrl, Body, BoxError, BoxService};
use gatewright_reqwest::{Client, ClientBuilder, FollowedRedirect, Reqwest, transport};
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tower::{Service, ServiceExt, service_fn};

const KEY: &str = "0123456789abcdefghij";

/// An API that redirects `/moved` and echoes the rest.
struct Api {
    base: BaseUrl,
    calls: Arc<AtomicUsize>,
}

impl Api {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let calls = Arc::<AtomicUsize>::default();
        let counted = Arc::clone(&calls);
        let service = service_fn(move |request| {
            counted.fetch_add(1, Ordering::Relaxed);
            respond(request)
        });
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let service = TowerToHyperService::new(service.clone());
                let server = auto::Builder::new(TokioExecutor::new());
                // A connection that breaks is a call that fails, which the test sees.
                tokio::spawn(async move {
                    server
                        .serve_connection(TokioIo::new(stream), service)
                        .await
                        .ok()
                });
            }
        });
        let base = url.parse().unwrap();
        Self { base, calls }
    }

    fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    fn request(&self, path: &str, body: impl Into<Body>) -> Request<Body> {
        let target = format!("{}{path}", self.base);
        Request::put(target).body(body.into()).unwrap()
    }
}

async fn respond<B>(request: Request<B>) -> Result<Response<Body>, Infallible>
where
    B: http_body_util::BodyExt<Data = bytes::Bytes>,
    B::Error: std::fmt::Debug,
{
    let (head, body) = request.into_parts();
    if head.uri.path() == "/moved" {
        let moved = Response::builder().status(307).header("location", "/new");
        return Ok(moved.body(Body::empty()).unwrap());
    }
    let text = |name| {
        head.headers
            .get(name)
            .map_or("-", |value| value.to_str().unwrap())
    };
    let seen = [
        text("x-api-key"),
        text("content-length"),
        text("transfer-encoding"),
    ]
    .join(" ");
    let body = body.collect().await.unwrap().to_bytes();
    let response = Response::builder().header("x-seen", format!("{} {seen}", head.uri));
    Ok(response.body(Body::from(body)).unwrap())
}

fn stack(
    api: &Api,
    builder: impl ClientBuilder<Client: Client, Error = impl Into<BoxError>>,
) -> BoxService {
    let transport = transport(builder).map_err(Into::into).unwrap();
    let key = ApiKeyLayer::new(KEY).unwrap();
    gatewright::stack(&api.base)
        .api_key(key)
        .build_on(transport)
}

async fn calls_arrive(builder: impl ClientBuilder<Error = impl Into<BoxError>>) {
    let api = Api::start().await;
    let mut service = stack(&api, builder);

    let request = api.request("/pets/%2F?a=%27&b", "in memory");
    let response = service.ready().await.unwrap().call(request).await.unwrap();
    assert_eq!(
        response.headers()["x-seen"],
        format!("/pets/%2F?a=%27&b {KEY} 9 -")
    );
    assert_eq!(
        response.into_body().collect().await.unwrap().to_bytes(),
        "in memory"
    );

    let stream = Body::new(Body::from("a stream").map_frame(|frame| frame));
    let response = service.oneshot(api.request("/", stream)).await.unwrap();
    assert_eq!(response.headers()["x-seen"], format!("/ {KEY} - chunked"));
    assert_eq!(
        response.into_body().into_bytes(99).await.unwrap(),
        "a stream"
    );
}

async fn redirects_are_not_followed(builder: impl ClientBuilder<Error = impl Into<BoxError>>) {
    let api = Api::start().await;
    let response = stack(&api, builder)
        .oneshot(api.request("/moved", ()))
        .await;
    assert_eq!(response.unwrap().status(), StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(api.calls(), 1);
}

async fn a_client_that_follows_redirects_is_found_out(client: impl Client) {
    let api = Api::start().await;
    let mut service = Reqwest::from_client(client);
    let error = service.call(api.request("/moved", ())).await.unwrap_err();
    assert!(error.is::<FollowedRedirect>(), "{error}");

    let error = service.call(api.request("/pets", ())).await.unwrap_err();
    let refused = error.downcast_ref::<AuthorizeError>().unwrap();
    assert_eq!(refused.kind(), AuthorizeErrorKind::ForeignOrigin);
    assert_eq!(api.calls(), 2, "the redirect and nothing after it");
}

async fn errors_do_not_show_the_url(client: impl Client) {
    let closed = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let request = Request::get(format!("http://{closed}/?token=geheim")).body(Body::empty());
    let error = Reqwest::from_client(client)
        .oneshot(request.unwrap())
        .await
        .unwrap_err();
    assert!(
        !format!("{error} {error:?}").contains("geheim"),
        "{error:?}"
    );
}

#[tokio::test]
async fn calls_arrive_over_0_12_and_0_13() {
    calls_arrive(reqwest::Client::builder()).await;
    calls_arrive(reqwest_0_12::Client::builder()).await;
}

#[tokio::test]
async fn redirects_are_not_followed_by_0_12_and_0_13() {
    redirects_are_not_followed(reqwest::Client::builder()).await;
    redirects_are_not_followed(reqwest_0_12::Client::builder()).await;
}

#[tokio::test]
async fn a_client_of_0_12_or_0_13_that_follows_redirects_is_found_out() {
    a_client_that_follows_redirects_is_found_out(reqwest::Client::new()).await;
    a_client_that_follows_redirects_is_found_out(reqwest_0_12::Client::new()).await;
}

#[tokio::test]
async fn errors_of_0_12_and_0_13_do_not_show_the_url() {
    errors_do_not_show_the_url(reqwest::Client::new()).await;
    errors_do_not_show_the_url(reqwest_0_12::Client::new()).await;
}

#[tokio::test]
async fn a_request_without_its_credential_is_refused() {
    let transport = transport(reqwest::Client::builder()).unwrap();
    let base: BaseUrl = "http://127.0.0.1:9".parse().unwrap();
    let rest = gatewright::client::RestClient::new(transport, base);
    let call = rest.get("getPets", "/pets", gatewright::Auth::API_KEY);
    let result: gatewright::Result<String> = call.call().await;
    let text = format!("{:#}", result.unwrap_err());
    assert!(text.contains("add `ApiKeyLayer`"), "{text}");
}

#[tokio::test]
async fn another_host_goes_over_http_1_or_not_at_all() {
    let request = || {
        let request = Request::get("https://127.0.0.1:9/").header("host", "api.test");
        request.body(Body::empty()).unwrap()
    };
    let refused = Reqwest::new(reqwest::Client::builder())
        .unwrap()
        .oneshot(request())
        .await;
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .contains("Reqwest::http1_only")
    );
    let sent = Reqwest::http1_only(reqwest::Client::builder())
        .unwrap()
        .oneshot(request())
        .await;
    assert!(sent.unwrap_err().is::<reqwest::Error>());
}
