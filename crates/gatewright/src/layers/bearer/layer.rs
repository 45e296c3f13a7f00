//! The settings of the layer.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use http::HeaderName;
use tower_layer::Layer;

use super::place::TokenPlace;
use super::replay::Replay;
use super::settings::Settings;
use super::tokens::Tokens;
use super::{BearerToken, CachedToken};
use crate::Origin;
use crate::layers::OnConflict;
use crate::token::ProvideToken;

/// Puts a token on the requests that ask for one.
///
/// See the [module docs](super) for an example.
pub struct BearerTokenLayer<P> {
    pub(super) tokens: Tokens<P>,
    pub(super) settings: Arc<Settings>,
}

impl<P: ProvideToken> BearerTokenLayer<P> {
    /// A layer that sends the provider's tokens as `authorization: Bearer <token>`, from a cache of its own.
    pub fn new(provider: P) -> Self {
        Self::from_cache(CachedToken::new(provider))
    }

    /// A layer that takes its tokens from this cache, which may have its own policy and other users.
    pub fn from_cache(cache: CachedToken<P>) -> Self {
        Self {
            tokens: Tokens::Cached(cache),
            settings: Arc::default(),
        }
    }

    /// Asks the provider for every request, without time limit.
    #[must_use]
    pub fn uncached(self) -> Self {
        Self {
            tokens: self.tokens.uncached(),
            ..self
        }
    }

    /// Takes the time from here instead of the system clock.
    #[must_use]
    pub fn clock(self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self {
            tokens: self.tokens.clock(now),
            ..self
        }
    }

    /// Sends the bare token, without `Bearer` before it.
    #[must_use]
    pub fn raw(self) -> Self {
        self.with(|settings| settings.raw = true)
    }

    /// Sends the token in this header instead of `authorization`.
    #[must_use]
    pub fn in_header(self, name: HeaderName) -> Self {
        self.with(|settings| settings.place = TokenPlace::Header(name))
    }

    /// Sends the token in this query parameter, always bare.
    ///
    /// URIs end up in logs: a header is the better place wherever the authorizer takes one.
    #[must_use]
    pub fn in_query(self, name: impl Into<Cow<'static, str>>) -> Self {
        self.with(|settings| settings.place = TokenPlace::Query(name.into()))
    }

    /// Acts only on operations whose authorizer has this name, as the document spells it. An API with several
    /// authorizers gets a layer for each.
    #[must_use]
    pub fn for_scheme(self, name: impl Into<Cow<'static, str>>) -> Self {
        self.with(|settings| settings.scheme = Some(name.into()))
    }

    /// What to do with a request that has a token already, in the place where this layer puts one.
    #[must_use]
    pub fn on_conflict(self, policy: OnConflict) -> Self {
        self.with(|settings| settings.on_conflict = policy)
    }

    /// Sends requests with bodies of type `B` once more after their token was refused, if `try_clone` gives a second
    /// body.
    ///
    /// Known without it: `()`, `String`, `Bytes`, `http_body_util`'s `Full<Bytes>` and `Empty<Bytes>`, and
    /// [`Body`](crate::Body) (feature `client`) if it is in memory.
    ///
    /// ```
    /// use gatewright::layers::BearerTokenLayer;
    /// use gatewright::token::Token;
    ///
    /// let layer = BearerTokenLayer::new(Token::new("eyJhbGciOi"))
    ///     .replay_bodies(|body: &Vec<u8>| Some(body.clone()));
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub fn replay_bodies<B: 'static>(self, try_clone: fn(&B) -> Option<B>) -> Self {
        self.with(|settings| settings.replay = settings.replay.and(try_clone))
    }

    /// Sends no request twice, which spares it from being cloned. A refused token is dropped from the cache all the same.
    #[must_use]
    pub fn without_replay(self) -> Self {
        self.with(|settings| settings.replay = Replay::never())
    }

    /// Sends tokens to this origin, and to others only if they are named as well. Without it, a client's requests
    /// are bound to the origin of its base URL, and others are not bound.
    ///
    /// A request to another origin fails with [`ForeignOrigin`](crate::AuthorizeErrorKind::ForeignOrigin).
    #[must_use]
    pub fn only_to(self, origin: Origin) -> Self {
        self.with(|settings| settings.guard = settings.guard.clone().only_to(origin))
    }

    /// [`only_to`](Self::only_to), if no origin was named yet.
    #[cfg(feature = "client")]
    pub(crate) fn or_only_to(self, origin: Origin) -> Self {
        self.with(|settings| settings.guard = settings.guard.clone().or_only_to(origin))
    }

    /// Sends tokens to targets without TLS as well.
    #[must_use]
    pub fn allow_insecure(self) -> Self {
        self.with(|settings| settings.guard = settings.guard.clone().allow_insecure())
    }

    fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(Arc::make_mut(&mut self.settings));
        self
    }
}

impl<P> Clone for BearerTokenLayer<P> {
    fn clone(&self) -> Self {
        Self {
            tokens: self.tokens.clone(),
            settings: Arc::clone(&self.settings),
        }
    }
}

impl<P> fmt::Debug for BearerTokenLayer<P> {
    /// Without the provider, which may hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BearerTokenLayer")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

impl<S, P: ProvideToken> Layer<S> for BearerTokenLayer<P> {
    type Service = BearerToken<S, P>;

    fn layer(&self, inner: S) -> Self::Service {
        BearerToken::new(inner, self.clone())
    }
}
