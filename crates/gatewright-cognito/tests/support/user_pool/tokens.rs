//! The tokens that a sign-in ends with, and what becomes of them.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::super::response::{Outcome, Refusal, not_authorized};
use super::super::{CLIENT_ID, Clock, REGION, Settings, USER_POOL_ID};

/// All tokens ever issued.
pub(super) struct Tokens {
    settings: Settings,
    clock: Clock,
    issued: u64,
    refresh: HashMap<String, Refresh>,
    /// Access and ID tokens: whose, and until when.
    others: HashMap<String, Other>,
}

struct Refresh {
    user: String,
    /// The only one that it can be used at.
    device: Option<String>,
    /// Refused from this second on.
    ends: Option<u64>,
}

struct Other {
    user: String,
    kind: &'static str,
    expires: u64,
    is_revoked: bool,
}

impl Tokens {
    pub(super) fn new(settings: Settings, clock: Clock) -> Self {
        let (refresh, others) = (HashMap::new(), HashMap::new());
        Self {
            settings,
            clock,
            issued: 0,
            refresh,
            others,
        }
    }

    /// `AuthenticationResult` of a sign-in.
    pub(super) fn of_sign_in(&mut self, user: &str, device: Option<String>) -> Value {
        let mut result = self.renewed(user);
        result["RefreshToken"] = json!(self.new_refresh_token(user, device));
        result
    }

    /// `AuthenticationResult` of a renewal, with a refresh token only where they rotate.
    pub(super) fn renew(&mut self, refresh_token: &str) -> Outcome {
        let now = self.clock.seconds();
        let (user, device) = match self.refresh.get(refresh_token) {
            None => return not_authorized("Invalid Refresh Token."),
            Some(Refresh {
                ends: Some(ends), ..
            }) if *ends <= now => {
                return not_authorized("Refresh Token has been revoked");
            }
            Some(token) => (token.user.clone(), token.device.clone()),
        };
        let mut result = self.renewed(&user);
        if let Some(grace) = self.settings.rotation {
            self.end(refresh_token, now + grace.as_secs());
            result["RefreshToken"] = json!(self.new_refresh_token(&user, device));
        }
        Ok(result)
    }

    /// Whose refresh token this is.
    pub(super) fn owner(&self, refresh_token: &str) -> Option<String> {
        let token = self.refresh.get(refresh_token)?;
        Some(token.user.clone())
    }

    /// Which device a refresh token can be used at, if not at all of them.
    pub(super) fn device(&self, refresh_token: &str) -> Option<&str> {
        self.refresh.get(refresh_token)?.device.as_deref()
    }

    /// Whose access or ID token this is.
    pub(super) fn user_of(&self, token: &str, kind: &str) -> Result<String, Refusal> {
        let Some(other) = self.others.get(token).filter(|other| other.kind == kind) else {
            return not_authorized(
                "Invalid login token. Not a valid OpenId Connect identity token.",
            );
        };
        if other.expires <= self.clock.seconds() {
            return not_authorized("Invalid login token. Token expired: 2 >= 1");
        }
        if other.is_revoked {
            return not_authorized("Access Token has been revoked");
        }
        Ok(other.user.clone())
    }

    /// `RevokeToken`: the refresh token, and every access token of the user.
    pub(super) fn revoke(&mut self, refresh_token: &str) -> Outcome {
        let Some(token) = self.refresh.get(refresh_token) else {
            return not_authorized("Invalid Refresh Token.");
        };
        let user = token.user.clone();
        self.end(refresh_token, 0);
        self.revoke_access(&user);
        Ok(json!({}))
    }

    /// `GlobalSignOut`.
    pub(super) fn sign_out(&mut self, user: &str) {
        for token in self.refresh.values_mut().filter(|token| token.user == user) {
            token.ends = Some(0);
        }
        self.revoke_access(user);
    }

    pub(super) fn revoke_all(&mut self) {
        for token in self.refresh.values_mut() {
            token.ends = Some(0);
        }
    }

    fn revoke_access(&mut self, user: &str) {
        let tokens = self.others.values_mut();
        for token in tokens.filter(|token| token.user == user && token.kind == "access") {
            token.is_revoked = true;
        }
    }

    fn end(&mut self, refresh_token: &str, second: u64) {
        if let Some(token) = self.refresh.get_mut(refresh_token) {
            token.ends = Some(token.ends.map_or(second, |ends| ends.min(second)));
        }
    }

    fn new_refresh_token(&mut self, user: &str, device: Option<String>) -> String {
        self.issued += 1;
        let token = format!("planted-refresh-token-{}", self.issued);
        let refresh = Refresh {
            user: user.to_owned(),
            device,
            ends: None,
        };
        self.refresh.insert(token.clone(), refresh);
        token
    }

    fn renewed(&mut self, user: &str) -> Value {
        let access = json!({"client_id": CLIENT_ID, "username": user});
        let id = json!({"aud": CLIENT_ID, "cognito:username": user});
        json!({
            "AccessToken": self.token(user, "access", access),
            "IdToken": self.token(user, "id", id),
            "ExpiresIn": self.settings.token_lifetime.as_secs(),
            "TokenType": "Bearer",
        })
    }

    fn token(&mut self, user: &str, kind: &'static str, mut claims: Value) -> String {
        self.issued += 1;
        let now = self.clock.seconds();
        let expires = now + self.settings.token_lifetime.as_secs();
        claims["iss"] = json!(format!(
            "https://cognito-idp.{REGION}.amazonaws.com/{USER_POOL_ID}"
        ));
        claims["sub"] = json!(format!("sub-of-{user}"));
        claims["token_use"] = json!(kind);
        claims["iat"] = json!(now);
        claims["exp"] = json!(expires);
        let token = jwt(&claims, self.issued);
        let user = user.to_owned();
        let is_revoked = false;
        self.others.insert(
            token.clone(),
            Other {
                user,
                kind,
                expires,
                is_revoked,
            },
        );
        token
    }
}

/// A JSON Web Token whose signature nobody can check, told apart by `number`.
fn jwt(claims: &Value, number: u64) -> String {
    let header = URL_SAFE_NO_PAD.encode(r#"{"kid":"test","alg":"RS256"}"#);
    let payload = URL_SAFE_NO_PAD.encode(claims.to_string());
    let signature = URL_SAFE_NO_PAD.encode(format!("planted-signature-{number}"));
    format!("{header}.{payload}.{signature}")
}
