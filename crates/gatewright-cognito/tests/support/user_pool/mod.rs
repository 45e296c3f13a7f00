//! The user pool: who is in it, and its calls.

mod attempt;
mod devices;
mod secret_hash;
mod set_up;
mod srp;
mod stage;
mod timestamp;
mod tokens;
mod totp;
mod user;

use serde_json::{Value, json};

use super::response::{Outcome, Refusal, invalid, not_authorized, refuse};
use super::{CLIENT_ID, Clock, Settings};
use attempt::Attempts;
use devices::Devices;
use tokens::Tokens;
pub(crate) use totp::totp;
pub(crate) use user::{Factor, Status, User};

pub(crate) struct UserPool {
    settings: Settings,
    clock: Clock,
    users: Vec<User>,
    attempts: Attempts,
    tokens: Tokens,
    devices: Devices,
}

impl UserPool {
    pub(super) fn new(settings: Settings, clock: Clock) -> Self {
        Self {
            tokens: Tokens::new(settings.clone(), clock.clone()),
            settings,
            clock,
            users: Vec::new(),
            attempts: Attempts::default(),
            devices: Devices::default(),
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

    pub(super) fn has_device(&self, key: &str, password: &str) -> bool {
        self.devices.has_password(key, password)
    }

    /// Whose ID or access token this is.
    pub(super) fn user_of(&self, token: &str, kind: &str) -> Result<String, Refusal> {
        self.tokens.user_of(token, kind)
    }

    pub(super) fn call(&mut self, operation: &str, input: &Value) -> Outcome {
        match operation {
            "InitiateAuth" => self.initiate(input),
            "RespondToAuthChallenge" => self.respond(input),
            "AssociateSoftwareToken" => self.associate(input),
            "VerifySoftwareToken" => self.verify(input),
            "GetTokensFromRefreshToken" => self.get_tokens(input),
            "ConfirmDevice" => self.confirm_device(input),
            "RevokeToken" => self.revoke(input),
            "GlobalSignOut" => self.global_sign_out(input),
            _ => refuse("UnknownOperationException", "Unknown operation"),
        }
    }

    /// `REFRESH_TOKEN_AUTH`, which pools that rotate refuse.
    fn refresh(&mut self, parameters: &Value) -> Outcome {
        if self.settings.rotation.is_some() {
            return not_authorized("Refresh token rotation is enabled for this client");
        }
        let token = parameters["REFRESH_TOKEN"].as_str().unwrap_or_default();
        if let Some(owner) = self.tokens.owner(token) {
            secret_hash::check(&self.settings, &owner, parameters)?;
        }
        let result = self.renew(token, &parameters["DEVICE_KEY"])?;
        Ok(json!({"AuthenticationResult": result, "ChallengeParameters": {}}))
    }

    fn get_tokens(&mut self, input: &Value) -> Outcome {
        self.client(input)?;
        self.client_secret(input)?;
        let token = input["RefreshToken"].as_str().unwrap_or_default();
        Ok(json!({"AuthenticationResult": self.renew(token, &input["DeviceKey"])?}))
    }

    fn renew(&mut self, token: &str, device: &Value) -> Outcome {
        if let Some(bound) = self.tokens.device(token) {
            self.devices.admit(bound, device)?;
        }
        self.tokens.renew(token)
    }

    /// What a sign-in ends with.
    fn sign_in(&mut self, user: &str) -> Value {
        if !self.settings.remembers_devices {
            return self.tokens.of_sign_in(user, None);
        }
        let (key, metadata) = self.devices.new_device(user);
        let mut result = self.tokens.of_sign_in(user, Some(key));
        result["NewDeviceMetadata"] = metadata;
        result
    }

    fn confirm_device(&mut self, input: &Value) -> Outcome {
        let token = input["AccessToken"].as_str().unwrap_or_default();
        let user = self.tokens.user_of(token, "access")?;
        self.devices.confirm(&user, input)
    }

    fn revoke(&mut self, input: &Value) -> Outcome {
        self.client(input)?;
        self.client_secret(input)?;
        self.tokens
            .revoke(input["Token"].as_str().unwrap_or_default())
    }

    fn global_sign_out(&mut self, input: &Value) -> Outcome {
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
