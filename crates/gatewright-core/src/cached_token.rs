//! The cache of tokens.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use crate::cache::{Clocks, Fetch, Load, Loaded, Loader, RefreshingCache};
use crate::epoch::Epoch;
use crate::kit::jwt;
use crate::rt::Clock;
use crate::token::{ProvideToken, Token};
use crate::{AuthorizeError, BoxError, RefreshPolicy};

/// The token of a provider, kept until it is about to expire. Clones share it.
///
/// `BearerTokenLayer::new` of the crate `gatewright` makes one. Make one yourself to change the [policy](RefreshPolicy), to
/// share the token between layers, or to use it without a layer.
///
/// - A fresh token costs its caller no wait and no allocation.
/// - Any number of callers share one load. It runs in a separate task that no caller can cancel, and ends when the last clone
///   is dropped.
/// - The cache never returns an expired token. The token's [`expires_at`](Token::expires_at) says when it expires; without
///   it, the claims of a JWT do. The cache reads them and does not verify them: the lifetime counts from the arrival of the
///   token, so that the issuer's clock may differ. A token with neither is used until a server refuses it, and loaded again
///   in the background after 15 minutes.
/// - All callers that wait for a load get its error. A panic of the provider is such an error.
/// - The cache does not keep the tokens of a provider that [keeps them itself](ProvideToken::keeps_tokens).
///
/// ```
/// use gatewright_core::{CachedToken, ProvideToken, Token};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
/// let tokens = CachedToken::new(|| async { Ok(Token::new("eyJhbGciOi")) });
/// assert_eq!(tokens.provide_token().await?.secret(), "eyJhbGciOi");
/// assert!(tokens.token_at_hand().is_some());
/// # Ok(())
/// # }
/// ```
///
/// # Panics
///
/// Inside a Tokio runtime whose timers are off, a call that has to wait for a token panics. Without any runtime,
/// it fails.
pub struct CachedToken<P> {
    cache: RefreshingCache<P, Token>,
    clock: Clock,
}

impl<P: ProvideToken> CachedToken<P> {
    /// A cache with the default policy. It asks the provider when a token is first needed.
    pub fn new(provider: P) -> Self {
        Self::with_policy(provider, RefreshPolicy::default())
    }

    /// A cache that asks its provider when the policy says.
    pub fn with_policy(provider: P, policy: RefreshPolicy) -> Self {
        Self {
            cache: RefreshingCache::new(Arc::new(provider), policy),
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

    /// Drops the token and stops the current load, because another user has signed in or out. No request is repeated with
    /// the token of the next user. A caller that waits fails with
    /// [`UserChanged`](crate::AuthorizeErrorKind::UserChanged), or gets the next token if there was none before.
    pub fn forget(&self) {
        self.cache.forget();
    }

    /// The token at once if one is available, or the future of it.
    pub fn get(&self) -> Fetch<Token> {
        if self.provider().keeps_tokens() {
            return self.ask();
        }
        self.cache.get(Clocks::of(&self.clock))
    }

    /// Asks the provider for this caller only, without the cache.
    pub fn ask(&self) -> Fetch<Token> {
        let provider = Arc::clone(self.provider());
        if let Some(token) = provider.token_at_hand() {
            return Fetch::Ready(Arc::new(token));
        }
        let clock = self.clock.clone();
        Fetch::of(async move {
            let token = provided(&*provider).await?;
            let now = clock.now();
            match expiry(&token, now) {
                Some(end) if end <= now => Err(expired()),
                _ => Ok(token),
            }
        })
    }

    /// The provider.
    pub fn provider(&self) -> &Arc<P> {
        self.cache.provider()
    }
}

fn expired() -> AuthorizeError {
    let message = "the provider gave a token that has expired already";
    AuthorizeError::new(crate::AuthorizeErrorKind::ProviderFailed, message)
}

async fn provided<P: ProvideToken>(provider: &P) -> Result<Token, AuthorizeError> {
    let token = provider.provide_token().await.map_err(failed)?;
    token.check()?;
    Ok(token)
}

/// An error that already says why the request is not sent is not wrapped.
fn failed(error: BoxError) -> AuthorizeError {
    match error.downcast::<AuthorizeError>() {
        Ok(error) => *error,
        Err(error) => AuthorizeError::provider_failed("a token", error),
    }
}

/// When a token that came `now` expires: as its provider says, or as the claims of a JWT say.
fn expiry(token: &Token, now: SystemTime) -> Option<SystemTime> {
    let stated = || jwt::Claims::read(token.secret())?.expiry(now);
    token.expires_at().or_else(stated)
}

impl<P: ProvideToken> Loader<Token> for P {
    const WHAT: &'static str = "a token";

    async fn load(&self, load: Load<Token>) -> Result<Loaded<Token>, AuthorizeError> {
        if let Some(refused) = &load.refused {
            self.refused(refused);
        }
        let began = self.current_epoch();
        let token = provided(self).await.map_err(|error| match &began {
            Some(began) => error.or_with_epoch(began),
            None => error,
        })?;
        let end = expiry(&token, load.now);
        let other = token.epoch().cloned();
        let token = match other {
            Some(_) => token,
            None => token.with_epoch(load.epoch),
        };
        Ok(Loaded::new(token).until(end).within(other))
    }
}

impl<P: ProvideToken> ProvideToken for CachedToken<P> {
    async fn provide_token(&self) -> Result<Token, BoxError> {
        if let Some(token) = self.token_at_hand() {
            return Ok(token);
        }
        let token = self.get().value().await?;
        Ok((*token).clone())
    }

    /// The next caller asks the provider again, unless there is another token by now, or the back-off has not ended.
    fn refused(&self, token: &Token) {
        if self.provider().keeps_tokens() {
            self.provider().refused(token);
        } else {
            self.cache
                .refuse(|current| current.secret() == token.secret());
        }
    }

    fn keeps_tokens(&self) -> bool {
        true
    }

    fn token_at_hand(&self) -> Option<Token> {
        if self.provider().keeps_tokens() {
            return self.provider().token_at_hand();
        }
        self.cache
            .if_fresh(self.clock.now(), |token| (**token).clone())
    }

    /// That of the token, which may come from another cache, or else that of this cache.
    fn current_epoch(&self) -> Option<Epoch> {
        if self.provider().keeps_tokens() {
            return self.provider().current_epoch();
        }
        let known = self.cache.if_current(|token| token.epoch().cloned());
        known.flatten().or_else(|| Some(self.cache.epochs().now()))
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
