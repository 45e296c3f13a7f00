//! Codes: by SMS, by e-mail, of an authenticator app.

use super::super::state::SignInState;
use super::Step;
use crate::api::{IssuedChallenge, Parameters};
use crate::{Error, Secret};

/// The source of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CodeKind {
    /// A text message.
    Sms,
    /// An e-mail.
    Email,
    /// An authenticator app (RFC 6238).
    Totp,
}

/// `SMS_MFA`, `SMS_OTP`, `EMAIL_OTP`, `EMAIL_MFA` or `SOFTWARE_TOKEN_MFA`: the user enters a code.
#[derive(Debug)]
pub struct Code {
    state: SignInState,
    kind: CodeKind,
    name: String,
    destination: Option<String>,
}

impl Code {
    pub(super) fn new(kind: CodeKind, state: SignInState, mut challenge: IssuedChallenge) -> Self {
        Self {
            state,
            kind,
            destination: challenge.parameters.remove("CODE_DELIVERY_DESTINATION"),
            name: challenge.name,
        }
    }

    /// The source of the code.
    pub fn kind(&self) -> CodeKind {
        self.kind
    }

    /// The destination of the code, as Cognito shows it: `+*******1234`, `a***@e***`. `None` for the code of an app.
    pub fn destination(&self) -> Option<&str> {
        self.destination.as_deref()
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Responds with the code.
    ///
    /// # Errors
    ///
    /// [`CodeMismatch`](crate::ErrorKind::CodeMismatch) for a wrong code; the user can try again until Cognito
    /// refuses further attempts. [`ExpiredCode`](crate::ErrorKind::ExpiredCode) for a code that is too old.
    pub async fn respond(&self, code: impl Into<Secret>) -> Result<Step, Error> {
        let given = Parameters::new().with(format!("{}_CODE", self.name), code.into());
        self.state.respond(&self.name, given).await
    }
}
