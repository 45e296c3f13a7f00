//! Two sessions over one file.

use std::sync::Arc;

use gatewright_cognito::{FileStore, SignOut};
use tokio::sync::Semaphore;

use super::*;
use crate::support::Fault;

const REFRESH: &str = "GetTokensFromRefreshToken";

fn rotating() -> Cognito {
    cognito(Settings {
        rotation: Some(Duration::ZERO),
        ..Settings::default()
    })
}

fn over(directory: &Directory, cognito: &Cognito) -> Session {
    let store = FileStore::new(directory.file());
    builder(cognito).store(store).build().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_sessions_over_one_file_refresh_once_and_both_live() {
    let (cognito, directory) = (rotating(), Directory::new("two"));
    let (one, two) = (over(&directory, &cognito), over(&directory, &cognito));
    sign_in(&one, "alice").await;
    let first = access(&two).await.unwrap();
    assert_eq!(access(&one).await.unwrap(), first);
    for refreshes in 1..=5 {
        cognito.advance(OVER_AN_HOUR);
        let both = tokio::join!(access(&one), access(&two));
        assert_eq!(both.0.unwrap(), both.1.unwrap());
        assert_eq!(cognito.count(REFRESH), refreshes);
    }
}

#[tokio::test]
async fn a_session_takes_what_another_one_has_renewed_before() {
    let (cognito, directory) = (rotating(), Directory::new("newer"));
    let (one, two) = (over(&directory, &cognito), over(&directory, &cognito));
    sign_in(&one, "alice").await;
    access(&two).await.unwrap();
    cognito.advance(OVER_AN_HOUR);
    let renewed = access(&one).await.unwrap();
    assert_eq!(access(&two).await.unwrap(), renewed);
    assert_eq!(cognito.count(REFRESH), 1);
}

#[tokio::test]
async fn a_session_outlives_the_program() {
    let (cognito, directory) = (rotating(), Directory::new("restart"));
    sign_in(&over(&directory, &cognito), "alice").await;
    let calls = cognito.total();
    let later = over(&directory, &cognito);
    let view = later.fetch().await.unwrap();
    assert_eq!(view.username(), Some("alice"));
    assert!(view.tokens().is_ok());
    // For the credentials, which are not kept.
    assert_eq!(cognito.total(), calls + 2);
}

#[tokio::test]
async fn a_sign_in_elsewhere_revives_a_session_that_has_ended() {
    let (cognito, directory) = (rotating(), Directory::new("revived"));
    let (one, two) = (over(&directory, &cognito), over(&directory, &cognito));
    sign_in(&one, "alice").await;
    access(&two).await.unwrap();
    cognito.revoke_all();
    cognito.advance(OVER_AN_HOUR);
    assert!(access(&two).await.is_err());
    sign_in(&one, "alice").await;
    // Looked for in the background a quarter of an hour later.
    cognito.advance(Duration::from_secs(20 * 60));
    assert!(access(&two).await.is_err());
    while access(&two).await.is_err() {
        tokio::task::yield_now().await;
    }
    assert_eq!(cognito.count(REFRESH), 1);
}

#[tokio::test]
async fn a_sign_out_elsewhere_is_seen_when_tokens_are_renewed() {
    let (cognito, directory) = (rotating(), Directory::new("left"));
    let (one, two) = (over(&directory, &cognito), over(&directory, &cognito));
    sign_in(&one, "alice").await;
    access(&two).await.unwrap();
    assert!(one.sign_out(SignOut::Local).await.is_complete());
    cognito.advance(OVER_AN_HOUR);
    let error = access(&two).await.unwrap_err();
    assert_eq!(error.kind(), gatewright_cognito::ErrorKind::SignInRequired);
    assert_eq!(cognito.count(REFRESH), 0);
}

/// Credentials that live for so much longer than tokens that only a change of user replaces them.
fn with_long_credentials() -> Cognito {
    cognito(Settings {
        credentials_lifetime: 12 * HOUR,
        ..Settings::default()
    })
}

#[tokio::test]
async fn credentials_are_not_those_of_the_user_before_once_another_one_is_seen() {
    let (cognito, directory) = (with_long_credentials(), Directory::new("other-user"));
    let (one, two) = (over(&directory, &cognito), over(&directory, &cognito));
    sign_in(&one, "alice").await;
    let alice = two.fetch().await.unwrap();
    sign_in(&one, "bob").await;
    cognito.advance(OVER_AN_HOUR);
    let bob = two.fetch().await.unwrap();
    assert_eq!(bob.username(), Some("bob"));
    assert_ne!(bob.identity_id(), alice.identity_id());
}

#[tokio::test]
async fn credentials_are_a_guests_once_a_sign_out_elsewhere_is_seen() {
    let (cognito, directory) = (with_long_credentials(), Directory::new("left-user"));
    let (one, two) = (over(&directory, &cognito), over(&directory, &cognito));
    sign_in(&one, "alice").await;
    assert!(is_user(&key(&two).await.unwrap()));
    assert!(one.sign_out(SignOut::Local).await.is_complete());
    cognito.advance(OVER_AN_HOUR);
    assert!(access(&two).await.is_err());
    assert!(is_guest(&key(&two).await.unwrap()));
}

#[tokio::test]
async fn credentials_outlive_the_renewal_of_tokens() {
    let (cognito, directory) = (with_long_credentials(), Directory::new("same-user"));
    let session = over(&directory, &cognito);
    sign_in(&session, "alice").await;
    let before = key(&session).await.unwrap();
    cognito.advance(OVER_AN_HOUR);
    access(&session).await.unwrap();
    assert_eq!(key(&session).await.unwrap(), before);
}

#[tokio::test]
async fn two_sessions_that_begin_at_once_are_one_guest() {
    let (cognito, directory) = (rotating(), Directory::new("one-guest"));
    let (one, two) = (over(&directory, &cognito), over(&directory, &cognito));
    let responses = Arc::new(Semaphore::new(0));
    for _ in 0..2 {
        cognito.fail_once("GetId", Fault::Hold(Arc::clone(&responses)));
    }
    let both = tokio::spawn({
        let (one, two) = (one.clone(), two.clone());
        async move { tokio::join!(one.fetch(), two.fetch()) }
    });
    while cognito.count("GetId") < 2 {
        tokio::task::yield_now().await;
    }
    responses.add_permits(2);
    let (one, two) = both.await.unwrap();
    assert_eq!(one.unwrap().identity_id(), two.unwrap().identity_id());
}
