//! Secure Remote Password: against a server that does its half.

use gatewright_cognito::{ErrorKind, SignIn};

use super::{PASSWORD, alice, assert_refused, assert_signed_in, with, with_settings};
use crate::support::{Cognito, Settings, Status, User};

const SECRET: Settings = Settings {
    client_secret: Some("planted-client-secret"),
    ..Settings::DEFAULT
};

#[tokio::test]
async fn the_right_password_signs_in_and_is_not_sent() {
    let (cognito, session) = with(alice());
    assert_signed_in(session.sign_in("alice", PASSWORD).await, &session).await;
    assert_eq!(
        cognito.inputs("InitiateAuth")[0]["AuthFlow"],
        "USER_SRP_AUTH"
    );
    for operation in ["InitiateAuth", "RespondToAuthChallenge"] {
        let inputs = cognito.inputs(operation);
        assert_eq!(inputs.len(), 1, "{operation}");
        assert!(!inputs[0].to_string().contains(PASSWORD), "{operation}");
    }
}

#[tokio::test]
async fn a_wrong_password_is_refused() {
    let (_, session) = with(alice());
    let step = session.sign_in("alice", "another password").await;
    assert_refused(step, ErrorKind::NotAuthorized, &session).await;
}

#[tokio::test]
async fn a_password_may_be_any_text() {
    let password = "Pä:ss🔑 \u{0}\"\\";
    let (_, session) = with(User::new("ålice@example.test", password));
    let step = session.sign_in("ålice@example.test", password).await;
    assert_signed_in(step, &session).await;
}

#[tokio::test]
async fn an_unknown_user_is_told_from_a_wrong_password_where_the_pool_does() {
    let (_, session) = with(alice());
    let step = session.sign_in("bob", PASSWORD).await;
    assert_refused(step, ErrorKind::UserNotFound, &session).await;
}

#[tokio::test]
async fn a_user_who_is_not_ready_to_sign_in_is_told_why() {
    let (_, session) = with(alice().status(Status::Unconfirmed));
    let step = session.sign_in("alice", PASSWORD).await;
    assert_refused(step, ErrorKind::UserNotConfirmed, &session).await;

    let (_, session) = with(alice().status(Status::ResetRequired));
    let step = session.sign_in("alice", PASSWORD).await;
    assert_refused(step, ErrorKind::PasswordResetRequired, &session).await;
}

#[tokio::test]
async fn an_alias_is_proved_as_the_user_it_stands_for() {
    let user = User::new("5e9b2d7c-0000", PASSWORD).alias("alice@example.com");
    let (cognito, session) = with(user);
    let step = session.sign_in("alice@example.com", PASSWORD).await;
    assert_signed_in(step, &session).await;
    let view = session.fetch().await.unwrap();
    assert_eq!(view.username(), Some("alice@example.com"));
    let first = &cognito.inputs("InitiateAuth")[0]["AuthParameters"];
    let second = &cognito.inputs("RespondToAuthChallenge")[0]["ChallengeResponses"];
    assert_eq!(first["USERNAME"], "alice@example.com");
    assert_eq!(second["USERNAME"], "5e9b2d7c-0000");
}

#[tokio::test]
async fn an_alias_and_a_client_secret_go_together() {
    let user = User::new("5e9b2d7c-0000", PASSWORD).alias("alice@example.com");
    let (cognito, session) = with_settings(user, SECRET);
    let step = session.sign_in("alice@example.com", PASSWORD).await;
    assert_signed_in(step, &session).await;
    // The service has checked the first over the alias, the second over the user's id.
    let first = &cognito.inputs("InitiateAuth")[0]["AuthParameters"]["SECRET_HASH"];
    let responses = cognito.inputs("RespondToAuthChallenge");
    let second = &responses[0]["ChallengeResponses"]["SECRET_HASH"];
    assert!(first.is_string() && second.is_string());
    assert_ne!(first, second);
}

#[tokio::test]
async fn a_wrong_client_secret_is_refused() {
    let cognito = Cognito::new(SECRET);
    cognito.add(alice());
    let pool = crate::support::user_pool().client_secret("another secret");
    let session = cognito.session().user_pool(pool).build().unwrap();
    let step = session.sign_in("alice", PASSWORD).await;
    assert_refused(step, ErrorKind::NotAuthorized, &session).await;
}

#[tokio::test]
async fn the_day_of_the_timestamp_is_not_padded() {
    let (cognito, session) = with(alice());
    assert_signed_in(session.sign_in("alice", PASSWORD).await, &session).await;
    let responses = cognito.inputs("RespondToAuthChallenge");
    let time = &responses[0]["ChallengeResponses"]["TIMESTAMP"];
    assert_eq!(time, "Mon Nov 2 03:04:05 UTC 2026");
}

#[tokio::test]
async fn every_sign_in_has_a_secret_of_its_own() {
    let (cognito, session) = with(alice());
    for _ in 0..2 {
        let step = session.sign_in_with(SignIn::srp("alice", PASSWORD)).await;
        assert_signed_in(step, &session).await;
    }
    let inputs = cognito.inputs("InitiateAuth");
    let publics = inputs.iter().map(|input| &input["AuthParameters"]["SRP_A"]);
    let publics: Vec<_> = publics.collect();
    assert_ne!(publics[0], publics[1]);
}

#[tokio::test]
async fn a_session_without_a_user_pool_says_so() {
    let cognito = Cognito::new(Settings::default());
    let pool = crate::support::identity_pool();
    let builder = gatewright_cognito::Session::builder().identity_pool(pool);
    let session = builder.transport(cognito.service()).build().unwrap();
    let error = session.sign_in("alice", PASSWORD).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(cognito.total(), 0);
}
