//! A store in memory whose reads a test holds.

use std::sync::Arc;
use std::sync::atomic::{AtomicIsize, Ordering};

use gatewright::BoxError;
use gatewright_cognito::{MemoryStore, Secret, TokenStore};
use tokio::sync::Semaphore;

#[derive(Clone)]
pub(crate) struct SlowStore {
    inner: MemoryStore,
    /// Reads until one is held; less than 0 if none is to be held.
    left: Arc<AtomicIsize>,
    began: Arc<Semaphore>,
    ends: Arc<Semaphore>,
}

impl Default for SlowStore {
    fn default() -> Self {
        Self {
            inner: MemoryStore::default(),
            left: Arc::new(AtomicIsize::new(-1)),
            began: Arc::new(Semaphore::new(0)),
            ends: Arc::new(Semaphore::new(0)),
        }
    }
}

impl SlowStore {
    pub(crate) fn hold_next_read(&self) {
        self.hold_read_after(0);
    }

    /// Lets so many reads through and holds the next one.
    pub(crate) fn hold_read_after(&self, reads: isize) {
        self.left.store(reads, Ordering::Relaxed);
    }

    /// Waits until a read is held.
    pub(crate) async fn is_held(&self) {
        self.began.acquire().await.unwrap().forget();
    }

    pub(crate) fn release(&self) {
        self.ends.add_permits(1);
    }
}

impl TokenStore for SlowStore {
    type Lock = <MemoryStore as TokenStore>::Lock;

    fn place(&self) -> String {
        self.inner.place()
    }

    async fn lock(&self) -> Result<Self::Lock, BoxError> {
        self.inner.lock().await
    }

    async fn read(&self) -> Result<Option<Secret>, BoxError> {
        let document = self.inner.read().await?;
        if self.left.fetch_sub(1, Ordering::Relaxed) == 0 {
            self.began.add_permits(1);
            self.ends.acquire().await?.forget();
        }
        Ok(document)
    }

    async fn write(&self, document: Secret) -> Result<(), BoxError> {
        self.inner.write(document).await
    }
}
