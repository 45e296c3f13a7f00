//! The name of an operation, and whether a retry is safe.

use super::cause::Cause;

/// An operation of the user pools or the identity pools API.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation {
    pub(crate) service: &'static str,
    pub(crate) name: &'static str,
    pub(crate) repeat: Repeat,
}

/// When a retry of a call is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// After any failure that may pass: the operation is idempotent.
    Harmless,
    /// Only if Cognito did not serve the call. A second use of a refresh token may end the session, and a code is
    /// valid once.
    IfNotServed,
}

impl Repeat {
    pub(super) fn allows(self, cause: Cause) -> bool {
        match cause {
            Cause::NotServed => true,
            Cause::Passing => self == Self::Harmless,
            Cause::Lasting => false,
        }
    }
}
