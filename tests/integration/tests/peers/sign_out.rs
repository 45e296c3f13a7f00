//! Signing out.

use gatewright_cognito::{ErrorKind, SignOut};
use gatewright_integration::app::App;
use gatewright_integration::peers::Cloud;

use crate::support::{assert_guest, cause};

async fn signed_out(name: &str, how: SignOut) {
    let app = App::new(&Cloud::steady());
    app.sign_in(name).await;
    app.for_users().await.unwrap();
    let report = app.session.sign_out(how).await;
    assert!(report.is_complete(), "{report:?}");
    assert_eq!(cause(app.with_token().await), ErrorKind::SignInRequired);
    assert_guest(&app).await;
}

#[tokio::test]
async fn who_signs_out_here_is_a_guest() {
    signed_out("alice", SignOut::Local).await;
}

#[tokio::test]
async fn who_revokes_the_refresh_token_is_a_guest() {
    signed_out("alice", SignOut::Revoke).await;
}

#[tokio::test]
async fn who_signs_out_everywhere_is_a_guest() {
    signed_out("signed-out", SignOut::Global).await;
}
