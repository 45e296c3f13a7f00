//! A session: who is signed in, their tokens, and the AWS credentials that go with them.

mod builder;

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use gatewright::layers::sigv4::CachedCredentials;
use gatewright_config::AuthenticationFlow;

pub use self::builder::SessionBuilder;
use crate::Error;
use crate::api::{NewTokens, UserPoolApi};
use crate::identity::IdentityCredentials;
use crate::random::Random;
use crate::store::StoredUser;
use crate::tokens::{AccessToken, IdToken};
use crate::user::{Core, OnUserChanged, ProcessState, Users, detached};

/// Who is signed in, with tokens and credentials that renew themselves. Clones share it.
///
/// A [`Session`] is made once, before anybody has signed in, and shared by everything that calls an API. Its
/// [`credentials`](Session::credentials), [`access_token`](Session::access_token) and [`id_token`](Session::id_token) go into
/// layers, which need not be built anew when somebody signs in or out.
///
/// | somebody | credentials | tokens |
/// | --- | --- | --- |
/// | has not signed in | of the guest role, unless guests are refused | an error: [`SignInRequired`](crate::ErrorKind::SignInRequired) |
/// | is signed in | of the authenticated role | theirs, renewed in time |
/// | has a refresh token that Cognito refuses | an error, [`SessionExpired`](crate::ErrorKind::SessionExpired), until sign-in or sign-out | the same error |
///
/// ```
/// use gatewright::layers::{BearerTokenLayer, SigV4Layer};
/// use gatewright_cognito::{IdentityPool, Session, UserPool};
///
/// # fn main() -> Result<(), gatewright_cognito::Error> {
/// # let service = tower::service_fn(|_| async { Err::<http::Response<gatewright::Body>, _>("not called") });
/// let session = Session::builder()
///     .user_pool(UserPool::new("eu-west-1_AbCdEfGhI", "1example23456789client")?)
///     .identity_pool(IdentityPool::new("eu-west-1:00000000-1111-2222-3333-444444444444")?)
///     # .transport(service)
///     .build()?;
///
/// let iam = SigV4Layer::from_cache("eu-west-1", session.credentials());
/// let user_pool = BearerTokenLayer::new(session.access_token()).uncached().raw();
/// # let _ = (iam, user_pool);
/// # Ok(())
/// # }
/// ```
///
/// - However many calls there are, one load runs at a time, and no caller that goes away takes it along. When values
///   are renewed, and what happens if that fails, is said by [`RefreshPolicy`](gatewright::RefreshPolicy): a value that is
///   valid is used while Cognito cannot be reached, one that has expired never.
/// - New tokens are in the [store](crate::TokenStore) before anybody uses them.
/// - Where processes share a store, a sign-in or sign-out by one is seen by the others when they load next: at the latest
///   after a quarter of an hour where nobody was signed in, or when the tokens or credentials in use are to be renewed.
///   From then on neither tokens nor credentials are those of the user before.
///
/// # Panics
///
/// Its async functions panic outside of a Tokio runtime with timers.
#[derive(Clone)]
pub struct Session {
    pub(crate) shared: Arc<Shared>,
}

/// What the clones of a session share.
pub(crate) struct Shared {
    pub(crate) core: Arc<Core>,
    pub(crate) users: Users,
    pub(crate) credentials: CachedCredentials<IdentityCredentials>,
    has_identity_pool: bool,
    random: Random,
    flow: AuthenticationFlow,
}

impl Session {
    /// Begins a session from its settings.
    pub fn builder() -> SessionBuilder {
        SessionBuilder::default()
    }

    /// Begins a session with the pools and the sign-in flow of an Amplify configuration.
    ///
    /// # Errors
    ///
    /// When the id of a pool is not one, or the configured endpoint is not a host.
    pub fn from_config(config: &gatewright_config::CognitoAuth) -> Result<SessionBuilder, Error> {
        SessionBuilder::from_config(config)
    }

    /// Whether there is a user pool: without one nobody can sign in, and there are no tokens.
    pub fn has_user_pool(&self) -> bool {
        self.shared.core.user_pool.is_some()
    }

    /// Whether there is an identity pool: without one there are no AWS credentials.
    pub fn has_identity_pool(&self) -> bool {
        self.shared.has_identity_pool
    }

    /// AWS credentials of the identity pool: of the guest role until somebody signs in, then of the authenticated role.
    ///
    /// For [`SigV4Layer::from_cache`](gatewright::layers::SigV4Layer::from_cache). They fail with an [`Error`] among
    /// their causes: a session without an identity pool, guests that are refused, a session that has ended.
    ///
    /// Give that layer no [`refresh_policy`](gatewright::layers::SigV4Layer::refresh_policy): it would get a cache of its
    /// own, which knows of no sign-in or sign-out.
    pub fn credentials(&self) -> CachedCredentials<IdentityCredentials> {
        self.shared.credentials.clone()
    }

    /// The user's access token, which API Gateway's Cognito authorizers take for methods with scopes, and JWT authorizers.
    ///
    /// For [`BearerTokenLayer::new`](gatewright::layers::BearerTokenLayer::new)`(..).uncached()`: the session keeps
    /// it. A layer that keeps it, too, goes on sending it when somebody else has signed in.
    pub fn access_token(&self) -> AccessToken {
        AccessToken::new(self.shared.users.clone())
    }

    /// The user's ID token, which API Gateway's Cognito authorizers take for methods without scopes.
    ///
    /// For [`BearerTokenLayer::new`](gatewright::layers::BearerTokenLayer::new)`(..).uncached()`: the session keeps
    /// it. A layer that keeps it, too, goes on sending it when somebody else has signed in.
    pub fn id_token(&self) -> IdToken {
        IdToken::new(self.shared.users.clone())
    }

    /// Somebody has signed in as `username` and got these tokens. When this returns, every layer uses them, and the
    /// credentials that go with them.
    pub(crate) async fn signed_in(&self, username: &str, tokens: NewTokens) -> Result<(), Error> {
        let user = StoredUser::new(username, tokens, self.now());
        let shared = Arc::clone(&self.shared);
        detached(async move { shared.signed_in(user).await }).await
    }

    pub(crate) fn user_pool(&self) -> Result<&UserPoolApi, Error> {
        self.shared.core.user_pool()
    }

    pub(crate) fn now(&self) -> SystemTime {
        self.shared.core.clock.now()
    }

    pub(crate) fn random(&self) -> &Random {
        &self.shared.random
    }

    /// How to sign in if nobody says how.
    pub(crate) fn flow(&self) -> AuthenticationFlow {
        self.shared.flow
    }
}

impl Shared {
    async fn signed_in(&self, user: StoredUser) -> Result<(), Error> {
        let records = &self.core.records;
        let _lock = records.lock().await?;
        let mut record = records.read().await?;
        record.user = Some(user);
        records.write(&record).await?;
        self.start_over(ProcessState::default());
        Ok(())
    }

    /// Tokens first: credentials that are loaded between the two are of the new user, and those of the old one cannot
    /// be loaded after the second.
    pub(crate) fn start_over(&self, state: ProcessState) {
        self.users.start_over(state);
        self.credentials.forget();
    }
}

impl OnUserChanged for Shared {
    fn user_changed(&self) {
        self.credentials.forget();
    }
}

impl fmt::Debug for Session {
    /// Which pools and which store; nothing of the user.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let core = &self.shared.core;
        f.debug_struct("Session")
            .field("records", &core.records)
            .finish_non_exhaustive()
    }
}
