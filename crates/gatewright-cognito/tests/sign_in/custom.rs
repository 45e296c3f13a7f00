//! Challenges of the pool's own.

use gatewright_cognito::{ErrorKind, SignIn};

use super::{PASSWORD, alice, asked, assert_refused, assert_signed_in, with, with_settings};
use crate::support::{Settings, User};

#[tokio::test]
async fn questions_come_one_after_another_without_a_password() {
    let user = alice().round("colour?", "red").round("animal?", "zebra");
    let (cognito, session) = with(user);
    let first = asked!(session.sign_in_with(SignIn::custom("alice")).await, Custom);
    assert_eq!(first.parameters()["question"], "colour?");
    let second = asked!(first.respond("red").await, Custom);
    assert_eq!(second.parameters()["question"], "animal?");
    assert_signed_in(second.respond("zebra").await, &session).await;
    let parameters = &cognito.inputs("InitiateAuth")[0]["AuthParameters"];
    assert_eq!(*parameters, serde_json::json!({"USERNAME": "alice"}));
}

#[tokio::test]
async fn questions_come_after_a_password_that_is_proved() {
    let (cognito, session) = with(alice().round("colour?", "red"));
    let sign_in = SignIn::custom_with_srp("alice", PASSWORD);
    let question = asked!(session.sign_in_with(sign_in).await, Custom);
    assert_signed_in(question.respond("red").await, &session).await;
    let input = &cognito.inputs("InitiateAuth")[0];
    assert_eq!(input["AuthFlow"], "CUSTOM_AUTH");
    assert_eq!(input["AuthParameters"]["CHALLENGE_NAME"], "SRP_A");
}

#[tokio::test]
async fn a_wrong_password_is_refused_before_any_question() {
    let (_, session) = with(alice().round("colour?", "red"));
    let step = session.sign_in_with(SignIn::custom_with_srp("alice", "another"));
    assert_refused(step.await, ErrorKind::NotAuthorized, &session).await;
}

#[tokio::test]
async fn a_wrong_response_is_refused() {
    let (_, session) = with(alice().round("colour?", "red"));
    let question = asked!(session.sign_in_with(SignIn::custom("alice")).await, Custom);
    assert_refused(
        question.respond("blue").await,
        ErrorKind::NotAuthorized,
        &session,
    )
    .await;
}

#[tokio::test]
async fn there_may_be_many_questions() {
    let many = (0..50).fold(alice(), |user, _| user.round("again?", "yes"));
    let (_, session) = with(many);
    let mut step = session.sign_in_with(SignIn::custom("alice")).await;
    for _ in 0..50 {
        step = asked!(step, Custom).respond("yes").await;
    }
    assert_signed_in(step, &session).await;
}

#[tokio::test]
async fn an_alias_and_a_client_secret_go_together_without_a_password() {
    let settings = Settings {
        client_secret: Some("planted-client-secret"),
        ..Settings::DEFAULT
    };
    let user = User::new("5e9b2d7c-0000", PASSWORD).alias("alice@example.com");
    let (cognito, session) = with_settings(user.round("colour?", "red"), settings);
    let step = session.sign_in_with(SignIn::custom("alice@example.com"));
    let question = asked!(step.await, Custom);
    assert_signed_in(question.respond("red").await, &session).await;
    let given = &cognito.inputs("RespondToAuthChallenge")[0]["ChallengeResponses"];
    assert_eq!(given["USERNAME"], "5e9b2d7c-0000");
}
