//! Where the signer gets its credentials: the one place that asks the provider of them.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future::ProvideCredentials as ProvideFuture;

use crate::clock::Clock;
use crate::expiring::{Expiring, Load, Loaded};
use crate::{AuthorizeError, RefreshPolicy, expiring};

/// Credentials, or the wait for them.
pub(super) type Fetch = expiring::Fetch<Cached>;

/// Credentials, and which load they came from.
pub(super) struct Cached {
    pub(super) credentials: Credentials,
    /// For [`CachedCredentials::invalidate`]; also a cheap key for what is derived from the secret.
    pub(super) generation: u64,
}

/// The credentials of a provider, kept until they are about to expire. Clones share them.
///
/// [`SigV4Layer::new`](super::SigV4Layer::new) makes one of its own. Make one yourself to share the credentials between
/// layers, to use them without any, or to [`forget`](Self::forget) them when another user signs in.
///
/// It keeps what it promises as [`expiring`](crate::expiring) says: one load at a time, and nothing that has expired.
/// Credentials that do not say when they expire are asked for again in the background after a quarter of an hour.
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
/// credentials.forget(); // both layers ask the provider anew
/// # let _ = (orders, users);
/// ```
pub struct CachedCredentials<P> {
    cache: Expiring<P, Cached>,
    clock: Clock,
}

impl<P: ProvideCredentials + 'static> CachedCredentials<P> {
    /// A cache with the default policy. The provider is asked when credentials are first wanted.
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

    /// Takes the time from here instead of the system clock, where the credentials are used without a layer. A layer has
    /// [its own clock](super::SigV4Layer::clock).
    #[must_use]
    pub fn clock(self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self {
            clock: Clock::new(now),
            ..self
        }
    }

    /// Drops the credentials and stops a load that is under way: they belong to the past, because another user has signed
    /// in or out. Who waits for that load waits for the next one instead.
    pub fn forget(&self) {
        self.cache.forget();
    }

    /// The same provider, with an empty cache.
    pub(super) fn reset(&self, policy: RefreshPolicy) -> Self {
        let provider = Arc::clone(self.cache.provider());
        Self {
            cache: Expiring::new(provider, policy),
            clock: self.clock.clone(),
        }
    }

    /// The credentials for a request that is signed at `now`.
    pub(super) fn get(&self, now: SystemTime) -> Fetch {
        self.cache.get(now)
    }

    /// Credentials of this generation were refused as expired or unknown: the next `get` asks the provider, unless
    /// there are newer ones already or back-off forbids it.
    pub(super) fn invalidate(&self, generation: u64) {
        self.cache.invalidate(generation);
    }

    async fn current(&self) -> Result<Credentials, CredentialsError> {
        let cached = self.get(self.clock.now()).value().await;
        let cached = cached.map_err(CredentialsError::provider_error)?;
        Ok(cached.credentials.clone())
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

impl<P: ProvideCredentials + 'static> Load<Cached> for P {
    const WHAT: &'static str = "AWS credentials";

    async fn load(
        &self,
        generation: u64,
        _refused: Option<Arc<Cached>>,
    ) -> Result<Loaded<Cached>, AuthorizeError> {
        let loaded = self.provide_credentials().await;
        let credentials =
            loaded.map_err(|error| AuthorizeError::provider_failed("AWS credentials", error))?;
        Ok(Loaded {
            expires_at: credentials.expiry(),
            value: Cached {
                credentials,
                generation,
            },
        })
    }
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
