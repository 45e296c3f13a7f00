//! How values are loaded: what a provider behind the cache implements.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::SystemTime;

use crate::AuthorizeError;
use crate::epoch::Epoch;

/// Loads values of one kind.
pub trait Loader<V>: Send + Sync + 'static {
    /// What is loaded, for messages: "a token".
    const WHAT: &'static str;

    /// A value that is valid now.
    ///
    /// # Errors
    ///
    /// Any, as [`AuthorizeError::provider_failed`]. Pauses follow it: see [`RefreshPolicy::back_off`](super::RefreshPolicy::back_off).
    fn load(&self, load: Load<V>)
    -> impl Future<Output = Result<Loaded<V>, AuthorizeError>> + Send;
}

/// What a [`Loader`] knows about one load.
#[non_exhaustive]
pub struct Load<V> {
    /// When the load begins, by the machine's clock.
    pub now: SystemTime,
    /// The epoch of the cache in which it begins.
    pub epoch: Epoch,
    /// The value that is to be replaced, if a server has refused it.
    pub refused: Option<Arc<V>>,
}

impl<V> fmt::Debug for Load<V> {
    /// Without the value, which may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Load")
            .field("now", &self.now)
            .field("replaces_refused", &self.refused.is_some())
            .finish_non_exhaustive()
    }
}

/// What a provider gave.
#[non_exhaustive]
pub struct Loaded<V> {
    /// The value.
    pub value: V,
    /// From when on it is of no use; `None` if it does not say.
    pub expires_at: Option<SystemTime>,
    /// Whose value it is, if another provider than the cache's own says so.
    pub epoch: Option<Epoch>,
}

impl<V> Loaded<V> {
    /// A value that does not say when it ends.
    pub fn new(value: V) -> Self {
        Self {
            value,
            expires_at: None,
            epoch: None,
        }
    }

    /// From `end` on the value is of no use. `None` is no end.
    #[must_use]
    pub fn until(self, end: impl Into<Option<SystemTime>>) -> Self {
        Self {
            expires_at: end.into(),
            ..self
        }
    }

    /// When this epoch is over, the value is dropped. `None` is none but the cache's own.
    #[must_use]
    pub fn within(self, epoch: impl Into<Option<Epoch>>) -> Self {
        Self {
            epoch: epoch.into(),
            ..self
        }
    }
}

impl<V> fmt::Debug for Loaded<V> {
    /// Without the value, which may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loaded")
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}
