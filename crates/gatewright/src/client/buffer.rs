//! Reading an answer into memory, within the limits of its call.

use bytes::Bytes;
use http::response::Parts;
use tokio::time::timeout_at;

use crate::limits::AnswerLimits;
use crate::{Body, BoxError};

/// The whole body of the answer that `parts` is the head of. Its limits are those that a
/// [`LimitsLayer`](crate::layers::LimitsLayer) set, or else the default size and any time.
pub(crate) async fn buffer(parts: &Parts, body: Body) -> Result<Bytes, BoxError> {
    let limits = parts.extensions.get::<AnswerLimits>();
    let limits = limits.copied().unwrap_or_default();
    let all = body.collect(limits.bytes);
    match limits.deadline {
        None => all.await,
        Some(deadline) => match timeout_at(deadline.at(), all).await {
            Ok(all) => all,
            Err(_) => Err(deadline.timed_out().into()),
        },
    }
}
