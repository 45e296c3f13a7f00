//! A pool whose refresh tokens are good for one use: what is lost is lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use gatewright::BoxError;
use gatewright_cognito::{ErrorKind, MemoryStore, Secret, TokenStore};
use tokio::sync::Semaphore;

use super::*;
use crate::support::Fault;

const REFRESH: &str = "GetTokensFromRefreshToken";

/// Without any grace: an old token is refused at once.
fn rotating() -> Cognito {
    cognito(Settings {
        rotation: Some(Duration::ZERO),
        ..Settings::default()
    })
}

/// A store that a test can make fail, or wait, when it is written to.
#[derive(Clone)]
struct Store {
    inner: MemoryStore,
    is_full: Arc<AtomicBool>,
    pace: Arc<Semaphore>,
}

/// More than a test writes.
const MANY: usize = 1000;

impl Default for Store {
    fn default() -> Self {
        Self {
            inner: MemoryStore::default(),
            is_full: Arc::default(),
            pace: Arc::new(Semaphore::new(MANY)),
        }
    }
}

impl Store {
    fn fill(&self, is_full: bool) {
        self.is_full.store(is_full, Ordering::Relaxed);
    }

    fn hold(&self) {
        self.pace.forget_permits(MANY);
    }

    fn let_go(&self) {
        self.pace.add_permits(MANY);
    }

    async fn text(&self) -> String {
        let document = self.inner.read().await.unwrap();
        document.unwrap().expose().to_owned()
    }
}

impl TokenStore for Store {
    type Lock = <MemoryStore as TokenStore>::Lock;

    fn place(&self) -> String {
        "the test's store".to_owned()
    }

    async fn lock(&self) -> Result<Self::Lock, BoxError> {
        self.inner.lock().await
    }

    async fn read(&self) -> Result<Option<Secret>, BoxError> {
        self.inner.read().await
    }

    async fn write(&self, document: Secret) -> Result<(), BoxError> {
        if self.is_full.load(Ordering::Relaxed) {
            return Err("no space left on device".into());
        }
        self.pace.acquire().await?.forget();
        self.inner.write(document).await
    }
}

#[tokio::test]
async fn a_session_outlives_many_rotations() {
    let cognito = rotating();
    let session = session(&cognito);
    sign_in(&session, "alice").await;
    let mut tokens = std::collections::HashSet::new();
    for _ in 0..10 {
        assert!(tokens.insert(access(&session).await.unwrap()));
        cognito.advance(OVER_AN_HOUR);
    }
    assert_eq!(cognito.count(REFRESH), 9);
}

#[tokio::test]
async fn new_tokens_are_in_the_store_before_anybody_has_them() {
    let cognito = rotating();
    let store = Store::default();
    let session = builder(&cognito).store(store.clone()).build().unwrap();
    sign_in(&session, "alice").await;
    for _ in 0..3 {
        let access = access(&session).await.unwrap();
        assert!(store.text().await.contains(&access));
        cognito.advance(OVER_AN_HOUR);
    }
}

#[tokio::test(start_paused = true)]
async fn tokens_that_cannot_be_stored_are_kept_and_not_used_until_they_are() {
    let cognito = rotating();
    let store = Store::default();
    let session = builder(&cognito).store(store.clone()).build().unwrap();
    sign_in(&session, "alice").await;
    access(&session).await.unwrap();
    cognito.advance(OVER_AN_HOUR);
    store.fill(true);
    let error = access(&session).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Store);
    assert!(error.to_string().contains("the test's store"), "{error}");

    store.fill(false);
    tokio::time::advance(Duration::from_secs(10)).await;
    let access = access(&session).await.unwrap();
    assert!(store.text().await.contains(&access));
    assert_eq!(cognito.count(REFRESH), 1, "the first response is not lost");
}

#[tokio::test]
async fn a_caller_that_gives_up_takes_no_token_along() {
    let cognito = rotating();
    let session = session(&cognito);
    sign_in(&session, "alice").await;
    access(&session).await.unwrap();
    cognito.advance(OVER_AN_HOUR);
    let responses = Arc::new(Semaphore::new(0));
    cognito.fail_once(REFRESH, Fault::Hold(Arc::clone(&responses)));
    let caller = tokio::spawn({
        let session = session.clone();
        async move { access(&session).await }
    });
    while cognito.count(REFRESH) == 0 {
        tokio::task::yield_now().await;
    }
    caller.abort();
    assert!(caller.await.unwrap_err().is_cancelled());
    responses.add_permits(1);
    access(&session).await.unwrap();
    assert_eq!(cognito.count(REFRESH), 1);
}

#[tokio::test]
async fn a_session_that_is_dropped_while_it_renews_leaves_the_new_tokens_in_the_store() {
    let cognito = rotating();
    let store = MemoryStore::default();
    let session = || builder(&cognito).store(store.clone()).build().unwrap();
    let first = session();
    sign_in(&first, "alice").await;
    access(&first).await.unwrap();
    cognito.advance(OVER_AN_HOUR);
    let responses = Arc::new(Semaphore::new(0));
    cognito.fail_once(REFRESH, Fault::Hold(Arc::clone(&responses)));
    let caller = tokio::spawn(async move { access(&first).await });
    while cognito.count(REFRESH) == 0 {
        tokio::task::yield_now().await;
    }
    // The last handle of the session goes with it.
    caller.abort();
    assert!(caller.await.unwrap_err().is_cancelled());
    responses.add_permits(1);
    access(&session()).await.unwrap();
    assert_eq!(cognito.count(REFRESH), 1);
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_is_too_slow_for_its_callers_still_saves_what_it_gets() {
    let cognito = rotating();
    let store = Store::default();
    let session = builder(&cognito).store(store.clone()).build().unwrap();
    sign_in(&session, "alice").await;
    access(&session).await.unwrap();
    cognito.advance(OVER_AN_HOUR);
    store.hold();
    let error = access(&session).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Other, "too slow: {error:?}");

    store.let_go();
    tokio::time::advance(Duration::from_secs(10)).await;
    let access = access(&session).await.unwrap();
    assert!(store.text().await.contains(&access));
    assert_eq!(cognito.count(REFRESH), 1);
}

#[tokio::test(start_paused = true)]
async fn a_response_that_was_lost_is_asked_for_again_within_the_grace_period() {
    for grace in [0, 60] {
        let cognito = cognito(Settings {
            rotation: Some(Duration::from_secs(grace)),
            ..Settings::default()
        });
        let session = session(&cognito);
        sign_in(&session, "alice").await;
        access(&session).await.unwrap();
        cognito.advance(OVER_AN_HOUR);
        cognito.fail_once(REFRESH, Fault::LostResponse);
        let error = access(&session).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);

        tokio::time::advance(Duration::from_secs(10)).await;
        let again = access(&session).await.map_err(|error| error.kind());
        match grace {
            0 => assert_eq!(again.unwrap_err(), ErrorKind::SessionExpired),
            _ => assert!(again.is_ok()),
        }
        assert_eq!(cognito.count(REFRESH), 2);
    }
}
