//! Owners and modes of files, on Unix.

use std::fs::{File, Metadata, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use rustix::fs::OFlags;

use super::error::FileStoreError;

const OWNER_ALONE: u32 = 0o600;
const OF_OTHERS: u32 = 0o077;
const WRITE_BY_ALL: u32 = 0o002;
const STICKY: u32 = 0o1000;
const PERMISSIONS: u32 = 0o7777;

/// Follows no link, and does not wait for the other end of a FIFO. A new file is for its owner alone from the moment it
/// exists: a mode that is set later leaves time to open it.
pub(super) fn open_carefully(options: &mut OpenOptions) {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    // std takes the same bits as a signed number.
    options.custom_flags(flags.bits().cast_signed());
    options.mode(OWNER_ALONE);
}

/// Sets mode 0600, even if the umask removed bits from the mode of a new file.
pub(super) fn make_private(file: &File) -> io::Result<()> {
    file.set_permissions(Permissions::from_mode(OWNER_ALONE))
}

pub(super) fn check_private(path: &Path, metadata: &Metadata) -> Result<(), FileStoreError> {
    check_owner(path, metadata)?;
    let mode = metadata.mode() & PERMISSIONS;
    if mode & OF_OTHERS == 0 {
        return Ok(());
    }
    Err(FileStoreError::NotPrivate {
        path: path.into(),
        mode,
    })
}

pub(super) fn check_owner(path: &Path, metadata: &Metadata) -> Result<(), FileStoreError> {
    let owner = metadata.uid();
    if owner == rustix::process::geteuid().as_raw() {
        return Ok(());
    }
    Err(FileStoreError::OtherOwner {
        path: path.into(),
        owner,
    })
}

/// Members of a group may write: many systems give each user a group with nobody else in it.
pub(super) fn check_directory(path: &Path, metadata: &Metadata) -> Result<(), FileStoreError> {
    let mode = metadata.mode() & PERMISSIONS;
    if mode & WRITE_BY_ALL == 0 || mode & STICKY != 0 {
        return Ok(());
    }
    Err(FileStoreError::OpenDirectory {
        path: path.into(),
        mode,
    })
}
