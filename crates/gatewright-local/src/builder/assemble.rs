//! The gateway that a [`Builder`]'s settings make, with what the document says where they are silent.

use std::sync::atomic::AtomicU64;

use gatewright_document::{Authorizer as Checks, Document, Kind};

use super::Builder;
use crate::authorize::{ApiKeys, Authorizer, Keys, Tokens};
use crate::canned::orders;
use crate::gateway::{Gateway, Shared};
use crate::key::TokenKey;
use crate::log::Log;
use crate::route::Router;
use crate::{Error, endpoint};

impl Builder {
    pub(super) fn build_at(self, base_url: String) -> Result<Gateway, Error> {
        let stage = self.stage_name();
        let key = self
            .signing_key
            .as_deref()
            .map_or_else(TokenKey::public_test_key, TokenKey::from_pkcs8);
        let (issuer, audience) = jwt_defaults(&self.document);
        let endpoint = self.document.endpoint.as_deref().unwrap_or_default();
        let region = self
            .region
            .unwrap_or_else(|| endpoint::region(endpoint).unwrap_or("us-east-1").to_owned());
        let tokens = Tokens {
            key: key.map_err(Error::key)?,
            default_issuer: issuer.unwrap_or_else(|| base_url.clone()),
            forced_issuer: self.issuer,
            registered: self.lambda_tokens,
        };
        let authorizer = Authorizer {
            keys: Keys {
                region,
                credentials: self.credentials,
            },
            tokens,
            api_keys: ApiKeys(self.api_keys),
        };
        Ok(Gateway::new(Shared {
            router: Router::new(self.document.kind, &stage, &self.document.operations),
            orders: orders(&self.document, self.canned)?,
            document: self.document,
            authorizer,
            validates: self.validates,
            clock: self.clock,
            base_url,
            audience: audience.unwrap_or_else(|| "local-client".to_owned()),
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

/// The first issuer and the first audience that a JWT authorizer of the document names.
fn jwt_defaults(document: &Document) -> (Option<String>, Option<String>) {
    let demands = || {
        document
            .operations
            .iter()
            .flat_map(|operation| &operation.security.all_of)
    };
    let jwt = || {
        demands().filter_map(|demand| match &demand.kind {
            Kind::Token {
                authorizer: Checks::Jwt { issuer, audience },
                ..
            } => Some((issuer, audience)),
            _ => None,
        })
    };
    let issuer = jwt().find_map(|(issuer, _)| issuer.clone());
    let audience = jwt().find_map(|(_, audience)| audience.first().cloned());
    (issuer, audience)
}
