//! The settings of the signer.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use aws_credential_types::provider::ProvideCredentials;
use http::{HeaderName, HeaderValue};
use tower_layer::Layer;

use super::credentials::CachedCredentials;
use super::headers::is_always_signed;
use super::service::SigV4;
use super::settings::{Settings, VPC_LATTICE};
use super::signer::{Shared, Signer};
use crate::clock::Clock;
use crate::layers::OnConflict;
use crate::layers::guard::Guard;
use crate::{Origin, RefreshPolicy};

/// Signs the requests that ask for it.
///
/// See the [module docs](super) for an example and for what exactly is signed. Clones share credentials, signing key and
/// clock correction, and so do all services made of one layer.
pub struct SigV4Layer<P> {
    settings: Settings,
    shared: Arc<Shared<P>>,
}

impl<P: ProvideCredentials + 'static> SigV4Layer<P> {
    /// Signs for the API Gateway of a region such as `eu-central-1`: the same as [`execute_api`](Self::execute_api).
    pub fn new(region: impl Into<Arc<str>>, credentials: P) -> Self {
        Self::execute_api(region, credentials)
    }

    /// Signs for API Gateway: REST, HTTP and WebSocket APIs, private ones and those with a domain name of their own. `region`
    /// is the region that the API is in, which the name of a custom domain does not tell.
    pub fn execute_api(region: impl Into<Arc<str>>, credentials: P) -> Self {
        Self::of_service("execute-api", region.into(), credentials)
    }

    /// As [`new`](Self::new), with credentials from this cache, which may have its own policy and other users.
    pub fn from_cache(region: impl Into<Arc<str>>, cache: CachedCredentials<P>) -> Self {
        Self::with_cache("execute-api", region.into(), cache)
    }

    /// Signs for the URL of a Lambda function in a region.
    pub fn lambda_url(region: impl Into<Arc<str>>, credentials: P) -> Self {
        Self::of_service("lambda", region.into(), credentials)
    }

    /// Signs for a VPC Lattice service in a region. The body is not covered by the signature, is not held in memory, and may
    /// be a stream of any length: VPC Lattice asks for `x-amz-content-sha256: UNSIGNED-PAYLOAD`.
    pub fn vpc_lattice(region: impl Into<Arc<str>>, credentials: P) -> Self {
        Self::of_service(VPC_LATTICE, region.into(), credentials)
    }

    fn of_service(service: &str, region: Arc<str>, credentials: P) -> Self {
        Self::with_cache(service, region, CachedCredentials::new(credentials))
    }

    fn with_cache(service: &str, region: Arc<str>, cache: CachedCredentials<P>) -> Self {
        Self {
            settings: Settings::new(region, service),
            shared: Arc::new(Shared::new(cache)),
        }
    }

    /// Signs for another service, by the name that it has in signatures. The body is always covered, except for
    /// `vpc-lattice-svcs`. S3 does not work: it wants its paths signed in another way.
    #[must_use]
    pub fn service(mut self, name: impl Into<Arc<str>>) -> Self {
        self.settings.scope.service = name.into();
        self
    }

    /// Sends and signs this `host` in place of the one in the URI: for a private API that is reached by the name of a VPC
    /// endpoint, the name of the API (`abc123.execute-api.eu-central-1.amazonaws.com`).
    ///
    /// This works over HTTP/1.1 alone, since HTTP/2 sends the host of the URI. The default transport sends such a request
    /// over HTTP/1.1; a transport of yours has to do the same. A request that says it is HTTP/2 is refused.
    /// A header `x-apigw-api-id: abc123`, set by a layer outside of this one, does the same over both.
    #[must_use]
    pub fn signing_host(mut self, host: HeaderValue) -> Self {
        self.settings.host = Some(host);
        self
    }

    /// Leaves a header out of the signature, because something on the way to the service changes it: `x-forwarded-for`, say.
    /// `host` and `x-amz-*` are signed all the same, since AWS demands it.
    #[must_use]
    pub fn unsigned_header(mut self, name: HeaderName) -> Self {
        if !is_always_signed(name.as_str()) {
            self.settings.unsigned.push(name);
        }
        self
    }

    /// The longest body to sign, in bytes; by default 10 MiB, which is the most that API Gateway takes. A longer one
    /// fails with [`BodyTooLarge`](crate::AuthorizeErrorKind::BodyTooLarge).
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.settings.body_limit = bytes;
        self
    }

    /// What to do with a request that has an `authorization`, `x-amz-date` or `x-amz-security-token` already. By default
    /// they are replaced, so that a retry outside of this layer signs anew; kept, the request is passed on as it is.
    #[must_use]
    pub fn on_conflict(mut self, policy: OnConflict) -> Self {
        self.settings.on_conflict = policy;
        self
    }

    /// Signs with this machine's time, whatever the answers say about it. See [the clock](super#the-clock).
    #[must_use]
    pub fn without_clock_correction(mut self) -> Self {
        self.settings.corrects_clock = false;
        self
    }

    /// Takes the time from here instead of the system clock.
    #[must_use]
    pub fn clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.settings.clock = Clock::new(now);
        self
    }

    /// When to ask the provider for credentials again. Those that were cached already are no longer used, nor is a cache
    /// that was shared with others.
    #[must_use]
    pub fn refresh_policy(mut self, policy: RefreshPolicy) -> Self {
        self.shared = Arc::new(self.shared.with_policy(policy));
        self
    }

    /// Sends signatures to this origin, and to others only if they are named as well. Without it, a client's requests are
    /// bound to the origin of its base URL, and others are not bound.
    ///
    /// A request to another origin fails with [`ForeignOrigin`](crate::AuthorizeErrorKind::ForeignOrigin).
    #[must_use]
    pub fn only_to(self, origin: Origin) -> Self {
        self.guarded(|guard| guard.only_to(origin))
    }

    /// [`only_to`](Self::only_to), if no origin was named yet.
    #[cfg(feature = "client")]
    pub(crate) fn or_only_to(self, origin: Origin) -> Self {
        self.guarded(|guard| guard.or_only_to(origin))
    }

    /// Sends signatures and session tokens to targets without TLS as well.
    #[must_use]
    pub fn allow_insecure(self) -> Self {
        self.guarded(Guard::allow_insecure)
    }

    fn guarded(mut self, change: impl FnOnce(Guard) -> Guard) -> Self {
        self.settings.guard = change(self.settings.guard);
        self
    }
}

impl<P> SigV4Layer<P> {
    pub(super) fn into_signer(self) -> Signer<P> {
        Signer {
            settings: self.settings,
            shared: self.shared,
        }
    }
}

impl<P> Clone for SigV4Layer<P> {
    fn clone(&self) -> Self {
        Self {
            settings: self.settings.clone(),
            shared: Arc::clone(&self.shared),
        }
    }
}

impl<P> fmt::Debug for SigV4Layer<P> {
    /// Without the provider, which may hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigV4Layer")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

impl<S, P: ProvideCredentials + 'static> Layer<S> for SigV4Layer<P> {
    type Service = SigV4<S, P>;

    fn layer(&self, inner: S) -> Self::Service {
        SigV4::new(inner, self.clone())
    }
}
