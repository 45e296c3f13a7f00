//! The checks of systems without modes and user ids, where the directory decides.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

use super::error::FileStoreError;

pub(super) fn open_carefully(_options: &mut OpenOptions) {}

#[allow(clippy::unnecessary_wraps, reason = "on Unix this can fail")]
pub(super) fn make_private(_file: &File) -> io::Result<()> {
    Ok(())
}

#[allow(clippy::unnecessary_wraps, reason = "on Unix this can fail")]
pub(super) fn check_private(_path: &Path, _metadata: &Metadata) -> Result<(), FileStoreError> {
    Ok(())
}

#[allow(clippy::unnecessary_wraps, reason = "on Unix this can fail")]
pub(super) fn check_owner(_path: &Path, _metadata: &Metadata) -> Result<(), FileStoreError> {
    Ok(())
}

#[allow(clippy::unnecessary_wraps, reason = "on Unix this can fail")]
pub(super) fn check_directory(_path: &Path, _metadata: &Metadata) -> Result<(), FileStoreError> {
    Ok(())
}
