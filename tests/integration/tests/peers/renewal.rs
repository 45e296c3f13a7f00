//! Tokens and credentials that end.

use gatewright_cognito::{ErrorKind, SignOut};
use gatewright_integration::app::App;
use gatewright_integration::clock::MovedClock;
use gatewright_integration::peers::Cloud;

use crate::support::{assert_guest, cause, folder};

/// Five minutes after tokens and credentials have ended.
const LATER: i64 = 3_900;

/// An hour and a bit passes for everybody.
fn pass(server: &MovedClock, apps: &[&App]) {
    server.set(LATER);
    for app in apps {
        app.clock.set(LATER);
    }
}

#[tokio::test]
async fn tokens_and_credentials_are_renewed_when_they_have_ended() {
    let test = "tokens_and_credentials_are_renewed_when_they_have_ended";
    let Some((cloud, server)) = Cloud::moved(test).await else {
        return;
    };
    let app = App::new(&cloud);
    app.sign_in("alice").await;
    app.for_users().await.unwrap();
    let before = app.session.fetch().await.unwrap();
    pass(&server, &[&app]);
    app.with_token().await.unwrap();
    app.for_users().await.unwrap();
    assert_eq!(app.sent.of("GetTokensFromRefreshToken"), 1);
    assert_eq!(app.sent.of("GetId"), 1);
    assert_eq!(app.sent.of("GetCredentialsForIdentity"), 2);
    let after = app.session.fetch().await.unwrap();
    assert_eq!(after.identity_id().unwrap(), before.identity_id().unwrap());
}

#[tokio::test]
async fn what_only_the_gateway_knows_to_have_ended_is_renewed_once() {
    let test = "what_only_the_gateway_knows_to_have_ended_is_renewed_once";
    let Some((cloud, server)) = Cloud::moved(test).await else {
        return;
    };
    let app = App::new(&cloud);
    app.sign_in("alice").await;
    app.for_users().await.unwrap();
    server.set(LATER);
    app.with_token().await.unwrap();
    assert_eq!(app.sent.of("GetTokensFromRefreshToken"), 1);
    app.for_users().await.unwrap();
    assert_eq!(app.sent.of("GetCredentialsForIdentity"), 2);
}

#[tokio::test]
async fn a_revoked_refresh_token_is_an_expired_session_and_no_guest() {
    let test = "a_revoked_refresh_token_is_an_expired_session_and_no_guest";
    let Some((cloud, server)) = Cloud::moved(test).await else {
        return;
    };
    let files = ["one", "other"].map(|name| folder(test).join(name));
    let [one, other] = files.each_ref().map(|file| App::kept_in(file, &cloud));
    one.sign_in("revoked").await;
    std::fs::copy(&files[0], &files[1]).unwrap();
    other.for_users().await.unwrap();
    assert!(one.session.sign_out(SignOut::Revoke).await.is_complete());
    pass(&server, &[&other]);
    for outcome in [
        other.with_token().await,
        other.for_users().await,
        other.for_guests().await,
    ] {
        assert_eq!(cause(outcome), ErrorKind::SessionExpired);
    }
    assert_eq!(other.sent.of("GetTokensFromRefreshToken"), 1);
    assert!(other.session.sign_out(SignOut::Local).await.is_complete());
    assert_guest(&other).await;
}

#[tokio::test]
async fn who_is_signed_out_everywhere_has_to_sign_in_again() {
    let test = "who_is_signed_out_everywhere_has_to_sign_in_again";
    let Some((cloud, server)) = Cloud::moved(test).await else {
        return;
    };
    let (here, elsewhere) = (App::new(&cloud), App::new(&cloud));
    here.sign_in("signed-out").await;
    elsewhere.sign_in("signed-out").await;
    assert!(here.session.sign_out(SignOut::Global).await.is_complete());
    pass(&server, &[&elsewhere]);
    assert_eq!(
        cause(elsewhere.for_guests().await),
        ErrorKind::SessionExpired
    );
    elsewhere.sign_in("signed-out").await;
    elsewhere.for_users().await.unwrap();
}
