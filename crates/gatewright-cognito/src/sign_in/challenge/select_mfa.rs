//! The choice of a second factor.

use super::super::state::SignInState;
use super::{CodeKind, Step, texts, unsupported};
use crate::Error;
use crate::api::{IssuedChallenge, Parameters};

pub(super) const NAME: &str = "SELECT_MFA_TYPE";

/// The names of second factors in the API.
const KINDS: [(&str, CodeKind); 4] = [
    ("SMS_MFA", CodeKind::Sms),
    ("SOFTWARE_TOKEN_MFA", CodeKind::Totp),
    ("EMAIL_OTP", CodeKind::Email),
    ("EMAIL_MFA", CodeKind::Email),
];

/// `SELECT_MFA_TYPE`: the user has several second factors.
#[derive(Debug)]
pub struct SelectMfa {
    state: SignInState,
    choices: Vec<(&'static str, CodeKind)>,
}

impl SelectMfa {
    pub(super) fn new(state: SignInState, challenge: &IssuedChallenge) -> Result<Self, Error> {
        let offered = texts(challenge, "MFAS_CAN_CHOOSE");
        let is_offered = |(name, _): &(&str, CodeKind)| offered.iter().any(|one| one == name);
        let choices: Vec<_> = KINDS.into_iter().filter(is_offered).collect();
        if choices.is_empty() {
            return Err(unsupported(NAME));
        }
        Ok(Self { state, choices })
    }

    /// The second factors that the user can choose. At least one.
    pub fn choices(&self) -> impl Iterator<Item = CodeKind> {
        self.choices.iter().map(|(_, kind)| *kind)
    }

    /// Chooses a second factor. A [`Code`](super::Code) of this kind follows.
    ///
    /// # Errors
    ///
    /// [`UnsupportedChallenge`](crate::ErrorKind::UnsupportedChallenge) for a kind that is not among the
    /// [`choices`](Self::choices).
    pub async fn choose(&self, kind: CodeKind) -> Result<Step, Error> {
        let mut choices = self.choices.iter();
        let choice = choices.find(|(_, choice)| *choice == kind);
        let (name, _) = choice.ok_or_else(|| unsupported(NAME))?;
        let given = Parameters::new().with("ANSWER", *name);
        self.state.respond(NAME, given).await
    }
}
