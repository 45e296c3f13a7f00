//! A store that is not this app's, cannot be read or cannot be written.

use std::error::Error as _;
use std::fs;

#[cfg(unix)]
use gatewright_cognito::FileStoreError;
use gatewright_cognito::{
    ErrorKind, FileStore, IdentityPool, MemoryStore, Secret, SignOut, TokenStore,
};

use super::*;

fn over(directory: &Directory, cognito: &Cognito) -> SessionBuilder {
    builder(cognito).store(FileStore::new(directory.file()))
}

/// A file that only its content speaks against.
fn write_private(directory: &Directory, content: &str) {
    fs::write(directory.file(), content).unwrap();
    #[cfg(unix)]
    set_mode(directory, 0o600);
}

#[cfg(unix)]
fn set_mode(directory: &Directory, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(directory.file(), fs::Permissions::from_mode(mode)).unwrap();
}

#[tokio::test]
async fn a_file_that_no_session_wrote_is_an_error_that_names_it_and_is_left_alone() {
    let (cognito, directory) = (cognito(Settings::default()), Directory::new("foreign"));
    let session = over(&directory, &cognito).build().unwrap();
    for content in ["", "alias ls='ls -l'", "{\"version\":1", "{\"version\":2}"] {
        write_private(&directory, content);
        let refused = session.sign_in_with(SignIn::password("alice", PASSWORD));
        let errors = [
            access(&session).await.unwrap_err(),
            key(&session).await.unwrap_err(),
            session.fetch().await.unwrap_err(),
            refused.await.unwrap_err(),
            session
                .sign_out(SignOut::Local)
                .await
                .local()
                .unwrap_err()
                .clone(),
        ];
        for error in errors {
            assert_eq!(error.kind(), ErrorKind::Store);
            assert!(error.to_string().contains("session.json"), "{error}");
            assert!(error.source().is_some());
        }
        assert_eq!(fs::read_to_string(directory.file()).unwrap(), content);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_session_that_others_can_read_is_an_error_until_its_owner_closes_the_file() {
    let (cognito, directory) = (cognito(Settings::default()), Directory::new("open"));
    let session = over(&directory, &cognito).build().unwrap();
    sign_in(&session, "alice").await;
    let document = fs::read_to_string(directory.file()).unwrap();
    set_mode(&directory, 0o644);
    let session = over(&directory, &cognito).build().unwrap();
    let error = session.fetch().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Store);
    let source = error.source().unwrap();
    assert!(matches!(
        source.downcast_ref(),
        Some(FileStoreError::NotPrivate { mode: 0o644, .. })
    ));
    assert!(
        format!("{error:#}").contains("run `chmod 600 "),
        "{error:#}"
    );
    assert_eq!(fs::read_to_string(directory.file()).unwrap(), document);
    set_mode(&directory, 0o600);
    let session = over(&directory, &cognito).build().unwrap();
    assert!(session.fetch().await.unwrap().is_signed_in());
}

#[tokio::test]
async fn a_document_of_any_store_that_no_session_could_have_written_is_not_read() {
    let cognito = cognito(Settings::default());
    let store = MemoryStore::default();
    let document = Secret::from(" ".repeat(2 * 1024 * 1024));
    store.write(document).await.unwrap();
    let session = builder(&cognito).store(store).build().unwrap();
    let error = session.fetch().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Store);
    assert!(format!("{error:#}").contains("1048576 bytes"), "{error:#}");
}

#[tokio::test]
async fn the_session_of_another_app_is_not_used() {
    let (cognito, directory) = (cognito(Settings::default()), Directory::new("other"));
    let session = over(&directory, &cognito).build().unwrap();
    sign_in(&session, "alice").await;
    let pool = IdentityPool::new("eu-west-1:99999999-1111-2222-3333-444444444444").unwrap();
    let other = over(&directory, &cognito)
        .identity_pool(pool)
        .build()
        .unwrap();
    let error = access(&other).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Store);
    let source = error.source().unwrap().to_string();
    assert!(source.contains("another app"), "{source}");
    assert!(source.contains(USER_POOL_ID), "{source}");
    access(&session).await.unwrap();
}

#[tokio::test]
async fn a_sign_in_that_cannot_be_stored_is_an_error_and_changes_nothing() {
    let cognito = cognito(Settings::default());
    let store = FileStore::new("/no-such-directory/session.json");
    let session = builder(&cognito).store(store).build().unwrap();
    let refused = session.sign_in_with(SignIn::password("alice", PASSWORD));
    assert_eq!(refused.await.unwrap_err().kind(), ErrorKind::Store);
    assert!(!session.fetch().await.unwrap().is_signed_in());
}
