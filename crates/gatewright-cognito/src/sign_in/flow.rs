//! The start of a sign-in.

use super::challenge::{Factor, Step};
use super::srp_proof::SrpProof;
use super::state::SignInState;
use crate::api::Parameters;
use crate::{Error, Secret, Session};

/// A user name and the flow of the sign-in.
///
/// The names are those of `AuthFlow` in the API reference of `InitiateAuth`; the app client must allow the flow.
///
/// ```
/// use gatewright_cognito::{Factor, SignIn};
///
/// let by_password = SignIn::srp("alice", "correct horse battery staple");
/// let by_email = SignIn::preferring("alice", Factor::email_code());
/// assert!(!format!("{by_password:?}").contains("horse"));
/// # let _ = by_email;
/// ```
#[derive(Clone, Debug)]
pub struct SignIn {
    username: String,
    flow: Flow,
}

#[derive(Clone, Debug)]
enum Flow {
    Srp(Secret),
    Password(Secret),
    Custom,
    CustomWithSrp(Secret),
    Choice(Option<Factor>),
}

impl SignIn {
    /// `USER_SRP_AUTH`: proves the password without sending it. `username` may be an alias, such as an e-mail address.
    pub fn srp(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self::new(username, Flow::Srp(password.into()))
    }

    /// `USER_PASSWORD_AUTH`: sends the password. A user pool that migrates users from another directory needs it.
    pub fn password(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self::new(username, Flow::Password(password.into()))
    }

    /// `CUSTOM_AUTH`: only the pool's own challenges.
    pub fn custom(username: impl Into<String>) -> Self {
        Self::new(username, Flow::Custom)
    }

    /// `CUSTOM_AUTH` after a proof of the password as with [`srp`](Self::srp).
    pub fn custom_with_srp(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self::new(username, Flow::CustomWithSrp(password.into()))
    }

    /// `USER_AUTH`: the pool lists the user's first factors in a [`SelectFactor`](super::SelectFactor).
    pub fn choice(username: impl Into<String>) -> Self {
        Self::new(username, Flow::Choice(None))
    }

    /// `USER_AUTH` with a preferred factor. A user without that factor gets a [`SelectFactor`](super::SelectFactor).
    pub fn preferring(username: impl Into<String>, factor: Factor) -> Self {
        Self::new(username, Flow::Choice(Some(factor)))
    }

    fn new(username: impl Into<String>, flow: Flow) -> Self {
        Self {
            username: username.into(),
            flow,
        }
    }

    pub(super) async fn begin(self, session: &Session) -> Result<Step, Error> {
        let (flow, parameters, proof) = self.flow.start(session)?;
        let state = SignInState::new(session.clone(), self.username);
        state.initiate(flow, parameters, proof).await
    }
}

/// `AuthFlow`, `AuthParameters` without the user's name, and the proof of the password for a later challenge.
type Start = (&'static str, Parameters, Option<SrpProof>);

impl Flow {
    fn start(self, session: &Session) -> Result<Start, Error> {
        let none = Parameters::new();
        Ok(match self {
            Self::Srp(password) => srp("USER_SRP_AUTH", none, session, password)?,
            Self::Password(password) => {
                let parameters = none.with("PASSWORD", password);
                ("USER_PASSWORD_AUTH", parameters, None)
            }
            Self::Custom => ("CUSTOM_AUTH", none, None),
            Self::CustomWithSrp(password) => {
                let parameters = none.with("CHALLENGE_NAME", "SRP_A");
                srp("CUSTOM_AUTH", parameters, session, password)?
            }
            Self::Choice(None) => ("USER_AUTH", none, None),
            Self::Choice(Some(factor)) => {
                let parameters = none.with("PREFERRED_CHALLENGE", factor.kind().api_name());
                let (parameters, proof) = factor.add_to(parameters, session)?;
                ("USER_AUTH", parameters, proof)
            }
        })
    }
}

fn srp(
    flow: &'static str,
    parameters: Parameters,
    session: &Session,
    password: Secret,
) -> Result<Start, Error> {
    let proof = SrpProof::new(session, password)?;
    Ok((flow, parameters.with("SRP_A", proof.public()), Some(proof)))
}
