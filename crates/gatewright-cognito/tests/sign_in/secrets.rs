//! What must not be seen is planted everywhere, and looked for in everything that can be printed.

use std::error::Error as _;

use gatewright_cognito::{Challenge, Error, Factor, SignIn, Step};

use super::{PASSWORD, alice, with};
use crate::support::{Fault, Status, User};

const ANSWER: &str = "planted-answer";

fn assert_clean(text: &str) {
    assert!(!text.contains("planted"), "{text}");
}

fn assert_clean_error(error: &Error) {
    assert_clean(&format!("{error} {error:?}"));
    let mut source = error.source();
    while let Some(cause) = source {
        assert_clean(&format!("{cause} {cause:?}"));
        source = cause.source();
    }
}

#[test]
fn what_a_sign_in_begins_with_shows_no_password() {
    assert_clean(&format!("{:?}", SignIn::srp("alice", PASSWORD)));
    assert_clean(&format!("{:?}", SignIn::password("alice", PASSWORD)));
    assert_clean(&format!("{:?}", SignIn::custom_with_srp("alice", PASSWORD)));
    let factor = Factor::password(PASSWORD);
    assert_clean(&format!("{factor:?}"));
    assert_clean(&format!("{:?}", SignIn::preferring("alice", factor)));
}

#[tokio::test]
async fn challenges_show_neither_session_nor_key_nor_what_the_pool_said() {
    let users = [
        alice().status(Status::Temporary(&["email"])),
        alice().sets_up(r#"["SOFTWARE_TOKEN_MFA"]"#),
        alice().round("planted-question", ANSWER),
        alice().second_factor(crate::support::Factor::Sms("+*******1234")),
    ];
    for user in users {
        let challenge = first_challenge(user).await;
        let text = format!("{challenge:?}");
        assert_clean(&text);
        assert!(!text.contains("JBSWY3DP"), "{text}");
    }
}

async fn first_challenge(user: User) -> Challenge {
    let (_, session) = with(user.clone());
    let sign_in = if user.rounds.is_empty() {
        SignIn::srp("alice", PASSWORD)
    } else {
        SignIn::custom_with_srp("alice", PASSWORD)
    };
    match session.sign_in_with(sign_in).await.unwrap() {
        Step::Challenge(challenge) => challenge,
        Step::SignedIn => panic!("nothing was asked"),
    }
}

#[tokio::test(start_paused = true)]
async fn errors_show_nothing_that_was_sent() {
    let echo = r#"{"__type":"X","message":"planted-password-Zebra7 was wrong"}"#;
    let faults = [
        Fault::Reset,
        Fault::HalfAResponse,
        Fault::Html(http::StatusCode::BAD_GATEWAY),
        Fault::Says(echo),
        Fault::Code("NotAuthorizedException", "Incorrect username or password."),
    ];
    for fault in faults {
        let (cognito, session) = with(alice());
        cognito.fail_always("InitiateAuth", fault);
        let sign_in = SignIn::password("alice", PASSWORD);
        assert_clean_error(&session.sign_in_with(sign_in).await.unwrap_err());
    }
}

#[tokio::test]
async fn wrong_responses_are_not_repeated_in_errors() {
    let (_, session) = with(alice().round("colour?", "red"));
    let step = session.sign_in_with(SignIn::custom("alice")).await;
    let Step::Challenge(Challenge::Custom(question)) = step.unwrap() else {
        panic!("no question");
    };
    assert_clean_error(&question.respond(ANSWER).await.unwrap_err());
    assert_clean_error(&session.sign_in("alice", "planted-other").await.unwrap_err());
}
