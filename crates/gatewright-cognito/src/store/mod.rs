//! Stores of sessions.

mod erased;
mod file;
#[cfg(feature = "keyring")]
mod keyring;
mod memory;
mod record;
mod record_store;
mod token_store;

pub(crate) use self::erased::SharedStore;
pub use self::file::{FileStore, FileStoreError};
#[cfg(feature = "keyring")]
pub use self::keyring::KeyringStore;
pub use self::memory::MemoryStore;
pub(crate) use self::record::{App, Device, Record, StoredUser};
pub(crate) use self::record_store::RecordStore;
pub use self::token_store::TokenStore;
