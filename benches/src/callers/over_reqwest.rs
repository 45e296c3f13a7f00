//! reqwest, alone and with a signature that is made by hand with aws-sigv4.

use std::hint::black_box;

use aws_credential_types::Credentials;
use gatewright::BoxError;
use reqwest::Client;

use super::{Caller, Pet};
use crate::{aws, sample};

#[derive(Clone)]
pub(super) struct Reqwest {
    client: Client,
    base: String,
}

/// Ring, as in our own transport.
pub(super) fn install_provider() {
    // It is there already from the second client on.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

impl Reqwest {
    pub(super) fn new(base: &str) -> Result<Self, BoxError> {
        install_provider();
        Ok(Self {
            client: Client::builder().build()?,
            base: base.to_owned(),
        })
    }
}

impl Caller for Reqwest {
    async fn call(&self, id: &str) -> Result<(), BoxError> {
        let request = self.client.get(format!("{}/pets/{id}", self.base));
        let response = request.header(http::header::ACCEPT, "application/json");
        let response = response.send().await?.error_for_status()?;
        black_box(response.json::<Pet>().await?);
        Ok(())
    }
}

#[derive(Clone)]
pub(super) struct SignedReqwest {
    inner: Reqwest,
    credentials: Credentials,
}

impl SignedReqwest {
    pub(super) fn new(base: &str) -> Result<Self, BoxError> {
        Ok(Self {
            inner: Reqwest::new(base)?,
            credentials: sample::credentials(),
        })
    }
}

impl Caller for SignedReqwest {
    async fn call(&self, id: &str) -> Result<(), BoxError> {
        let mut request = http::Request::get(format!("{}/mine/{id}", self.inner.base))
            .header(http::header::ACCEPT, "application/json")
            .body("")?;
        aws::sign_request(&mut request, &self.credentials);
        let response = self.inner.client.execute(request.try_into()?).await?;
        black_box(response.error_for_status()?.json::<Pet>().await?);
        Ok(())
    }
}
