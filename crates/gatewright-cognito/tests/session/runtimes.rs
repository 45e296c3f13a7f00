//! A session outlives the runtime that it was first used in.

use std::sync::Arc;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;

use super::*;
use crate::support::Fault;

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn a_runtime_that_is_shut_down_during_a_renewal_takes_only_that_along() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    let first = runtime();
    first.block_on(async {
        sign_in(&session, "alice").await;
        key(&session).await.unwrap();
    });
    cognito.advance(OVER_AN_HOUR);
    // This response never comes, and the lock of the store is held.
    let never = Fault::Hold(Arc::new(Semaphore::new(0)));
    cognito.fail_once("GetTokensFromRefreshToken", never);
    first.block_on(async {
        let call = session.clone();
        tokio::spawn(async move { key(&call).await });
        while cognito.count("GetTokensFromRefreshToken") == 0 {
            tokio::task::yield_now().await;
        }
    });
    drop(first);
    runtime().block_on(async {
        assert!(is_user(&key(&session).await.unwrap()));
        assert!(access(&session).await.is_ok());
        sign_in(&session, "bob").await;
        assert_eq!(session.fetch().await.unwrap().username(), Some("bob"));
    });
}
