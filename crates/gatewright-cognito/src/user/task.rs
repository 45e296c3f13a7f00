//! Work that goes on when nobody waits for it.

use std::future::Future;

use crate::{Error, ErrorKind};

/// Runs the work in a task of its own. A caller that goes away does not stop it: half of it would lose a refresh token, or
/// unlock the store while it still writes.
pub(crate) async fn detached<T: Send + 'static>(
    work: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    let done = tokio::spawn(work).await;
    // The cause is left out: the text of a panic may hold anything.
    done.unwrap_or_else(|_| Err(Error::new(ErrorKind::Other, INTERRUPTED)))
}

const INTERRUPTED: &str =
    "the session was interrupted: the Tokio runtime was shut down, or a provider or store panicked";
