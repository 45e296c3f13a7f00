//! The settings of identities.

use super::login::Login;
use crate::api::IdentityPoolApi;
use crate::{Error, ErrorKind};

/// The settings of a session that identities need.
pub(crate) struct IdentitySettings {
    pub(crate) pool: Option<IdentityPoolApi>,
    /// The logins of other providers than the user pool.
    pub(crate) logins: Vec<Login>,
    pub(crate) allows_guest_after_expiry: bool,
}

impl IdentitySettings {
    pub(crate) fn pool(&self) -> Result<&IdentityPoolApi, Error> {
        self.pool.as_ref().ok_or_else(|| {
            let message = "the session has no identity pool to give AWS credentials: add one with \
                           SessionBuilder::identity_pool, or `CredentialsProvider` to the configuration";
            Error::new(ErrorKind::Configuration, message)
        })
    }
}
