//! Where an API key comes from.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use http::HeaderValue;

use super::WHAT;
use crate::AuthorizeError;
use crate::layers::secret::secret_value;
use crate::token::ProvideToken;

type Fetch = Pin<Box<dyn Future<Output = Result<HeaderValue, AuthorizeError>> + Send>>;

#[derive(Clone)]
pub(super) enum Source {
    Fixed(HeaderValue),
    Provided(Arc<dyn Fn() -> Fetch + Send + Sync>),
}

impl Source {
    /// Its type is erased, so that a layer with a provider is no other type than one with a fixed key.
    pub(super) fn provided_by(provider: impl ProvideToken) -> Self {
        let provider = Arc::new(provider);
        Self::Provided(Arc::new(move || Box::pin(fetch(Arc::clone(&provider)))))
    }
}

async fn fetch<P: ProvideToken>(provider: Arc<P>) -> Result<HeaderValue, AuthorizeError> {
    let key = provider.provide_token().await;
    let key = key.map_err(|error| AuthorizeError::provider_failed("an API key", error))?;
    secret_value(WHAT, key.secret())
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fixed(_) => "Fixed(**)",
            Self::Provided(_) => "Provided",
        })
    }
}
