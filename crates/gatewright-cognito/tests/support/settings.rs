//! How the pools are set up.

use std::time::Duration;

use gatewright_cognito::{IdentityPool, UserPool};

pub(crate) const REGION: &str = "eu-west-1";
pub(crate) const USER_POOL_ID: &str = "eu-west-1_AbCdEfGhI";
pub(crate) const CLIENT_ID: &str = "1example23456789client";
pub(crate) const IDENTITY_POOL_ID: &str = "eu-west-1:00000000-1111-2222-3333-444444444444";

/// An app client without a secret, tokens for an hour, a refresh token that stays, guests welcome.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) client_secret: Option<&'static str>,
    /// A new refresh token with each renewal; the old one is good for so long afterwards.
    pub(crate) rotation: Option<Duration>,
    pub(crate) token_lifetime: Duration,
    pub(crate) credentials_lifetime: Duration,
    pub(crate) guests: bool,
    /// Tokens are renewed only for the device that they were issued to, and only if it is confirmed.
    pub(crate) remembers_devices: bool,
}

impl Settings {
    pub(crate) const DEFAULT: Self = Self {
        client_secret: None,
        rotation: None,
        token_lifetime: Duration::from_secs(3600),
        credentials_lifetime: Duration::from_secs(3600),
        guests: true,
        remembers_devices: false,
    };
}

impl Default for Settings {
    fn default() -> Self {
        Self::DEFAULT
    }
}

pub(crate) fn user_pool() -> UserPool {
    UserPool::new(USER_POOL_ID, CLIENT_ID).unwrap()
}

pub(crate) fn identity_pool() -> IdentityPool {
    IdentityPool::new(IDENTITY_POOL_ID).unwrap()
}
