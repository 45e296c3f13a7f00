//! The challenges of one sign-in, and what passes each.

use serde_json::{Map, Value, json};

use super::super::response::{Refusal, invalid, not_authorized, refuse};
use super::srp::Verifier;
use super::user::{Factor, Round, Status, User};
use super::{timestamp, totp};

/// A challenge that stands between a user and the tokens.
#[derive(Clone, Debug)]
pub(super) enum Stage {
    Password(Verifier),
    NewPassword,
    Custom(Round),
    SelectSecond,
    Code(Code),
    SetUp {
        secret: Option<String>,
        is_verified: bool,
    },
    SelectFirst,
    Unsupported(&'static str),
}

/// A code, asked for under this name.
#[derive(Clone, Debug)]
pub(super) struct Code {
    pub(super) name: &'static str,
    pub(super) factor: Factor,
    /// What was sent, unless an app makes it.
    pub(super) sent: Option<String>,
}

/// What a response is judged with.
pub(super) struct Judge<'a> {
    pub(super) user: &'a mut User,
    pub(super) responses: &'a Value,
    pub(super) seconds: u64,
    /// Unlike that of any other response.
    pub(super) number: u64,
}

impl Stage {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Password(_) => "PASSWORD_VERIFIER",
            Self::NewPassword => "NEW_PASSWORD_REQUIRED",
            Self::Custom(_) => "CUSTOM_CHALLENGE",
            Self::SelectSecond => "SELECT_MFA_TYPE",
            Self::Code(code) => code.name,
            Self::SetUp { .. } => "MFA_SETUP",
            Self::SelectFirst => "SELECT_CHALLENGE",
            Self::Unsupported(name) => name,
        }
    }

    /// `ChallengeParameters`.
    pub(super) fn parameters(&self, user: &User) -> Map<String, Value> {
        let own = match self {
            Self::Password(verifier) => json!({
                "SALT": verifier.salt, "SRP_B": verifier.public, "SECRET_BLOCK": verifier.secret_block,
            }),
            Self::NewPassword => {
                json!({"requiredAttributes": missing(user), "userAttributes": "{}"})
            }
            Self::Custom(round) => json!({"question": round.question}),
            Self::SelectSecond => json!({"MFAS_CAN_CHOOSE": json!(second(user)).to_string()}),
            Self::Code(code) => delivery(&code.factor),
            Self::SetUp { .. } => json!({"MFAS_CAN_SETUP": user.sets_up}),
            Self::SelectFirst | Self::Unsupported(_) => json!({}),
        };
        let mut parameters = own.as_object().cloned().unwrap_or_default();
        // A pool's own challenges name the user in another way than those of Cognito.
        let name = match self {
            Self::Custom(_) => "USERNAME",
            _ => "USER_ID_FOR_SRP",
        };
        parameters.insert(name.to_owned(), json!(user.id));
        parameters
    }

    /// What comes next because of this response, before what was planned.
    pub(super) fn check(&self, judge: &mut Judge<'_>) -> Result<Vec<Stage>, Refusal> {
        match self {
            Self::Password(verifier) => judge.proof(verifier),
            Self::NewPassword => judge.new_password(),
            Self::Custom(round) => judge.custom(round),
            Self::SelectSecond => judge.second_factor(),
            Self::Code(code) => judge.code(code),
            Self::SetUp {
                secret,
                is_verified,
            } => judge.set_up(secret.as_ref(), *is_verified),
            Self::SelectFirst => judge.first_factor(),
            Self::Unsupported(_) => invalid("Nothing passes this challenge"),
        }
    }
}

impl Judge<'_> {
    fn text(&self, name: &str) -> Result<&str, Refusal> {
        self.responses[name]
            .as_str()
            .map_or_else(|| invalid("Missing required parameter"), Ok)
    }

    fn proof(&self, verifier: &Verifier) -> Result<Vec<Stage>, Refusal> {
        if self.text("PASSWORD_CLAIM_SECRET_BLOCK")? != verifier.secret_block {
            return not_authorized("Incorrect username or password.");
        }
        let time = self.text("TIMESTAMP")?;
        if !timestamp::is_well_formed(time) {
            return invalid("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.");
        }
        verifier.check(self.text("PASSWORD_CLAIM_SIGNATURE")?, time)?;
        may_sign_in(self.user).map(|()| Vec::new())
    }

    fn new_password(&mut self) -> Result<Vec<Stage>, Refusal> {
        let password = self.text("NEW_PASSWORD")?.to_owned();
        if password.len() < 8 {
            return refuse("InvalidPasswordException", "Password not long enough");
        }
        if let Status::Temporary(missing) = self.user.status {
            for attribute in missing {
                self.text(&format!("userAttributes.{attribute}"))?;
            }
        }
        self.user.password = password;
        self.user.status = Status::Confirmed;
        Ok(Vec::new())
    }

    fn custom(&self, round: &Round) -> Result<Vec<Stage>, Refusal> {
        if self.text("ANSWER")? == round.response {
            Ok(Vec::new())
        } else {
            not_authorized("Incorrect username or password.")
        }
    }

    fn second_factor(&self) -> Result<Vec<Stage>, Refusal> {
        let response = self.text("ANSWER")?;
        let factors = self.user.second_factors.iter();
        let mut stages = factors
            .map(Code::second)
            .filter(|code| code.name == response);
        let chosen = stages.next().map(Stage::Code);
        chosen.map_or_else(|| invalid("Invalid MFA type"), |stage| Ok(vec![stage]))
    }

    fn code(&self, code: &Code) -> Result<Vec<Stage>, Refusal> {
        let given = self.text(&format!("{}_CODE", code.name))?;
        let is_right = match &code.factor {
            Factor::Totp(secret) => given == totp(secret, self.seconds),
            Factor::Sms(_) | Factor::Email(_) => code.sent.as_deref() == Some(given),
        };
        if is_right {
            Ok(Vec::new())
        } else {
            refuse(
                "CodeMismatchException",
                "Invalid code or auth state for the user.",
            )
        }
    }

    fn set_up(
        &mut self,
        secret: Option<&String>,
        is_verified: bool,
    ) -> Result<Vec<Stage>, Refusal> {
        let Some(secret) = secret.filter(|_| is_verified) else {
            return invalid("MFA is not set up");
        };
        self.user.second_factors.push(Factor::Totp(secret.clone()));
        self.user.sets_up = None;
        Ok(Vec::new())
    }

    fn first_factor(&self) -> Result<Vec<Stage>, Refusal> {
        first_factor(self.user, self.text("ANSWER")?, self.responses, self.number)
    }
}

impl Code {
    fn second(factor: &Factor) -> Self {
        let name = match factor {
            Factor::Sms(_) => "SMS_MFA",
            Factor::Email(_) => "EMAIL_OTP",
            Factor::Totp(_) => "SOFTWARE_TOKEN_MFA",
        };
        let factor = factor.clone();
        Self {
            name,
            factor,
            sent: None,
        }
    }

    fn first(name: &'static str, factor: Factor) -> Stage {
        Stage::Code(Self {
            name,
            factor,
            sent: None,
        })
    }
}

/// The stages of `USER_AUTH` once this factor is chosen.
pub(super) fn first_factor(
    user: &User,
    name: &str,
    given: &Value,
    number: u64,
) -> Result<Vec<Stage>, Refusal> {
    match name {
        _ if !user.first_factors.contains(&name) => invalid("Invalid challenge"),
        "PASSWORD" => {
            password(user, given)?;
            Ok(after_password(user))
        }
        "PASSWORD_SRP" => {
            let verifier = Verifier::new(user, given["SRP_A"].as_str().unwrap_or("0"), number)?;
            Ok([vec![Stage::Password(verifier)], after_password(user)].concat())
        }
        "EMAIL_OTP" => Ok(vec![Code::first("EMAIL_OTP", Factor::Email("a***@e***"))]),
        "SMS_OTP" => Ok(vec![Code::first("SMS_OTP", Factor::Sms("+*******1234"))]),
        _ => Ok(vec![Stage::Unsupported("WEB_AUTHN")]),
    }
}

/// Whether `PASSWORD` is the user's.
pub(super) fn password(user: &User, given: &Value) -> Result<(), Refusal> {
    if given["PASSWORD"] != *user.password {
        return not_authorized("Incorrect username or password.");
    }
    may_sign_in(user)
}

fn may_sign_in(user: &User) -> Result<(), Refusal> {
    match user.status {
        Status::Unconfirmed => refuse("UserNotConfirmedException", "User is not confirmed."),
        Status::ResetRequired => refuse(
            "PasswordResetRequiredException",
            "Password reset required for the user",
        ),
        Status::Confirmed | Status::Temporary(_) => Ok(()),
    }
}

/// What is asked of a user whose password was right.
pub(super) fn after_password(user: &User) -> Vec<Stage> {
    let is_temporary = matches!(user.status, Status::Temporary(_));
    let new_password = is_temporary.then_some(Stage::NewPassword);
    let second = match &user.second_factors[..] {
        _ if user.sets_up.is_some() => Some(Stage::SetUp {
            secret: None,
            is_verified: false,
        }),
        [] => None,
        [factor] => Some(Stage::Code(Code::second(factor))),
        _ => Some(Stage::SelectSecond),
    };
    let last = user.ends_with.map(Stage::Unsupported);
    [new_password, second, last].into_iter().flatten().collect()
}

fn missing(user: &User) -> String {
    let Status::Temporary(missing) = user.status else {
        return "[]".to_owned();
    };
    let names = missing.iter().map(|name| format!("userAttributes.{name}"));
    json!(names.collect::<Vec<_>>()).to_string()
}

fn second(user: &User) -> Vec<&'static str> {
    let factors = user.second_factors.iter();
    factors.map(|factor| Code::second(factor).name).collect()
}

fn delivery(factor: &Factor) -> Value {
    match factor {
        Factor::Sms(to) => {
            json!({"CODE_DELIVERY_DELIVERY_MEDIUM": "SMS", "CODE_DELIVERY_DESTINATION": to})
        }
        Factor::Email(to) => {
            json!({"CODE_DELIVERY_DELIVERY_MEDIUM": "EMAIL", "CODE_DELIVERY_DESTINATION": to})
        }
        Factor::Totp(_) => json!({"FRIENDLY_DEVICE_NAME": "telephone"}),
    }
}
