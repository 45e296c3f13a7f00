//! What somebody put where the store has its files.

use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::process::Command;

use super::super::private;
use super::*;

/// What is no regular file.
const KINDS: [&str; 5] = ["link", "dangling link", "directory", "FIFO", "socket"];

fn plant(directory: &Directory, kind: &str, path: &Path) {
    let victim = directory.file("victim");
    match kind {
        "link" => {
            // One that would pass every check but that for links.
            drop(private::create(&victim).unwrap());
            fs::write(&victim, "untouched").unwrap();
            symlink(victim, path).unwrap();
        }
        "dangling link" => symlink(directory.file("not there"), path).unwrap(),
        "directory" => fs::create_dir(path).unwrap(),
        "FIFO" => assert!(Command::new("mkfifo").arg(path).status().unwrap().success()),
        "socket" => drop(UnixListener::bind(path).unwrap()),
        _ => unreachable!("{kind}"),
    }
}

/// A FIFO without the other end would be waited for; 10 seconds are for ever.
async fn at_once<T>(work: impl Future<Output = T>) -> T {
    let done = timeout(Duration::from_secs(10), work).await;
    done.expect("it does not wait")
}

#[track_caller]
fn assert_not_regular<T>(done: Result<T, BoxError>, path: &Path, kind: &str) {
    let Err(error) = done else {
        panic!("a {kind} is used");
    };
    let expected = FileStoreError::NotRegular { path: path.into() };
    assert_eq!(error.downcast_ref(), Some(&expected), "{kind}: {error}");
    assert!(error.to_string().contains(path.to_str().unwrap()));
}

#[tokio::test]
async fn what_is_no_regular_file_is_neither_read_nor_replaced() {
    for kind in KINDS {
        let directory = Directory::new("special");
        let (store, path) = (directory.store(), directory.file("session.json"));
        plant(&directory, kind, &path);
        assert_not_regular(at_once(store.read()).await, &path, kind);
        let written = at_once(store.write(Secret::from("planted"))).await;
        assert_not_regular(written, &path, kind);
        assert!(!fs::symlink_metadata(&path).unwrap().is_file(), "{kind}");
        assert!(!directory.file("not there").exists());
    }
}

#[tokio::test]
async fn a_device_is_not_read() {
    for device in ["/dev/null", "/dev/zero", "/dev/tty"] {
        let read = at_once(FileStore::new(device).read()).await;
        assert_not_regular(read, Path::new(device), device);
    }
}

#[tokio::test]
async fn what_is_no_regular_file_is_no_lock() {
    for kind in KINDS {
        let directory = Directory::new("lock-special");
        let path = directory.file("session.json.lock");
        plant(&directory, kind, &path);
        let locked = at_once(directory.store().lock()).await;
        assert_not_regular(locked, &path, kind);
        assert!(!directory.file("not there").exists(), "a link is followed");
    }
}

/// The look before the opening cannot see what comes after it.
#[test]
fn what_takes_the_place_of_a_file_after_the_look_is_not_used() {
    for kind in KINDS {
        let directory = Directory::new("race");
        let path = directory.file("session.json");
        plant(&directory, kind, &path);
        assert!(private::open_unseen(&path).is_err(), "{kind}");
        assert!(private::open_or_create_unseen(&path).is_err(), "{kind}");
        assert!(private::create(&path).is_err(), "{kind}");
        assert!(!directory.file("not there").exists(), "a link is followed");
    }
}

#[tokio::test]
async fn a_link_in_place_of_the_next_document_is_removed_and_its_target_stays() {
    for kind in ["link", "dangling link", "FIFO", "socket"] {
        let directory = Directory::new("next");
        plant(&directory, kind, &directory.file("session.json.new"));
        let store = directory.store();
        at_once(store.write(Secret::from("document")))
            .await
            .unwrap();
        assert_eq!(read(&store).await.as_deref(), Some("document"));
        assert!(!directory.file("not there").exists());
        if kind == "link" {
            let victim = fs::read_to_string(directory.file("victim"));
            assert_eq!(victim.unwrap(), "untouched");
        }
    }
}

#[tokio::test]
async fn a_directory_in_place_of_the_next_document_is_named() {
    let directory = Directory::new("next-directory");
    let path = directory.file("session.json.new");
    plant(&directory, "directory", &path);
    let written = directory.store().write(Secret::from("planted")).await;
    assert_not_regular(written, &path, "directory");
}
