//! The store that outlives the process, and that processes can share.

mod lock;
mod replace;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gatewright::BoxError;

use self::lock::FileLock;
use super::TokenStore;
use crate::Secret;

/// Keeps a session in a file, readable for its owner alone, that processes can share.
///
/// - The file gets mode 0600 when it is created (on Unix; elsewhere it has what its directory gives it).
/// - It is replaced as a whole: the next document is written to `<file>.new` in the same directory, brought to disk and
///   renamed. Whoever reads sees the old document or the new one, also after a crash.
/// - Who writes holds the lock of `<file>.lock`, which stays where it is. It is a lock of the operating system
///   ([`std::fs::File::try_lock`]), so a process that dies lets go of it. Who waits for longer than 30 seconds is
///   given an error.
///
/// The directory must exist and be writable, for this user alone: who can write to it can put a session of their own in
/// place of the user's. A link in place of the file is replaced, not followed. File access happens on Tokio's threads for
/// blocking work.
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
    /// A store in the file of this path, which is created when somebody signs in or an identity pool gives an id.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into().into(),
        }
    }

    /// Does blocking work elsewhere. It goes on when nobody waits for it any more.
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Path) -> Result<T, BoxError> + Send + 'static,
    ) -> Result<T, BoxError> {
        let path = Arc::clone(&self.path);
        tokio::task::spawn_blocking(move || work(&path)).await?
    }
}

impl TokenStore for FileStore {
    type Lock = FileLock;

    fn place(&self) -> String {
        format!("the file {}", self.path.display())
    }

    async fn lock(&self) -> Result<FileLock, BoxError> {
        let file = self.blocking(lock::open).await?;
        lock::wait(file).await
    }

    async fn read(&self) -> Result<Option<Secret>, BoxError> {
        self.blocking(read).await
    }

    async fn write(&self, document: Secret) -> Result<(), BoxError> {
        self.blocking(move |path| replace::replace(path, document.expose().as_bytes()))
            .await
    }
}

fn read(path: &Path) -> Result<Option<Secret>, BoxError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(Secret::from(text))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The path of a file beside this one.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

#[cfg(test)]
mod tests;
