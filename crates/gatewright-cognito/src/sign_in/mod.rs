//! Sign-in of a user: its start, and the challenges on the way.
//!
//! A sign-in is a state machine. Each step is [`Step::SignedIn`] or a [`Challenge`]. The methods of a challenge send
//! a response to it and return the next step. A wrong code does not change the challenge, so the user can try again.

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
    /// Signs in with a password, by the flow of the configuration. Default: [`SignIn::srp`].
    ///
    /// `CUSTOM_AUTH_WITHOUT_SRP` does not send the password. `USER_AUTH` prefers [`Factor::password_srp`].
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
    /// The session does not change before the last step: the user before stays signed in until then.
    ///
    /// # Errors
    ///
    /// [`NotAuthorized`](crate::ErrorKind::NotAuthorized) for a wrong password,
    /// [`UnsupportedChallenge`](crate::ErrorKind::UnsupportedChallenge) for a challenge that this crate does not
    /// support, [`Configuration`](crate::ErrorKind::Configuration) for a session without a user pool, and any other
    /// refusal of the user pool by its [kind](crate::ErrorKind).
    pub async fn sign_in_with(&self, sign_in: SignIn) -> Result<Step, Error> {
        sign_in.begin(self).await
    }
}
