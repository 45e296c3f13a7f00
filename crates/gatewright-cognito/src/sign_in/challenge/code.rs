//! Codes: by SMS, by e-mail, of an authenticator app.

use super::super::state::SignInState;
use super::Step;
use crate::api::{IssuedChallenge, Parameters};
use crate::{Error, Secret};

/// Where a code comes from.
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

/// `SMS_MFA`, `SMS_OTP`, `EMAIL_OTP`, `EMAIL_MFA` or `SOFTWARE_TOKEN_MFA`: a code is asked for.
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

    /// Where the code comes from.
    pub fn kind(&self) -> CodeKind {
        self.kind
    }

    /// Where the code was sent, as Cognito shows it: `+*******1234`, `a***@e***`. `None` for an app's code.
    pub fn destination(&self) -> Option<&str> {
        self.destination.as_deref()
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Answers with the code.
    ///
    /// # Errors
    ///
    /// [`CodeMismatch`](crate::ErrorKind::CodeMismatch) for a wrong code, after which another can be given, until Cognito has
    /// seen too many; [`ExpiredCode`](crate::ErrorKind::ExpiredCode) for one that is too old.
    pub async fn respond(&self, code: impl Into<Secret>) -> Result<Step, Error> {
        let given = Parameters::new().with(format!("{}_CODE", self.name), code.into());
        self.state.respond(&self.name, given).await
    }
}
