//! Where the layer gets its tokens: from a cache, or from the provider each time.

use std::sync::Arc;
use std::time::SystemTime;

use super::CachedToken;
use super::ready::ReadyToken;
use crate::clock::Clock;
use crate::expiring::{Fetch, Load};
use crate::token::ProvideToken;
use crate::{AuthorizeError, AuthorizeErrorKind};

pub(super) enum Tokens<P> {
    Cached(CachedToken<P>),
    Uncached { provider: Arc<P>, clock: Clock },
}

impl<P: ProvideToken> Tokens<P> {
    pub(super) fn uncached(self) -> Self {
        match self {
            Self::Cached(cache) => Self::Uncached {
                provider: Arc::clone(cache.provider()),
                clock: cache.own_clock(),
            },
            Self::Uncached { .. } => self,
        }
    }

    pub(super) fn clock(self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        match self {
            Self::Cached(cache) => Self::Cached(cache.clock(now)),
            Self::Uncached { provider, .. } => Self::Uncached {
                provider,
                clock: Clock::new(now),
            },
        }
    }

    /// The token for a request.
    pub(super) fn get(&self) -> Fetch<ReadyToken> {
        match self {
            Self::Cached(cache) => cache.get(),
            Self::Uncached { provider, clock } => {
                let asked = ask(Arc::clone(provider), clock.clone());
                Fetch::Wait(Box::pin(asked))
            }
        }
    }

    /// A server did not take this token.
    pub(super) fn refuse(&self, token: &ReadyToken) {
        match self {
            Self::Cached(cache) => cache.invalidate(token),
            Self::Uncached { provider, .. } => provider.refused(&token.token),
        }
    }
}

/// Asks a provider for this request alone.
async fn ask<P: ProvideToken>(
    provider: Arc<P>,
    clock: Clock,
) -> Result<Arc<ReadyToken>, AuthorizeError> {
    let loaded = provider.load(0, None).await?;
    if loaded.expires_at.is_some_and(|end| end <= clock.now()) {
        let message = "the provider gave a token that has expired already";
        return Err(AuthorizeError::new(
            AuthorizeErrorKind::ProviderFailed,
            message,
        ));
    }
    Ok(Arc::new(loaded.value))
}

impl<P> Clone for Tokens<P> {
    fn clone(&self) -> Self {
        match self {
            Self::Cached(cache) => Self::Cached(cache.clone()),
            Self::Uncached { provider, clock } => Self::Uncached {
                provider: Arc::clone(provider),
                clock: clock.clone(),
            },
        }
    }
}
