//! The floor: hyper-util's client and serde_json, with nothing in between.

use std::hint::black_box;

use bytes::Bytes;
use gatewright::BoxError;
use http::Request;
use http_body_util::{BodyExt, Empty};
use hyper_rustls::{ConfigBuilderExt, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use super::{Caller, Pet};

#[derive(Clone)]
pub(super) struct Bare {
    client: Client<HttpsConnector<HttpConnector>, Empty<Bytes>>,
    base: String,
}

impl Bare {
    pub(super) fn new(base: &str) -> Result<Self, BoxError> {
        let provider = rustls::crypto::ring::default_provider();
        let tls = rustls::ClientConfig::builder_with_provider(provider.into())
            .with_safe_default_protocol_versions()?
            .with_native_roots()?
            .with_no_client_auth();
        let mut connector = HttpConnector::new();
        connector.enforce_http(false);
        connector.set_nodelay(true);
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_all_versions()
            .wrap_connector(connector);
        Ok(Self {
            client: Client::builder(TokioExecutor::new()).build(connector),
            base: base.to_owned(),
        })
    }
}

impl Caller for Bare {
    async fn call(&self, id: &str) -> Result<(), BoxError> {
        let request = Request::get(format!("{}/pets/{id}", self.base))
            .header(http::header::ACCEPT, "application/json")
            .body(Empty::new())?;
        let response = self.client.request(request).await?;
        if !response.status().is_success() {
            return Err(response.status().to_string().into());
        }
        let body = response.into_body().collect().await?.to_bytes();
        black_box(serde_json::from_slice::<Pet>(&body)?);
        Ok(())
    }
}
