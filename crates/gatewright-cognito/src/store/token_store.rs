//! What a store is.

use std::future::Future;

use gatewright::BoxError;

use crate::Secret;

/// No session has more: its tokens are some 6 kB. What is larger comes from somebody else, and is not read.
pub(crate) const MAX_DOCUMENT_BYTES: usize = 1024 * 1024;

/// Where a session is kept: who is signed in, their tokens, and the ids that an identity pool gave.
///
/// A store keeps one document, and knows nothing of what is in it. [`MemoryStore`] forgets it with the process,
/// [`FileStore`] keeps it in a file that processes can share, `KeyringStore` (feature `keyring`) in the
/// credential store of the operating system. Anything else is a type that implements [`TokenStore`].
///
/// It is the store of one user at a time: sessions of different users, as on a server, need a store each.
///
/// The document says which user pool, app client and identity pool it belongs to. A session of another app is an
/// error, and so is a document that nobody can read: neither is taken for "nobody is signed in", and neither is
/// overwritten.
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
/// A session reads without the lock, and takes it for whatever ends in a write. It holds it while it calls
/// Cognito: where refresh tokens rotate, two that refresh at the same time are taken for a thief and their victim.
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
    note = "a path is given as a file: `FileStore::new(\"session.json\")`"
)]
pub trait TokenStore: Send + Sync + 'static {
    /// Keeps others away until it is dropped.
    type Lock: Send + 'static;

    /// Where the document is kept, for messages: "the file /home/ann/.shop/session.json".
    fn place(&self) -> String;

    /// Waits until nobody else has the lock: no task, and no other process if processes share the store.
    ///
    /// # Errors
    ///
    /// Any error, also one that says that it took too long.
    fn lock(&self) -> impl Future<Output = Result<Self::Lock, BoxError>> + Send;

    /// The document that was written last; `None` if there never was one. It may be called without the lock, and then
    /// must not see half a document.
    ///
    /// # Errors
    ///
    /// Any error. It must not quote the document.
    fn read(&self) -> impl Future<Output = Result<Option<Secret>, BoxError>> + Send;

    /// Replaces the document as a whole. It is called with the lock held, and when it returns, the document is safe: the
    /// refresh token that it replaces may be worth nothing any more.
    ///
    /// # Errors
    ///
    /// Any error. It must not quote the document.
    fn write(&self, document: Secret) -> impl Future<Output = Result<(), BoxError>> + Send;
}
