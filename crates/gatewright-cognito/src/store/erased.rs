//! A store as a trait object.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use gatewright::BoxError;

use super::token_store::TokenStore;
use crate::Secret;

/// A store as a trait object.
pub(crate) type SharedStore = Arc<dyn ErasedStore>;

type Boxed<'a, T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send + 'a>>;

/// [`TokenStore`] as a trait object.
pub(crate) trait ErasedStore: Send + Sync {
    fn place(&self) -> String;
    /// The drop of the value releases the lock.
    fn lock(&self) -> Boxed<'_, Box<dyn Send>>;
    fn read(&self) -> Boxed<'_, Option<Secret>>;
    fn write(&self, document: Secret) -> Boxed<'_, ()>;
}

impl<S: TokenStore> ErasedStore for S {
    fn place(&self) -> String {
        TokenStore::place(self)
    }

    fn lock(&self) -> Boxed<'_, Box<dyn Send>> {
        Box::pin(async {
            let lock = TokenStore::lock(self).await?;
            Ok(Box::new(lock) as Box<dyn Send>)
        })
    }

    fn read(&self) -> Boxed<'_, Option<Secret>> {
        Box::pin(TokenStore::read(self))
    }

    fn write(&self, document: Secret) -> Boxed<'_, ()> {
        Box::pin(TokenStore::write(self, document))
    }
}
