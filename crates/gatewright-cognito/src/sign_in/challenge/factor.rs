//! The first factors of `USER_AUTH`.

use super::super::srp_proof::SrpProof;
use crate::api::Parameters;
use crate::{Error, Secret, Session};

/// By what a user can sign in, where the pool lets them choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FactorKind {
    /// `PASSWORD`: the password is sent.
    Password,
    /// `PASSWORD_SRP`: the password is proved and stays here.
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

    /// Those of these names that are known here.
    pub(super) fn among(names: &[String]) -> Vec<Self> {
        let is_named = |kind: &Self| names.iter().any(|name| name == kind.api_name());
        Self::ALL.into_iter().filter(is_named).collect()
    }
}

/// A first factor, and the password if it is one.
#[derive(Clone, Debug)]
pub struct Factor {
    kind: FactorKind,
    password: Option<Secret>,
}

impl Factor {
    /// The password, sent.
    pub fn password(password: impl Into<Secret>) -> Self {
        Self::new(FactorKind::Password, Some(password.into()))
    }

    /// The password, proved without being sent.
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

    /// Which one it is.
    pub fn kind(&self) -> FactorKind {
        self.kind
    }

    /// Adds what this factor needs besides its name; with the proof that the pool will ask for.
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
