//! The parts that loads of a user need.

use gatewright_core::rt::Clock;

use crate::api::UserPoolApi;
use crate::store::RecordStore;
use crate::{Error, ErrorKind};

/// All parts of a session share it, and none changes it.
pub(crate) struct Core {
    pub(crate) user_pool: Option<UserPoolApi>,
    pub(crate) records: RecordStore,
    pub(crate) clock: Clock,
}

impl Core {
    pub(crate) fn user_pool(&self) -> Result<&UserPoolApi, Error> {
        self.user_pool.as_ref().ok_or_else(|| {
            let message = "the session has no user pool: add one with SessionBuilder::user_pool, or `CognitoUserPool` to \
                           the configuration";
            Error::new(ErrorKind::Configuration, message)
        })
    }
}
