//! Where the signer gets its credentials: the one place that asks the provider.

use std::sync::Arc;
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;

use crate::expiring::{Expiring, Load, Loaded};
use crate::{AuthorizeError, RefreshPolicy, expiring};

/// Credentials, or the wait for them.
pub(super) type Fetch = expiring::Fetch<Cached>;

/// Credentials, and which load they came from.
pub(super) struct Cached {
    pub(super) credentials: Credentials,
    /// For [`CredentialsSource::invalidate`]; also a cheap key for what is derived from the secret.
    pub(super) generation: u64,
}

/// The credentials of a provider, cached. Clones share the cache.
pub(super) struct CredentialsSource<P> {
    cache: Expiring<P, Cached>,
}

impl<P: ProvideCredentials + 'static> CredentialsSource<P> {
    pub(super) fn new(provider: P) -> Self {
        Self {
            cache: Expiring::new(Arc::new(provider), RefreshPolicy::default()),
        }
    }

    /// The same provider, with an empty cache.
    pub(super) fn with_policy(&self, policy: RefreshPolicy) -> Self {
        let provider = Arc::clone(self.cache.provider());
        Self {
            cache: Expiring::new(provider, policy),
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

impl<P> Clone for CredentialsSource<P> {
    fn clone(&self) -> Self {
        Self {
            cache: self.cache.clone(),
        }
    }
}
