//! The cache of tokens.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use super::ready::ReadyToken;
use crate::clock::Clock;
use crate::expiring::{Expiring, Fetch};
use crate::token::{ProvideToken, Token};
use crate::{BoxError, RefreshPolicy};

/// The token of a provider, kept until it is about to expire. Clones share it.
///
/// [`BearerTokenLayer::new`](super::BearerTokenLayer::new) makes one of its own. Make one yourself to change the
/// [policy](RefreshPolicy), to share the token between layers, or to use it without any.
///
/// - A token that is fresh costs its caller no wait and no allocation.
/// - However many callers there are, the provider is asked once, in a task of its own that no caller can cancel.
///   It ends when the last clone is dropped.
/// - A token that has expired is never given. When that is, the token's [`expires_at`](Token::expires_at) says,
///   or else the `exp` claim of a JWT, which is read and not verified. A token that has neither is given for as long as
///   no server refuses it, and asked for again in the background after a quarter of an hour.
/// - The error of a load is that of all callers that wait for it. A panic of the provider is such an error.
///
/// ```
/// use gatewright::layers::BearerTokenLayer;
/// use gatewright::layers::bearer::CachedToken;
/// use gatewright::token::{ProvideToken, Token};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
/// let tokens = CachedToken::new(|| async { Ok(Token::new("eyJhbGciOi")) });
/// let orders = BearerTokenLayer::from_cache(tokens.clone());
/// let users = BearerTokenLayer::from_cache(tokens.clone()).raw();
/// assert_eq!(tokens.provide_token().await?.secret(), "eyJhbGciOi");
/// # let _ = (orders, users);
/// # Ok(())
/// # }
/// ```
///
/// # Panics
///
/// Inside a Tokio runtime whose timers are off, a call that has to wait for a token panics. Without any runtime,
/// it fails.
pub struct CachedToken<P> {
    cache: Expiring<P, ReadyToken>,
    clock: Clock,
}

impl<P: ProvideToken> CachedToken<P> {
    /// A cache with the default policy. The provider is asked when a token is first wanted.
    pub fn new(provider: P) -> Self {
        Self::with_policy(provider, RefreshPolicy::default())
    }

    /// A cache that asks its provider when the policy says.
    pub fn with_policy(provider: P, policy: RefreshPolicy) -> Self {
        Self {
            cache: Expiring::new(Arc::new(provider), policy),
            clock: Clock::default(),
        }
    }

    /// Takes the time from here instead of the system clock.
    #[must_use]
    pub fn clock(self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self {
            clock: Clock::new(now),
            ..self
        }
    }

    /// Drops the token and stops a load that is under way: they belong to the past, because another user has signed in or
    /// out. Who waits for that load waits for the next one instead.
    pub fn forget(&self) {
        self.cache.forget();
    }

    pub(super) fn get(&self) -> Fetch<ReadyToken> {
        self.cache.get(self.clock.now())
    }

    pub(super) fn invalidate(&self, refused: &ReadyToken) {
        self.cache.invalidate(refused.generation);
    }

    pub(super) fn provider(&self) -> &Arc<P> {
        self.cache.provider()
    }

    pub(super) fn own_clock(&self) -> Clock {
        self.clock.clone()
    }
}

impl<P: ProvideToken> ProvideToken for CachedToken<P> {
    async fn provide_token(&self) -> Result<Token, BoxError> {
        let now = self.clock.now();
        if let Some(token) = self.cache.if_fresh(now, |ready| ready.token.clone()) {
            return Ok(token);
        }
        let ready = self.cache.get(now).value().await?;
        Ok(ready.token.clone())
    }

    /// The provider is asked again, unless there is another token by now, or back-off forbids it.
    fn refused(&self, token: &Token) {
        if let Fetch::Ready(ready) = self.get()
            && ready.token == *token
        {
            self.invalidate(&ready);
        }
    }
}

impl<P> Clone for CachedToken<P> {
    fn clone(&self) -> Self {
        Self {
            cache: self.cache.clone(),
            clock: self.clock.clone(),
        }
    }
}

impl<P> fmt::Debug for CachedToken<P> {
    /// Without provider and token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedToken").finish_non_exhaustive()
    }
}
