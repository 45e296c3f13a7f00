//! Questions of the pool's own.

use std::collections::BTreeMap;
use std::fmt;

use super::super::pending::Pending;
use super::Step;
use crate::api::{ChallengeAnswer, Parameters};
use crate::{Error, Secret};

pub(super) const NAME: &str = "CUSTOM_CHALLENGE";

/// `CUSTOM_CHALLENGE`: what the pool's Lambda function made up. There may be several in a row. `Debug` shows the names of
/// the parameters.
pub struct Custom {
    pending: Pending,
    parameters: BTreeMap<String, String>,
}

impl Custom {
    pub(super) fn new(pending: Pending, answer: ChallengeAnswer) -> Self {
        let parameters = answer.parameters;
        Self {
            pending,
            parameters,
        }
    }

    /// `publicChallengeParameters`, by name: what the function lets the user see; and `USERNAME`, which Cognito adds.
    pub fn parameters(&self) -> &BTreeMap<String, String> {
        &self.parameters
    }

    /// Answers.
    ///
    /// # Errors
    ///
    /// [`NotAuthorized`](crate::ErrorKind::NotAuthorized) when the function has had enough. A wrong answer is otherwise followed
    /// by the next challenge.
    pub async fn answer(&self, answer: impl Into<Secret>) -> Result<Step, Error> {
        let given = Parameters::new().with("ANSWER", answer.into());
        self.pending.answer(NAME, given).await
    }
}

impl fmt::Debug for Custom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Custom")
            .field("pending", &self.pending)
            .field("parameters", &self.parameters.keys().collect::<Vec<_>>())
            .finish()
    }
}
