//! The settings of a session.

use std::fmt;
use std::sync::{Arc, Weak};
use std::time::SystemTime;

use gatewright::layers::sigv4::CachedCredentials;
use gatewright::{BaseUrl, BoxService, HttpService, ProvideToken, RefreshPolicy};
use gatewright_config::AuthenticationFlow;
use gatewright_core::epoch::{Epochs, Holder};
use gatewright_core::rt::Clock;

use super::handle::{Session, Shared};
use crate::api::{IdentityPoolApi, UserPoolApi};
use crate::identity::{IdentityCredentials, IdentitySettings, Login};
use crate::random::Random;
use crate::store::{App, RecordStore, SharedStore};
use crate::user::{Core, Users};
use crate::{Error, ErrorKind, IdentityPool, MemoryStore, TokenStore, UserPool};

/// Builds a [`Session`] with a user pool, an identity pool or both.
///
/// ```
/// use gatewright::{BoxError, Token};
/// use gatewright_cognito::{ErrorKind, IdentityPool, Session};
///
/// # fn main() -> Result<(), gatewright_cognito::Error> {
/// # let service = tower::service_fn(|_| async { Err::<http::Response<gatewright::Body>, _>("not called") });
/// let google = || async { Ok::<_, BoxError>(Token::new("eyJhbGciOi")) };
/// let session = Session::builder()
///     .identity_pool(IdentityPool::new("eu-west-1:00000000-1111-2222-3333-444444444444")?)
///     .login("accounts.google.com", google)
///     # .transport(service)
///     .build()?;
/// # let _ = session;
///
/// let error = Session::builder().build().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Configuration);
/// # Ok(())
/// # }
/// ```
#[derive(Default)]
#[must_use]
pub struct SessionBuilder {
    user_pool: Option<UserPool>,
    identity_pool: Option<IdentityPool>,
    endpoint: Option<BaseUrl>,
    logins: Vec<Login>,
    store: Option<SharedStore>,
    transport: Option<BoxService>,
    clock: Clock,
    random: Random,
    flow: AuthenticationFlow,
    allows_guest_after_expiry: bool,
}

impl Session {
    /// Returns a builder without any setting.
    pub fn builder() -> SessionBuilder {
        SessionBuilder::default()
    }

    /// Returns a builder with the pools and the sign-in flow of an Amplify configuration.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) if the id of a pool is invalid, or if the endpoint of the
    /// configuration is not a host.
    pub fn from_config(config: &gatewright_config::CognitoAuth) -> Result<SessionBuilder, Error> {
        SessionBuilder::from_config(config)
    }
}

impl SessionBuilder {
    pub(super) fn from_config(config: &gatewright_config::CognitoAuth) -> Result<Self, Error> {
        let user_pool = config.user_pool.as_ref().map(UserPool::from_config);
        let identity_pool = config.identity_pool.as_ref().map(IdentityPool::from_config);
        Ok(Self {
            user_pool: user_pool.transpose()?,
            identity_pool: identity_pool.transpose()?,
            flow: config.flow,
            ..Self::default()
        })
    }

    /// Sets the user pool, where users sign in and which gives tokens. Default: none.
    pub fn user_pool(mut self, pool: UserPool) -> Self {
        self.user_pool = Some(pool);
        self
    }

    /// Sets the identity pool, which gives AWS credentials. Default: none.
    pub fn identity_pool(mut self, pool: IdentityPool) -> Self {
        self.identity_pool = Some(pool);
        self
    }

    /// Adds a login with another provider than the user pool. The identity pool accepts it instead of the user pool
    /// or together with it.
    ///
    /// `name` is the provider's name in the identity pool: `accounts.google.com`, `graph.facebook.com`,
    /// `www.amazon.com`, `appleid.apple.com`, or the issuer of an OpenID Connect provider without `https://`. The
    /// session asks the provider for a token whenever it loads credentials, and calls [`ProvideToken::refused`] when
    /// Cognito refuses one. If the provider fails, the load of credentials fails: the session never falls back to
    /// guest credentials. A second provider of the same name replaces the first.
    ///
    /// The session does not notice when another user logs in with that provider. Call
    /// [`forget`](gatewright::layers::sigv4::CachedCredentials::forget) on [`Session::credentials`] then.
    pub fn login(mut self, name: impl Into<String>, provider: impl ProvideToken) -> Self {
        let login = Login::new(name.into(), provider);
        self.logins.retain(|other| other.name() != login.name());
        self.logins.push(login);
        self
    }

    /// Sets the endpoint of both pools, such as an emulator of AWS on this machine. It overrides
    /// [`UserPool::endpoint`] and [`IdentityPool::endpoint`]. Default: the endpoints of AWS.
    ///
    /// ```
    /// use gatewright_cognito::{Session, UserPool};
    /// # use gatewright::Body;
    /// # use std::convert::Infallible;
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), gatewright::BoxError> {
    /// # let cognito = tower::service_fn(async |request: http::Request<Body>| {
    /// #     assert_eq!(request.uri(), "http://127.0.0.1:4566/");
    /// #     let tokens = r#"{"AccessToken": "a", "IdToken": "i", "RefreshToken": "r", "ExpiresIn": 3600}"#;
    /// #     Ok::<_, Infallible>(http::Response::new(Body::from(format!(r#"{{"AuthenticationResult": {tokens}}}"#))))
    /// # });
    /// let session = Session::builder()
    ///     .endpoint("http://127.0.0.1:4566".parse()?)
    ///     .user_pool(UserPool::new("eu-west-1_AbCdEfGhI", "1example23456789client")?)
    ///     # .transport(cognito)
    ///     .build()?;
    /// # use gatewright_cognito::{SignIn, Step};
    /// # assert!(matches!(session.sign_in_with(SignIn::password("alice", "pw")).await?, Step::SignedIn));
    /// # Ok(()) }
    /// ```
    pub fn endpoint(mut self, endpoint: BaseUrl) -> Self {
        self.endpoint = Some(endpoint);
        self
    }

    /// Sets the store of the session. Default: a [`MemoryStore`].
    pub fn store(mut self, store: impl TokenStore) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    /// Sets the service that sends requests to Cognito. Default: [`gatewright::transport::https`], if the feature
    /// `transport` is on.
    pub fn transport(mut self, service: impl HttpService) -> Self {
        self.transport = Some(service.boxed());
        self
    }

    /// Sets the clock. Default: the system clock.
    pub fn clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Clock::new(now);
        self
    }

    /// Sets the source of random bytes, which must be fit for cryptography. Default: the operating system.
    pub fn random(mut self, fill: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Self {
        self.random = Random::new(fill);
        self
    }

    /// Gives guest credentials to a user whose session has ended, instead of an error. Off by default: the same call
    /// would go out with other rights, without an error.
    pub fn allow_guest_after_expiry(mut self) -> Self {
        self.allows_guest_after_expiry = true;
        self
    }

    /// Builds the session. It calls nothing and reads nothing yet.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) if there is neither a user pool nor an identity pool, a
    /// login without an identity pool, no transport, or an endpoint of plain `http` that is not loopback.
    pub fn build(mut self) -> Result<Session, Error> {
        self.check()?;
        self.place_pools();
        let service = self.transport.map_or_else(default_transport, Ok)?;
        let app = app(self.user_pool.as_ref(), self.identity_pool.as_ref());
        let store = self
            .store
            .unwrap_or_else(|| Arc::new(MemoryStore::default()));
        let user_pool = self
            .user_pool
            .map(|pool| UserPoolApi::new(pool, service.clone(), self.random.clone()));
        let identity_pool = self
            .identity_pool
            .map(|pool| IdentityPoolApi::new(pool, service.clone(), self.random.clone()));
        let core = Core {
            user_pool: user_pool.transpose()?,
            records: RecordStore::new(store, app),
            clock: self.clock,
        };
        let identity = IdentitySettings {
            pool: identity_pool.transpose()?,
            logins: self.logins,
            allows_guest_after_expiry: self.allows_guest_after_expiry,
        };
        Ok(Session {
            shared: Shared::new(core, identity, self.random, self.flow),
        })
    }

    fn place_pools(&mut self) {
        let Some(endpoint) = self.endpoint.take() else {
            return;
        };
        let (users, identities) = (self.user_pool.take(), self.identity_pool.take());
        self.user_pool = users.map(|pool| pool.endpoint(endpoint.clone()));
        self.identity_pool = identities.map(|pool| pool.endpoint(endpoint));
    }

    fn check(&self) -> Result<(), Error> {
        let message = match (&self.user_pool, &self.identity_pool) {
            (None, None) => {
                "a session needs a user pool, an identity pool or both: SessionBuilder::user_pool, \
                 SessionBuilder::identity_pool"
            }
            (Some(_), None) if !self.logins.is_empty() => {
                "logins are for an identity pool: add one with SessionBuilder::identity_pool"
            }
            _ => return Ok(()),
        };
        Err(Error::new(ErrorKind::Configuration, message))
    }
}

impl Shared {
    fn new(
        core: Core,
        identity: IdentitySettings,
        random: Random,
        flow: AuthenticationFlow,
    ) -> Arc<Self> {
        let core = Arc::new(core);
        Arc::new_cyclic(|this: &Weak<Self>| {
            // Nobody, until a load finds a user in the store.
            let epochs = Epochs::new(Holder::Nobody);
            let users = Users::new(Arc::clone(&core), &epochs, this.clone());
            let has_identity_pool = identity.pool.is_some();
            let allows_guest_after_expiry = identity.allows_guest_after_expiry;
            let provider = IdentityCredentials::new(Arc::clone(&core), users.clone(), identity);
            let policy = RefreshPolicy::default();
            let clock = core.clock.clone();
            Self {
                has_identity_pool,
                allows_guest_after_expiry,
                credentials: CachedCredentials::with_epochs(provider, policy, epochs)
                    .clock(move || clock.now()),
                users,
                core,
                random,
                flow,
            }
        })
    }
}

fn app(user_pool: Option<&UserPool>, identity_pool: Option<&IdentityPool>) -> App {
    App {
        user_pool: user_pool.map(|pool| pool.id().to_owned()),
        client: user_pool.map(|pool| pool.client_id().to_owned()),
        identity_pool: identity_pool.map(|pool| pool.id().to_owned()),
    }
}

#[cfg(feature = "transport")]
#[allow(
    clippy::unnecessary_wraps,
    reason = "without the feature there is none"
)]
fn default_transport() -> Result<BoxService, Error> {
    Ok(gatewright::transport::https().boxed())
}

#[cfg(not(feature = "transport"))]
fn default_transport() -> Result<BoxService, Error> {
    let message = "there is no transport: add one with SessionBuilder::transport, or turn on the feature `transport`";
    Err(Error::new(ErrorKind::Configuration, message))
}

impl fmt::Debug for SessionBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionBuilder")
            .field("user_pool", &self.user_pool)
            .field("identity_pool", &self.identity_pool)
            .field("logins", &self.logins)
            .field("flow", &self.flow)
            .field("allow_guest_after_expiry", &self.allows_guest_after_expiry)
            .finish_non_exhaustive()
    }
}
