//! The store in the keyring of the operating system.

use std::fmt;
use std::sync::Arc;

use gatewright::BoxError;
use gatewright_core::rt::blocking;
use keyring_core::Entry;
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::token_store::TokenStore;
use crate::{Secret, text};

/// Keeps a session in the credential store of the operating system, with the crate `keyring-core`.
///
/// The app chooses the credential store ([`keyring_core::set_default_store`], or the crate `keyring`) and the entry.
/// The entry must hold some 6 kB: Windows Credential Manager holds 2.5 kB, so a write fails there.
///
/// Clones share a lock. Processes do not, because credential stores have no lock. Where refresh tokens rotate, let
/// one process at a time use an entry, or use a [`FileStore`](super::FileStore).
///
/// ```
/// use gatewright_cognito::{KeyringStore, Secret, TokenStore};
/// use keyring_core::{Entry, mock};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), gatewright::BoxError> {
/// keyring_core::set_default_store(mock::Store::new()?);
/// let store = KeyringStore::new(Entry::new("shop.example", "session")?);
///
/// assert!(store.read().await?.is_none());
/// store.write(Secret::from("{}")).await?;
/// assert_eq!(store.read().await?.unwrap().expose(), "{}");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct KeyringStore {
    entry: Arc<Entry>,
    lock: Arc<Mutex<()>>,
}

impl KeyringStore {
    /// A store in this entry.
    pub fn new(entry: Entry) -> Self {
        Self {
            entry: Arc::new(entry),
            lock: Arc::default(),
        }
    }

    /// Credential stores block: they may ask the user for a password.
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Entry) -> Result<T, keyring_core::Error> + Send + 'static,
    ) -> Result<T, BoxError> {
        let entry = Arc::clone(&self.entry);
        let done = blocking(move || work(&entry)).await?;
        done.map_err(|error| without_document(&error))
    }
}

impl TokenStore for KeyringStore {
    type Lock = OwnedMutexGuard<()>;

    fn place(&self) -> String {
        match self.entry.get_specifiers() {
            Some((service, user)) => {
                text::one_line(&format!("the keyring's entry {user} of {service}"))
            }
            None => "an entry of the keyring".to_owned(),
        }
    }

    async fn lock(&self) -> Result<Self::Lock, BoxError> {
        Ok(Arc::clone(&self.lock).lock_owned().await)
    }

    async fn read(&self) -> Result<Option<Secret>, BoxError> {
        let read = |entry: &Entry| match entry.get_password() {
            Ok(text) => Ok(Some(Secret::from(text))),
            Err(keyring_core::Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        };
        self.blocking(read).await
    }

    async fn write(&self, document: Secret) -> Result<(), BoxError> {
        self.blocking(move |entry| entry.set_password(document.expose()))
            .await
    }
}

/// Some errors carry what was read: in their `Debug`, and these two in their text as well. The other texts come from the
/// operating system.
fn without_document(error: &keyring_core::Error) -> BoxError {
    use keyring_core::Error::{Ambiguous, BadDataFormat};
    match error {
        BadDataFormat(..) => "the data of the entry is malformed: remove the entry".into(),
        Ambiguous(..) => "more than one credential matches the entry: remove the others".into(),
        error => text::shown(&error.to_string()).into(),
    }
}

impl fmt::Debug for KeyringStore {
    /// Without the entry, which may show its secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KeyringStore").field(&self.place()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use keyring_core::api::CredentialStoreApi;
    use keyring_core::mock;

    fn store() -> KeyringStore {
        let keyring = mock::Store::new().unwrap();
        KeyringStore::new(keyring.build("shop.example", "session", None).unwrap())
    }

    #[tokio::test]
    async fn what_is_written_is_read_by_a_clone() {
        let store = store();
        assert!(store.read().await.unwrap().is_none());
        for document in ["one", "two"] {
            store.write(Secret::from(document)).await.unwrap();
            let read = store.clone().read().await.unwrap().unwrap();
            assert_eq!(read.expose(), document);
        }
        assert_eq!(store.place(), "the keyring's entry session of shop.example");
    }

    async fn failure(error: keyring_core::Error) -> String {
        let store = store();
        let credential: &mock::Cred = store.entry.as_any().downcast_ref().unwrap();
        credential.set_error(error);
        let error = store.read().await.unwrap_err();
        format!("{error:?} {error} {store:?}")
    }

    #[tokio::test]
    async fn a_failure_does_not_show_what_was_read() {
        use keyring_core::Error::{Ambiguous, BadDataFormat, BadEncoding};
        let bytes = b"planted\xff".to_vec();
        let cause = String::from_utf8(bytes.clone()).unwrap_err();
        let planted = store().entry;
        planted.set_password("planted").unwrap();
        let planted = Arc::into_inner(planted).unwrap();
        for (error, expected) in [
            (BadEncoding(bytes.clone()), "not valid UTF-8"),
            (BadDataFormat(bytes, cause.into()), "malformed"),
            (Ambiguous(vec![planted]), "more than one credential"),
        ] {
            let shown = failure(error).await;
            assert!(shown.contains(expected), "{shown}");
            assert!(!shown.contains("112, 108"), "{shown}");
            assert!(!shown.contains("planted"), "{shown}");
        }
    }

    #[tokio::test]
    async fn a_text_of_the_system_cannot_write_to_the_terminal_or_fill_it() {
        let reason = format!("\u{1b}[2J\n{}", "x".repeat(10_000));
        let shown = failure(keyring_core::Error::BadStoreFormat(reason)).await;
        assert!(
            !shown.contains(char::is_control) && shown.len() < 2000,
            "{shown}"
        );
    }

    #[tokio::test]
    async fn one_at_a_time_holds_the_lock() {
        let store = store();
        let _held = store.lock().await.unwrap();
        assert!(store.clone().lock.try_lock_owned().is_err());
    }
}
