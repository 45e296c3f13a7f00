//! Every way to sign in, right and wrong.

mod choice;
mod code;
mod configured;
mod custom;
mod hostile;
mod new_password;
mod password;
mod secrets;
mod select_mfa;
mod set_up;
mod srp;
mod unsupported;

use gatewright_cognito::{Error, ErrorKind, Session, Step};

use crate::support::{Cognito, Settings, User};

const PASSWORD: &str = "planted-password-Zebra7";

/// The challenge of this kind that a step is, or the end of the test.
macro_rules! asked {
    ($step:expr, $kind:ident) => {
        match $step.unwrap() {
            gatewright_cognito::Step::Challenge(gatewright_cognito::Challenge::$kind(it)) => it,
            other => panic!("{other:?}"),
        }
    };
}
use asked;

/// A service with this user alone, and a session on it.
fn with(user: User) -> (Cognito, Session) {
    with_settings(user, Settings::default())
}

fn with_settings(user: User, settings: Settings) -> (Cognito, Session) {
    let cognito = Cognito::new(settings);
    cognito.add(user);
    let session = cognito.session().build().unwrap();
    (cognito, session)
}

fn alice() -> User {
    User::new("alice", PASSWORD)
}

/// The last step was taken, and the session knows it.
async fn assert_signed_in(step: Result<Step, Error>, session: &Session) {
    assert!(matches!(step.unwrap(), Step::SignedIn));
    assert!(session.fetch().await.unwrap().is_signed_in());
}

async fn assert_refused(step: Result<Step, Error>, kind: ErrorKind, session: &Session) {
    let error = step.unwrap_err();
    assert_eq!(error.kind(), kind, "{error}");
    assert!(!session.fetch().await.unwrap().is_signed_in());
}
