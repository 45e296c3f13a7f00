//! A session in a file, on a disk that nobody else touches.

#[cfg(unix)]
mod distrust;
#[cfg(unix)]
mod modes;

use std::fs;
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

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn store(&self) -> FileStore {
        FileStore::new(self.file("session.json"))
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

#[tokio::test]
async fn a_file_that_is_too_large_or_no_text_is_refused_without_its_content() {
    let directory = Directory::new("bounds");
    let store = directory.store();
    let path = directory.file("session.json");
    for (size, is_read) in [(1024 * 1024, true), (1024 * 1024 + 1, false)] {
        store.write(Secret::from(" ".repeat(size))).await.unwrap();
        assert_eq!(store.read().await.is_ok(), is_read, "{size}");
    }
    let error = store.read().await.unwrap_err();
    let expected = FileStoreError::TooLarge { path: path.clone() };
    assert_eq!(error.downcast_ref(), Some(&expected));
    assert!(error.to_string().contains("1048576 bytes"), "{error}");

    store.write(Secret::from("planted")).await.unwrap();
    let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
    std::io::Write::write_all(&mut file, b"\xff").unwrap();
    let error = store.read().await.unwrap_err();
    let expected = FileStoreError::NotText { path };
    assert_eq!(error.downcast_ref(), Some(&expected));
    assert!(!format!("{error:?} {error}").contains("planted"));
    assert!(!format!("{error:?} {error}").contains("112, 108"));
}

#[tokio::test]
async fn a_file_without_an_end_is_read_no_further_than_a_session_can_be() {
    let directory = Directory::new("sparse");
    let store = directory.store();
    store.write(Secret::from("{}")).await.unwrap();
    let file = fs::OpenOptions::new()
        .write(true)
        .open(directory.file("session.json"));
    file.unwrap().set_len(1 << 40).unwrap();
    let error = store.read().await.unwrap_err();
    assert!(matches!(
        error.downcast_ref(),
        Some(FileStoreError::TooLarge { .. })
    ));
}

#[test]
fn a_path_with_control_characters_cannot_write_to_the_terminal() {
    let path = PathBuf::from("shop\u{1b}[2J\n/session.json");
    let error = FileStoreError::NotRegular { path: path.clone() };
    for text in [error.to_string(), FileStore::new(path).place()] {
        assert!(text.contains("shop\u{fffd}[2J /session.json"), "{text}");
    }
}
