//! Before anybody has signed in.

use std::error::Error as _;

use gatewright_cognito::{ErrorKind, MemoryStore};

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_calls_at_the_start_ask_for_one_identity_and_its_credentials() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    let keys = thousand(|| {
        let session = session.clone();
        async move { key(&session).await.unwrap() }
    });
    let keys = keys.await;
    assert!(keys.iter().all(|key| is_guest(key) && *key == keys[0]));
    assert_eq!(cognito.count("GetId"), 1);
    assert_eq!(cognito.count("GetCredentialsForIdentity"), 1);
    assert_eq!(cognito.total(), 2);
}

#[tokio::test]
async fn guests_that_the_configuration_refuses_are_an_error_before_any_call() {
    let cognito = cognito(Settings::default());
    let pool = identity_pool().refuse_guests();
    let session = builder(&cognito).identity_pool(pool).build().unwrap();
    let error = key(&session).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::GuestsRefused);
    assert!(error.to_string().contains("sign in"), "{error}");
    assert_eq!(cognito.total(), 0);

    sign_in(&session, "alice").await;
    assert!(is_user(&key(&session).await.unwrap()));
}

#[tokio::test]
async fn guests_that_the_pool_refuses_are_an_error_that_says_so() {
    let cognito = cognito(Settings {
        guests: false,
        ..Settings::default()
    });
    let session = session(&cognito);
    let error = key(&session).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::GuestsRefused);
    assert!(
        error
            .source()
            .unwrap()
            .to_string()
            .contains("not supported")
    );
    assert_eq!(cognito.count("GetCredentialsForIdentity"), 0);

    sign_in(&session, "alice").await;
    assert!(is_user(&key(&session).await.unwrap()));
}

#[tokio::test]
async fn a_guest_has_no_tokens() {
    let cognito = cognito(Settings::default());
    let error = access(&session(&cognito)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SignInRequired);
    assert_eq!(cognito.total(), 0);
}

#[tokio::test]
async fn what_a_session_does_not_have_is_named_with_the_call_that_adds_it() {
    let cognito = cognito(Settings::default());
    let users = at(&cognito).user_pool(user_pool()).build().unwrap();
    let error = key(&users).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("SessionBuilder::identity_pool"));

    let guests = at(&cognito).identity_pool(identity_pool()).build().unwrap();
    let error = access(&guests).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("SessionBuilder::user_pool"));
    assert!(is_guest(&key(&guests).await.unwrap()));

    let error = at(&cognito).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
}

#[tokio::test]
async fn a_guest_stays_the_same_over_renewals_and_restarts() {
    let cognito = cognito(Settings::default());
    let store = MemoryStore::default();
    let session = || builder(&cognito).store(store.clone()).build().unwrap();
    let first = session();
    let key_before = key(&first).await.unwrap();
    let id = first
        .fetch()
        .await
        .unwrap()
        .identity_id()
        .unwrap()
        .to_owned();

    cognito.advance(OVER_AN_HOUR);
    assert_ne!(key(&first).await.unwrap(), key_before);
    assert_eq!(first.fetch().await.unwrap().identity_id(), Some(&*id));
    assert_eq!(session().fetch().await.unwrap().identity_id(), Some(&*id));
    assert_eq!(cognito.count("GetId"), 1);
    assert_eq!(cognito.count("GetCredentialsForIdentity"), 3);
}
