//! What a layer does with a credential that is on the request already.

/// The policy of a layer for a credential header (or query parameter) that the request brings along: from a retry outside of
/// the layer, or from a caller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OnConflict {
    /// Replaces it, so that a retry is authorized anew. The default.
    #[default]
    Replace,
    /// Leaves it, and does nothing else: what the caller says wins.
    Keep,
    /// Fails with [`AuthorizeErrorKind::Conflict`](crate::AuthorizeErrorKind::Conflict).
    Refuse,
}
