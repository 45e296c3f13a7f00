//! Where a session is kept.

mod erased;
mod file;
#[cfg(feature = "keyring")]
mod keyring;
mod memory;
mod record;
mod token_store;
mod vault;

pub(crate) use self::erased::SharedStore;
pub use self::file::{FileStore, FileStoreError};
#[cfg(feature = "keyring")]
pub use self::keyring::KeyringStore;
pub use self::memory::MemoryStore;
pub(crate) use self::record::{App, Device, Record, StoredUser};
pub use self::token_store::TokenStore;
pub(crate) use self::vault::Vault;
