//! The end of a session.

use std::sync::Arc;

use crate::identity::GUEST;
use crate::session::{Session, Shared};
use crate::store::{Record, StoredUser};
use crate::user::{ProcessState, detached};
use crate::{Error, ErrorKind};

/// How far a sign-out goes. Each of them ends with what [`Local`](Self::Local) does, even if Cognito cannot be reached.
///
/// Access and ID tokens that are checked without asking Cognito, as API Gateway does, stay valid there until they
/// expire; the same holds for AWS credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignOut {
    /// Removes the user from the store and from memory. The guest's identity stays.
    Local,
    /// First ends the refresh token of this session, and the access tokens that came of it (`RevokeToken`).
    Revoke,
    /// First signs the user out everywhere (`GlobalSignOut`).
    Global,
}

/// What came of the steps of a sign-out.
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

    /// What Cognito said; `None` if there was nothing to say to it: the sign-out was local, or nobody was signed in.
    pub fn remote(&self) -> Option<Result<(), &Error>> {
        self.remote.as_ref().map(|step| step.as_ref().copied())
    }

    /// Whether the store has forgotten the user. If it has not, this session has all the same, but another one that uses
    /// the store will find them.
    pub fn local(&self) -> Result<(), &Error> {
        self.local.as_ref().copied()
    }
}

impl Session {
    /// Signs out. When this returns, every layer acts for nobody, or as a guest.
    ///
    /// It goes on in the background if nobody waits for it. The store stays locked until it is done, so that no refresh
    /// brings the user back.
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
            // The store panicked: whatever became of it, nobody is signed in here.
            self.shared.start_over(ProcessState::after_sign_out(false));
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
        self.start_over(ProcessState::after_sign_out(report.local.is_ok()));
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
