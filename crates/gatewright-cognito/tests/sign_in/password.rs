//! `USER_PASSWORD_AUTH`.

use gatewright_cognito::{ErrorKind, SignIn};

use super::{PASSWORD, alice, assert_refused, assert_signed_in, with, with_settings};
use crate::support::Settings;

#[tokio::test]
async fn the_right_password_signs_in_with_one_call() {
    let (cognito, session) = with(alice());
    let step = session.sign_in_with(SignIn::password("alice", PASSWORD));
    assert_signed_in(step.await, &session).await;
    assert_eq!(cognito.count("RespondToAuthChallenge"), 0);
    let inputs = cognito.inputs("InitiateAuth");
    assert_eq!(inputs.len(), 1);
    assert_eq!(inputs[0]["AuthFlow"], "USER_PASSWORD_AUTH");
}

#[tokio::test]
async fn a_wrong_password_is_refused() {
    let (_, session) = with(alice());
    let step = session.sign_in_with(SignIn::password("alice", "another"));
    assert_refused(step.await, ErrorKind::NotAuthorized, &session).await;
}

#[tokio::test]
async fn an_app_client_with_a_secret_is_proved() {
    let settings = Settings {
        client_secret: Some("planted-client-secret"),
        ..Settings::default()
    };
    let (_, session) = with_settings(alice(), settings);
    let step = session.sign_in_with(SignIn::password("alice", PASSWORD));
    assert_signed_in(step.await, &session).await;
}

#[tokio::test]
async fn somebody_who_fails_to_sign_in_leaves_who_is_signed_in() {
    let (_, session) = with(alice());
    let step = session.sign_in_with(SignIn::password("alice", PASSWORD));
    assert_signed_in(step.await, &session).await;
    let step = session.sign_in_with(SignIn::password("alice", "another"));
    step.await.unwrap_err();
    assert!(session.fetch().await.unwrap().is_signed_in());
}
