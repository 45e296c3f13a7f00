//! The first factors of `USER_AUTH`.

use super::super::srp_proof::SrpProof;
use crate::api::Parameters;
use crate::{Error, Secret, Session};

/// The kinds of first factors that a user can choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FactorKind {
    /// `PASSWORD`: sends the password.
    Password,
    /// `PASSWORD_SRP`: proves the password without sending it.
    PasswordSrp,
    /// `EMAIL_OTP`: a code by e-mail.
    EmailCode,
    /// `SMS_OTP`: a code by text message.
    SmsCode,
}

impl FactorKind {
    const ALL: [Self; 4] = [
        Self::PasswordSrp,
        Self::Password,
        Self::EmailCode,
        Self::SmsCode,
    ];

    pub(in super::super) fn api_name(self) -> &'static str {
        match self {
            Self::Password => "PASSWORD",
            Self::PasswordSrp => "PASSWORD_SRP",
            Self::EmailCode => "EMAIL_OTP",
            Self::SmsCode => "SMS_OTP",
        }
    }

    /// The kinds that these names stand for, without unknown ones.
    pub(super) fn among(names: &[String]) -> Vec<Self> {
        let is_named = |kind: &Self| names.iter().any(|name| name == kind.api_name());
        Self::ALL.into_iter().filter(is_named).collect()
    }
}

/// A first factor, with the password if it needs one.
#[derive(Clone, Debug)]
pub struct Factor {
    kind: FactorKind,
    password: Option<Secret>,
}

impl Factor {
    /// Sends the password.
    pub fn password(password: impl Into<Secret>) -> Self {
        Self::new(FactorKind::Password, Some(password.into()))
    }

    /// Proves the password without sending it.
    pub fn password_srp(password: impl Into<Secret>) -> Self {
        Self::new(FactorKind::PasswordSrp, Some(password.into()))
    }

    /// A code by e-mail.
    pub fn email_code() -> Self {
        Self::new(FactorKind::EmailCode, None)
    }

    /// A code by text message.
    pub fn sms_code() -> Self {
        Self::new(FactorKind::SmsCode, None)
    }

    fn new(kind: FactorKind, password: Option<Secret>) -> Self {
        Self { kind, password }
    }

    /// The kind of the factor.
    pub fn kind(&self) -> FactorKind {
        self.kind
    }

    /// Adds the parameters of this factor, without its name. Returns the proof for a later challenge as well.
    pub(in super::super) fn add_to(
        self,
        parameters: Parameters,
        session: &Session,
    ) -> Result<(Parameters, Option<SrpProof>), Error> {
        let Some(password) = self.password else {
            return Ok((parameters, None));
        };
        if self.kind == FactorKind::Password {
            return Ok((parameters.with("PASSWORD", password), None));
        }
        let proof = SrpProof::new(session, password)?;
        Ok((parameters.with("SRP_A", proof.public()), Some(proof)))
    }
}
