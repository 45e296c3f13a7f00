//! The user selects a first factor.

use super::super::state::SignInState;
use super::{Factor, FactorKind, Step, unsupported};
use crate::Error;
use crate::api::{IssuedChallenge, Parameters};

const CHOICE: &str = "SELECT_CHALLENGE";

/// `SELECT_CHALLENGE`: the user has several first factors. `PASSWORD` or `PASSWORD_SRP`: the pool asks for this one.
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

    /// The factors that the user can choose and this crate supports, best first. At least one.
    pub fn factors(&self) -> &[FactorKind] {
        &self.factors
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Chooses a factor. A [`Code`](super::Code) follows for a code; after a correct password, the next challenge or
    /// the end of the sign-in.
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

/// An error that names the offered factor, such as a passkey.
fn nothing_known(challenge: &IssuedChallenge) -> Error {
    unsupported(challenge.available.first().unwrap_or(&challenge.name))
}
