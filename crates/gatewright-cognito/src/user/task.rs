//! Work in a separate task.

use std::future::Future;

use gatewright_core::rt::spawn;

use crate::{Error, ErrorKind};

/// Runs the work in a separate task. It goes on if the caller drops the future: half of the work would lose a refresh
/// token, or release the lock while the store still writes.
pub(crate) async fn detached<T: Send + 'static>(
    work: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    let interrupted = || Error::new(ErrorKind::Other, INTERRUPTED);
    let task = spawn(work).map_err(|_| interrupted())?;
    task.await.map_err(|_| interrupted())?
}

const INTERRUPTED: &str = "the session was interrupted: there is no Tokio runtime, or it was shut down, or a provider or store panicked";
