//! The settings of the signer.

use std::sync::Arc;
use std::time::SystemTime;

use aws_credential_types::provider::ProvideCredentials;
use http::{HeaderName, HeaderValue};

use super::credential::{Shared, SigV4Credential};
use super::credentials::CachedCredentials;
use super::header_names::is_always_signed;
use super::settings::{Settings, VPC_LATTICE};
use crate::RefreshPolicy;
use crate::layers::credential::CredentialLayer;
use crate::rt::Clock;

/// Signs the requests that ask for it.
///
/// See the [module docs](super) for an example and for what exactly is signed. Clones share credentials, signing key and
/// clock correction, and so do all services made of one layer.
pub type SigV4Layer<P> = CredentialLayer<SigV4Credential<P>>;

impl<P: ProvideCredentials + 'static> SigV4Layer<P> {
    /// Signs for the API Gateway of a region such as `eu-central-1`: the same as [`execute_api`](Self::execute_api).
    pub fn new(region: impl Into<Arc<str>>, credentials: P) -> Self {
        Self::execute_api(region, credentials)
    }

    /// Signs for API Gateway: REST, HTTP and WebSocket APIs, private APIs and those with a custom domain. `region` is the
    /// region of the API, which a custom domain does not name.
    pub fn execute_api(region: impl Into<Arc<str>>, credentials: P) -> Self {
        Self::of_service("execute-api", region.into(), credentials)
    }

    /// As [`new`](Self::new), with credentials from this cache, which may have another policy and serve other layers too.
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
        Self::of(SigV4Credential {
            settings: Settings::new(region, service),
            shared: Arc::new(Shared::new(cache)),
        })
    }

    /// Signs for another service, by its name in signatures. The signature always covers the body, except for
    /// `vpc-lattice-svcs`. S3 does not work: its signatures treat paths differently.
    #[must_use]
    pub fn service(self, name: impl Into<Arc<str>>) -> Self {
        self.with(|signer| signer.settings.scope.service = name.into())
    }

    /// Sends and signs this `host` in place of the one in the URI: for a private API that is reached by the name of a VPC
    /// endpoint, the name of the API (`abc123.execute-api.eu-central-1.amazonaws.com`).
    ///
    /// This works over HTTP/1.1 only, since HTTP/2 sends the host of the URI. The default transport sends such a request
    /// over HTTP/1.1; your own transport must do the same. A request whose version is HTTP/2 is refused.
    /// A header `x-apigw-api-id: abc123`, set by a layer outside of this one, does the same over both.
    #[must_use]
    pub fn signing_host(self, host: HeaderValue) -> Self {
        self.with(|signer| signer.settings.host = Some(host))
    }

    /// Leaves a header out of the signature, because a proxy on the way to the service changes it: `x-forwarded-for`, for
    /// example. `host` and `x-amz-*` are always signed, since AWS requires it.
    #[must_use]
    pub fn unsigned_header(self, name: HeaderName) -> Self {
        if is_always_signed(name.as_str()) {
            return self;
        }
        self.with(|signer| signer.settings.unsigned.push(name))
    }

    /// Signs with this machine's time, and ignores the `Date` of responses. See [the clock](super#the-clock).
    #[must_use]
    pub fn without_clock_correction(self) -> Self {
        self.with(|signer| signer.settings.corrects_clock = false)
    }

    /// Takes the time from here instead of the system clock.
    #[must_use]
    pub fn clock(self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.with(|signer| signer.settings.clock = Clock::new(now))
    }

    /// When to ask the provider for credentials again. Those that were cached already are no longer used: the layer gets a
    /// cache of its own, which still drops its credentials when that of before is made to
    /// [`forget`](super::CachedCredentials::forget) them.
    #[must_use]
    pub fn refresh_policy(self, policy: RefreshPolicy) -> Self {
        self.with(|signer| {
            let cache = signer.shared.credentials.reset(policy);
            signer.shared = Arc::new(Shared::new(cache));
        })
    }
}
