//! Reads a response into memory, within the limits of its call.

use bytes::Bytes;
use http::response::Parts;

use crate::limits::{ResponseLimits, in_time};
use crate::{Body, BoxError};

/// The whole body of the response whose head is `parts`. Its limits are those of a
/// [`LimitsLayer`](crate::layers::LimitsLayer); without one, the default size and no time limit.
pub(crate) async fn buffer(parts: &Parts, body: Body) -> Result<Bytes, BoxError> {
    let limits = parts.extensions.get::<ResponseLimits>();
    let limits = limits.copied().unwrap_or_default();
    in_time(limits.deadline, body.into_bytes(limits.bytes)).await
}
