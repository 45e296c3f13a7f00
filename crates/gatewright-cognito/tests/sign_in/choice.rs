//! `USER_AUTH`: the pool says by what, and the user chooses.

use gatewright_cognito::{CodeKind, ErrorKind, Factor, FactorKind, SignIn};

use super::{PASSWORD, alice, asked, assert_refused, assert_signed_in, with, with_settings};
use crate::support::{Fault, Settings, User};

fn bob() -> User {
    alice().first_factors(&[
        "WEB_AUTHN",
        "PASSWORD",
        "PASSWORD_SRP",
        "EMAIL_OTP",
        "SMS_OTP",
    ])
}

#[tokio::test]
async fn the_user_sees_what_there_is_and_this_crate_knows() {
    let (_, session) = with(bob());
    let step = session.sign_in_with(SignIn::choice("alice"));
    let select = asked!(step.await, SelectFactor);
    assert_eq!(
        select.factors(),
        [
            FactorKind::PasswordSrp,
            FactorKind::Password,
            FactorKind::EmailCode,
            FactorKind::SmsCode
        ]
    );
}

#[tokio::test]
async fn a_password_is_chosen_and_proved_or_sent() {
    for factor in [Factor::password(PASSWORD), Factor::password_srp(PASSWORD)] {
        let is_sent = factor.kind() == FactorKind::Password;
        let (cognito, session) = with(bob());
        let step = session.sign_in_with(SignIn::choice("alice"));
        let select = asked!(step.await, SelectFactor);
        assert_signed_in(select.choose(factor).await, &session).await;
        let responses = format!("{:?}", cognito.inputs("RespondToAuthChallenge"));
        assert_eq!(responses.contains(PASSWORD), is_sent);
    }
}

#[tokio::test]
async fn a_wrong_password_is_refused_and_another_may_be_tried() {
    let (_, session) = with(bob());
    let step = session.sign_in_with(SignIn::choice("alice"));
    let select = asked!(step.await, SelectFactor);
    let step = select.choose(Factor::password("another")).await;
    assert_refused(step, ErrorKind::NotAuthorized, &session).await;
    let step = select.choose(Factor::password(PASSWORD)).await;
    assert_signed_in(step, &session).await;
}

#[tokio::test]
async fn a_code_is_chosen_and_sent() {
    let factors = [
        (Factor::email_code(), CodeKind::Email),
        (Factor::sms_code(), CodeKind::Sms),
    ];
    for (factor, kind) in factors {
        let (cognito, session) = with(bob());
        let step = session.sign_in_with(SignIn::choice("alice"));
        let code = asked!(asked!(step.await, SelectFactor).choose(factor).await, Code);
        assert_eq!(code.kind(), kind);
        let step = code.respond(cognito.delivered_code()).await;
        assert_signed_in(step, &session).await;
    }
}

#[tokio::test]
async fn a_choice_made_beforehand_saves_a_call() {
    let (cognito, session) = with(bob());
    let sign_in = SignIn::preferring("alice", Factor::email_code());
    let code = asked!(session.sign_in_with(sign_in).await, Code);
    assert_signed_in(code.respond(cognito.delivered_code()).await, &session).await;
    let parameters = &cognito.inputs("InitiateAuth")[0]["AuthParameters"];
    assert_eq!(parameters["PREFERRED_CHALLENGE"], "EMAIL_OTP");
    assert_eq!(cognito.count("RespondToAuthChallenge"), 1);
}

#[tokio::test]
async fn a_password_preferred_beforehand_is_proved_or_sent() {
    for factor in [Factor::password(PASSWORD), Factor::password_srp(PASSWORD)] {
        let (_, session) = with(bob());
        let step = session.sign_in_with(SignIn::preferring("alice", factor));
        assert_signed_in(step.await, &session).await;
    }
}

#[tokio::test]
async fn a_factor_that_the_user_does_not_have_becomes_a_choice() {
    let (_, session) = with(alice().first_factors(&["EMAIL_OTP"]));
    let sign_in = SignIn::preferring("alice", Factor::password_srp(PASSWORD));
    let select = asked!(session.sign_in_with(sign_in).await, SelectFactor);
    assert_eq!(select.factors(), [FactorKind::EmailCode]);
    let step = select.choose(Factor::sms_code()).await;
    assert_refused(step, ErrorKind::UnsupportedChallenge, &session).await;
}

#[tokio::test]
async fn an_app_client_with_a_secret_is_proved_with_each_choice() {
    let settings = Settings {
        client_secret: Some("planted-client-secret"),
        ..Settings::default()
    };
    let (_, session) = with_settings(bob().alias("alice@example.com"), settings);
    let step = session.sign_in_with(SignIn::choice("alice@example.com"));
    let select = asked!(step.await, SelectFactor);
    let step = select.choose(Factor::password_srp(PASSWORD)).await;
    assert_signed_in(step, &session).await;
}

#[tokio::test]
async fn a_pool_may_ask_for_a_password_without_a_choice() {
    let cases = [
        (
            "PASSWORD",
            r#"{"ChallengeName":"PASSWORD","Session":"s"}"#,
            "PASSWORD",
        ),
        (
            "PASSWORD_SRP",
            r#"{"ChallengeName":"PASSWORD_SRP","Session":"s"}"#,
            "SRP_A",
        ),
    ];
    for (name, says, parameter) in cases {
        let (cognito, session) = with(bob());
        cognito.fail_once("InitiateAuth", Fault::Says(says));
        let step = session.sign_in_with(SignIn::choice("alice"));
        let select = asked!(step.await, SelectFactor);
        let factor = match select.factors() {
            [FactorKind::Password] => Factor::password(PASSWORD),
            [FactorKind::PasswordSrp] => Factor::password_srp(PASSWORD),
            other => panic!("{other:?}"),
        };
        // This service has no such session; what it was told is what counts.
        select.choose(factor).await.unwrap_err();
        let given = &cognito.inputs("RespondToAuthChallenge")[0];
        assert_eq!(given["ChallengeName"], name);
        assert!(given["ChallengeResponses"][parameter].is_string());
        assert!(given["ChallengeResponses"]["ANSWER"].is_null());
    }
}
