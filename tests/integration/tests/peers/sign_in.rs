//! Signing in to a user pool.

use gatewright_cognito::{Challenge, ErrorKind, SignIn, Step};
use gatewright_integration::app::App;
use gatewright_integration::peers::Cloud;
use gatewright_integration::totp;
use tokio::task::JoinSet;

use crate::support::assert_guest;

/// How many sign in at once; each takes a good part of a second of computing in a debug build.
const PEOPLE: usize = 10;

#[tokio::test]
async fn a_guest_signs_in_by_srp_and_the_same_client_has_the_authenticated_role() {
    let app = App::new(&Cloud::steady());
    assert_guest(&app).await;
    let guest = app.session.fetch().await.unwrap();
    assert!(!guest.is_signed_in());
    app.sign_in("alice").await;
    app.for_users().await.unwrap();
    let user = app.session.fetch().await.unwrap();
    assert_eq!(user.username(), Some("alice"));
    assert_ne!(user.identity_id().unwrap(), guest.identity_id().unwrap());
}

#[tokio::test]
async fn a_wrong_password_is_refused_and_a_guest_stays_a_guest() {
    let app = App::new(&Cloud::steady());
    let error = app.session.sign_in("alice", "wrong").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotAuthorized);
    assert_guest(&app).await;
}

#[tokio::test]
async fn a_password_may_be_sent_instead_of_proved() {
    let cloud = Cloud::steady();
    let app = App::new(&cloud);
    let password = SignIn::password("alice", cloud.text("/user_pool/password"));
    let step = app.session.sign_in_with(password).await.unwrap();
    assert!(matches!(step, Step::SignedIn));
    app.for_users().await.unwrap();
}

#[tokio::test]
async fn an_alias_signs_in_to_an_app_client_with_a_secret() {
    let cloud = Cloud::steady();
    let app = App::with_aliases(&cloud);
    app.sign_in(cloud.text("/user_pool/aliases/email")).await;
    app.for_users().await.unwrap();
}

#[tokio::test]
async fn a_new_password_is_asked_for() {
    let cloud = Cloud::steady();
    let app = App::new(&cloud);
    let temporary = cloud.text("/user_pool/temporary_password");
    let step = app.session.sign_in("newcomer", temporary).await.unwrap();
    let Step::Challenge(Challenge::NewPassword(challenge)) = step else {
        panic!("{step:?}");
    };
    assert_guest(&app).await;
    let step = challenge.respond(cloud.text("/user_pool/password")).await;
    assert!(matches!(step, Ok(Step::SignedIn)), "{step:?}");
    app.for_users().await.unwrap();
    App::new(&cloud).sign_in("newcomer").await;
}

#[tokio::test]
async fn a_wrong_code_leaves_the_challenge_for_another_code() {
    let cloud = Cloud::steady();
    let app = App::new(&cloud);
    let (name, password) = (
        cloud.text("/user_pool/totp/user"),
        cloud.text("/user_pool/password"),
    );
    let step = app.session.sign_in(name, password).await.unwrap();
    let Step::Challenge(Challenge::Code(challenge)) = step else {
        panic!("{step:?}");
    };
    let error = challenge.respond("not six digits").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::CodeMismatch);
    let code = totp::code(cloud.text("/user_pool/totp/secret"), app.clock.now());
    let step = challenge.respond(code).await;
    assert!(matches!(step, Ok(Step::SignedIn)), "{step:?}");
    app.for_users().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_hundred_sign_ins_succeed() {
    let cloud = Cloud::steady();
    let mut people = JoinSet::new();
    for _ in 0..PEOPLE {
        let cloud = cloud.clone();
        people.spawn(async move {
            for _ in 0..300 / PEOPLE {
                App::new(&cloud).sign_in("crowd").await;
            }
        });
    }
    assert_eq!(people.join_all().await.len(), PEOPLE);
}
