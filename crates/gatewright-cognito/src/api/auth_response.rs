//! What a user pool answers to a sign-in: tokens, or a challenge.

use std::collections::BTreeMap;
use std::fmt;

use crate::http::JsonResponse;
use crate::{Error, Secret};

/// The answer of `InitiateAuth` and `RespondToAuthChallenge`.
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
    /// At a refresh only with rotation; the old one has ended then.
    pub(crate) refresh: Option<Secret>,
    /// Seconds. `None` if it is missing or no time at all.
    pub(crate) expires_in: Option<u64>,
    /// At a sign-in without a device, to a user pool that remembers devices.
    pub(crate) device: Option<NewDevice>,
}

/// `NewDeviceMetadataType`: who signed in is at a device that the pool calls this from now on.
#[derive(Clone, Debug)]
pub(crate) struct NewDevice {
    pub(crate) key: String,
    pub(crate) group_key: String,
    /// Why the device could not be confirmed.
    pub(crate) unconfirmed: Option<Error>,
}

/// What to answer before there are tokens. `Debug` shows the names of the parameters.
pub(crate) struct IssuedChallenge {
    pub(crate) name: String,
    /// To be sent with the answer.
    pub(crate) session: Option<Secret>,
    pub(crate) parameters: BTreeMap<String, String>,
    /// Of `SELECT_CHALLENGE`: what can be chosen.
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
    /// Of the answer to a refresh.
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
    /// Neither member is said to be always there, and a device without a key is none.
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
