//! Why an attempt failed, as far as a retry depends on it.

/// The chance of a retry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// Cognito did nothing: it throttled the call, or the connection was refused.
    NotServed,
    /// The failure may pass, and Cognito may have served the call.
    Passing,
    /// A retry would fail in the same way.
    Lasting,
}
