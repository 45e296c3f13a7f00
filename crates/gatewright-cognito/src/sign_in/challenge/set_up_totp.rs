//! The challenge to set up an authenticator app.

use std::fmt;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::sync::Mutex;

use super::super::state::SignInState;
use super::{Step, texts, unsupported};
use crate::api::{IssuedChallenge, Parameters};
use crate::{Error, Secret};

pub(super) const NAME: &str = "MFA_SETUP";
const TOTP: &str = "SOFTWARE_TOKEN_MFA";

/// `MFA_SETUP`: the pool requires a second factor, and the user has none. `Debug` does not show the key.
pub struct SetUpTotp {
    state: SignInState,
    key: Secret,
    /// Cognito's `Session` after a correct code. A retry needs no second code when only the last call failed.
    verified: Mutex<Option<Secret>>,
}

impl SetUpTotp {
    /// Gets the key. A pool that offers only other factors needs an attribute of the user, which no response to this
    /// challenge can give.
    pub(super) async fn begin(
        state: SignInState,
        challenge: &IssuedChallenge,
    ) -> Result<Self, Error> {
        let factors = texts(challenge, "MFAS_CAN_SETUP");
        if !factors.is_empty() && !factors.iter().any(|factor| factor == TOTP) {
            return Err(unsupported(NAME));
        }
        let token = state.token()?;
        let (key, token) = state.api()?.associate_software_token(token).await?;
        Ok(Self {
            state: state.renamed(token),
            key,
            verified: Mutex::default(),
        })
    }

    /// The key to type into the app, in base 32.
    pub fn key(&self) -> &Secret {
        &self.key
    }

    /// The key as a URI to show as a QR code (the Key URI Format of authenticator apps). The app shows `issuer` as
    /// the name of the account's service.
    pub fn uri(&self, issuer: &str) -> Secret {
        let encode = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
        let (issuer, user) = (encode(issuer), encode(self.state.typed()));
        let key = self.key.expose();
        Secret::from(format!(
            "otpauth://totp/{issuer}:{user}?secret={key}&issuer={issuer}"
        ))
    }

    /// Responds with a code of the app.
    ///
    /// # Errors
    ///
    /// [`CodeMismatch`](crate::ErrorKind::CodeMismatch) for a wrong code; the user can try again.
    pub async fn respond(&self, code: impl Into<Secret>) -> Result<Step, Error> {
        let mut verified = self.verified.lock().await;
        if verified.is_none() {
            *verified = Some(self.verify(&code.into()).await?);
        }
        let next = self.state.renamed(verified.clone());
        next.respond(NAME, Parameters::new()).await
    }

    async fn verify(&self, code: &Secret) -> Result<Secret, Error> {
        let (api, token) = (self.state.api()?, self.state.token()?);
        let next = api.verify_software_token(token, code.expose()).await?;
        Ok(next.unwrap_or_else(|| token.clone()))
    }
}

impl fmt::Debug for SetUpTotp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SetUpTotp")
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}
