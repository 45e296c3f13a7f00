//! Challenges of a user pool, and the responses to them.
//!
//! The names of challenges and responses are those of `ChallengeResponseType` in the API reference.

mod code;
mod custom;
mod factor;
mod new_password;
mod select_factor;
mod select_mfa;
mod set_up_totp;

use serde_json::Value;

use super::state::SignInState;
use crate::api::IssuedChallenge;
use crate::{Error, ErrorKind};

pub use code::{Code, CodeKind};
pub use custom::Custom;
pub use factor::{Factor, FactorKind};
pub use new_password::NewPassword;
pub use select_factor::SelectFactor;
pub use select_mfa::SelectMfa;
pub use set_up_totp::SetUpTotp;

/// A step of a sign-in.
#[derive(Debug)]
#[must_use = "the user is not signed in before the last challenge"]
pub enum Step {
    /// The user is signed in, and the session has the tokens.
    SignedIn,
    /// The user pool sends a challenge first.
    Challenge(Challenge),
}

/// A challenge of the user pool. Each kind has methods that send a response and return the next [`Step`].
///
/// After a wrong response, the same challenge takes another one, for the minutes that Cognito keeps it.
///
/// ```
/// use gatewright_cognito::{Challenge, Error, Session, Step};
///
/// async fn sign_in(session: &Session, read: impl Fn(&str) -> String) -> Result<(), Error> {
///     let mut step = session.sign_in(read("user name"), read("password")).await?;
///     while let Step::Challenge(challenge) = step {
///         step = match challenge {
///             Challenge::Code(code) => code.respond(read("code")).await?,
///             Challenge::NewPassword(new) => new.respond(read("new password")).await?,
///             // The others; and those to come.
///             other => return Err(other.into_error()),
///         };
///     }
///     Ok(())
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Challenge {
    /// The user must set a new password.
    NewPassword(NewPassword),
    /// The user enters a code from a message or an authenticator app.
    Code(Code),
    /// The user selects a second factor.
    SelectMfa(SelectMfa),
    /// The user sets up an authenticator app.
    SetUpTotp(SetUpTotp),
    /// A custom challenge of the pool.
    Custom(Custom),
    /// The user selects a first factor.
    SelectFactor(SelectFactor),
}

impl Challenge {
    pub(super) async fn read(
        state: SignInState,
        challenge: IssuedChallenge,
    ) -> Result<Self, Error> {
        Ok(match &*challenge.name {
            "NEW_PASSWORD_REQUIRED" => Self::NewPassword(NewPassword::new(state, &challenge)),
            "SMS_MFA" | "SMS_OTP" => Self::Code(Code::new(CodeKind::Sms, state, challenge)),
            "EMAIL_OTP" | "EMAIL_MFA" => Self::Code(Code::new(CodeKind::Email, state, challenge)),
            "SOFTWARE_TOKEN_MFA" => Self::Code(Code::new(CodeKind::Totp, state, challenge)),
            "SELECT_MFA_TYPE" => Self::SelectMfa(SelectMfa::new(state, &challenge)?),
            "MFA_SETUP" => Self::SetUpTotp(SetUpTotp::begin(state, &challenge).await?),
            "CUSTOM_CHALLENGE" => Self::Custom(Custom::new(state, challenge)),
            "SELECT_CHALLENGE" | "PASSWORD" | "PASSWORD_SRP" => {
                Self::SelectFactor(SelectFactor::new(state, challenge)?)
            }
            name => return Err(unsupported(name)),
        })
    }

    /// The challenge by its name in the API, such as `SMS_MFA`.
    pub fn name(&self) -> &str {
        match self {
            Self::NewPassword(_) => new_password::NAME,
            Self::Code(code) => code.name(),
            Self::SelectMfa(_) => select_mfa::NAME,
            Self::SetUpTotp(_) => set_up_totp::NAME,
            Self::Custom(_) => custom::NAME,
            Self::SelectFactor(select) => select.name(),
        }
    }

    /// Turns the challenge into an error of the kind [`ErrorKind::UnsupportedChallenge`], for an app that does not
    /// support it.
    pub fn into_error(self) -> Error {
        unsupported(self.name())
    }
}

/// The name comes from the server, so it is cut and its control characters are escaped.
fn unsupported(name: &str) -> Error {
    let name: String = name.chars().take(64).flat_map(char::escape_debug).collect();
    let message =
        format!("the user pool sent the challenge {name}, which this crate does not support");
    Error::new(ErrorKind::UnsupportedChallenge, message)
}

/// A parameter that is a JSON list of texts.
fn texts(challenge: &IssuedChallenge, name: &str) -> Vec<String> {
    let text = challenge.parameters.get(name);
    let list: Option<Value> = text.and_then(|text| serde_json::from_str(text).ok());
    let members = list.as_ref().and_then(Value::as_array);
    let texts = members.into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}
