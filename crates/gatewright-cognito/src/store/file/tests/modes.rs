//! Who may read what, and whose files are used.

use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::process::Command;

use super::*;

/// A user who has no part in these tests.
const SOMEBODY: u32 = 65534;

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn fault<T>(done: Result<T, BoxError>) -> FileStoreError {
    let error = done.err().expect("it is refused");
    let fault = error.downcast_ref::<FileStoreError>();
    fault.unwrap_or_else(|| panic!("{error:?}")).clone()
}

/// A file of somebody else that this process can read. Only root can give its own away.
fn foreign(directory: &Directory) -> PathBuf {
    let path = directory.file("session.json");
    fs::write(&path, "{}").unwrap();
    set_mode(&path, 0o600);
    match chown(&path, Some(SOMEBODY), None) {
        Ok(()) => path,
        Err(_) => PathBuf::from("/etc/passwd"),
    }
}

#[tokio::test]
async fn a_file_that_others_may_read_or_write_is_an_error_that_says_what_to_do() {
    let directory = Directory::new("open");
    let (store, path) = (directory.store(), directory.file("session.json"));
    store.write(Secret::from("planted")).await.unwrap();
    for mode in [0o666, 0o644, 0o640, 0o660, 0o604, 0o602, 0o620, 0o4644] {
        set_mode(&path, mode);
        let error = fault(store.read().await);
        let expected = FileStoreError::NotPrivate {
            path: path.clone(),
            mode,
        };
        assert_eq!(error, expected);
        let text = error.to_string();
        let help = format!("run `chmod 600 {}`", path.display());
        assert!(text.contains(&help), "{text}");
        assert!(!text.contains("planted"));
    }
    for mode in [0o600, 0o400, 0o700] {
        set_mode(&path, mode);
        assert_eq!(read(&store).await.as_deref(), Some("planted"), "{mode:o}");
    }
}

#[tokio::test]
async fn a_file_of_another_user_is_an_error_that_names_it() {
    let directory = Directory::new("owner");
    let path = foreign(&directory);
    let error = fault(FileStore::new(&path).read().await);
    let owner = fs::metadata(&path).unwrap().uid();
    assert_eq!(error, FileStoreError::OtherOwner { path, owner });
    let text = error.to_string();
    assert!(text.contains(&format!("(id {owner})")), "{text}");
}

#[tokio::test]
async fn a_lock_of_another_user_is_not_taken() {
    let directory = Directory::new("lock-owner");
    let lock = directory.file("session.json.lock");
    fs::write(&lock, "").unwrap();
    if chown(&lock, Some(SOMEBODY), None).is_ok() {
        let error = fault(directory.store().lock().await);
        let (path, owner) = (lock, SOMEBODY);
        assert_eq!(error, FileStoreError::OtherOwner { path, owner });
    } else {
        // Nobody can give a file away here: this one is ours.
        assert!(directory.store().lock().await.is_ok());
    }
}

#[tokio::test]
async fn a_lock_that_others_could_hold_is_closed_to_them() {
    let directory = Directory::new("lock-mode");
    let lock = directory.file("session.json.lock");
    for before in [0o666, 0o644, 0o640] {
        fs::write(&lock, "").unwrap();
        set_mode(&lock, before);
        drop(directory.store().lock().await.unwrap());
        assert_eq!(mode(&lock), 0o600);
    }
}

#[tokio::test]
async fn a_directory_that_everybody_can_write_to_is_refused() {
    let directory = Directory::new("directory");
    let store = directory.store();
    store.write(Secret::from("{}")).await.unwrap();
    for open in [0o777, 0o707, 0o703] {
        set_mode(&directory.0, open);
        let expected = FileStoreError::OpenDirectory {
            path: directory.0.clone(),
            mode: open,
        };
        assert_eq!(fault(store.read().await), expected);
        assert_eq!(fault(store.lock().await), expected);
        assert_eq!(fault(store.write(Secret::from("{}")).await), expected);
        assert!(expected.to_string().contains("chmod o-w"), "{expected}");
    }
    // Like /tmp, where nobody can replace what is another's; a group of one user; the user alone.
    for fine in [0o1777, 0o775, 0o755, 0o700] {
        set_mode(&directory.0, fine);
        assert_eq!(read(&store).await.as_deref(), Some("{}"), "{fine:o}");
    }
}

#[tokio::test]
async fn only_the_owner_may_read_whatever_was_there_before() {
    let directory = Directory::new("mode");
    let store = directory.store();
    // What an earlier version, or a process that died, may have left.
    for name in ["session.json", "session.json.new"] {
        fs::write(directory.file(name), "{}").unwrap();
        set_mode(&directory.file(name), 0o666);
    }
    let _lock = store.lock().await.unwrap();
    store.write(Secret::from("planted")).await.unwrap();
    assert_eq!(directory.files(), ["session.json", "session.json.lock"]);
    for name in directory.files() {
        assert_eq!(mode(&directory.file(&name)), 0o600, "{name}");
    }
}

const CHILD: &str = "GATEWRIGHT_TEST_UMASK_DIRECTORY";

/// The umask is one for all threads of a process, so that this test runs itself in another one.
#[tokio::test]
async fn a_saved_file_is_for_its_owner_alone_whatever_the_umask_is() {
    if let Some(directory) = std::env::var_os(CHILD) {
        let store = FileStore::new(Path::new(&directory).join("session.json"));
        let _lock = store.lock().await.unwrap();
        return store.write(Secret::from("{}")).await.unwrap();
    }
    for umask in ["000", "022", "077", "777"] {
        let directory = Directory::new("umask");
        let run = format!("umask {umask}; exec \"$0\" --exact \"$1\"");
        let child = Command::new("sh")
            .args(["-c", &run])
            .arg(std::env::current_exe().unwrap())
            .arg("store::file::tests::modes::a_saved_file_is_for_its_owner_alone_whatever_the_umask_is")
            .env(CHILD, &directory.0)
            .output()
            .unwrap();
        assert!(child.status.success(), "{child:?}");
        for name in ["session.json", "session.json.lock"] {
            assert_eq!(mode(&directory.file(name)), 0o600, "{name}, {umask}");
        }
    }
}
