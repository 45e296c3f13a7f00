//! What a session is at the moment.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use gatewright::Token;
use gatewright::layers::sigv4::ProvideCredentials;

use crate::Error;
use crate::identity::Identified;
use crate::session::Session;
use crate::user::{Tokens, User, cause};

/// Who is signed in, with tokens and identity, as they were when [`Session::fetch`] was called.
///
/// Each part is there or says why not, on its own: a guest has an identity and no tokens, a user of a session without an
/// identity pool has tokens and no identity.
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
    /// Of the user pool.
    user: Option<String>,
    credentials_expire_at: Option<SystemTime>,
}

impl Session {
    /// What the session is now: loads the tokens and the credentials, unless they are there already.
    ///
    /// # Errors
    ///
    /// When it cannot be known who is signed in: the store failed, or tokens have expired and Cognito cannot be reached. A
    /// session that has ended is none of these: [`AuthSession::tokens`] says so.
    pub async fn fetch(&self) -> Result<AuthSession, Error> {
        loop {
            let before = self.shared.users.current().await?;
            let identity = self.identity().await;
            let user = self.shared.users.current().await?;
            let is_of_user = match &identity {
                Ok(identity) => identity.user.as_deref() == user.logged_in(),
                Err(_) => before.state.has_credentials_of(&user.state),
            };
            if is_of_user {
                return Ok(self.view(&user, identity));
            }
            // Somebody signs in or out at this moment: these are credentials of the user before.
            self.shared.credentials.forget();
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
    /// Whether somebody is signed in. They still are when their session has ended, until they sign in again or out.
    pub fn is_signed_in(&self) -> bool {
        self.username.is_some()
    }

    /// What who is signed in called themselves.
    pub fn username(&self) -> Option<&str> {
        self.username.as_deref()
    }

    /// The tokens of the user.
    ///
    /// # Errors
    ///
    /// When nobody is signed in, the session has ended, or there is no user pool.
    pub fn tokens(&self) -> Result<&SessionTokens, &Error> {
        self.tokens.as_ref()
    }

    /// The identity, of the user or of a guest.
    ///
    /// # Errors
    ///
    /// What kept it from getting credentials: guests are refused, the session has ended, there is no identity pool.
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

    /// When the first of the two expires, by this machine's clock; `None` if Cognito did not say.
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

    /// When the credentials expire that the identity has now.
    pub fn credentials_expire_at(&self) -> Option<SystemTime> {
        self.credentials_expire_at
    }

    fn of(credentials: &Credentials) -> Self {
        let identity = credentials.get_property::<Identified>();
        let identity = identity.cloned().unwrap_or_default();
        Self {
            id: identity.id,
            user: identity.user,
            credentials_expire_at: credentials.expiry(),
        }
    }
}
