//! By what to sign in.

use super::super::state::SignInState;
use super::{Factor, FactorKind, Step, unsupported};
use crate::Error;
use crate::api::{IssuedChallenge, Parameters};

const CHOICE: &str = "SELECT_CHALLENGE";

/// `SELECT_CHALLENGE`: the user has several first factors; or `PASSWORD` or `PASSWORD_SRP`: it has to be this one.
#[derive(Debug)]
pub struct SelectFactor {
    state: SignInState,
    name: String,
    factors: Vec<FactorKind>,
}

impl SelectFactor {
    pub(super) fn new(state: SignInState, challenge: IssuedChallenge) -> Result<Self, Error> {
        let factors = if challenge.name == CHOICE {
            FactorKind::among(&challenge.available)
        } else {
            FactorKind::among(std::slice::from_ref(&challenge.name))
        };
        if factors.is_empty() {
            return Err(nothing_known(&challenge));
        }
        Ok(Self {
            state,
            name: challenge.name,
            factors,
        })
    }

    /// What the user can choose and this crate knows, the better ones first; at least one.
    pub fn factors(&self) -> &[FactorKind] {
        &self.factors
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Chooses. A password that is right is followed by what comes after passwords, a code by a [`Code`](super::Code).
    ///
    /// # Errors
    ///
    /// [`NotAuthorized`](crate::ErrorKind::NotAuthorized) for a wrong password;
    /// [`UnsupportedChallenge`](crate::ErrorKind::UnsupportedChallenge) for a factor that is not among the
    /// [`factors`](Self::factors).
    pub async fn choose(&self, factor: Factor) -> Result<Step, Error> {
        let kind = factor.kind();
        if !self.factors.contains(&kind) {
            return Err(unsupported(kind.api_name()));
        }
        let mut given = Parameters::new();
        if self.name == CHOICE {
            given = given.with("ANSWER", kind.api_name());
        }
        let (given, proof) = factor.add_to(given, self.state.session())?;
        self.state.respond_with(&self.name, given, proof).await
    }
}

/// Names what is offered: a passkey, say.
fn nothing_known(challenge: &IssuedChallenge) -> Error {
    unsupported(challenge.available.first().unwrap_or(&challenge.name))
}
