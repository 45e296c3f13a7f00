//! Reads a response into memory, within the limits of its call.

use bytes::Bytes;

use crate::limits::{ResponseLimits, in_time};
use crate::{Body, BoxError};

/// The whole body of the response whose head is `parts`. Its limits are those of a
/// [`LimitsLayer`](crate::layers::LimitsLayer); without one, the default size and no time limit.
pub(crate) async fn buffer(body: Body, limits: ResponseLimits) -> Result<Bytes, BoxError> {
    in_time(limits.deadline, body.collect(limits.bytes)).await
}
