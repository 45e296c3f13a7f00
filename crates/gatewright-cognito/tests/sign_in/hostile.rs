//! Servers that do not mean well, or do not work.

use gatewright_cognito::{ErrorKind, SignIn};

use super::{PASSWORD, alice, asked, assert_refused, assert_signed_in, with};
use crate::support::Fault;

const AGAIN: &str =
    r#"{"ChallengeName":"CUSTOM_CHALLENGE","Session":"same","ChallengeParameters":{}}"#;
const PROVE: &str = r#"{"ChallengeName":"PASSWORD_VERIFIER","Session":"s","ChallengeParameters":
    {"SALT":"1f","SRP_B":"1f2e","SECRET_BLOCK":"c2FsdA==","USER_ID_FOR_SRP":"alice"}}"#;
const ZERO: &str = r#"{"ChallengeName":"PASSWORD_VERIFIER","ChallengeParameters":
    {"SALT":"1f","SRP_B":"0","SECRET_BLOCK":"c2FsdA==","USER_ID_FOR_SRP":"alice"}}"#;
const NO_SALT: &str = r#"{"ChallengeName":"PASSWORD_VERIFIER","ChallengeParameters":
    {"SRP_B":"1f","SECRET_BLOCK":"c2FsdA==","USER_ID_FOR_SRP":"alice"}}"#;

#[tokio::test]
async fn a_pool_that_never_has_enough_is_stopped() {
    let (cognito, session) = with(alice());
    cognito.fail_always("InitiateAuth", Fault::Says(AGAIN));
    cognito.fail_always("RespondToAuthChallenge", Fault::Says(AGAIN));
    let mut step = session.sign_in_with(SignIn::custom("alice")).await;
    let mut rounds = 0;
    while step.is_ok() {
        step = asked!(step, Custom).respond("yes").await;
        rounds += 1;
        assert!(rounds < 1000, "there is no end to it");
    }
    assert_refused(step, ErrorKind::Service, &session).await;
}

#[tokio::test]
async fn a_password_is_proved_once_in_a_sign_in() {
    let (cognito, session) = with(alice());
    cognito.fail_always("InitiateAuth", Fault::Says(PROVE));
    cognito.fail_always("RespondToAuthChallenge", Fault::Says(PROVE));
    let step = session.sign_in("alice", PASSWORD).await;
    assert_refused(step, ErrorKind::UnsupportedChallenge, &session).await;
    assert_eq!(cognito.count("RespondToAuthChallenge"), 1);
}

#[tokio::test]
async fn a_proof_is_not_given_where_there_was_no_password() {
    let (cognito, session) = with(alice());
    cognito.fail_once("InitiateAuth", Fault::Says(PROVE));
    let step = session.sign_in_with(SignIn::custom("alice")).await;
    assert_refused(step, ErrorKind::UnsupportedChallenge, &session).await;
    assert_eq!(cognito.count("RespondToAuthChallenge"), 0);
}

#[tokio::test]
async fn a_public_value_of_zero_is_refused_and_nothing_is_proved_to_it() {
    for says in [ZERO, NO_SALT] {
        let (cognito, session) = with(alice());
        cognito.fail_once("InitiateAuth", Fault::Says(says));
        session.sign_in("alice", PASSWORD).await.unwrap_err();
        assert_eq!(cognito.count("RespondToAuthChallenge"), 0);
    }
}

#[tokio::test]
async fn a_response_with_neither_tokens_nor_a_challenge_is_a_failure_of_the_service() {
    for says in [
        "{}",
        r#"{"ChallengeName":null}"#,
        "[]",
        "null",
        r#"{"AuthenticationResult":{}}"#,
    ] {
        let (cognito, session) = with(alice());
        cognito.fail_once("InitiateAuth", Fault::Says(says));
        let step = session.sign_in("alice", PASSWORD).await;
        assert_refused(step, ErrorKind::Service, &session).await;
    }
}

#[tokio::test]
async fn a_challenge_to_set_up_without_a_session_is_a_failure_of_the_service() {
    let (cognito, session) = with(alice());
    cognito.fail_once(
        "InitiateAuth",
        Fault::Says(r#"{"ChallengeName":"MFA_SETUP"}"#),
    );
    let step = session.sign_in_with(SignIn::password("alice", PASSWORD));
    assert_refused(step.await, ErrorKind::Service, &session).await;
}

#[tokio::test(start_paused = true)]
async fn a_throttled_sign_in_is_attempted_again() {
    let (cognito, session) = with(alice());
    cognito.fail_once("InitiateAuth", Fault::Throttled(1));
    let step = session.sign_in("alice", PASSWORD).await;
    assert_signed_in(step, &session).await;
    assert_eq!(cognito.count("InitiateAuth"), 2);
}

#[tokio::test(start_paused = true)]
async fn a_challenge_survives_a_connection_that_breaks() {
    let (cognito, session) = with(alice().round("colour?", "red"));
    let question = asked!(session.sign_in_with(SignIn::custom("alice")).await, Custom);
    cognito.fail_always("RespondToAuthChallenge", Fault::Reset);
    assert_refused(
        question.respond("red").await,
        ErrorKind::Transport,
        &session,
    )
    .await;
    cognito.heal();
    assert_signed_in(question.respond("red").await, &session).await;
}
