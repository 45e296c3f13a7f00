//! The end of a session.

use std::sync::Arc;

use crate::identity::GUEST;
use crate::session::{Session, Shared};
use crate::store::{Record, StoredUser};
use crate::user::{ProcessState, detached};
use crate::{Error, ErrorKind};

/// How far a sign-out goes. Each variant does what [`Local`](Self::Local) does, even if Cognito is unreachable.
///
/// API Gateway checks access and ID tokens without a call to Cognito, so it accepts them until they expire. The same
/// holds for AWS credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignOut {
    /// Removes the user from the store and from memory. The guest's identity stays.
    Local,
    /// First revokes the refresh token of this session and its access tokens (`RevokeToken`).
    Revoke,
    /// First signs the user out everywhere (`GlobalSignOut`).
    Global,
}

/// The results of the steps of a sign-out.
#[derive(Clone, Debug)]
#[must_use = "a step may have failed"]
pub struct SignOutReport {
    remote: Option<Result<(), Error>>,
    local: Result<(), Error>,
}

impl SignOutReport {
    /// Whether every step succeeded.
    pub fn is_complete(&self) -> bool {
        self.local.is_ok() && self.remote.as_ref().is_none_or(Result::is_ok)
    }

    /// The result of the call to Cognito. `None` if there was no call: the sign-out was local, or nobody was signed
    /// in.
    pub fn remote(&self) -> Option<Result<(), &Error>> {
        self.remote.as_ref().map(|step| step.as_ref().copied())
    }

    /// Whether the user is removed from the store. On an error, this session has no user, but another session with
    /// the same store still finds the user.
    pub fn local(&self) -> Result<(), &Error> {
        self.local.as_ref().copied()
    }
}

impl Session {
    /// Signs the user out. When this returns, every layer acts as a guest or has no credentials.
    ///
    /// The sign-out goes on in the background if the caller drops the future. It holds the lock of the store until
    /// its end, so no refresh brings the user back.
    ///
    /// ```
    /// use gatewright_cognito::{Session, SignOut, UserPool};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), gatewright_cognito::Error> {
    /// # let service = tower::service_fn(|_| async { Err::<http::Response<gatewright::Body>, _>("not called") });
    /// # let pool = UserPool::new("eu-west-1_AbCdEfGhI", "1example23456789client")?;
    /// # let session = Session::builder().user_pool(pool).transport(service).build()?;
    /// let report = session.sign_out(SignOut::Global).await;
    /// if let Some(Err(error)) = report.remote() {
    ///     eprintln!("signed out on this machine, but not elsewhere: {error}");
    /// }
    /// assert!(report.is_complete());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn sign_out(&self, how: SignOut) -> SignOutReport {
        let shared = Arc::clone(&self.shared);
        let report = detached(async move { Ok(shared.sign_out(how).await) }).await;
        report.unwrap_or_else(|error| {
            // The store panicked. This session has no user in any case.
            let before = self.shared.users.known();
            let state = ProcessState::after_sign_out(false);
            self.shared.start_over(state, &before);
            SignOutReport {
                remote: None,
                local: Err(error),
            }
        })
    }
}

impl Shared {
    async fn sign_out(&self, how: SignOut) -> SignOutReport {
        let lock = self.core.records.lock().await;
        let before = self.users.known();
        let record = match &lock {
            Ok(_) => self.core.records.read().await,
            Err(error) => Err(error.clone()),
        };
        let report = match record {
            Ok(record) => self.leave(how, record).await,
            Err(error) => SignOutReport {
                remote: (how != SignOut::Local).then(|| Err(error.clone())),
                local: Err(error),
            },
        };
        let state = ProcessState::after_sign_out(report.local.is_ok());
        self.start_over(state, &before);
        report
    }

    async fn leave(&self, how: SignOut, mut record: Record) -> SignOutReport {
        let Some(user) = record.user.take() else {
            return SignOutReport {
                remote: None,
                local: Ok(()),
            };
        };
        let remote = match how {
            SignOut::Local => None,
            SignOut::Revoke => Some(self.revoke(user).await),
            SignOut::Global => Some(self.sign_out_everywhere(user).await),
        };
        record.identities.retain(|whose, _| whose == GUEST);
        SignOutReport {
            remote,
            local: self.core.records.write(&record).await,
        }
    }

    async fn revoke(&self, user: StoredUser) -> Result<(), Error> {
        let Some(refresh) = self.users.loader().latest(user).refresh else {
            let message = "the session has no refresh token to revoke";
            return Err(Error::new(ErrorKind::Configuration, message));
        };
        self.core.user_pool()?.revoke(&refresh).await
    }

    /// Cognito wants an access token that is valid.
    async fn sign_out_everywhere(&self, user: StoredUser) -> Result<(), Error> {
        let user = self.users.loader().last_tokens(user).await?;
        let pool = self.core.user_pool()?;
        pool.global_sign_out(&user.access).await
    }
}
