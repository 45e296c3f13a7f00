use std::time::Duration;

use tokio::time::timeout;

use super::*;

/// A directory that is removed with its test.
struct Directory(PathBuf);

impl Directory {
    fn new(test: &str) -> Self {
        let name = format!("gatewright-cognito-{test}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn store(&self) -> FileStore {
        FileStore::new(self.0.join("session.json"))
    }

    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

async fn read(store: &FileStore) -> Option<String> {
    let document = store.read().await.unwrap();
    document.map(|document| document.expose().to_owned())
}

#[tokio::test]
async fn what_is_written_is_read_by_another_store_of_the_same_file() {
    let directory = Directory::new("read");
    assert_eq!(read(&directory.store()).await, None);
    for document in ["one", "two, which is longer", "3"] {
        directory
            .store()
            .write(Secret::from(document))
            .await
            .unwrap();
        assert_eq!(read(&directory.store()).await.as_deref(), Some(document));
    }
    assert_eq!(directory.files(), ["session.json"]);
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_may_read_whatever_was_there_before() {
    use std::os::unix::fs::PermissionsExt;
    let directory = Directory::new("mode");
    let store = directory.store();
    // What an earlier version, or a process that died, may have left.
    for name in ["session.json", "session.json.new"] {
        fs::write(directory.0.join(name), "{}").unwrap();
        let all = fs::Permissions::from_mode(0o666);
        fs::set_permissions(directory.0.join(name), all).unwrap();
    }
    let _lock = store.lock().await.unwrap();
    store.write(Secret::from("planted")).await.unwrap();
    assert_eq!(directory.files(), ["session.json", "session.json.lock"]);
    for name in directory.files() {
        let mode = fs::metadata(directory.0.join(&name)).unwrap().permissions();
        assert_eq!(mode.mode() & 0o777, 0o600, "{name}");
    }
}

#[tokio::test]
async fn what_cannot_be_written_leaves_the_old_document_and_no_remains() {
    let directory = Directory::new("full");
    let store = directory.store();
    // A directory in its place can be neither read nor replaced.
    fs::create_dir(directory.0.join("session.json")).unwrap();
    assert!(store.read().await.is_err());
    assert!(store.write(Secret::from("planted")).await.is_err());
    assert_eq!(directory.files(), ["session.json"]);
}

#[tokio::test]
async fn a_directory_that_is_not_there_is_an_error() {
    let store = FileStore::new("/no-such-directory/session.json");
    assert!(store.lock().await.is_err());
    assert!(store.write(Secret::from("planted")).await.is_err());
    assert!(store.read().await.unwrap().is_none());
    assert_eq!(store.place(), "the file /no-such-directory/session.json");
}

#[tokio::test]
async fn one_at_a_time_holds_the_lock() {
    let directory = Directory::new("lock");
    let (one, other) = (directory.store(), directory.store());
    let held = one.lock().await.unwrap();
    let waiting = tokio::spawn(async move { other.lock().await.map(drop) });
    tokio::task::yield_now().await;
    assert!(!waiting.is_finished());
    drop(held);
    waiting.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_lock_that_nobody_lets_go_of_is_an_error_after_30_seconds() {
    let directory = Directory::new("stuck");
    let _held = directory.store().lock().await.unwrap();
    let store = directory.store();
    let waited = timeout(Duration::from_secs(29), store.lock()).await;
    assert!(waited.is_err(), "it is waited for");
    let error = store.lock().await.unwrap_err();
    assert!(error.to_string().contains("30 seconds"), "{error}");
}
