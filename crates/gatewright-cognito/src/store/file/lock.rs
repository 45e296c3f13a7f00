//! The lock between processes.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

use gatewright::BoxError;
use gatewright_core::rt::sleep;

use super::error::FileStoreError;
use super::path::beside;
use super::private;

/// The pause between attempts; a refresh takes some tenths of a second.
const PAUSE: Duration = Duration::from_millis(20);

/// 30 seconds. A session whose holder was suspended shall fail rather than hang.
const ATTEMPTS: u32 = 1500;

const SUFFIX: &str = ".lock";

/// The lock of a [`FileStore`](super::FileStore). Its drop releases the lock.
#[derive(Debug)]
pub struct FileLock {
    /// Closing it releases the lock.
    _file: File,
}

/// Opens the lock file of the file at `path`. It is another file, because a write replaces that one.
pub(super) fn open(path: &Path) -> Result<File, BoxError> {
    private::open_or_create(&beside(path, SUFFIX))
}

/// Takes the lock. It does not wait in the operating system: that would block a thread for as long as another process
/// holds the lock.
pub(super) async fn wait(file: File, path: &Path) -> Result<FileLock, BoxError> {
    for _ in 0..ATTEMPTS {
        match file.try_lock() {
            Ok(()) => return Ok(FileLock { _file: file }),
            Err(TryLockError::WouldBlock) => sleep(PAUSE).await,
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
    let path = beside(path, SUFFIX);
    Err(FileStoreError::Locked { path }.into())
}
