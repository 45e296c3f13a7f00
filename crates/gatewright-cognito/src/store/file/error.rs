//! The errors of a file store.

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::store::token_store::MAX_DOCUMENT_BYTES;
use crate::text;

/// Why a [`FileStore`](crate::FileStore) does not use a file or a directory.
///
/// It is the source of an [`Error`](crate::Error) of the kind [`Store`](crate::ErrorKind::Store). Each variant names the
/// path. No variant holds content of a file.
///
/// ```
/// use gatewright_cognito::{FileStore, FileStoreError, TokenStore};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), gatewright::BoxError> {
/// let error = FileStore::new(std::env::temp_dir()).read().await.unwrap_err();
/// assert!(matches!(error.downcast_ref(), Some(FileStoreError::NotRegular { .. })));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileStoreError {
    /// A link, a directory, a FIFO, a socket or a device is at the path.
    NotRegular {
        /// Where it is.
        path: PathBuf,
    },
    /// The file belongs to another user than the effective user of this process (on Unix).
    OtherOwner {
        /// The path of the file.
        path: PathBuf,
        /// The id of the file's user.
        owner: u32,
    },
    /// Other users have rights on the file (on Unix).
    NotPrivate {
        /// The path of the file.
        path: PathBuf,
        /// The permission bits of the file, such as `0o644`.
        mode: u32,
    },
    /// Every user can write to the directory, and it has no sticky bit (on Unix).
    OpenDirectory {
        /// The path of the directory.
        path: PathBuf,
        /// The permission bits of the directory, such as `0o777`.
        mode: u32,
    },
    /// The file is larger than 1 MiB.
    TooLarge {
        /// The path of the file.
        path: PathBuf,
    },
    /// The file is not UTF-8.
    NotText {
        /// The path of the file.
        path: PathBuf,
    },
    /// Another process holds the lock for 30 seconds.
    Locked {
        /// The path of the lock file.
        path: PathBuf,
    },
}

impl fmt::Display for FileStoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRegular { path } => write!(
                f,
                "{} is a link, a directory or a special file: give the store the path of a regular file",
                shown(path)
            ),
            Self::OtherOwner { path, owner } => write!(
                f,
                "{} belongs to another user (id {owner}): run this program as that user, or remove the file and sign \
                 in again",
                shown(path)
            ),
            Self::NotPrivate { path, mode } => write!(
                f,
                "other users have rights on {path} (mode {mode:04o}): if you trust its content, run `chmod 600 {path}`; \
                 if not, remove it and sign in again",
                path = shown(path)
            ),
            Self::OpenDirectory { path, mode } => write!(
                f,
                "every user can replace files in {path} (mode {mode:04o}): run `chmod o-w {path}`, or use a directory of \
                 your user",
                path = shown(path)
            ),
            Self::TooLarge { path } => write!(
                f,
                "{} is larger than {MAX_DOCUMENT_BYTES} bytes, so that no session wrote it: check the path of the store",
                shown(path)
            ),
            Self::NotText { path } => write!(
                f,
                "{} is not UTF-8, so that no session wrote it: check the path of the store",
                shown(path)
            ),
            Self::Locked { path } => write!(
                f,
                "another process has held the lock of {} for 30 seconds: end that process, or try again",
                shown(path)
            ),
        }
    }
}

/// A path may hold control characters.
fn shown(path: &Path) -> String {
    text::one_line(&path.to_string_lossy())
}

impl Error for FileStoreError {}
