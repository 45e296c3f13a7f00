//! Setting an authenticator app up in the middle of a sign-in.

use serde_json::{Value, json};

use super::super::response::{Outcome, Refusal, invalid, refuse};
use super::attempt::Attempt;
use super::stage::Stage;
use super::{UserPool, totp};

const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

impl UserPool {
    pub(super) fn associate(&mut self, input: &Value) -> Outcome {
        let old = input["Session"].as_str().unwrap_or_default();
        let mut attempt = self.attempts.get(old)?;
        *secret(&mut attempt)?.0 = Some(SECRET.to_owned());
        self.attempts.close(old);
        let session = self.attempts.open(attempt);
        Ok(json!({"SecretCode": SECRET, "Session": session}))
    }

    /// A wrong code leaves the session as it was.
    pub(super) fn verify(&mut self, input: &Value) -> Outcome {
        let old = input["Session"].as_str().unwrap_or_default();
        let mut attempt = self.attempts.get(old)?;
        let (secret, is_verified) = secret(&mut attempt)?;
        let expected = secret
            .as_deref()
            .map(|secret| totp(secret, self.clock.seconds()));
        if expected.is_none() || input["UserCode"].as_str() != expected.as_deref() {
            return refuse("EnableSoftwareTokenMFAException", "Code mismatch");
        }
        *is_verified = true;
        self.attempts.close(old);
        let session = self.attempts.open(attempt);
        Ok(json!({"Status": "SUCCESS", "Session": session}))
    }
}

fn secret(attempt: &mut Attempt) -> Result<(&mut Option<String>, &mut bool), Refusal> {
    match attempt.stages.front_mut() {
        Some(Stage::SetUp {
            secret,
            is_verified,
        }) => Ok((secret, is_verified)),
        _ => invalid("Nothing is to be set up"),
    }
}
