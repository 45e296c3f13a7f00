//! The proof of a password that does not send it.

use crate::api::{IssuedChallenge, Parameters};
use crate::srp::{self, Srp};
use crate::{Error, ErrorKind, Secret, Session};

pub(super) const VERIFIER: &str = "PASSWORD_VERIFIER";

/// One run of Secure Remote Password. Its drop overwrites the password.
pub(super) struct SrpProof {
    srp: Srp,
    password: Secret,
}

impl SrpProof {
    pub(super) fn new(session: &Session, password: Secret) -> Result<Self, Error> {
        let pool = session.user_pool()?.pool();
        let srp = Srp::new(pool.id(), session.random())?;
        Ok(Self { srp, password })
    }

    /// `SRP_A`.
    pub(super) fn public(&self) -> String {
        self.srp.a()
    }

    /// The response to a `PASSWORD_VERIFIER`, without the user's name. `user_id` is the user's name in the pool, not
    /// an alias.
    pub(super) fn responses(
        &self,
        challenge: &IssuedChallenge,
        user_id: &str,
        session: &Session,
    ) -> Result<Parameters, Error> {
        let block = parameter(challenge, "SECRET_BLOCK")?;
        let time = srp::timestamp(session.now());
        let signature = self.srp.claim_signature(
            user_id,
            &self.password,
            parameter(challenge, "SALT")?,
            parameter(challenge, "SRP_B")?,
            block,
            &time,
        )?;
        Ok(Parameters::new()
            .with("PASSWORD_CLAIM_SECRET_BLOCK", block)
            .with("PASSWORD_CLAIM_SIGNATURE", signature)
            .with("TIMESTAMP", time))
    }
}

fn parameter<'a>(challenge: &'a IssuedChallenge, name: &str) -> Result<&'a str, Error> {
    challenge
        .parameters
        .get(name)
        .map(String::as_str)
        .ok_or_else(|| {
            let message = format!("the user pool asks for a proof of the password without {name}");
            Error::new(ErrorKind::Service, message)
        })
}
