//! Where the signer gets its credentials. Only this module calls their provider.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future::ProvideCredentials as ProvideFuture;

use crate::cache::{Clocks, Fetch, Load, Loaded, Loader, RefreshingCache};
use crate::epoch::{Epoch, Epochs, Holder};
use crate::rt::Clock;
use crate::{AuthorizeError, AuthorizeErrorKind, RefreshPolicy};

/// AWS credentials, and the user they belong to.
pub struct SigningCredentials {
    pub(super) credentials: Credentials,
    pub(super) epoch: Epoch,
}

/// Goes along with credentials that a cache gave, as one of their properties: another cache drops them with the first one,
/// and tells it when a service refuses them.
#[derive(Clone)]
struct Stamp {
    epoch: Epoch,
    refuse: Arc<dyn Fn() + Send + Sync>,
}

impl fmt::Debug for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stamp").finish_non_exhaustive()
    }
}

impl SigningCredentials {
    /// A service that refused the one refuses the other.
    pub(super) fn are_same(&self, other: &Self) -> bool {
        let (one, other) = (&self.credentials, &other.credentials);
        one.access_key_id() == other.access_key_id()
            && one.secret_access_key() == other.secret_access_key()
            && one.session_token() == other.session_token()
    }
}

impl fmt::Debug for SigningCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningCredentials").finish_non_exhaustive()
    }
}

/// The credentials of a provider, kept until they are about to expire. Clones share them.
///
/// [`SigV4Layer::new`](super::SigV4Layer::new) makes one. Make one yourself to share the credentials between layers, to use
/// them without a layer, or to [`forget`](Self::forget) them when another user signs in.
///
/// It behaves as [`cache`](crate::cache) says: one load at a time, and no expired credentials. Credentials without an expiry
/// are loaded again in the background after 15 minutes.
///
/// ```
/// use aws_credential_types::Credentials;
/// use gatewright::layers::SigV4Layer;
/// use gatewright::layers::sigv4::CachedCredentials;
///
/// let keys = Credentials::new("AKIDEXAMPLE", "EXAMPLE-secret", None, None, "docs");
/// let credentials = CachedCredentials::new(keys);
/// let orders = SigV4Layer::from_cache("eu-central-1", credentials.clone());
/// let users = SigV4Layer::from_cache("us-east-1", credentials.clone());
///
/// credentials.forget(); // both layers ask the provider again
/// # let _ = (orders, users);
/// ```
pub struct CachedCredentials<P> {
    cache: RefreshingCache<Provider<P>, SigningCredentials>,
    clock: Clock,
}

impl<P: ProvideCredentials + 'static> CachedCredentials<P> {
    /// A cache with the default policy. It asks the provider when credentials are first needed.
    pub fn new(provider: P) -> Self {
        Self::with_policy(provider, RefreshPolicy::default())
    }

    /// A cache that asks its provider when the policy says.
    pub fn with_policy(provider: P, policy: RefreshPolicy) -> Self {
        Self {
            cache: RefreshingCache::new(Arc::new(Provider(provider)), policy),
            clock: Clock::default(),
        }
    }

    /// A cache whose credentials belong to these epochs: it gives none to another user, and no request is repeated as another
    /// user. After you end an epoch, call [`clear`](Self::clear).
    pub fn with_epochs(provider: P, policy: RefreshPolicy, epochs: Epochs) -> Self {
        Self {
            cache: RefreshingCache::with_epochs(Arc::new(Provider(provider)), policy, epochs),
            clock: Clock::default(),
        }
    }

    /// Takes the time from here instead of the system clock, where the credentials are used without a layer. A layer has
    /// [its own clock](super::SigV4Layer::clock).
    #[must_use]
    pub fn clock(self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self {
            clock: Clock::new(now),
            ..self
        }
    }

    /// Drops the credentials and stops the current load, because another user has signed in or out. No request is repeated
    /// with the credentials of the next user. A caller that waits fails with
    /// [`UserChanged`](crate::AuthorizeErrorKind::UserChanged), or gets the next credentials if there were none before.
    pub fn forget(&self) {
        self.cache.forget();
    }

    /// As [`forget`](Self::forget), if you know who is signed in now: a caller that waits as a guest continues as the user
    /// who signs in.
    pub fn start_over(&self, holder: Holder) {
        self.cache.start_over(holder);
    }

    /// Drops the credentials and stops the current load, for the same user: the user has other rights now, or
    /// [`Epochs::advance`] was called just before. A caller that waits gets the result of another load.
    pub fn clear(&self) {
        self.cache.clear();
    }

    /// The same provider and epochs, with an empty cache.
    pub(super) fn reset(&self, policy: RefreshPolicy) -> Self {
        let (provider, epochs) = (Arc::clone(self.cache.provider()), self.cache.epochs());
        Self {
            cache: RefreshingCache::with_epochs(provider, policy, epochs.clone()),
            clock: self.clock.clone(),
        }
    }

    /// The credentials, if they are at hand, for a request that is signed at `now` with a correction of so many seconds.
    #[inline]
    pub(super) fn fresh(&self, now: SystemTime, skew: i64) -> Option<Arc<SigningCredentials>> {
        if skew == 0 {
            self.cache.fresh(now)
        } else {
            self.cache.fresh_by(&Clocks::from(now).corrected(skew))
        }
    }

    /// The credentials for a request that is signed now.
    pub(super) fn get(&self, clocks: Clocks) -> Fetch<SigningCredentials> {
        self.cache.get(clocks)
    }

    /// The epoch of now: that of the credentials, which may come from another cache, or else that of this cache.
    pub(super) fn epoch(&self) -> Epoch {
        let known = self.cache.if_current(|known| known.epoch.clone());
        known.unwrap_or_else(|| self.cache.epochs().now())
    }

    /// The service refused these as expired or unknown: the next `get` asks the provider, unless there are newer ones already
    /// or the back-off has not ended.
    pub(super) fn refuse(&self, credentials: &Arc<SigningCredentials>) {
        self.cache
            .refuse(|current| Arc::ptr_eq(current, credentials));
    }

    async fn current(&self) -> Result<Credentials, CredentialsError> {
        // A server judges credentials that have ended by this machine's clock as soon as they came: it may be wrong.
        let clocks = Clocks::of(&self.clock).corrected(0);
        let cached = self.cache.get(clocks).value().await;
        let cached = cached.map_err(CredentialsError::provider_error)?;
        let mut credentials = cached.credentials.clone();
        credentials.set_property(self.stamp(&cached));
        Ok(credentials)
    }

    fn stamp(&self, cached: &Arc<SigningCredentials>) -> Stamp {
        let (cache, refused) = (self.clone(), Arc::downgrade(cached));
        Stamp {
            epoch: cached.epoch.clone(),
            refuse: Arc::new(move || {
                if let Some(refused) = refused.upgrade() {
                    cache.refuse(&refused);
                }
            }),
        }
    }
}

impl<P: ProvideCredentials + 'static> ProvideCredentials for CachedCredentials<P> {
    fn provide_credentials<'a>(&'a self) -> ProvideFuture<'a>
    where
        Self: 'a,
    {
        ProvideFuture::new(self.current())
    }
}

/// What the cache loads from.
struct Provider<P>(P);

impl<P: ProvideCredentials + 'static> Loader<SigningCredentials> for Provider<P> {
    const WHAT: &'static str = "AWS credentials";

    async fn load(
        &self,
        load: Load<SigningCredentials>,
    ) -> Result<Loaded<SigningCredentials>, AuthorizeError> {
        if let Some(refused) = &load.refused
            && let Some(stamp) = refused.credentials.get_property::<Stamp>()
        {
            (stamp.refuse)();
        }
        let credentials = self.0.provide_credentials().await.map_err(failed)?;
        let end = credentials.expiry();
        let stamp = credentials.get_property::<Stamp>();
        let other = stamp.map(|stamp| stamp.epoch.clone());
        let value = SigningCredentials {
            epoch: other.clone().unwrap_or(load.epoch),
            credentials,
        };
        Ok(Loaded::new(value).until(end).within(other))
    }
}

/// An error that already says why the request is not sent is not wrapped.
fn failed(error: CredentialsError) -> AuthorizeError {
    let changed = std::error::Error::source(&error)
        .and_then(|source| source.downcast_ref::<AuthorizeError>())
        .filter(|source| source.kind() == AuthorizeErrorKind::UserChanged)
        .cloned();
    changed.unwrap_or_else(|| AuthorizeError::provider_failed("AWS credentials", error))
}

impl<P> Clone for CachedCredentials<P> {
    fn clone(&self) -> Self {
        Self {
            cache: self.cache.clone(),
            clock: self.clock.clone(),
        }
    }
}

impl<P> fmt::Debug for CachedCredentials<P> {
    /// Without provider and credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedCredentials").finish_non_exhaustive()
    }
}
