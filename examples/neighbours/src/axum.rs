//! An axum server that calls the API.

use axum::extract::{Request, State};
use axum::routing::get;
use axum::{Json, Router};
use gatewright::client::RestClient;
use gatewright::{Auth, Body, Response};
use http::StatusCode;

/// A server whose handlers share one client.
pub fn server(shop: RestClient) -> Router {
    Router::new()
        .route("/books", get(books).post(add_book))
        .with_state(shop)
}

async fn books(State(shop): State<RestClient>) -> Result<Json<Vec<String>>, StatusCode> {
    let call = shop.get("getBooks", "/books", Auth::IAM);
    let books: gatewright::Result<Vec<String>> = call.call().await;
    books.map(Json).map_err(|error| bad_gateway(&error))
}

/// Passes the body on and the response back. The call is a new request: `host`, `cookie` and `authorization` of the caller are
/// for this server.
async fn add_book(
    State(shop): State<RestClient>,
    request: Request,
) -> Result<http::Response<Body>, StatusCode> {
    let body = Body::new(request.into_body());
    let call = shop.post("addBook", "/books", Auth::IAM).body(body);
    let response: gatewright::Result<Response<Body>> = call.call().await;
    let response = response.map_err(|error| bad_gateway(&error))?;
    let mut passed_on = http::Response::new(response.into_body());
    *passed_on.status_mut() = StatusCode::CREATED;
    Ok(passed_on)
}

fn bad_gateway(error: &gatewright::Error) -> StatusCode {
    eprintln!("{error:#}"); // with its causes
    StatusCode::BAD_GATEWAY
}
