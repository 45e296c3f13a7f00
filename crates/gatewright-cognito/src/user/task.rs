//! Work in a separate task.

use std::future::Future;

use crate::{Error, ErrorKind};

/// Runs the work in a separate task. It goes on if the caller drops the future: half of the work would lose a refresh
/// token, or release the lock while the store still writes.
pub(crate) async fn detached<T: Send + 'static>(
    work: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    let done = tokio::spawn(work).await;
    // The error does not hold the cause: the text of a panic may hold a secret.
    done.unwrap_or_else(|_| Err(Error::new(ErrorKind::Other, INTERRUPTED)))
}

const INTERRUPTED: &str =
    "the session was interrupted: the Tokio runtime was shut down, or a provider or store panicked";
