//! Whether a request may pass: every demand of its operation has to hold.

mod api_key;
mod sigv4;
mod token;

use std::collections::HashSet;

use gatewright_document::{Authorizer as Checks, Kind, Place, Security};

use crate::call::Call;
use crate::gateway_error::GatewayError;
use crate::keys::Claims;
use crate::refusal::Refusal;

pub(crate) use api_key::ApiKeys;
pub(crate) use sigv4::{Credential, Derived, Keys};
pub(crate) use token::Tokens;

/// Everything that callers can prove themselves with.
#[derive(Debug)]
pub(crate) struct Authorizer {
    pub(crate) keys: Keys,
    pub(crate) tokens: Tokens,
    pub(crate) api_keys: ApiKeys,
    /// The security schemes of Lambda authorizers that let everybody pass, though they read nothing that a caller sends.
    pub(crate) allowing: HashSet<String>,
}

/// Who calls, as far as somebody has to say it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Caller {
    /// The access key id or the token's subject; the first that was asked for.
    pub(crate) principal: Option<String>,
    pub(crate) access_key_id: Option<String>,
    pub(crate) claims: Option<Claims>,
}

impl Caller {
    fn signed(&mut self, access_key_id: String) {
        self.principal.get_or_insert_with(|| access_key_id.clone());
        self.access_key_id = Some(access_key_id);
    }

    fn said(&mut self, claims: Option<Claims>) {
        let subject = claims.as_ref().and_then(token::subject);
        self.principal = self.principal.take().or(subject);
        self.claims = self.claims.take().or(claims);
    }
}

impl Authorizer {
    /// Who calls, or why it is refused.
    ///
    /// The API key comes last, as in the service: a caller without a valid signature learns nothing about keys.
    pub(crate) fn check(&self, security: &Security, call: Call<'_>) -> Result<Caller, Refusal> {
        let mut caller = Caller::default();
        for demand in &security.all_of {
            match &demand.kind {
                Kind::Iam => caller.signed(self.keys.check(call)?),
                Kind::Token { places, authorizer } => {
                    if !self.reads_key(places, authorizer, call) {
                        let tokens = &self.tokens;
                        let claims = tokens.check(places, authorizer, &demand.scopes, call)?;
                        caller.said(claims);
                    }
                }
                Kind::ApiKey => {}
                _ => return Err(unknown(&demand.scheme)),
            }
        }
        self.check_silent(security)?;
        if security
            .all_of
            .iter()
            .any(|demand| demand.kind == Kind::ApiKey)
        {
            self.api_keys.check(call)?;
        }
        Ok(caller)
    }

    /// A Lambda authorizer that decides by the context of a request is never open by itself: its function is not run here, so somebody has
    /// to say what it decides.
    fn check_silent(&self, security: &Security) -> Result<(), Refusal> {
        let mut silent = security.silent.iter().map(|silent| &silent.scheme);
        let Some(scheme) = silent.find(|scheme| !self.allowing.contains(*scheme)) else {
            return Ok(());
        };
        let reason = format!(
            "the authorizer {scheme} reads nothing that a caller sends, and its function is not run here; `lambda_allows` says that it \
             lets requests pass"
        );
        Err(Refusal::because(GatewayError::Unauthorized, reason))
    }

    /// What is wrong with the `Authorization` header, if it is there and no signature.
    pub(crate) fn misread(&self, call: Call<'_>) -> Option<Refusal> {
        call.header("authorization")
            .and_then(|_| sigv4::misread(call))
    }

    /// Whether a function reads an API key of the gateway, which its code may look up, and finds whatever else it reads.
    fn reads_key(&self, places: &[Place], authorizer: &Checks, call: Call<'_>) -> bool {
        let is_key = |place: &Place| matches!(place, Place::Header(name) if name.eq_ignore_ascii_case(api_key::HEADER));
        let is_there = |place: &Place| match place {
            Place::Header(name) => call.header(name).is_some_and(|value| !value.is_empty()),
            Place::Query(name) => call.query(name).is_some_and(|value| !value.is_empty()),
        };
        *authorizer == Checks::Lambda
            && places.iter().any(is_key)
            && places.iter().all(is_there)
            && self.api_keys.check(call).is_ok()
    }
}

/// A demand that this version of the gateway cannot check: nobody may pass.
fn unknown(scheme: &str) -> Refusal {
    let reason = format!("the gateway cannot check the security scheme {scheme}");
    Refusal::because(GatewayError::AuthorizerConfiguration, reason)
}

#[cfg(test)]
mod tests;
