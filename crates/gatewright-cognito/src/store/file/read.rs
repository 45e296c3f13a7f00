//! Reads a document of bounded size.

use std::fs::File;
use std::io::Read;
use std::mem;
use std::path::Path;

use gatewright::BoxError;
use zeroize::Zeroizing;

use super::error::FileStoreError;
use super::private;
use crate::Secret;
use crate::store::token_store::MAX_DOCUMENT_BYTES;

/// The document at `path`. `None` if there is no file.
pub(super) fn read(path: &Path) -> Result<Option<Secret>, BoxError> {
    let Some(file) = private::open(path)? else {
        return Ok(None);
    };
    let mut bytes = bounded(file)?;
    if bytes.len() > MAX_DOCUMENT_BYTES {
        return Err(FileStoreError::TooLarge { path: path.into() }.into());
    }
    let text = String::from_utf8(mem::take(&mut *bytes)).map_err(|error| {
        // The error keeps the bytes, and shows them in its `Debug`.
        drop(Zeroizing::new(error.into_bytes()));
        FileStoreError::NotText { path: path.into() }
    })?;
    Ok(Some(Secret::from(text)))
}

/// One byte more than a document may have, at most. The length that a file claims does not count: it can grow.
fn bounded(file: File) -> Result<Zeroizing<Vec<u8>>, BoxError> {
    let most = MAX_DOCUMENT_BYTES as u64 + 1;
    let length = file.metadata()?.len().min(most);
    // Room for all of it at once: a buffer that grows leaves copies of the secret behind.
    let room = usize::try_from(length).unwrap_or(MAX_DOCUMENT_BYTES) + 1;
    let mut bytes = Zeroizing::new(Vec::with_capacity(room));
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
