//! A running gateway of one document, and what reached it.

use std::cell::Cell;

use gatewright::{BaseUrl, Body, BoxService, HttpService};
use gatewright_document::Document;
use gatewright_local::{LocalGateway, Received, Validate};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use crate::credentials::{ACCESS_KEY_ID, API_KEY, REGION, SECRET};
use crate::demand::REGISTERED;

/// A gateway that takes the right credentials.
pub(crate) struct Site {
    pub(crate) gateway: LocalGateway,
    pub(crate) base: BaseUrl,
    /// How many requests were looked at.
    seen: Cell<usize>,
}

impl Site {
    pub(crate) async fn start(document: &Document) -> Result<Self, String> {
        let gateway = LocalGateway::builder(document.clone());
        // No caller can do anything for these, so they let everybody pass.
        let silent = document
            .operations
            .iter()
            .flat_map(|it| &it.security.silent);
        let gateway = silent.fold(gateway, |gateway, it| gateway.lambda_allows(&it.scheme));
        let gateway = gateway
            .region(REGION)
            .credentials(ACCESS_KEY_ID, SECRET, None)
            .api_key(API_KEY)
            .lambda_token(REGISTERED)
            .validate(Validate::Always)
            .start()
            .await
            .map_err(|error| format!("the gateway does not start: {error}"))?;
        let base = gateway.url().parse();
        let base = base.map_err(|error| format!("{}: {error}", gateway.url()))?;
        Ok(Self {
            gateway,
            base,
            seen: Cell::new(0),
        })
    }

    /// What has arrived since this was last asked.
    pub(crate) fn arrived(&self) -> Vec<Received> {
        let all = self.gateway.requests();
        let seen = self.seen.replace(all.len());
        all.into_iter().skip(seen).collect()
    }
}

/// A transport that sends whatever it is given, credentials or not.
pub(crate) fn unguarded() -> BoxService {
    let client: Client<HttpConnector, Body> = Client::builder(TokioExecutor::new()).build_http();
    client.boxed()
}
