//! From guest to user and back, with 1,000 calls under way.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use gatewright_cognito::SignOut;
use tokio::sync::Semaphore;

use super::*;
use crate::support::Fault;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_calls_during_a_sign_in_all_succeed_and_none_is_a_guests_afterwards() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    let responses = Arc::new(Semaphore::new(0));
    cognito.fail_once("InitiateAuth", Fault::Hold(Arc::clone(&responses)));
    let signing_in = tokio::spawn({
        let session = session.clone();
        async move { sign_in(&session, "alice").await }
    });
    let during = tokio::spawn({
        let session = session.clone();
        thousand(move || {
            let session = session.clone();
            async move { key(&session).await.unwrap() }
        })
    });
    responses.add_permits(1);
    signing_in.await.unwrap();
    let after = thousand(|| {
        let session = session.clone();
        async move { key(&session).await.unwrap() }
    });
    let after = after.await;
    assert!(after.iter().all(|key| is_user(key) && *key == after[0]));
    let during = during.await.unwrap();
    assert!(during.iter().all(|key| is_guest(key) || *key == after[0]));
    assert_eq!(of_user(&cognito, "GetId"), 1);
    assert_eq!(of_user(&cognito, "GetCredentialsForIdentity"), 1);
}

#[tokio::test]
async fn a_thousand_calls_that_wait_for_guest_credentials_get_those_of_the_user() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    // This response never comes.
    cognito.fail_once("GetId", Fault::Hold(Arc::new(Semaphore::new(0))));
    let waiting = tokio::spawn({
        let session = session.clone();
        thousand(move || {
            let session = session.clone();
            async move { key(&session).await.unwrap() }
        })
    });
    while cognito.count("GetId") == 0 {
        tokio::task::yield_now().await;
    }
    sign_in(&session, "alice").await;
    let keys = waiting.await.unwrap();
    assert!(keys.iter().all(|key| is_user(key) && *key == keys[0]));
    assert_eq!(cognito.count("GetId"), 2);
    assert_eq!(cognito.count("GetCredentialsForIdentity"), 1);
}

#[tokio::test]
async fn users_and_guests_never_share_an_identity() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    let mut ids = Vec::new();
    for name in ["", "alice", "bob", "alice"] {
        if !name.is_empty() {
            sign_in(&session, name).await;
        }
        let view = session.fetch().await.unwrap();
        assert_eq!(view.username().unwrap_or_default(), name);
        ids.push(view.identity_id().unwrap().to_owned());
    }
    assert_eq!(ids[1], ids[3]);
    assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2]);
}

#[tokio::test]
async fn the_login_of_the_identity_pool_is_the_issuer_of_the_id_token_without_scheme() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    sign_in(&session, "alice").await;
    key(&session).await.unwrap();
    let tokens = session.fetch().await.unwrap();
    let id_token = tokens.tokens().unwrap().id().unwrap().secret().to_owned();
    for operation in ["GetId", "GetCredentialsForIdentity"] {
        let input = cognito.inputs(operation).pop().unwrap();
        let logins = input["Logins"].as_object().unwrap();
        let login = format!("cognito-idp.eu-west-1.amazonaws.com/{USER_POOL_ID}");
        assert_eq!(logins.len(), 1);
        assert_eq!(logins[&login], *id_token);
    }
}

#[tokio::test]
async fn a_sign_in_that_fails_changes_nothing() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    sign_in(&session, "alice").await;
    let (key_before, access_before) = (key(&session).await, access(&session).await);
    let wrong = SignIn::password("bob", "wrong");
    assert!(session.sign_in_with(wrong).await.is_err());
    assert_eq!(key(&session).await.unwrap(), key_before.unwrap());
    assert_eq!(access(&session).await.unwrap(), access_before.unwrap());
}

/// Signs this user in, or out if there is no name.
async fn switch_to(session: &Session, name: &str) {
    if name.is_empty() {
        let report = session.sign_out(SignOut::Local).await;
        assert!(report.is_complete());
    } else {
        sign_in(session, name).await;
    }
}

/// The name and the identity's id.
async fn look(session: &Session) -> (String, String) {
    let view = session.fetch().await.unwrap();
    let id = view.identity().unwrap().id().to_owned();
    (view.username().unwrap_or_default().to_owned(), id)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_look_during_a_thousand_switches_shows_one_user_with_the_identity_of_another() {
    const NAMES: [&str; 3] = ["alice", "bob", ""];
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    let mut pairs = HashSet::new();
    for name in NAMES {
        switch_to(&session, name).await;
        pairs.insert(look(&session).await);
    }
    let is_done = Arc::new(AtomicBool::new(false));
    let looking: Vec<_> = std::iter::repeat_with(|| {
        let (session, is_done, pairs) = (session.clone(), Arc::clone(&is_done), pairs.clone());
        tokio::spawn(async move {
            while !is_done.load(Ordering::Relaxed) {
                assert!(pairs.contains(&look(&session).await));
                tokio::task::yield_now().await;
            }
        })
    })
    .take(8)
    .collect();
    for name in NAMES.into_iter().cycle().take(1000) {
        switch_to(&session, name).await;
        assert_eq!(look(&session).await.0, name);
    }
    is_done.store(true, Ordering::Relaxed);
    for task in looking {
        task.await.unwrap();
    }
}

/// How often the operation was called with a login.
fn of_user(cognito: &Cognito, operation: &str) -> usize {
    let inputs = cognito.inputs(operation);
    let logins = inputs.iter().filter(|input| input["Logins"].is_object());
    logins.count()
}
