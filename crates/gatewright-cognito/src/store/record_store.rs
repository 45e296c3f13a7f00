//! Reads and writes the record in a store.

use std::fmt;

use gatewright::BoxError;

use super::erased::SharedStore;
use super::record::{App, Record};
use super::token_store::MAX_DOCUMENT_BYTES;
use crate::{Error, ErrorKind};

/// The record of one app in a store. Clones share the store.
#[derive(Clone)]
pub(crate) struct RecordStore {
    store: SharedStore,
    app: App,
}

impl RecordStore {
    /// For this app, and for no other.
    pub(crate) fn new(store: SharedStore, app: App) -> Self {
        Self { store, app }
    }

    /// Takes the lock of the store. The caller must run in a task that nobody cancels: the lock would be free while
    /// the store still writes.
    pub(crate) async fn lock(&self) -> Result<Box<dyn Send>, Error> {
        let lock = self.store.lock().await;
        lock.map_err(|source| self.failed("cannot be locked", source))
    }

    pub(crate) async fn read(&self) -> Result<Record, Error> {
        let document = self.store.read().await;
        let document = document.map_err(|source| self.failed("cannot be read", source))?;
        let Some(document) = document else {
            return Ok(Record::default());
        };
        Record::from_document(&document, &self.app)
            .map_err(|source| self.failed("is not this app's session", source))
    }

    /// The caller holds the lock.
    pub(crate) async fn write(&self, record: &Record) -> Result<(), Error> {
        let document = record.to_document(&self.app);
        if document.expose().len() > MAX_DOCUMENT_BYTES {
            return Err(self.failed("takes no session of this size", TOO_LARGE));
        }
        let written = self.store.write(document).await;
        written.map_err(|source| self.failed("cannot be written", source))
    }

    fn failed(&self, what: &str, source: impl Into<BoxError>) -> Error {
        let message = format!("{} {what}", self.store.place());
        Error::because(ErrorKind::Store, message, source)
    }
}

/// Such a document could not be read again.
const TOO_LARGE: &str = "the tokens that Cognito gave are larger than 1 MiB: let triggers of the user pool add fewer claims";

impl fmt::Debug for RecordStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecordStore({}, {})", self.store.place(), self.app)
    }
}
