//! The gateway that a [`Builder`]'s settings make, with what the document says where they are silent.

use std::collections::HashMap;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, OnceLock};

use gatewright_document::Document;

use super::Builder;
use crate::authorize::{ApiKeys, Authorizer, Derived, Keys, Tokens};
use crate::canned::{index, orders};
use crate::gateway::{Gateway, Shared};
use crate::integrate::Integration;
use crate::keys::KeySet;
use crate::log::Log;
use crate::minting::Defaults;
use crate::route::Router;
use crate::{Error, endpoint};

/// The services by the index of their operation; the last one for an operation counts.
fn handlers(
    document: &Document,
    named: Vec<(String, Integration)>,
) -> Result<HashMap<usize, Integration>, Error> {
    let found = named
        .into_iter()
        .map(|(name, service)| Ok((index(document, &name)?, service)));
    found.collect()
}

impl Builder {
    pub(super) fn build_at(self, base_url: String) -> Result<Gateway, Error> {
        let stage = self.stage_name();
        let keys = match self.signing_keys.as_slice() {
            [] => KeySet::public_test_keys(),
            keys => KeySet::from_pkcs8(keys).map(Arc::new),
        };
        let defaults = Defaults::of(&self.document);
        let endpoint = self.document.endpoint.as_deref().unwrap_or_default();
        let region = self
            .region
            .unwrap_or_else(|| endpoint::region(endpoint).unwrap_or("us-east-1").to_owned());
        let tokens = Tokens {
            keys: keys.map_err(Error::key)?,
            kind: self.document.kind,
            default_issuer: defaults.issuer().unwrap_or(&base_url).to_owned(),
            forced_issuer: self.issuer,
            registered: self.lambda_tokens,
        };
        let authorizer = Authorizer {
            keys: Keys {
                region,
                credentials: self.credentials,
                stage: stage.clone(),
                derived: Derived::default(),
                hosts: endpoint::host(endpoint)
                    .map(str::to_owned)
                    .into_iter()
                    .collect(),
            },
            tokens,
            api_keys: ApiKeys(self.api_keys),
            allowing: self.allowing,
        };
        Ok(Gateway::new(Shared {
            router: Router::new(self.document.kind, &stage, &self.document.operations),
            orders: orders(&self.document, self.canned)?,
            documented: self
                .document
                .operations
                .iter()
                .map(|_| OnceLock::new())
                .collect(),
            handlers: handlers(&self.document, self.handlers)?,
            behind: self.behind,
            explains: !self.remote,
            stage,
            document: self.document,
            authorizer,
            validate: self.validate,
            clock: self.clock,
            base_url,
            defaults,
            log: Log::new(self.observer),
            answered: AtomicU64::new(0),
        }))
    }

    /// The stage without slashes around it; empty for none.
    pub(super) fn stage_name(&self) -> String {
        let endpoint = self.document.endpoint.as_deref().unwrap_or_default();
        let stage = self
            .stage
            .as_deref()
            .unwrap_or_else(|| endpoint::path(endpoint));
        stage.trim_matches('/').to_owned()
    }
}
