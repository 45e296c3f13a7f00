//! A snapshot of a session.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use gatewright::Token;
use gatewright::layers::sigv4::ProvideCredentials;

use crate::Error;
use crate::identity::Identified;
use crate::session::Session;
use crate::user::{Tokens, User, cause};

/// The user, the tokens and the identity of a session at the time of [`Session::fetch`].
///
/// Each part is a value or an error. A guest has an identity and no tokens. A user of a session without an identity
/// pool has tokens and no identity.
///
/// ```
/// use gatewright_cognito::{ErrorKind, Session, UserPool};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), gatewright_cognito::Error> {
/// # let service = tower::service_fn(|_| async { Err::<http::Response<gatewright::Body>, _>("not called") });
/// # let pool = UserPool::new("eu-west-1_AbCdEfGhI", "1example23456789client")?;
/// # let session = Session::builder().user_pool(pool).transport(service).build()?;
/// let now = session.fetch().await?;
/// assert!(!now.is_signed_in());
/// assert_eq!(now.tokens().unwrap_err().kind(), ErrorKind::SignInRequired);
/// assert_eq!(now.identity().unwrap_err().kind(), ErrorKind::Configuration);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct AuthSession {
    username: Option<String>,
    tokens: Result<SessionTokens, Error>,
    identity: Result<SessionIdentity, Error>,
}

/// The tokens of a user. `Debug` shows none of them.
#[derive(Clone, Debug)]
pub struct SessionTokens {
    access: Token,
    id: Option<Token>,
    expires_at: Option<SystemTime>,
}

/// An identity of the identity pool. The credentials themselves are [`Session::credentials`].
#[derive(Clone, Debug)]
pub struct SessionIdentity {
    id: String,
    credentials_expire_at: Option<SystemTime>,
}

impl Session {
    /// Loads the tokens and the credentials, unless the session has them, and returns a snapshot.
    ///
    /// # Errors
    ///
    /// An error if the session cannot find out who is signed in: the store fails, or the tokens have expired and
    /// Cognito is unreachable. A session that has ended is no error here; [`AuthSession::tokens`] returns it.
    pub async fn fetch(&self) -> Result<AuthSession, Error> {
        loop {
            let epoch = self.shared.users.epochs().now();
            let before = self.shared.users.current().await?;
            let identity = self.identity().await;
            let user = self.shared.users.current().await?;
            // Else a user signs in or out at this moment, or the session ends, and the parts do not belong together.
            if epoch.is_current() && before.is_expired() == user.is_expired() {
                return Ok(self.view(&user, identity));
            }
        }
    }

    fn view(&self, user: &User, identity: Result<SessionIdentity, Error>) -> AuthSession {
        let tokens = user.tokens().map(SessionTokens::from);
        AuthSession {
            username: user.name().map(str::to_owned),
            tokens: self.user_pool().and(tokens),
            identity,
        }
    }

    async fn identity(&self) -> Result<SessionIdentity, Error> {
        let credentials = self.shared.credentials.provide_credentials().await;
        Ok(SessionIdentity::of(&credentials.map_err(cause)?))
    }
}

impl AuthSession {
    /// Whether a user is signed in. A user whose session has ended counts as signed in until the next sign-in or
    /// sign-out.
    pub fn is_signed_in(&self) -> bool {
        self.username.is_some()
    }

    /// The user name, as the user typed it at sign-in.
    pub fn username(&self) -> Option<&str> {
        self.username.as_deref()
    }

    /// The tokens of the user.
    ///
    /// # Errors
    ///
    /// [`SignInRequired`](crate::ErrorKind::SignInRequired) if nobody is signed in,
    /// [`SessionExpired`](crate::ErrorKind::SessionExpired) if the session has ended,
    /// [`Configuration`](crate::ErrorKind::Configuration) if there is no user pool.
    pub fn tokens(&self) -> Result<&SessionTokens, &Error> {
        self.tokens.as_ref()
    }

    /// The identity, of the user or of a guest.
    ///
    /// # Errors
    ///
    /// The reason why there are no credentials: the pool refuses guests, the session has ended, or there is no
    /// identity pool.
    pub fn identity(&self) -> Result<&SessionIdentity, &Error> {
        self.identity.as_ref()
    }

    /// The identity's id, if there is one.
    pub fn identity_id(&self) -> Option<&str> {
        self.identity().ok().map(SessionIdentity::id)
    }
}

impl SessionTokens {
    /// The access token.
    pub fn access(&self) -> &Token {
        &self.access
    }

    /// The ID token. A user pool gives one if the app client has the scope `openid`, as it does by default.
    pub fn id(&self) -> Option<&Token> {
        self.id.as_ref()
    }

    /// When the first of the two expires, by this machine's clock. `None` if Cognito does not say.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at
    }
}

impl From<&Tokens> for SessionTokens {
    fn from(tokens: &Tokens) -> Self {
        Self {
            access: tokens.access.clone(),
            id: tokens.id.clone(),
            expires_at: tokens.expires_at,
        }
    }
}

impl SessionIdentity {
    /// The id, such as `eu-west-1:00000000-1111-2222-3333-444444444444`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// When the present credentials of the identity expire.
    pub fn credentials_expire_at(&self) -> Option<SystemTime> {
        self.credentials_expire_at
    }

    fn of(credentials: &Credentials) -> Self {
        let identity = credentials.get_property::<Identified>();
        let identity = identity.cloned().unwrap_or_default();
        Self {
            id: identity.id,
            credentials_expire_at: credentials.expiry(),
        }
    }
}
