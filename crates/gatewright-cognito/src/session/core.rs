//! What a session is made of: what all its parts use and none of them changes.

use std::future::Future;

use gatewright::expiring::Clock;
use gatewright_config::AuthenticationFlow;

use crate::api::{IdentityPoolApi, UserPoolApi};
use crate::identity::Login;
use crate::random::Random;
use crate::store::Vault;
use crate::{Error, ErrorKind};

pub(crate) struct Core {
    pub(super) user_pool: Option<UserPoolApi>,
    pub(super) identity_pool: Option<IdentityPoolApi>,
    /// Besides that of the user pool.
    pub(crate) logins: Vec<Login>,
    pub(crate) vault: Vault,
    pub(crate) clock: Clock,
    pub(super) random: Random,
    pub(super) flow: AuthenticationFlow,
    pub(crate) allows_guest_after_expiry: bool,
}

impl Core {
    pub(crate) fn user_pool(&self) -> Result<&UserPoolApi, Error> {
        self.user_pool.as_ref().ok_or_else(|| {
            let message = "the session has no user pool: add one with SessionBuilder::user_pool, or `CognitoUserPool` to \
                           the configuration";
            Error::new(ErrorKind::Configuration, message)
        })
    }

    pub(crate) fn identity_pool(&self) -> Result<&IdentityPoolApi, Error> {
        self.identity_pool.as_ref().ok_or_else(|| {
            let message = "the session has no identity pool to give AWS credentials: add one with \
                           SessionBuilder::identity_pool, or `CredentialsProvider` to the configuration";
            Error::new(ErrorKind::Configuration, message)
        })
    }
}

/// Does work in a task of its own, which goes on when nobody waits for it: half of it would lose a refresh token, or
/// leave the store to others while it still writes.
pub(crate) async fn detached<T: Send + 'static>(
    work: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    let done = tokio::spawn(work).await;
    // The cause is left out: the text of a panic may hold anything.
    done.unwrap_or_else(|_| Err(Error::new(ErrorKind::Other, INTERRUPTED)))
}

const INTERRUPTED: &str =
    "the session was interrupted: the Tokio runtime was shut down, or a provider or store panicked";
