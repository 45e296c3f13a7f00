//! The trait of stores.

use std::future::Future;

use gatewright::BoxError;

use crate::Secret;

/// The largest document: 1 MiB. A session's tokens are some 6 kB, so a larger document is not a session's.
pub(crate) const MAX_DOCUMENT_BYTES: usize = 1024 * 1024;

/// Keeps a session: the user, the tokens, and the ids of the identity pool.
///
/// A store keeps one document and does not look into it. [`MemoryStore`](crate::MemoryStore) keeps it until the process ends,
/// [`FileStore`](crate::FileStore) in a file that processes can share, `KeyringStore` (feature `keyring`) in the credential store of
/// the operating system. Implement [`TokenStore`] for any other place.
///
/// A store is for one user at a time. On a server, give the session of each user its own store.
///
/// The document says which user pool, app client and identity pool it belongs to. A document of another app is an
/// error. So is a document that is not a session's, or that is larger than 1 MiB. Neither counts as "nobody is signed
/// in", and the session overwrites neither.
///
/// ```
/// use gatewright_cognito::{FileStore, Session, UserPool};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let service = tower::service_fn(|_| async { Err::<http::Response<gatewright::Body>, _>("not called") });
/// let session = Session::builder()
///     .user_pool(UserPool::new("eu-west-1_AbCdEfGhI", "1example23456789client")?)
///     .store(FileStore::new("session.json"))
///     # .transport(service)
///     .build()?;
/// # let _ = session;
/// # Ok(())
/// # }
/// ```
///
/// A session reads without the lock, and takes the lock for each change. It holds the lock while it calls Cognito:
/// where refresh tokens rotate, Cognito takes two refreshes at the same time for theft.
///
/// ```
/// use std::sync::{Arc, Mutex};
/// use gatewright::BoxError;
/// use gatewright_cognito::{Secret, TokenStore};
/// use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};
///
/// #[derive(Default)]
/// struct Mine {
///     lock: Arc<AsyncMutex<()>>,
///     document: Mutex<Option<Secret>>,
/// }
///
/// impl TokenStore for Mine {
///     type Lock = OwnedMutexGuard<()>;
///
///     fn place(&self) -> String {
///         "a store of my own".to_owned()
///     }
///
///     async fn lock(&self) -> Result<Self::Lock, BoxError> {
///         Ok(Arc::clone(&self.lock).lock_owned().await)
///     }
///
///     async fn read(&self) -> Result<Option<Secret>, BoxError> {
///         Ok(self.document.lock().map_err(|error| error.to_string())?.clone())
///     }
///
///     async fn write(&self, document: Secret) -> Result<(), BoxError> {
///         *self.document.lock().map_err(|error| error.to_string())? = Some(document);
///         Ok(())
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not keep sessions",
    label = "not a `TokenStore`",
    note = "make a store of a path: `FileStore::new(\"session.json\")`"
)]
pub trait TokenStore: Send + Sync + 'static {
    /// The lock. Its drop releases it.
    type Lock: Send + 'static;

    /// The place of the document, for messages: "the file /home/ann/.shop/session.json".
    fn place(&self) -> String;

    /// Takes the lock. Waits until no other task has it, and no other process if processes share the store.
    ///
    /// # Errors
    ///
    /// Any error, such as a time limit.
    fn lock(&self) -> impl Future<Output = Result<Self::Lock, BoxError>> + Send;

    /// Reads the document of the last write; `None` if there is none. A session calls this with and without the lock.
    /// It must never return half a document.
    ///
    /// # Errors
    ///
    /// Any error. It must not quote the document.
    fn read(&self) -> impl Future<Output = Result<Option<Secret>, BoxError>> + Send;

    /// Replaces the whole document. A session calls this with the lock held. When it returns, the document must be
    /// safe: the refresh token of the document before may be invalid.
    ///
    /// # Errors
    ///
    /// Any error. It must not quote the document.
    fn write(&self, document: Secret) -> impl Future<Output = Result<(), BoxError>> + Send;
}
