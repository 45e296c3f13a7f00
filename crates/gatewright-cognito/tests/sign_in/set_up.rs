//! Users who have to set an authenticator app up.

use gatewright_cognito::{ErrorKind, Session, SetUpTotp};
use http::StatusCode;

use super::{PASSWORD, alice, asked, assert_refused, assert_signed_in, with};
use crate::support::{Cognito, Fault, totp};

async fn begin(factors: &'static str) -> (Cognito, Session, SetUpTotp) {
    let (cognito, session) = with(alice().sets_up(factors));
    let set_up = asked!(session.sign_in("alice", PASSWORD).await, SetUpTotp);
    (cognito, session, set_up)
}

fn code(cognito: &Cognito, set_up: &SetUpTotp) -> String {
    totp(set_up.key().expose(), cognito.clock().seconds())
}

#[tokio::test]
async fn an_app_is_set_up_and_asked_for_from_then_on() {
    let (cognito, session, set_up) = begin(r#"["SMS_MFA","SOFTWARE_TOKEN_MFA"]"#).await;
    let right = code(&cognito, &set_up);
    assert_signed_in(set_up.respond(&*right).await, &session).await;
    let next = asked!(session.sign_in("alice", PASSWORD).await, Code);
    assert_signed_in(next.respond(right).await, &session).await;
}

#[tokio::test]
async fn the_key_is_shown_as_a_uri_for_apps() {
    let (_, _, set_up) = begin(r#"["SOFTWARE_TOKEN_MFA"]"#).await;
    let key = set_up.key().expose();
    assert_eq!(
        set_up.uri("Book & Shop").expose(),
        format!("otpauth://totp/Book%20%26%20Shop:alice?secret={key}&issuer=Book%20%26%20Shop")
    );
}

#[tokio::test]
async fn a_wrong_code_can_be_replaced() {
    let (cognito, session, set_up) = begin(r#"["SOFTWARE_TOKEN_MFA"]"#).await;
    assert_refused(
        set_up.respond("000000").await,
        ErrorKind::CodeMismatch,
        &session,
    )
    .await;
    let right = code(&cognito, &set_up);
    assert_signed_in(set_up.respond(right).await, &session).await;
}

#[tokio::test(start_paused = true)]
async fn a_code_that_was_right_is_not_verified_twice() {
    let (cognito, session, set_up) = begin(r#"["SOFTWARE_TOKEN_MFA"]"#).await;
    let broken = Fault::Html(StatusCode::INTERNAL_SERVER_ERROR);
    cognito.fail_always("RespondToAuthChallenge", broken);
    let right = code(&cognito, &set_up);
    assert_refused(set_up.respond(&*right).await, ErrorKind::Service, &session).await;
    cognito.heal();
    assert_signed_in(set_up.respond(right).await, &session).await;
    assert_eq!(cognito.count("VerifySoftwareToken"), 1);
}

#[tokio::test]
async fn a_pool_that_wants_a_telephone_number_is_told_from_one_that_wants_an_app() {
    let (_, session) = with(alice().sets_up(r#"["SMS_MFA"]"#));
    let step = session.sign_in("alice", PASSWORD).await;
    assert_refused(step, ErrorKind::UnsupportedChallenge, &session).await;
}
