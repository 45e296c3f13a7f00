//! The lock between processes.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

use gatewright::BoxError;
use tokio::time::sleep;

use super::error::FileStoreError;
use super::path::beside;
use super::private;

/// How often it is tried; a refresh takes some tenths of a second.
const PAUSE: Duration = Duration::from_millis(20);

/// 30 seconds. A session whose holder was suspended shall fail rather than hang.
const ATTEMPTS: u32 = 1500;

const SUFFIX: &str = ".lock";

/// The lock of a [`FileStore`](super::FileStore), held until it is dropped.
#[derive(Debug)]
pub struct FileLock {
    /// The operating system lets go of the lock when this is closed.
    _file: File,
}

/// The file whose lock is that of the file at `path`. Not that file itself, because it is replaced.
pub(super) fn open(path: &Path) -> Result<File, BoxError> {
    private::open_or_create(&beside(path, SUFFIX))
}

/// Not by waiting in the operating system, which would keep a thread for as long as somebody else holds the lock.
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
