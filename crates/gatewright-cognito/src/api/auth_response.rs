//! The response of a user pool to a sign-in: tokens or a challenge.

use std::collections::BTreeMap;
use std::fmt;

use crate::http::JsonResponse;
use crate::{Error, Secret};

/// The response of `InitiateAuth` and `RespondToAuthChallenge`.
#[derive(Debug)]
pub(crate) enum AuthResponse {
    Tokens(NewTokens),
    Challenge(IssuedChallenge),
}

/// `AuthenticationResultType`.
#[derive(Clone, Debug)]
pub(crate) struct NewTokens {
    pub(crate) access: Secret,
    pub(crate) id: Option<Secret>,
    /// A refresh gives one only with rotation, and the old one is invalid then.
    pub(crate) refresh: Option<Secret>,
    /// Seconds. `None` if it is missing or less than one.
    pub(crate) expires_in: Option<u64>,
    /// A sign-in gives one in a user pool that remembers devices.
    pub(crate) device: Option<NewDevice>,
}

/// `NewDeviceMetadataType`: the pool's name for the device of this sign-in.
#[derive(Clone, Debug)]
pub(crate) struct NewDevice {
    pub(crate) key: String,
    pub(crate) group_key: String,
    /// Why Cognito did not confirm the device.
    pub(crate) unconfirmed: Option<Error>,
}

/// A challenge before the tokens. `Debug` shows the names of the parameters.
pub(crate) struct IssuedChallenge {
    pub(crate) name: String,
    /// The response to the challenge must hold it.
    pub(crate) session: Option<Secret>,
    pub(crate) parameters: BTreeMap<String, String>,
    /// The choices of a `SELECT_CHALLENGE`.
    pub(crate) available: Vec<String>,
}

impl AuthResponse {
    pub(super) fn read(mut response: JsonResponse) -> Result<Self, Error> {
        if let Some(result) = response.object("AuthenticationResult") {
            return NewTokens::read(result).map(Self::Tokens);
        }
        let name = response.text("ChallengeName");
        let name = name.ok_or_else(|| response.lacks("tokens and no challenge"))?;
        let parameters = response.object("ChallengeParameters");
        Ok(Self::Challenge(IssuedChallenge {
            name,
            session: response.secret("Session"),
            parameters: parameters
                .into_iter()
                .flat_map(JsonResponse::into_texts)
                .collect(),
            available: response.texts("AvailableChallenges"),
        }))
    }
}

impl NewTokens {
    /// Reads the response to a refresh.
    pub(super) fn refreshed(mut response: JsonResponse) -> Result<Self, Error> {
        let result = response.object("AuthenticationResult");
        Self::read(result.ok_or_else(|| response.lacks("tokens"))?)
    }

    fn read(mut result: JsonResponse) -> Result<Self, Error> {
        let access = result.secret("AccessToken");
        Ok(Self {
            access: access.ok_or_else(|| result.lacks("access token"))?,
            id: result.secret("IdToken"),
            refresh: result.secret("RefreshToken"),
            expires_in: result.number("ExpiresIn").and_then(whole_seconds),
            device: result.object("NewDeviceMetadata").and_then(NewDevice::read),
        })
    }
}

impl NewDevice {
    /// The API reference requires neither member. `None` if one is missing.
    fn read(mut metadata: JsonResponse) -> Option<Self> {
        Some(Self {
            key: metadata.text("DeviceKey")?,
            group_key: metadata.text("DeviceGroupKey").unwrap_or_default(),
            unconfirmed: None,
        })
    }
}

/// `None` for less than one.
fn whole_seconds(seconds: f64) -> Option<u64> {
    // A cast to an integer ends at its limits.
    (seconds >= 1.0).then_some(seconds as u64)
}

impl fmt::Debug for IssuedChallenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IssuedChallenge")
            .field("name", &self.name)
            .field("session", &self.session)
            .field("parameters", &self.parameters.keys().collect::<Vec<_>>())
            .field("available", &self.available)
            .finish()
    }
}
