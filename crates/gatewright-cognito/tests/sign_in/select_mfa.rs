//! Users with several second factors.

use gatewright_cognito::{CodeKind, ErrorKind};

use super::{PASSWORD, alice, asked, assert_refused, assert_signed_in, with};
use crate::support::{Factor, Fault, User, totp};

const KEY: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

fn with_two() -> User {
    let user = alice().second_factor(Factor::Sms("+*******1234"));
    user.second_factor(Factor::Totp(KEY.to_owned()))
}

#[tokio::test]
async fn the_user_chooses_and_is_asked_for_that_code() {
    let (cognito, session) = with(with_two());
    let select = asked!(session.sign_in("alice", PASSWORD).await, SelectMfa);
    let choices: Vec<CodeKind> = select.choices().collect();
    assert_eq!(choices, [CodeKind::Sms, CodeKind::Totp]);
    let code = asked!(select.choose(CodeKind::Totp).await, Code);
    assert_eq!(code.kind(), CodeKind::Totp);
    let right = totp(KEY, cognito.clock().seconds());
    assert_signed_in(code.respond(right).await, &session).await;
}

#[tokio::test]
async fn what_the_user_does_not_have_cannot_be_chosen() {
    let (cognito, session) = with(with_two());
    let select = asked!(session.sign_in("alice", PASSWORD).await, SelectMfa);
    let before = cognito.count("RespondToAuthChallenge");
    let step = select.choose(CodeKind::Email).await;
    assert_refused(step, ErrorKind::UnsupportedChallenge, &session).await;
    assert_eq!(cognito.count("RespondToAuthChallenge"), before);
    let code = asked!(select.choose(CodeKind::Sms).await, Code);
    let step = code.respond(cognito.delivered_code()).await;
    assert_signed_in(step, &session).await;
}

#[tokio::test]
async fn factors_that_are_all_unknown_are_an_error_and_no_empty_choice() {
    let says = r#"{"ChallengeName":"SELECT_MFA_TYPE","Session":"s",
        "ChallengeParameters":{"MFAS_CAN_CHOOSE":"[\"SMOKE_SIGNAL\"]"}}"#;
    let (cognito, session) = with(alice());
    cognito.fail_once("RespondToAuthChallenge", Fault::Says(says));
    let step = session.sign_in("alice", PASSWORD).await;
    assert_refused(step, ErrorKind::UnsupportedChallenge, &session).await;
}
