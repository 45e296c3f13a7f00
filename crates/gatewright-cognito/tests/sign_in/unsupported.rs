//! Challenges that this crate does not know.

use gatewright_cognito::{ErrorKind, SignIn};

use super::{PASSWORD, alice, asked, assert_refused, with};
use crate::support::Fault;

#[tokio::test]
async fn an_unknown_challenge_is_an_error_that_names_it() {
    for name in [
        "WEB_AUTHN",
        "DEVICE_SRP_AUTH",
        "DEVICE_PASSWORD_VERIFIER",
        "BRAND_NEW",
    ] {
        let (_, session) = with(alice().ends_with(name));
        let step = session.sign_in("alice", PASSWORD).await;
        assert!(step.as_ref().unwrap_err().to_string().contains(name));
        assert_refused(step, ErrorKind::UnsupportedChallenge, &session).await;
    }
}

#[tokio::test]
async fn an_unknown_challenge_may_come_after_others() {
    let user = alice().round("colour?", "red").ends_with("WEB_AUTHN");
    let (_, session) = with(user);
    let question = asked!(session.sign_in_with(SignIn::custom("alice")).await, Custom);
    let step = question.respond("red").await;
    assert_refused(step, ErrorKind::UnsupportedChallenge, &session).await;
}

#[tokio::test]
async fn a_choice_among_passkeys_alone_names_them() {
    let (_, session) = with(alice().first_factors(&["WEB_AUTHN"]));
    let step = session.sign_in_with(SignIn::choice("alice")).await;
    assert!(step.as_ref().unwrap_err().to_string().contains("WEB_AUTHN"));
    assert_refused(step, ErrorKind::UnsupportedChallenge, &session).await;
}

#[tokio::test]
async fn an_app_can_refuse_a_challenge_as_this_crate_does() {
    let (_, session) = with(alice().round("colour?", "red"));
    let sign_in = session.sign_in_with(SignIn::custom("alice"));
    let gatewright_cognito::Step::Challenge(challenge) = sign_in.await.unwrap() else {
        panic!("nothing was asked");
    };
    assert_eq!(challenge.name(), "CUSTOM_CHALLENGE");
    let error = challenge.into_error();
    assert_eq!(error.kind(), ErrorKind::UnsupportedChallenge);
    assert!(error.to_string().contains("CUSTOM_CHALLENGE"));
}

#[tokio::test]
async fn the_name_of_a_challenge_cannot_move_the_cursor() {
    let (cognito, session) = with(alice());
    let says = r#"{"ChallengeName":"\u001b[2J\nSIGNED IN","Session":"s"}"#;
    cognito.fail_once("InitiateAuth", Fault::Says(says));
    let error = session.sign_in("alice", PASSWORD).await.unwrap_err();
    assert!(!error.to_string().contains(['\u{1b}', '\n']), "{error}");
}
