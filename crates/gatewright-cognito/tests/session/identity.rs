//! Identity ids: kept, and got anew where they are of no use.

use gatewright_cognito::{ErrorKind, MemoryStore};

use super::*;
use crate::support::Fault;

#[tokio::test]
async fn a_user_keeps_the_identity_over_renewals_and_restarts() {
    let cognito = cognito(Settings::default());
    let store = MemoryStore::default();
    let session = || builder(&cognito).store(store.clone()).build().unwrap();
    sign_in(&session(), "alice").await;
    for _ in 0..3 {
        assert!(is_user(&key(&session()).await.unwrap()));
        cognito.advance(OVER_AN_HOUR);
    }
    assert_eq!(cognito.count("GetId"), 1);
    assert_eq!(cognito.count("GetCredentialsForIdentity"), 3);
}

#[tokio::test]
async fn an_identity_that_is_gone_is_replaced_once() {
    for name in ["", "alice"] {
        let cognito = cognito(Settings::default());
        let session = session(&cognito);
        if !name.is_empty() {
            sign_in(&session, name).await;
        }
        key(&session).await.unwrap();
        cognito.advance(OVER_AN_HOUR);
        let gone = Fault::Code("ResourceNotFoundException", "Identity not found.");
        cognito.fail_once("GetCredentialsForIdentity", gone);
        key(&session).await.unwrap();
        assert_eq!(cognito.count("GetId"), 2);
        assert_eq!(cognito.count("GetCredentialsForIdentity"), 3);
    }
}

#[tokio::test]
async fn an_identity_of_somebody_else_is_replaced_once() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    sign_in(&session, "alice").await;
    key(&session).await.unwrap();
    cognito.advance(OVER_AN_HOUR);
    let forbidden = Fault::Code("NotAuthorizedException", "Access to Identity is forbidden.");
    cognito.fail_always("GetCredentialsForIdentity", forbidden);
    let error = key(&session).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotAuthorized);
    assert_eq!(cognito.count("GetId"), 2);
    assert_eq!(cognito.count("GetCredentialsForIdentity"), 3);
}

#[tokio::test]
async fn a_pool_that_is_gone_is_an_error_without_a_loop() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    let gone = Fault::Code("ResourceNotFoundException", "IdentityPool not found.");
    cognito.fail_always("GetId", gone);
    let error = key(&session).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(cognito.total(), 1);
}
