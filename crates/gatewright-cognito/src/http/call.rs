//! What an operation is called, and whether it may be repeated.

use super::failure::Cause;

/// An operation of the user pools or the identity pools API.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation {
    pub(crate) service: &'static str,
    pub(crate) name: &'static str,
    pub(crate) repeat: Repeat,
}

/// When a call may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// After any failure that may pass: doing it twice is doing it once.
    Harmless,
    /// If it was certainly not done. A refresh token that is used twice may end the session, and a code counts once.
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
