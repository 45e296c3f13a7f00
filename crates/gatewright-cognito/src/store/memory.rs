//! The store in memory, which ends with the process.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use gatewright::BoxError;
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

use super::token_store::TokenStore;
use crate::Secret;

/// Keeps a session in memory. This is the default of a [`Session`](crate::Session). Clones share the document.
///
/// ```
/// use gatewright_cognito::{MemoryStore, Secret, TokenStore};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), gatewright::BoxError> {
/// let store = MemoryStore::default();
/// store.clone().write(Secret::from("{}")).await?;
/// assert_eq!(store.read().await?.unwrap().expose(), "{}");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct MemoryStore {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    document: Mutex<Option<Secret>>,
    lock: Arc<AsyncMutex<()>>,
}

impl TokenStore for MemoryStore {
    type Lock = OwnedMutexGuard<()>;

    fn place(&self) -> String {
        "the memory of this process".to_owned()
    }

    async fn lock(&self) -> Result<Self::Lock, BoxError> {
        Ok(Arc::clone(&self.shared.lock).lock_owned().await)
    }

    async fn read(&self) -> Result<Option<Secret>, BoxError> {
        let document = self.shared.document.lock();
        Ok(document.unwrap_or_else(PoisonError::into_inner).clone())
    }

    async fn write(&self, document: Secret) -> Result<(), BoxError> {
        let kept = self.shared.document.lock();
        *kept.unwrap_or_else(PoisonError::into_inner) = Some(document);
        Ok(())
    }
}

impl fmt::Debug for MemoryStore {
    /// Without the document.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}
