//! The store that outlives the process, and that processes can share.

mod error;
mod lock;
mod path;
#[cfg_attr(unix, path = "unix.rs")]
#[cfg_attr(not(unix), path = "elsewhere.rs")]
mod platform;
mod private;
mod read;
mod replace;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use gatewright::BoxError;
use gatewright_core::rt::blocking;

pub use self::error::FileStoreError;
use self::lock::FileLock;
use super::token_store::TokenStore;
use crate::{Secret, text};

/// Keeps a session in a file that only its owner can read and that processes can share.
///
/// - The store uses a file only if it is a regular file, belongs to the effective user of this process, and gives
///   other users no rights (`chmod 600`). Anything else, such as a link, a FIFO or a file of mode 0644, is a
///   [`FileStoreError`] at once. The store checks the open file, so no other file can take its place after the check.
///   A missing file is no error: nobody is signed in.
/// - A file of more than 1 MiB is an error, and the store reads no further. A session needs some 6 kB.
/// - A new file gets mode 0600, whatever the umask is.
/// - A write replaces the whole file: the store writes the next document to `<file>.new` in the same directory, syncs
///   it to disk and renames it. A reader sees the old document or the new one, also after a crash.
/// - A writer holds the lock of `<file>.lock`, which stays where it is. It is a lock of the operating system
///   ([`std::fs::File::try_lock`]), so the end of a process releases it. A writer that waits for more than 30 seconds
///   gets an error. The lock file must be a regular file of the same user, too.
///
/// The directory must exist and be writable. A directory that every user can write to, without a sticky bit, is an
/// error. A group may write to the directory, since many systems give each user a group without other members.
/// Members of that group can remove the session and hold its lock, but the store does not use their files. File
/// access runs on Tokio's threads for blocking work.
///
/// On Windows and other systems without Unix modes, the store checks only that the file is a regular file of at most
/// 1 MiB. It follows a link that takes the place of the file after the check. The directory decides there who can
/// read the file: use one below the user's profile.
///
/// ```
/// use gatewright_cognito::{FileStore, Secret, TokenStore};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), gatewright::BoxError> {
/// # let directory = std::env::temp_dir().join(format!("gatewright-file-store-{}", std::process::id()));
/// # std::fs::create_dir_all(&directory)?;
/// let store = FileStore::new(directory.join("session.json"));
/// assert!(store.read().await?.is_none());
///
/// let lock = store.lock().await?;
/// store.write(Secret::from("{}")).await?;
/// drop(lock);
/// assert_eq!(store.read().await?.unwrap().expose(), "{}");
/// # std::fs::remove_dir_all(directory)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct FileStore {
    path: Arc<Path>,
}

impl FileStore {
    /// A store in the file of this path. The first sign-in or the first id of the identity pool creates the file.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into().into(),
        }
    }

    /// Runs blocking work on another thread. The work goes on if the caller drops the future.
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Path) -> Result<T, BoxError> + Send + 'static,
    ) -> Result<T, BoxError> {
        let path = Arc::clone(&self.path);
        blocking(move || work(&path)).await?
    }
}

impl TokenStore for FileStore {
    type Lock = FileLock;

    fn place(&self) -> String {
        format!("the file {}", text::one_line(&self.path.to_string_lossy()))
    }

    async fn lock(&self) -> Result<FileLock, BoxError> {
        let file = self.blocking(lock::open).await?;
        lock::wait(file, &self.path).await
    }

    async fn read(&self) -> Result<Option<Secret>, BoxError> {
        self.blocking(read::read).await
    }

    async fn write(&self, document: Secret) -> Result<(), BoxError> {
        self.blocking(move |path| replace::replace(path, document.expose().as_bytes()))
            .await
    }
}

#[cfg(test)]
mod tests;
