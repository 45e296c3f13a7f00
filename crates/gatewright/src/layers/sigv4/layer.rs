//! The settings of the signer.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use aws_credential_types::provider::ProvideCredentials;
use tower_layer::Layer;

use super::credentials::CredentialsSource;
use super::service::SigV4;
use super::sign::Scope;
use crate::clock::Clock;
use crate::layers::guard::Guard;

/// API Gateway takes no longer bodies ("Quotas for REST APIs", API Gateway developer guide).
const DEFAULT_BODY_LIMIT: usize = 10 * 1024 * 1024;

/// Signs the requests that ask for it.
///
/// See the [module docs](super) for an example and for what exactly is signed.
pub struct SigV4Layer<P> {
    pub(super) scope: Scope,
    pub(super) credentials: CredentialsSource<P>,
    pub(super) clock: Clock,
    pub(super) body_limit: usize,
    pub(super) guard: Guard,
}

impl<P: ProvideCredentials + 'static> SigV4Layer<P> {
    /// Signs for the API Gateway of a region such as `eu-central-1`. It is the region that the API is in, which the
    /// name of a custom domain does not tell.
    pub fn new(region: impl Into<Arc<str>>, credentials: P) -> Self {
        Self {
            scope: Scope {
                region: region.into(),
                service: "execute-api".into(),
            },
            credentials: CredentialsSource::new(credentials),
            clock: Clock::default(),
            body_limit: DEFAULT_BODY_LIMIT,
            guard: Guard::default(),
        }
    }

    /// Signs for another service than `execute-api`: `lambda` for a function URL, say.
    #[must_use]
    pub fn service(mut self, name: impl Into<Arc<str>>) -> Self {
        self.scope.service = name.into();
        self
    }

    /// The longest body to sign, in bytes; by default 10 MiB, which is the most that API Gateway takes. A longer one
    /// fails with [`BodyTooLarge`](crate::AuthorizeErrorKind::BodyTooLarge).
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Takes the time from here instead of the system clock.
    #[must_use]
    pub fn clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Clock::new(now);
        self
    }

    /// Sends signatures and session tokens to targets without TLS as well.
    #[must_use]
    pub fn allow_insecure(mut self) -> Self {
        self.guard = Guard::INSECURE_ALLOWED;
        self
    }
}

impl<P> Clone for SigV4Layer<P> {
    fn clone(&self) -> Self {
        Self {
            scope: self.scope.clone(),
            credentials: self.credentials.clone(),
            clock: self.clock.clone(),
            body_limit: self.body_limit,
            guard: self.guard,
        }
    }
}

impl<P> fmt::Debug for SigV4Layer<P> {
    /// Without the provider, which may hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigV4Layer")
            .field("scope", &self.scope)
            .field("body_limit", &self.body_limit)
            .field("guard", &self.guard)
            .finish_non_exhaustive()
    }
}

impl<S, P: ProvideCredentials + 'static> Layer<S> for SigV4Layer<P> {
    type Service = SigV4<S, P>;

    fn layer(&self, inner: S) -> Self::Service {
        SigV4::new(inner, self.clone())
    }
}
