//! A reqwest client as the transport.

use gatewright::{BaseUrl, Body, BoxError, BoxService, HttpService};
use http::Request;
use tower::service_fn;

/// A stack on a client of reqwest.
///
/// # Errors
///
/// When reqwest cannot make a client.
pub fn on_reqwest(base: &BaseUrl) -> Result<BoxService, BoxError> {
    let transport = gatewright_reqwest::transport(reqwest::Client::builder())?;
    Ok(gatewright::stack(base).build_on(transport))
}

/// The same with reqwest 0.12.
///
/// # Errors
///
/// When reqwest cannot make a client.
pub fn on_reqwest_0_12(base: &BaseUrl) -> Result<BoxService, BoxError> {
    let transport = gatewright_reqwest::transport(reqwest_0_12::Client::builder())?;
    Ok(gatewright::stack(base).build_on(transport))
}

/// What `gatewright-reqwest` does, without its checks: for a fork of reqwest, say.
pub fn by_hand(client: reqwest::Client) -> impl HttpService {
    service_fn(move |request: Request<Body>| {
        let client = client.clone();
        async move {
            let request = reqwest::Request::try_from(request.map(reqwest::Body::wrap))?;
            let response = client.execute(request).await;
            let response = response.map_err(reqwest::Error::without_url)?;
            Ok::<_, BoxError>(http::Response::from(response))
        }
    })
}
