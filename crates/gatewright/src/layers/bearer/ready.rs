//! A token in the forms that requests take.

use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use http::HeaderValue;

use super::jwt;
use crate::expiring::{Load, Loaded};
use crate::layers::secret::check_secret;
use crate::token::{ProvideToken, Token};
use crate::{AuthorizeError, AuthorizeErrorKind};

const BEARER: &str = "Bearer ";

/// A token with its header values, which share their bytes.
pub(crate) struct ReadyToken {
    pub(super) token: Token,
    pub(super) bearer: HeaderValue,
    pub(super) raw: HeaderValue,
    /// Which load it came from.
    pub(super) generation: u64,
}

impl ReadyToken {
    pub(super) fn new(token: Token, generation: u64) -> Result<Self, AuthorizeError> {
        check_secret("the token", token.secret())?;
        let bearer = Bytes::from(format!("{BEARER}{}", token.secret()));
        let raw = bearer.slice(BEARER.len()..);
        Ok(Self {
            token,
            bearer: header(bearer)?,
            raw: header(raw)?,
            generation,
        })
    }

    pub(super) fn is_other_than(&self, token: &Self) -> bool {
        self.token.secret() != token.token.secret()
    }
}

fn header(bytes: Bytes) -> Result<HeaderValue, AuthorizeError> {
    let mut value = HeaderValue::from_maybe_shared(bytes).map_err(|error| {
        let message = "the token does not fit into a header";
        AuthorizeError::new(AuthorizeErrorKind::InvalidSecret, message).with_source(error)
    })?;
    value.set_sensitive(true);
    Ok(value)
}

/// When to stop sending a token: what its provider says, or else what a JWT says itself.
pub(super) fn expiry(token: &Token) -> Option<SystemTime> {
    token.expires_at().or_else(|| jwt::expiry(token.secret()))
}

impl<P: ProvideToken> Load<ReadyToken> for P {
    const WHAT: &'static str = "a token";

    async fn load(
        &self,
        generation: u64,
        refused: Option<Arc<ReadyToken>>,
    ) -> Result<Loaded<ReadyToken>, AuthorizeError> {
        if let Some(refused) = refused {
            self.refused(&refused.token);
        }
        let token = self.provide_token().await;
        let token = token.map_err(|error| AuthorizeError::provider_failed("a token", error))?;
        Ok(Loaded {
            expires_at: expiry(&token),
            value: ReadyToken::new(token, generation)?,
        })
    }
}
