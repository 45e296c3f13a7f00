//! Codes as second factors.

use gatewright_cognito::{CodeKind, ErrorKind};

use super::{PASSWORD, alice, asked, assert_refused, assert_signed_in, with, with_settings};
use crate::support::{Factor, Settings, User, totp};

const KEY: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

fn with_app() -> User {
    alice().second_factor(Factor::Totp(KEY.to_owned()))
}

#[tokio::test]
async fn the_code_of_an_app_is_asked_for_after_srp() {
    let (cognito, session) = with(with_app());
    let code = asked!(session.sign_in("alice", PASSWORD).await, Code);
    assert_eq!(code.kind(), CodeKind::Totp);
    assert_eq!(code.destination(), None);
    let right = totp(KEY, cognito.clock().seconds());
    assert_signed_in(code.respond(right).await, &session).await;
}

#[tokio::test]
async fn a_wrong_code_leaves_the_challenge_usable() {
    let (cognito, session) = with(with_app());
    let code = asked!(session.sign_in("alice", PASSWORD).await, Code);
    for wrong in ["000000", "", "not a code"] {
        assert_refused(code.respond(wrong).await, ErrorKind::CodeMismatch, &session).await;
    }
    let right = totp(KEY, cognito.clock().seconds());
    assert_signed_in(code.respond(right).await, &session).await;
}

#[tokio::test]
async fn a_code_of_another_time_is_wrong() {
    let (cognito, session) = with(with_app());
    let code = asked!(session.sign_in("alice", PASSWORD).await, Code);
    let early = totp(KEY, cognito.clock().seconds() - 60);
    assert_refused(code.respond(early).await, ErrorKind::CodeMismatch, &session).await;
}

#[tokio::test]
async fn codes_that_were_sent_say_where_to() {
    let factors = [
        (Factor::Sms("+*******1234"), CodeKind::Sms, "+*******1234"),
        (Factor::Email("a***@e***"), CodeKind::Email, "a***@e***"),
    ];
    for (factor, kind, destination) in factors {
        let (cognito, session) = with(alice().second_factor(factor));
        let code = asked!(session.sign_in("alice", PASSWORD).await, Code);
        assert_eq!(code.kind(), kind);
        assert_eq!(code.destination(), Some(destination));
        let step = code.respond(cognito.delivered_code()).await;
        assert_signed_in(step, &session).await;
    }
}

#[tokio::test]
async fn every_response_carries_the_newest_session() {
    let (cognito, session) = with(alice().round("a?", "b").round("c?", "d"));
    let sign_in = gatewright_cognito::SignIn::custom_with_srp("alice", PASSWORD);
    let first = asked!(session.sign_in_with(sign_in).await, Custom);
    let second = asked!(first.respond("b").await, Custom);
    assert_signed_in(second.respond("d").await, &session).await;
    let inputs = cognito.inputs("RespondToAuthChallenge");
    let sessions = inputs.iter().map(|input| &input["Session"]);
    let expected = [
        "planted-session-1",
        "planted-session-2",
        "planted-session-3",
    ];
    assert!(sessions.eq(expected.iter()), "{inputs:?}");
}

#[tokio::test]
async fn a_challenge_that_was_passed_cannot_be_passed_again() {
    let (cognito, session) = with(with_app());
    let code = asked!(session.sign_in("alice", PASSWORD).await, Code);
    let right = totp(KEY, cognito.clock().seconds());
    assert_signed_in(code.respond(&*right).await, &session).await;
    let error = code.respond(&*right).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotAuthorized);
}

#[tokio::test]
async fn an_alias_responds_as_the_user_with_a_client_secret() {
    let settings = Settings {
        client_secret: Some("planted-client-secret"),
        ..Settings::default()
    };
    let user = User::new("5e9b2d7c-0000", PASSWORD).alias("alice@example.com");
    let user = user.second_factor(Factor::Sms("+*******1234"));
    let (cognito, session) = with_settings(user, settings);
    let code = asked!(session.sign_in("alice@example.com", PASSWORD).await, Code);
    let step = code.respond(cognito.delivered_code()).await;
    assert_signed_in(step, &session).await;
}
