//! Every way to sign out, and what is left afterwards.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use gatewright::BoxError;
use gatewright_cognito::{ErrorKind, FileStore, MemoryStore, Secret, SignOut, TokenStore};

use super::*;
use crate::support::Fault;

const EVERY: [SignOut; 3] = [SignOut::Local, SignOut::Revoke, SignOut::Global];

#[tokio::test]
async fn afterwards_nobody_is_signed_in_and_calls_are_a_guests() {
    for how in EVERY {
        let cognito = cognito(Settings::default());
        let session = session(&cognito);
        let guest = session.fetch().await.unwrap();
        sign_in(&session, "alice").await;
        assert!(is_user(&key(&session).await.unwrap()));

        let report = session.sign_out(how).await;
        assert!(report.is_complete());
        assert_eq!(report.remote().is_some(), how != SignOut::Local);
        assert!(is_guest(&key(&session).await.unwrap()));
        let view = session.fetch().await.unwrap();
        assert!(!view.is_signed_in());
        assert_eq!(view.identity_id(), guest.identity_id());
        let error = access(&session).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::SignInRequired);
        assert_eq!(
            cognito.count("RevokeToken"),
            usize::from(how == SignOut::Revoke)
        );
        assert_eq!(
            cognito.count("GlobalSignOut"),
            usize::from(how == SignOut::Global)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_local_step_happens_though_cognito_cannot_be_reached() {
    for how in [SignOut::Revoke, SignOut::Global] {
        let cognito = cognito(Settings::default());
        let session = session(&cognito);
        sign_in(&session, "alice").await;
        cognito.fail_always("RevokeToken", Fault::Reset);
        cognito.fail_always("GlobalSignOut", Fault::Reset);
        let report = session.sign_out(how).await;
        assert!(!report.is_complete());
        assert_eq!(
            report.remote().unwrap().unwrap_err().kind(),
            ErrorKind::Transport
        );
        assert!(report.local().is_ok());
        assert!(is_guest(&key(&session).await.unwrap()));
    }
}

#[tokio::test]
async fn a_sign_out_everywhere_renews_an_access_token_that_has_expired() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    sign_in(&session, "alice").await;
    cognito.advance(OVER_AN_HOUR);
    assert!(session.sign_out(SignOut::Global).await.is_complete());
    assert_eq!(cognito.count("GetTokensFromRefreshToken"), 1);
}

#[tokio::test]
async fn a_sign_out_of_an_ended_session_says_so_and_ends_it_here() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    sign_in(&session, "alice").await;
    cognito.revoke_all();
    cognito.advance(OVER_AN_HOUR);
    let report = session.sign_out(SignOut::Global).await;
    assert_eq!(
        report.remote().unwrap().unwrap_err().kind(),
        ErrorKind::SessionExpired
    );
    assert!(report.local().is_ok());
    assert!(!session.fetch().await.unwrap().is_signed_in());
}

#[tokio::test]
async fn nobody_can_be_signed_out_again_and_again() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    for how in EVERY {
        let report = session.sign_out(how).await;
        assert!(report.is_complete() && report.remote().is_none());
    }
    assert_eq!(cognito.total(), 0);
}

#[tokio::test]
async fn what_a_user_left_is_not_in_the_file_any_more() {
    let (cognito, directory) = (cognito(Settings::default()), Directory::new("gone"));
    let store = FileStore::new(directory.file());
    let session = builder(&cognito).store(store).build().unwrap();
    key(&session).await.unwrap();
    sign_in(&session, "alice").await;
    key(&session).await.unwrap();
    let content = || std::fs::read_to_string(directory.file()).unwrap();
    assert!(content().contains("alice") && content().contains("planted"));

    assert!(session.sign_out(SignOut::Local).await.is_complete());
    assert!(!content().contains("alice") && !content().contains("planted"));
    assert_eq!(
        content().matches("eu-west-1:").count(),
        2,
        "pool and guest: {}",
        content()
    );
}

#[tokio::test]
async fn a_store_that_cannot_forget_does_not_keep_the_user_signed_in_here() {
    let (cognito, directory) = (cognito(Settings::default()), Directory::new("stuck"));
    let store = FileStore::new(directory.file());
    let session = builder(&cognito).store(store).build().unwrap();
    sign_in(&session, "alice").await;
    // The next document can be written nowhere.
    let in_the_way = directory.0.join("session.json.new");
    std::fs::create_dir(&in_the_way).unwrap();
    let report = session.sign_out(SignOut::Revoke).await;
    assert!(report.remote().unwrap().is_ok());
    assert_eq!(report.local().unwrap_err().kind(), ErrorKind::Store);
    let error = access(&session).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SignInRequired);

    std::fs::remove_dir(in_the_way).unwrap();
    sign_in(&session, "alice").await;
    access(&session).await.unwrap();
}

/// A store that panics when it is written to, once it is broken.
#[derive(Clone, Default)]
struct Breaking {
    inner: MemoryStore,
    is_broken: Arc<AtomicBool>,
}

impl TokenStore for Breaking {
    type Lock = <MemoryStore as TokenStore>::Lock;

    fn place(&self) -> String {
        self.inner.place()
    }

    async fn lock(&self) -> Result<Self::Lock, BoxError> {
        self.inner.lock().await
    }

    async fn read(&self) -> Result<Option<Secret>, BoxError> {
        self.inner.read().await
    }

    async fn write(&self, document: Secret) -> Result<(), BoxError> {
        assert!(
            !self.is_broken.load(Ordering::Relaxed),
            "the store is broken"
        );
        self.inner.write(document).await
    }
}

#[tokio::test]
async fn a_store_that_panics_does_not_keep_the_user_signed_in_here() {
    let cognito = cognito(Settings::default());
    let store = Breaking::default();
    let session = builder(&cognito).store(store.clone()).build().unwrap();
    sign_in(&session, "alice").await;
    access(&session).await.unwrap();
    store.is_broken.store(true, Ordering::Relaxed);
    let report = session.sign_out(SignOut::Local).await;
    assert!(report.local().is_err());
    let error = access(&session).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SignInRequired);
}
