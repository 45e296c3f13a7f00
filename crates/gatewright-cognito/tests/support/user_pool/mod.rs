//! The user pool: who is in it, and its calls.

mod attempt;
mod secret_hash;
mod set_up;
mod srp;
mod stage;
mod timestamp;
mod tokens;
mod totp;
mod user;

use serde_json::{Value, json};

use super::answer::{Answer, Refusal, invalid, not_authorized, refuse};
use super::{CLIENT_ID, Clock, Settings};
use attempt::Attempts;
use tokens::Tokens;
pub(crate) use totp::totp;
pub(crate) use user::{Factor, Status, User};

pub(crate) struct UserPool {
    settings: Settings,
    clock: Clock,
    users: Vec<User>,
    attempts: Attempts,
    tokens: Tokens,
}

impl UserPool {
    pub(super) fn new(settings: Settings, clock: Clock) -> Self {
        Self {
            tokens: Tokens::new(settings.clone(), clock.clone()),
            settings,
            clock,
            users: Vec::new(),
            attempts: Attempts::default(),
        }
    }

    pub(super) fn add(&mut self, user: User) {
        self.users.push(user);
    }

    pub(super) fn delivered_code(&self) -> String {
        self.attempts.sent.clone()
    }

    pub(super) fn revoke_all(&mut self) {
        self.tokens.revoke_all();
    }

    /// Whose ID or access token this is.
    pub(super) fn user_of(&self, token: &str, kind: &str) -> Result<String, Refusal> {
        self.tokens.user_of(token, kind)
    }

    pub(super) fn call(&mut self, operation: &str, input: &Value) -> Answer {
        match operation {
            "InitiateAuth" => self.initiate(input),
            "RespondToAuthChallenge" => self.respond(input),
            "AssociateSoftwareToken" => self.associate(input),
            "VerifySoftwareToken" => self.verify(input),
            "GetTokensFromRefreshToken" => self.get_tokens(input),
            "RevokeToken" => self.revoke(input),
            "GlobalSignOut" => self.global_sign_out(input),
            _ => refuse("UnknownOperationException", "Unknown operation"),
        }
    }

    /// `REFRESH_TOKEN_AUTH`, which pools that rotate refuse.
    fn refresh(&mut self, parameters: &Value) -> Answer {
        if self.settings.rotation.is_some() {
            return not_authorized("Refresh token rotation is enabled for this client");
        }
        let token = parameters["REFRESH_TOKEN"].as_str().unwrap_or_default();
        if let Some(owner) = self.tokens.owner(token) {
            secret_hash::check(&self.settings, &owner, parameters)?;
        }
        let result = self.tokens.renew(token)?;
        Ok(json!({"AuthenticationResult": result, "ChallengeParameters": {}}))
    }

    fn get_tokens(&mut self, input: &Value) -> Answer {
        self.client(input)?;
        self.client_secret(input)?;
        let token = input["RefreshToken"].as_str().unwrap_or_default();
        Ok(json!({"AuthenticationResult": self.tokens.renew(token)?}))
    }

    fn revoke(&mut self, input: &Value) -> Answer {
        self.client(input)?;
        self.client_secret(input)?;
        self.tokens
            .revoke(input["Token"].as_str().unwrap_or_default())
    }

    fn global_sign_out(&mut self, input: &Value) -> Answer {
        let token = input["AccessToken"].as_str().unwrap_or_default();
        let user = self.tokens.user_of(token, "access")?;
        self.tokens.sign_out(&user);
        Ok(json!({}))
    }

    fn client(&self, input: &Value) -> Result<(), Refusal> {
        if input["ClientId"] == CLIENT_ID {
            Ok(())
        } else {
            refuse(
                "ResourceNotFoundException",
                "User pool client does not exist.",
            )
        }
    }

    /// These calls take the secret itself.
    fn client_secret(&self, input: &Value) -> Result<(), Refusal> {
        match self.settings.client_secret {
            Some(secret) if input["ClientSecret"] != secret => {
                not_authorized("Client is configured with secret but it was not received")
            }
            None if !input["ClientSecret"].is_null() => invalid("Client has no secret"),
            _ => Ok(()),
        }
    }
}
