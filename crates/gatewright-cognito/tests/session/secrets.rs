//! Nothing that is shown holds a secret.

use std::error::Error as _;
use std::fmt::Debug;

use gatewright::Token;
use gatewright_cognito::{FileStore, SignOut};

use super::*;
use crate::support::Fault;

/// Every text of an error and its causes.
fn shown(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = format!("{error:?} {error}");
    let mut next = error.source();
    while let Some(cause) = next {
        text += &format!(" {cause:?} {cause}");
        next = cause.source();
    }
    text
}

fn check(what: &str, text: &str) {
    // The fake's tokens are JWTs, whose signatures are `planted-…` in base64.
    for secret in ["planted", "cGxhbnRlZC", "eyJraWQi"] {
        assert!(!text.contains(secret), "{what}: {text}");
    }
}

#[tokio::test]
async fn debug_shows_no_token_password_or_key() {
    let cognito = cognito(Settings {
        client_secret: Some("planted-client-secret"),
        ..Settings::default()
    });
    let pool = user_pool().client_secret("planted-client-secret");
    let builder = builder(&cognito).user_pool(pool);
    let builder = builder.login("accounts.google.com", Token::new("planted-login"));
    check("builder", &format!("{builder:?}"));
    let session = builder.build().unwrap();
    sign_in(&session, "alice").await;
    let view = session.fetch().await.unwrap();
    assert!(view.tokens().is_ok());
    let all: [&dyn Debug; 7] = [
        &session,
        &view,
        &view.tokens(),
        &view.identity(),
        &session.access_token(),
        &session.id_token(),
        &session.credentials(),
    ];
    for shown in all {
        check("debug", &format!("{shown:?} {shown:#?}"));
    }
    let report = session.sign_out(SignOut::Global).await;
    check("report", &format!("{report:?}"));
}

#[tokio::test(start_paused = true)]
async fn errors_show_no_token_password_or_key() {
    let cognito = cognito(Settings::default());
    // A server that repeats what it was sent.
    let echo = Fault::Code("NotAuthorizedException", "planted-refresh-token-3 is wrong");
    cognito.fail_always("GetTokensFromRefreshToken", echo);
    let session = session(&cognito);
    sign_in(&session, "alice").await;
    cognito.advance(OVER_AN_HOUR);
    let token = session.access_token().provide_token().await;
    check("token", &shown(&*token.unwrap_err()));
    let credentials = session.credentials().provide_credentials().await;
    check("credentials", &shown(&credentials.unwrap_err()));
    let view = session.fetch().await.unwrap();
    check("view", &format!("{view:?}"));
    let report = session.sign_out(SignOut::Global).await;
    check("report", &shown(report.remote().unwrap().unwrap_err()));
}

#[tokio::test]
async fn a_store_that_is_broken_is_not_quoted() {
    let (cognito, directory) = (cognito(Settings::default()), Directory::new("secrets"));
    let store = FileStore::new(directory.file());
    let session = builder(&cognito).store(store).build().unwrap();
    sign_in(&session, "alice").await;
    assert!(access(&session).await.is_ok());
    let content = std::fs::read_to_string(directory.file()).unwrap();
    assert!(content.contains("planted-refresh-token"));
    for broken in [
        content.replace("\"version\":1", "\"version\":7"),
        content[..content.len() - 1].to_owned(),
        content.replace("\"access\":\"", "\"access\":1,\"x\":\""),
    ] {
        std::fs::write(directory.file(), broken).unwrap();
        let error = session.sign_in_with(SignIn::password("alice", PASSWORD));
        let error = error.await.unwrap_err();
        assert!(error.source().is_some());
        check("store", &shown(&error));
    }
}
