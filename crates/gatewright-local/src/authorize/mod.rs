//! Whether a request may pass: every demand of its operation has to hold.

mod api_key;
mod sigv4;
mod token;

use gatewright_document::{Authorizer as Checks, Kind, Place, Security};

use crate::call::Call;
use crate::gateway_error::GatewayError;
use crate::refusal::Refusal;

pub(crate) use api_key::ApiKeys;
pub(crate) use sigv4::{Credential, Keys};
pub(crate) use token::Tokens;

/// Everything that callers can prove themselves with.
#[derive(Debug)]
pub(crate) struct Authorizer {
    pub(crate) keys: Keys,
    pub(crate) tokens: Tokens,
    pub(crate) api_keys: ApiKeys,
}

impl Authorizer {
    /// Who calls, or why it is refused: the access key id or the token's subject; `None` where nobody has to say.
    ///
    /// The API key comes last, as in the service: a caller without a valid signature learns nothing about keys.
    pub(crate) fn check(
        &self,
        security: &Security,
        call: Call<'_>,
    ) -> Result<Option<String>, Refusal> {
        let mut principal = None;
        for demand in &security.all_of {
            let who = match &demand.kind {
                Kind::Iam => Some(self.keys.check(call)?),
                Kind::Token { places, authorizer } if self.reads_key(places, authorizer, call) => {
                    None
                }
                Kind::Token { places, authorizer } => {
                    self.tokens
                        .check(places, authorizer, &demand.scopes, call)?
                }
                Kind::ApiKey => None,
                _ => return Err(unknown(&demand.scheme)),
            };
            principal = principal.or(who);
        }
        if security
            .all_of
            .iter()
            .any(|demand| demand.kind == Kind::ApiKey)
        {
            self.api_keys.check(call)?;
        }
        Ok(principal)
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
