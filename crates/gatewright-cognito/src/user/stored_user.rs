//! The tokens of a stored user: their expiry, their user, and their renewal.

use std::time::{Duration, SystemTime};

use gatewright_core::kit::jwt::Claims;

use crate::api::{NewDevice, NewTokens};
use crate::store::{Device, StoredUser};
use crate::{Error, ErrorKind, Secret};

impl StoredUser {
    pub(crate) fn new(name: &str, tokens: NewTokens, now: SystemTime) -> Self {
        Self {
            name: name.to_owned(),
            expires_at: expiry(&tokens, now),
            access: tokens.access,
            id: tokens.id,
            refresh: tokens.refresh,
            device: tokens.device.map(Device::from),
        }
    }

    /// The user with the tokens of a refresh at `now`. Only a pool that rotates refresh tokens gives a new refresh
    /// token.
    pub(super) fn renewed(&self, mut tokens: NewTokens, now: SystemTime) -> Self {
        tokens.refresh = tokens.refresh.or_else(|| self.refresh.clone());
        // The refresh shows that the pool knows the device.
        let device = self.device_key().map(|key| Device {
            key: key.to_owned(),
            unconfirmed: None,
        });
        Self {
            device,
            ..Self::new(&self.name, tokens, now)
        }
    }

    /// The device key that a refresh sends, in a user pool that remembers devices.
    pub(super) fn device_key(&self) -> Option<&str> {
        Some(&self.device.as_ref()?.key)
    }

    /// Adds to `error` why Cognito may have refused the refresh token.
    pub(super) fn ended(&self, error: Error) -> Error {
        let device = self.device.as_ref();
        let Some(reason) = device.and_then(|device| device.unconfirmed.as_ref()) else {
            return error;
        };
        let message = format!(
            "the session has ended, since Cognito refused its refresh token; its device could not be confirmed when the \
             user signed in ({reason}), and a user pool that remembers devices renews tokens only at confirmed ones: \
             sign in again"
        );
        error.into_kind(ErrorKind::SessionExpired, message)
    }

    pub(super) fn is_valid(&self, now: SystemTime) -> bool {
        self.expires_at.is_none_or(|expires_at| now < expires_at)
    }

    /// Whether both have the same refresh token, or else the same access token.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.key() == other.key()
    }

    fn key(&self) -> &str {
        self.refresh.as_ref().unwrap_or(&self.access).expose()
    }

    /// The user's name in the pool. An alias is another name.
    pub(super) fn own_name(&self) -> String {
        let claims = Claims::read(self.access.expose());
        let name = claims.as_ref().and_then(|claims| claims.text("username"));
        name.unwrap_or(&self.name).to_owned()
    }
}

impl From<NewDevice> for Device {
    fn from(device: NewDevice) -> Self {
        Self {
            key: device.key,
            unconfirmed: device.unconfirmed.map(|error| format!("{error:#}")),
        }
    }
}

/// When the first of access and ID token ends: their lifetimes are two settings of an app client.
fn expiry(tokens: &NewTokens, now: SystemTime) -> Option<SystemTime> {
    let stated = |token: &Secret| Claims::read(token.expose())?.expiry(now);
    let access = match tokens.expires_in {
        Some(seconds) => now.checked_add(Duration::from_secs(seconds)),
        None => stated(&tokens.access),
    };
    let id = tokens.id.as_ref().and_then(stated);
    [access, id].into_iter().flatten().min()
}
