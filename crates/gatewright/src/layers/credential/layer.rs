//! The layer of a credential: its settings, which are the same for all credentials.

use std::fmt;
use std::sync::Arc;

use super::definition::Credential;
use super::policy::Policy;
use crate::Origin;
use crate::layers::conflict::OnConflict;
use crate::layers::guard::Guard;

/// Puts a [`Credential`] on the requests that ask for it.
///
/// See the [module docs](super) for what it does and for an example.
pub struct CredentialLayer<C>(pub(super) Arc<Config<C>>);

/// What the clones of a layer and its services share.
#[derive(Clone)]
pub(super) struct Config<C> {
    pub(super) credential: C,
    pub(super) policy: Policy,
}

impl<C: Credential> CredentialLayer<C> {
    /// A layer with the default settings.
    pub fn of(credential: C) -> Self {
        let policy = Policy::default();
        Self(Arc::new(Config { credential, policy }))
    }

    /// The credential.
    pub fn credential(&self) -> &C {
        &self.0.credential
    }

    /// Changes the credential of this layer, not of its clones.
    pub(in crate::layers) fn with(mut self, change: impl FnOnce(&mut C)) -> Self {
        change(&mut Arc::make_mut(&mut self.0).credential);
        self
    }

    fn with_policy(mut self, change: impl FnOnce(Policy) -> Policy) -> Self {
        let config = Arc::make_mut(&mut self.0);
        config.policy = change(config.policy.clone());
        self
    }

    /// Sets what to do with a request that already has such a credential. By default the layer replaces it, so that each
    /// retry outside this layer gets a new credential. [`OnConflict::Keep`] passes the request on as it is.
    #[must_use]
    pub fn on_conflict(self, on_conflict: OnConflict) -> Self {
        self.with_policy(|policy| policy.on_conflict(on_conflict))
    }

    /// Sends credentials to this origin, and to others only if they are named as well. Without it, a client's requests are
    /// bound to the origin of its base URL, and others are not bound.
    ///
    /// A request to another origin fails with [`ForeignOrigin`](crate::AuthorizeErrorKind::ForeignOrigin).
    #[must_use]
    pub fn only_to(self, origin: Origin) -> Self {
        self.with_policy(|policy| policy.guarded(|guard| guard.only_to(origin)))
    }

    /// [`only_to`](Self::only_to), if no origin was named yet.
    #[cfg(feature = "client")]
    pub(crate) fn or_only_to(self, origin: Origin) -> Self {
        self.with_policy(|policy| policy.guarded(|guard| guard.or_only_to(origin)))
    }

    /// Sends credentials to targets without TLS as well.
    #[must_use]
    pub fn allow_insecure(self) -> Self {
        self.with_policy(|policy| policy.guarded(Guard::allow_insecure))
    }

    /// Sets the longest body, in bytes, to hold in memory for a credential that covers the body. The default is 10 MiB, the
    /// most that API Gateway accepts ("Quotas", API Gateway developer guide). A longer one fails with
    /// [`BodyTooLarge`](crate::AuthorizeErrorKind::BodyTooLarge).
    #[must_use]
    pub fn body_limit(self, bytes: usize) -> Self {
        self.with_policy(|policy| policy.body_limit(bytes))
    }

    /// Sends requests with bodies of type `B` once more after their credential was refused, if `try_clone` gives a second
    /// body.
    ///
    /// These types need no such function: `()`, `String`, `Bytes`, `http_body_util`'s `Full<Bytes>` and `Empty<Bytes>`, and
    /// [`Body`](crate::Body) (feature `client`) if it is in memory. A body that the credential has read needs none either; a
    /// stream whose hash the caller states does.
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
        self.with_policy(|policy| policy.replay_bodies(try_clone))
    }

    /// Never sends a request twice, so that requests are not copied. The layer still drops a refused credential.
    #[must_use]
    pub fn without_replay(self) -> Self {
        self.with_policy(Policy::without_replay)
    }
}

impl<C> Clone for CredentialLayer<C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<C: fmt::Debug> fmt::Debug for CredentialLayer<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialLayer")
            .field("credential", &self.0.credential)
            .field("policy", &self.0.policy)
            .finish()
    }
}
