//! Signing a user in: how to begin, and what may be asked before it is done.
//!
//! A sign-in is a machine of typed states. Each step is either [`Step::SignedIn`] or a [`Challenge`], which knows what
//! answers it and gives the next step. A wrong code leaves the challenge as it was, so that it is answered again.

mod challenge;
mod device;
mod flow;
mod srp_proof;
mod state;

use gatewright_config::AuthenticationFlow;

use crate::{Error, Secret, Session};
pub use challenge::{
    Challenge, Code, CodeKind, Custom, Factor, FactorKind, NewPassword, SelectFactor, SelectMfa,
    SetUpTotp, Step,
};
pub use flow::SignIn;

impl Session {
    /// Signs in with a password, by the flow that the configuration names: [`SignIn::srp`] unless it says otherwise.
    ///
    /// `CUSTOM_AUTH_WITHOUT_SRP` has no use for the password and does not send it. `USER_AUTH` prefers
    /// [`Factor::password_srp`].
    ///
    /// # Errors
    ///
    /// As [`sign_in_with`](Self::sign_in_with).
    pub async fn sign_in(
        &self,
        username: impl Into<String>,
        password: impl Into<Secret>,
    ) -> Result<Step, Error> {
        let (username, password) = (username.into(), password.into());
        self.sign_in_with(match self.flow() {
            AuthenticationFlow::UserSrp => SignIn::srp(username, password),
            AuthenticationFlow::UserPassword => SignIn::password(username, password),
            AuthenticationFlow::CustomWithSrp => SignIn::custom_with_srp(username, password),
            AuthenticationFlow::CustomWithoutSrp => SignIn::custom(username),
            AuthenticationFlow::UserAuth => {
                SignIn::preferring(username, Factor::password_srp(password))
            }
        })
        .await
    }

    /// Signs in by this flow.
    ///
    /// Nothing changes for the session before the last step: who was signed in stays so until then.
    ///
    /// # Errors
    ///
    /// What the user pool refuses, by its [kind](crate::ErrorKind): a wrong password is
    /// [`NotAuthorized`](crate::ErrorKind::NotAuthorized), a challenge that nobody here can answer
    /// [`UnsupportedChallenge`](crate::ErrorKind::UnsupportedChallenge). A session without a user pool is
    /// [`Configuration`](crate::ErrorKind::Configuration).
    pub async fn sign_in_with(&self, sign_in: SignIn) -> Result<Step, Error> {
        sign_in.begin(self).await
    }
}
