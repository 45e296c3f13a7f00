//! The identity pool: identities of guests and of users, and credentials of their roles.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::response::{Outcome, Refusal, not_authorized, refuse};
use super::user_pool::UserPool;
use super::{Clock, IDENTITY_POOL_ID, REGION, Settings, USER_POOL_ID};

pub(crate) struct IdentityPool {
    settings: Settings,
    clock: Clock,
    /// Tokens of other identity providers, and these.
    trusted: HashMap<String, String>,
    /// Who an identity belongs to.
    owners: HashMap<String, Owner>,
    /// Who the credentials with a key id belong to, and until when.
    keys: HashMap<String, (Owner, u64)>,
    number: u64,
}

/// A guest is nobody.
type Owner = Option<String>;

impl IdentityPool {
    pub(super) fn new(settings: Settings, clock: Clock) -> Self {
        Self {
            settings,
            clock,
            trusted: HashMap::new(),
            owners: HashMap::new(),
            keys: HashMap::new(),
            number: 0,
        }
    }

    pub(super) fn trust(&mut self, provider: &str, token: &str) {
        self.trusted.insert(token.to_owned(), provider.to_owned());
    }

    /// The same identity for the same user, a new one for every guest.
    pub(super) fn get_id(&mut self, input: &Value, users: &UserPool) -> Outcome {
        if input["IdentityPoolId"] != IDENTITY_POOL_ID {
            return refuse("ResourceNotFoundException", "IdentityPool not found.");
        }
        let owner = self.owner(&input["Logins"], users)?;
        let known = self
            .owners
            .iter()
            .find(|(_, known)| owner.is_some() && **known == owner);
        let id = known.map_or_else(|| self.new_id(), |(id, _)| id.clone());
        self.number += 1;
        self.owners.insert(id.clone(), owner);
        Ok(json!({"IdentityId": id}))
    }

    pub(super) fn get_credentials(&mut self, input: &Value, users: &UserPool) -> Outcome {
        let id = input["IdentityId"].as_str().unwrap_or_default();
        let owner = self.owner(&input["Logins"], users)?;
        match self.owners.get(id) {
            None => return refuse("ResourceNotFoundException", "Identity not found."),
            Some(known) if *known != owner => {
                return not_authorized("Access to Identity is forbidden.");
            }
            Some(_) => {}
        }
        self.number += 1;
        let credentials = self.credentials(owner.as_deref());
        let key = credentials["AccessKeyId"].as_str().unwrap();
        let ends = self.clock.seconds() + self.settings.credentials_lifetime.as_secs();
        self.keys.insert(key.to_owned(), (owner, ends));
        Ok(json!({"IdentityId": id, "Credentials": credentials}))
    }

    /// The user that the credentials with this key id belong to; nobody for a guest.
    pub(super) fn owner_of_key(&self, key: &str) -> Option<String> {
        self.keys[key].0.clone()
    }

    pub(super) fn is_valid_key(&self, key: &str) -> bool {
        self.clock.seconds() < self.keys[key].1
    }

    /// The key id names the role, so that a test can tell whose credentials it sees.
    fn credentials(&self, owner: Option<&str>) -> Value {
        let role = if owner.is_some() { "USER" } else { "GUEST" };
        let lifetime = self.settings.credentials_lifetime.as_secs();
        let expires = self.clock.seconds() + lifetime;
        json!({
            "AccessKeyId": format!("ASIA{role}{}", self.number),
            "SecretKey": format!("planted-secret-key-{}", self.number),
            "SessionToken": format!("planted-session-token-{}", self.number),
            "Expiration": json!(expires as f64 + 0.5),
        })
    }

    fn new_id(&self) -> String {
        format!("{REGION}:00000000-0000-0000-0000-{:012}", self.number)
    }

    /// Who the logins prove to be: nobody without logins.
    fn owner(&self, logins: &Value, users: &UserPool) -> Result<Owner, Refusal> {
        let Some((provider, token)) = logins.as_object().and_then(|logins| logins.iter().next())
        else {
            return self.guest();
        };
        let token = token.as_str().unwrap_or_default();
        if *provider == format!("cognito-idp.{REGION}.amazonaws.com/{USER_POOL_ID}") {
            return users.user_of(token, "id").map(Some);
        }
        match self.trusted.get(token) {
            Some(trusted) if trusted == provider => Ok(Some(provider.clone())),
            _ => not_authorized("Invalid login token."),
        }
    }

    fn guest(&self) -> Result<Owner, Refusal> {
        if self.settings.guests {
            Ok(None)
        } else {
            not_authorized("Unauthenticated access is not supported for this identity pool.")
        }
    }
}
