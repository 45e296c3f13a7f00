//! Passwords that are good for one sign-in.

use gatewright_cognito::{ErrorKind, SignIn};

use super::{PASSWORD, alice, asked, assert_refused, assert_signed_in, with};
use crate::support::Status;

#[tokio::test]
async fn a_new_password_is_set_after_srp() {
    let (_, session) = with(alice().status(Status::Temporary(&[])));
    let new = asked!(session.sign_in("alice", PASSWORD).await, NewPassword);
    assert!(new.required_attributes().is_empty());
    assert_signed_in(new.respond("another-Zebra8").await, &session).await;
    let again = session.sign_in("alice", "another-Zebra8").await;
    assert_signed_in(again, &session).await;
}

#[tokio::test]
async fn a_new_password_is_set_after_a_password_that_was_sent() {
    let (_, session) = with(alice().status(Status::Temporary(&[])));
    let sign_in = SignIn::password("alice", PASSWORD);
    let new = asked!(session.sign_in_with(sign_in).await, NewPassword);
    assert_signed_in(new.respond("another-Zebra8").await, &session).await;
}

#[tokio::test]
async fn attributes_that_are_missing_are_named_and_given() {
    let user = alice().status(Status::Temporary(&["email", "family_name"]));
    let (cognito, session) = with(user);
    let new = asked!(session.sign_in("alice", PASSWORD).await, NewPassword);
    assert_eq!(new.required_attributes(), ["email", "family_name"]);

    let step = new.respond("another-Zebra8").await;
    assert_refused(step, ErrorKind::InvalidParameter, &session).await;

    let attributes = [("email", "a@example.com"), ("family_name", "Liddell")];
    let step = new.respond_with("another-Zebra8", attributes).await;
    assert_signed_in(step, &session).await;
    let responses = cognito.inputs("RespondToAuthChallenge");
    let last = &responses[responses.len() - 1]["ChallengeResponses"];
    assert_eq!(last["userAttributes.email"], "a@example.com");
}

#[tokio::test]
async fn a_password_that_breaks_the_rules_can_be_replaced() {
    let (_, session) = with(alice().status(Status::Temporary(&[])));
    let new = asked!(session.sign_in("alice", PASSWORD).await, NewPassword);
    assert_refused(
        new.respond("short").await,
        ErrorKind::InvalidPassword,
        &session,
    )
    .await;
    assert_signed_in(new.respond("another-Zebra8").await, &session).await;
}
