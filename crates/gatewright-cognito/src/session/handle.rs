//! The handle of a session, and what its clones share.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use gatewright::epoch::Holder;
use gatewright::layers::sigv4::CachedCredentials;
use gatewright_config::AuthenticationFlow;

use crate::Error;
use crate::api::{NewTokens, UserPoolApi};
use crate::identity::IdentityCredentials;
use crate::random::Random;
use crate::store::StoredUser;
use crate::tokens::{AccessToken, IdToken};
use crate::user::{Core, Known, OnUserChanged, ProcessState, Users, detached};

/// A session of a user or a guest. It keeps tokens and AWS credentials and renews them. Clones share it.
///
/// A program makes one [`Session`], before a user signs in, and shares it between all its clients. Its
/// [`credentials`](Session::credentials), [`access_token`](Session::access_token) and [`id_token`](Session::id_token)
/// go into layers. The layers stay the same when a user signs in or out.
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
/// let user_pool = BearerTokenLayer::new(session.access_token()).raw();
/// # let _ = (iam, user_pool);
/// # Ok(())
/// # }
/// ```
///
/// - One load runs at a time, for any number of calls. It goes on if a caller drops its future.
///   [`RefreshPolicy`](gatewright::RefreshPolicy) says when values are renewed. While Cognito is unreachable, a valid
///   value is still used; an expired one never is.
/// - The [store](crate::TokenStore) has new tokens before a call uses them.
/// - Processes that share a store see a sign-in or sign-out of another process at their next load: after a quarter of
///   an hour at the latest if nobody was signed in, else when the present tokens or credentials are due. From then on
///   they use neither tokens nor credentials of the user before.
/// - A request goes out as the user for whom it began, or not at all. If that user signs out while the request waits for
///   a token or credentials, it fails with [`UserChanged`](gatewright::AuthorizeErrorKind::UserChanged). It is not
///   repeated as another user either. A request that began before a sign-in may go out as the user who signs in.
///
/// # Panics
///
/// Its async functions panic outside of a Tokio runtime with timers.
#[derive(Clone)]
pub struct Session {
    pub(crate) shared: Arc<Shared>,
}

/// The state that clones of a session share.
pub(crate) struct Shared {
    pub(crate) core: Arc<Core>,
    pub(crate) users: Users,
    pub(crate) credentials: CachedCredentials<IdentityCredentials>,
    pub(super) has_identity_pool: bool,
    pub(super) allows_guest_after_expiry: bool,
    pub(super) random: Random,
    pub(super) flow: AuthenticationFlow,
}

impl Session {
    /// Whether the session has a user pool. Without one, no user can sign in and there are no tokens.
    pub fn has_user_pool(&self) -> bool {
        self.shared.core.user_pool.is_some()
    }

    /// Whether the session has an identity pool. Without one, there are no AWS credentials.
    pub fn has_identity_pool(&self) -> bool {
        self.shared.has_identity_pool
    }

    /// AWS credentials of the identity pool: of the guest role until a user signs in, then of the authenticated role.
    ///
    /// For [`SigV4Layer::from_cache`](gatewright::layers::SigV4Layer::from_cache). A load fails with an [`Error`] in
    /// its source chain: the session has no identity pool, the pool refuses guests, or the session has ended.
    ///
    /// [`SigV4Layer::new`](gatewright::layers::SigV4Layer::new) and
    /// [`refresh_policy`](gatewright::layers::SigV4Layer::refresh_policy) add a second cache, which follows sign-in and
    /// sign-out as well.
    pub fn credentials(&self) -> CachedCredentials<IdentityCredentials> {
        self.shared.credentials.clone()
    }

    /// The user's access token. API Gateway's Cognito authorizers accept it for methods with scopes, and JWT
    /// authorizers accept it.
    ///
    /// For [`BearerTokenLayer::new`](gatewright::layers::BearerTokenLayer::new), which takes the present token of the
    /// session for each request.
    pub fn access_token(&self) -> AccessToken {
        AccessToken::new(self.shared.users.clone())
    }

    /// The user's ID token. API Gateway's Cognito authorizers accept it for methods without scopes.
    ///
    /// For [`BearerTokenLayer::new`](gatewright::layers::BearerTokenLayer::new), which takes the present token of the
    /// session for each request.
    pub fn id_token(&self) -> IdToken {
        IdToken::new(self.shared.users.clone())
    }

    /// Stores the tokens of a sign-in as `username`. When this returns, every layer uses them and the credentials
    /// that belong to them.
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

    /// The default flow of a sign-in.
    pub(crate) fn flow(&self) -> AuthenticationFlow {
        self.shared.flow
    }
}

impl Shared {
    async fn signed_in(&self, user: StoredUser) -> Result<(), Error> {
        let records = &self.core.records;
        let _lock = records.lock().await?;
        let mut record = records.read().await?;
        let (name, before) = (user.name.clone(), self.users.known());
        record.user = Some(user);
        records.write(&record).await?;
        self.start_over(ProcessState::after_sign_in(name), &before);
        Ok(())
    }

    /// Begins the epoch of another user, or of nobody. `before` is the user that the process knew before the store was
    /// written.
    ///
    /// Both caches have the same epochs, so they give no value of the user before as soon as the new epoch has begun, and
    /// there is no moment between them. That they are cleared afterwards ends the loads that nobody needs.
    pub(crate) fn start_over(&self, state: ProcessState, before: &Known) {
        self.users.start_over(state, before);
        self.clear();
    }

    fn clear(&self) {
        self.users.clear();
        self.credentials.clear();
    }
}

impl OnUserChanged for Shared {
    fn user_changed(&self) {
        self.clear();
    }

    fn rights_changed(&self) {
        if self.allows_guest_after_expiry {
            // What began as the user does not go on as the guest.
            self.users.epochs().advance(Holder::Nobody);
            self.users.clear();
        }
        self.credentials.clear();
    }
}

impl fmt::Debug for Session {
    /// Shows pools and store, and nothing of the user.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let core = &self.shared.core;
        f.debug_struct("Session")
            .field("records", &core.records)
            .finish_non_exhaustive()
    }
}
