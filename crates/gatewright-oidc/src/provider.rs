//! Where a provider is, and the way to it.

use std::fmt;
use std::time::SystemTime;

use gatewright::HttpService;
use gatewright_core::rt::Clock;

use crate::client::Client;
use crate::discovery::Discovery;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::wire::Wire;

/// An OpenID Connect or OAuth 2.0 provider: its endpoints, and the transport that leads there.
///
/// A request to it may take 10 s and its answer have 1 MiB. When the provider says for how long it wants to be left alone
/// (`Retry-After` with 429 or 5xx), requests of all clones fail at once until then, for five minutes at most.
///
/// # Panics
///
/// Requests, those of its clients too, panic outside of a Tokio runtime with timers.
///
/// ```
/// use gatewright_oidc::{ErrorKind, Provider};
///
/// let transport = gatewright::transport::https();
/// let provider = Provider::new("https://login.example.com/oauth2/token", transport.clone())?
///     .device_endpoint("https://login.example.com/oauth2/device")?;
/// let jobs = provider.client("nightly-jobs");
///
/// // A secret would go there.
/// let error = Provider::new("http://login.example.com/oauth2/token", transport).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::InsecureUrl);
/// # let _ = jobs;
/// # Ok::<(), gatewright_oidc::Error>(())
/// ```
#[derive(Clone)]
pub struct Provider {
    pub(crate) token: Endpoint,
    pub(crate) device: Option<Endpoint>,
    pub(crate) wire: Wire,
    pub(crate) clock: Clock,
}

impl Provider {
    /// The provider with this token endpoint, without discovery.
    ///
    /// The transport is any tower service; it must not follow redirects, which would take secrets along. That of gatewright
    /// does not.
    ///
    /// # Errors
    ///
    /// When the address is no URL, has a user name, password or fragment, or is neither `https` nor `http` on loopback.
    pub fn new(token_endpoint: &str, transport: impl HttpService) -> Result<Self, Error> {
        let token = Endpoint::parse("token endpoint", token_endpoint)?;
        Ok(Self::at(token, None, Wire::new(transport)))
    }

    /// The provider that signs as this issuer: [`Discovery`] without settings.
    ///
    /// # Errors
    ///
    /// Those of [`Discovery::run`].
    pub async fn discover(
        issuer: impl Into<String>,
        transport: impl HttpService,
    ) -> Result<Self, Error> {
        Discovery::new(issuer).run(transport).await
    }

    pub(crate) fn at(token: Endpoint, device: Option<Endpoint>, wire: Wire) -> Self {
        Self {
            token,
            device,
            wire,
            clock: Clock::default(),
        }
    }

    /// States where device flows begin (RFC 8628, section 3.1).
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn device_endpoint(self, url: &str) -> Result<Self, Error> {
        let device = Some(Endpoint::parse("device endpoint", url)?);
        Ok(Self { device, ..self })
    }

    /// Takes the time from here instead of the system clock.
    #[must_use]
    pub fn clock(self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        let clock = Clock::new(now);
        Self { clock, ..self }
    }

    /// A client that is registered with the provider under this id.
    pub fn client(&self, id: impl Into<String>) -> Client {
        Client::new(self.clone(), id.into())
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider")
            .field("token_endpoint", &self.token)
            .field("device_endpoint", &self.device)
            .finish_non_exhaustive()
    }
}
