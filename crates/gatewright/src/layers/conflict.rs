//! What a layer does with a credential that the request already has.

/// What a layer does if a request already has a credential header (or query parameter): from a retry outside the layer, or
/// from a caller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OnConflict {
    /// Replaces it, so that each retry gets a new credential. The default.
    #[default]
    Replace,
    /// Keeps it and passes the request on: the caller's credential wins.
    Keep,
    /// Fails with [`AuthorizeErrorKind::Conflict`](crate::AuthorizeErrorKind::Conflict).
    Refuse,
}
