//! Tokens for a user who signs in with a browser, on this device or another (RFC 8628).

mod polling;

use std::fmt;
use std::time::Duration;

use gatewright_core::rt::{Instant, instant, sleep, timeout_at};
use oauth2::url::Url;
use oauth2::{RequestTokenError, StandardDeviceAuthorizationResponse};

use self::polling::Polling;
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::token_set::TokenSet;

/// No code lives longer, whatever the provider says; the providers that there are say 5 to 30 minutes.
const LONGEST_LIFE: Duration = Duration::from_secs(24 * 60 * 60);

/// A provider that states an interval of 0 is not asked without any pause.
const SHORTEST_PAUSE: Duration = Duration::from_secs(1);

/// How slow failures of the connection make the polling, unless the provider itself wants it slower.
const LONGEST_BACK_OFF: Duration = Duration::from_secs(60);

/// A device flow that has begun, made by [`Client::device_code`]: show the code, then [wait](Self::wait).
///
/// ```no_run
/// use gatewright_oidc::Provider;
///
/// # async fn example() -> Result<(), gatewright::BoxError> {
/// let transport = gatewright::transport::https();
/// let provider = Provider::discover("https://login.example.com", transport).await?;
/// let client = provider.client("cli").scope("openid").scope("offline_access");
///
/// let flow = client.device_code().await?;
/// println!("Open {} and enter {}", flow.verification_uri(), flow.user_code());
/// let user = client.signed_in(flow.wait().await?);
/// # let _ = user;
/// # Ok(())
/// # }
/// ```
pub struct DeviceGrant {
    client: Client,
    codes: StandardDeviceAuthorizationResponse,
    complete_uri: Option<Url>,
    lifetime: Duration,
    deadline: Instant,
}

impl DeviceGrant {
    pub(crate) async fn begin(client: Client) -> Result<Self, Error> {
        let began = instant();
        let codes = ask_for_codes(&client).await?;
        let complete_uri = check_what_is_shown(&codes)?;
        check_interval(&codes)?;
        let lifetime = codes.expires_in().min(LONGEST_LIFE);
        Ok(Self {
            client,
            codes,
            complete_uri,
            lifetime,
            deadline: began + lifetime,
        })
    }

    /// What the user enters at the [verification URI](Self::verification_uri).
    pub fn user_code(&self) -> &str {
        self.codes.user_code().secret()
    }

    /// The page that the user opens: `http` or `https`.
    pub fn verification_uri(&self) -> &str {
        self.codes.verification_uri().url().as_str()
    }

    /// The same page with the code in it, if the provider has that: for a link or a QR code. It is as secret as the code.
    pub fn verification_uri_complete(&self) -> Option<&str> {
        self.complete_uri.as_ref().map(Url::as_str)
    }

    /// How long the codes live, counted from the request for them; at most a day.
    pub fn expires_in(&self) -> Duration {
        self.lifetime
    }

    /// Waits until the user has signed in.
    ///
    /// The provider is asked as often as it allows: every 5 s unless it says otherwise, 5 s slower after each `slow_down`, and
    /// half as often after each failure of the connection. Dropping the future ends the flow.
    ///
    /// # Errors
    ///
    /// - [`AccessDenied`](ErrorKind::AccessDenied): the user said no.
    /// - [`CodeExpired`](ErrorKind::CodeExpired): nobody was done in time.
    /// - those of the provider, but for the passing ones.
    pub async fn wait(self) -> Result<TokenSet, Error> {
        let outcome = timeout_at(self.deadline, self.poll()).await;
        outcome.unwrap_or_else(|_| {
            let message = "the codes expired before the user was done: begin again";
            Err(Error::new(ErrorKind::CodeExpired, message))
        })
    }

    async fn poll(&self) -> Result<TokenSet, Error> {
        let (client, clock) = (&self.client, &self.client.provider.clock);
        let polling = Polling::new(&client.provider.wire, clock);
        let oauth = client.oauth();
        let request = oauth
            .exchange_device_access_token(&self.codes)
            // The deadline is ours; theirs, on the system's clock, is put out of reach by a clock that stands still.
            .set_time_fn(Default::default)
            .set_max_backoff_interval(LONGEST_BACK_OFF.max(self.codes.interval()));
        let request = client.parameters().fold(request, |request, (name, value)| {
            request.add_extra_param(name, value)
        });
        let pause = |interval: Duration| sleep(interval.max(SHORTEST_PAUSE));
        let answer = request.request_async(&polling, pause, Some(Duration::ZERO));
        match answer.await {
            Ok(answer) => TokenSet::read(&answer, polling.asked_at()),
            Err(error) => Err(self.explain(&polling, error)),
        }
    }

    fn explain(&self, polling: &Polling<'_>, error: polling::Failure) -> Error {
        let error = match polling.take_fault() {
            Some(fault) => RequestTokenError::Request(fault),
            None => error,
        };
        let sent = [self.codes.device_code().secret(), self.user_code()];
        self.client.explain(error, &sent)
    }
}

async fn ask_for_codes(client: &Client) -> Result<StandardDeviceAuthorizationResponse, Error> {
    let oauth = client.oauth();
    let request = oauth.exchange_device_code().map_err(|_| {
        let message = "the provider has no device endpoint: its discovery document names none, or the app did not";
        Error::new(ErrorKind::Unsupported, message)
    })?;
    let request = request.add_scopes(client.scopes());
    let request = client.parameters().fold(request, |request, (name, value)| {
        request.add_extra_param(name, value)
    });
    let codes = request.request_async(&client.provider.wire).await;
    codes.map_err(|error| client.explain(error, &[]))
}

/// Users open the pages and terminals print the code, so neither may be anything but that.
fn check_what_is_shown(codes: &StandardDeviceAuthorizationResponse) -> Result<Option<Url>, Error> {
    page(codes.verification_uri().url().as_str())?;
    if codes.user_code().secret().contains(char::is_control) {
        return Err(unshowable());
    }
    let complete = codes.verification_uri_complete();
    complete.map(|uri| page(uri.secret())).transpose()
}

fn page(text: &str) -> Result<Url, Error> {
    let url = Url::parse(text).ok();
    let page = url.filter(|url| ["http", "https"].contains(&url.scheme()));
    page.ok_or_else(unshowable)
}

fn unshowable() -> Error {
    let message = "the provider's codes cannot be shown to a user: a verification address is no web page, or the code has \
                   control characters";
    Error::new(ErrorKind::InvalidAnswer, message)
}

/// The oauth2 crate adds to the interval, and panics where that is more than a `Duration` can be.
fn check_interval(codes: &StandardDeviceAuthorizationResponse) -> Result<(), Error> {
    if codes.interval() <= LONGEST_LIFE {
        return Ok(());
    }
    let message = "the provider wants more than a day between two polls of a device flow";
    Err(Error::new(ErrorKind::InvalidAnswer, message))
}

impl fmt::Debug for DeviceGrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceGrant")
            .field("client", &self.client)
            .field("verification_uri", &self.verification_uri())
            .field("expires_in", &self.lifetime)
            .finish_non_exhaustive()
    }
}
