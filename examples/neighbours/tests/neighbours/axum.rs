//! axum in front of the API, and in its place.

use axum::Router;
use axum::routing::get;
use gatewright::client::RestClient;
use gatewright::layers::SigV4Layer;
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use neighbours::axum::server;
use neighbours::in_process::in_process;
use tower::ServiceExt;

use crate::credentials;
use crate::server::serve;

/// A client of the API that verifies signatures.
async fn shop() -> RestClient {
    let base: gatewright::BaseUrl = format!("http://{}", serve().await).parse().unwrap();
    let service = gatewright::stack(&base)
        .iam(SigV4Layer::new("eu-west-1", credentials()))
        .build_on(neighbours::hyper::on_hyper(&base));
    RestClient::new(service, base)
}

#[tokio::test]
async fn a_handler_passes_a_body_on_and_the_response_back() {
    let request = Request::post("/books")
        .header("authorization", "Bearer of-the-caller")
        .header("host", "shop.test")
        .body(axum::body::Body::from("Emma"));
    let response = server(shop().await)
        .oneshot(request.unwrap())
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(
        response.into_body().collect().await.unwrap().to_bytes(),
        "Emma"
    );
}

#[tokio::test]
async fn a_handler_calls_the_api_with_the_client_of_the_state() {
    let api = Router::new().route("/books", get(async || r#"["Emma"]"#));
    let request = Request::get("/books").body(axum::body::Body::empty());
    let server = server(in_process(api).unwrap());
    let response = server.oneshot(request.unwrap()).await.unwrap();
    assert_eq!(
        response.into_body().collect().await.unwrap().to_bytes(),
        r#"["Emma"]"#
    );
}
