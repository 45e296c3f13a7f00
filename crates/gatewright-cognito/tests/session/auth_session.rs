//! What a session says of itself.

use std::sync::Arc;

use gatewright_cognito::ErrorKind;
use tokio::sync::Semaphore;

use super::*;
use crate::support::Fault;

#[tokio::test]
async fn a_guest_has_an_identity_and_no_tokens() {
    let cognito = cognito(Settings::default());
    let view = session(&cognito).fetch().await.unwrap();
    assert!(!view.is_signed_in());
    assert_eq!(view.username(), None);
    assert_eq!(view.tokens().unwrap_err().kind(), ErrorKind::SignInRequired);
    assert!(view.identity_id().unwrap().starts_with("eu-west-1:"));
}

#[tokio::test]
async fn a_user_has_tokens_and_an_identity_that_say_when_they_expire() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    sign_in(&session, "alice").await;
    let view = session.fetch().await.unwrap();
    assert!(view.is_signed_in());
    assert_eq!(view.username(), Some("alice"));
    let tokens = view.tokens().unwrap();
    assert_eq!(tokens.access().secret(), access(&session).await.unwrap());
    assert_ne!(tokens.id().unwrap(), tokens.access());
    let in_an_hour = cognito.clock().now() + HOUR;
    assert_eq!(tokens.expires_at(), Some(in_an_hour));
    let identity = view.identity().unwrap();
    let expiry = identity.credentials_expire_at().unwrap();
    assert_eq!(expiry, in_an_hour + Duration::from_millis(500));
}

#[tokio::test]
async fn a_user_without_an_identity_pool_has_tokens_and_no_identity() {
    let cognito = cognito(Settings::default());
    let session = at(&cognito).user_pool(user_pool()).build().unwrap();
    sign_in(&session, "alice").await;
    let view = session.fetch().await.unwrap();
    assert!(view.tokens().is_ok());
    assert_eq!(view.identity_id(), None);
    assert_eq!(
        view.identity().unwrap_err().kind(),
        ErrorKind::Configuration
    );
}

#[tokio::test]
async fn an_identity_pool_alone_has_guests_and_no_users() {
    let cognito = cognito(Settings::default());
    let session = at(&cognito).identity_pool(identity_pool()).build().unwrap();
    let view = session.fetch().await.unwrap();
    assert!(view.identity().is_ok());
    assert_eq!(view.tokens().unwrap_err().kind(), ErrorKind::Configuration);
}

#[tokio::test]
async fn who_signs_in_during_the_look_is_the_one_whose_identity_it_shows() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    // The guest's identity never comes.
    cognito.fail_once("GetId", Fault::Hold(Arc::new(Semaphore::new(0))));
    let looking = tokio::spawn({
        let session = session.clone();
        async move { session.fetch().await }
    });
    while cognito.count("GetId") == 0 {
        tokio::task::yield_now().await;
    }
    sign_in(&session, "alice").await;
    let view = looking.await.unwrap().unwrap();
    assert_eq!(cognito.count("GetId"), 2, "alice's is shown");
    assert_eq!(view.username(), Some("alice"));
}
