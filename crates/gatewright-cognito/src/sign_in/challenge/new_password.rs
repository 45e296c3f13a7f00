//! The challenge to set a new password.

use super::super::state::SignInState;
use super::{Step, texts};
use crate::api::{IssuedChallenge, Parameters};
use crate::{Error, Secret};

pub(super) const NAME: &str = "NEW_PASSWORD_REQUIRED";
const PREFIX: &str = "userAttributes.";

/// `NEW_PASSWORD_REQUIRED`: an administrator set the password, and the user must choose a new one.
#[derive(Debug)]
pub struct NewPassword {
    state: SignInState,
    required: Vec<String>,
}

impl NewPassword {
    pub(super) fn new(state: SignInState, challenge: &IssuedChallenge) -> Self {
        let names = texts(challenge, "requiredAttributes").into_iter();
        let required = names.map(|name| name.strip_prefix(PREFIX).unwrap_or(&name).to_owned());
        Self {
            state,
            required: required.collect(),
        }
    }

    /// The required attributes without a value, such as `email`. The response must include them.
    pub fn required_attributes(&self) -> &[String] {
        &self.required
    }

    /// Responds with the new password, for a user who has all required attributes.
    ///
    /// # Errors
    ///
    /// [`InvalidPassword`](crate::ErrorKind::InvalidPassword) for a password that breaks the pool's rules; the user
    /// can try another one.
    pub async fn respond(&self, password: impl Into<Secret>) -> Result<Step, Error> {
        let none: [(&str, &str); 0] = [];
        self.respond_with(password, none).await
    }

    /// Responds with the new password and values of attributes, by name.
    ///
    /// # Errors
    ///
    /// As [`respond`](Self::respond), and [`InvalidParameter`](crate::ErrorKind::InvalidParameter) when an attribute is missing.
    pub async fn respond_with<N: AsRef<str>, V: Into<String>>(
        &self,
        password: impl Into<Secret>,
        attributes: impl IntoIterator<Item = (N, V)>,
    ) -> Result<Step, Error> {
        let mut given = Parameters::new().with("NEW_PASSWORD", password.into());
        for (name, value) in attributes {
            given = given.with(format!("{PREFIX}{}", name.as_ref()), value.into());
        }
        self.state.respond(NAME, given).await
    }
}
