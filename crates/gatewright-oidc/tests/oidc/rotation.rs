//! Refresh tokens that change with each use, at an issuer that takes the use of an old one for a theft.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use gatewright::layers::bearer::CachedToken;
use gatewright::{HttpService, ProvideToken};
use gatewright_oidc::{ErrorKind, Provider, RefreshTokenGrant};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tower::{ServiceExt, service_fn};

use crate::issuer::{Issuer, TOKEN_URL, failure};
use crate::reply::{json, refusal};

/// An issuer with one session: `rt-0` is good once and gives `at-1` and `rt-1`, and so on. The use of an old refresh
/// token ends the session.
fn rotating() -> Issuer {
    let session = Mutex::new(Some(0));
    Issuer::new(move |seen| {
        let mut session = session.lock().unwrap();
        let used = seen.form["refresh_token"].strip_prefix("rt-").unwrap();
        let used: u32 = used.parse().unwrap();
        *session = (*session == Some(used)).then_some(used + 1);
        match *session {
            Some(next) => json(
                200,
                format!(
                    r#"{{"access_token":"at-{next}","token_type":"Bearer","expires_in":3600,"refresh_token":"rt-{next}"}}"#
                ),
            ),
            None => refusal("invalid_grant"),
        }
    })
}

type Log = Arc<Mutex<Vec<String>>>;

fn storing(provider: &Provider, log: &Log) -> RefreshTokenGrant {
    let log = Arc::clone(log);
    provider
        .client("cli")
        .refresh_token("rt-0")
        .store(move |token| {
            let log = Arc::clone(&log);
            async move {
                // Storing takes a while, so that whoever did not wait for it would be seen.
                tokio::time::sleep(Duration::from_millis(20)).await;
                log.lock().unwrap().push(format!("stored {token}"));
                Ok(())
            }
        })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_callers_refresh_once() {
    let (issuer, log) = (rotating(), Log::default());
    let cache = CachedToken::new(storing(&issuer.provider(), &log));
    let mut callers = JoinSet::new();
    for _ in 0..1_000 {
        let cache = cache.clone();
        callers.spawn(async move { cache.provide_token().await.unwrap() });
    }
    while let Some(token) = callers.join_next().await {
        assert_eq!(token.unwrap().secret(), "at-1");
    }
    assert_eq!(issuer.seen().len(), 1);
    assert_eq!(*log.lock().unwrap(), ["stored rt-1"]);
}

#[tokio::test(start_paused = true)]
async fn callers_without_a_cache_take_turns_and_use_no_token_twice() {
    let (issuer, log) = (rotating(), Log::default());
    let user = storing(&issuer.provider(), &log);
    let mut callers = JoinSet::new();
    for _ in 0..50 {
        let user = user.clone();
        callers.spawn(async move { user.provide_token().await.unwrap() });
    }
    let mut given: Vec<_> = callers.join_all().await;
    given.sort_by_key(|token| token.secret()[3..].parse::<u32>().unwrap());
    let given: Vec<_> = given
        .iter()
        .map(|token| token.secret().to_owned())
        .collect();
    let expected: Vec<_> = (1..=50).map(|number| format!("at-{number}")).collect();
    assert_eq!(given, expected);
}

#[tokio::test(start_paused = true)]
async fn a_new_refresh_token_is_stored_before_its_access_token_is_used() {
    let (issuer, log) = (rotating(), Log::default());
    let user = storing(&issuer.provider(), &log);
    for _ in 0..3 {
        let token = user.provide_token().await.unwrap();
        log.lock().unwrap().push(format!("used {}", token.secret()));
    }
    let expected = [
        "stored rt-1",
        "used at-1",
        "stored rt-2",
        "used at-2",
        "stored rt-3",
        "used at-3",
    ];
    assert_eq!(*log.lock().unwrap(), expected);
}

#[tokio::test]
async fn a_store_that_fails_costs_the_call_and_not_the_session() {
    let (issuer, log) = (rotating(), Log::default());
    let (tries, stored) = (AtomicU32::new(0), Arc::clone(&log));
    let user = issuer.client().refresh_token("rt-0").store(move |token| {
        let result = match tries.fetch_add(1, Ordering::Relaxed) {
            0 => Err("the disk is full".into()),
            1 => panic!("a bug of the app's"),
            _ => {
                stored.lock().unwrap().push(token);
                Ok(())
            }
        };
        async { result }
    });

    let error = failure(user.provide_token().await);
    assert_eq!(
        (error.kind(), error.is_retryable()),
        (ErrorKind::Store, true)
    );
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(source, "the disk is full");
    assert_eq!(
        failure(user.provide_token().await).kind(),
        ErrorKind::Interrupted
    );

    assert_eq!(user.provide_token().await.unwrap().secret(), "at-1");
    assert_eq!(*log.lock().unwrap(), ["rt-1"]);
    assert_eq!(
        issuer.seen().len(),
        1,
        "one refresh, stored at the third attempt"
    );
    assert_eq!(user.provide_token().await.unwrap().secret(), "at-2");
}

/// Holds each answer back: says that it is there, and waits.
fn held_back(issuer: &Issuer, is_there: &Arc<Notify>, go_on: &Arc<Notify>) -> impl HttpService {
    let transport = issuer.transport().boxed();
    let (is_there, go_on) = (Arc::clone(is_there), Arc::clone(go_on));
    service_fn(move |request| {
        let answer = transport.clone().oneshot(request);
        let (is_there, go_on) = (Arc::clone(&is_there), Arc::clone(&go_on));
        async move {
            let answer = answer.await;
            is_there.notify_one();
            go_on.notified().await;
            answer
        }
    })
}

#[tokio::test]
async fn a_caller_that_goes_away_loses_no_refresh_token() {
    let (issuer, log) = (rotating(), Log::default());
    let (is_there, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let transport = held_back(&issuer, &is_there, &go_on);
    let user = storing(&Provider::new(TOKEN_URL, transport).unwrap(), &log);

    let ask = || {
        let user = user.clone();
        tokio::spawn(async move { user.provide_token().await })
    };
    let caller = ask();
    is_there.notified().await;
    caller.abort();
    assert!(caller.await.unwrap_err().is_cancelled());

    let next = ask();
    go_on.notify_one();
    is_there.notified().await;
    go_on.notify_one();
    assert_eq!(next.await.unwrap().unwrap().secret(), "at-2");
    assert_eq!(*log.lock().unwrap(), ["stored rt-1", "stored rt-2"]);
}
