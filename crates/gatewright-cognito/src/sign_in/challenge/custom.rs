//! Custom challenges.

use std::collections::BTreeMap;
use std::fmt;

use super::super::state::SignInState;
use super::Step;
use crate::api::{IssuedChallenge, Parameters};
use crate::{Error, Secret};

pub(super) const NAME: &str = "CUSTOM_CHALLENGE";

/// `CUSTOM_CHALLENGE`: a challenge of the pool's Lambda function. Several can follow each other. `Debug` shows the
/// names of the parameters.
pub struct Custom {
    state: SignInState,
    parameters: BTreeMap<String, String>,
}

impl Custom {
    pub(super) fn new(state: SignInState, challenge: IssuedChallenge) -> Self {
        let parameters = challenge.parameters;
        Self { state, parameters }
    }

    /// The `publicChallengeParameters` of the function, by name, and `USERNAME`, which Cognito adds.
    pub fn parameters(&self) -> &BTreeMap<String, String> {
        &self.parameters
    }

    /// Responds to the challenge.
    ///
    /// # Errors
    ///
    /// [`NotAuthorized`](crate::ErrorKind::NotAuthorized) when the function ends the sign-in. Otherwise the next
    /// challenge follows a wrong response.
    pub async fn respond(&self, response: impl Into<Secret>) -> Result<Step, Error> {
        let given = Parameters::new().with("ANSWER", response.into());
        self.state.respond(NAME, given).await
    }
}

impl fmt::Debug for Custom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Custom")
            .field("state", &self.state)
            .field("parameters", &self.parameters.keys().collect::<Vec<_>>())
            .finish()
    }
}
