//! A call that waits for a token or credentials goes out as the user for whom it began, or not at all.

use std::sync::Arc;

use gatewright::layers::{BearerTokenLayer, InjectHeadersLayer, InjectMode, SigV4Layer};
use gatewright_cognito::SignOut;
use http::{HeaderName, Method};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use super::clients::{Client, SIGNING, WITH_TOKENS, call, is_for_nobody_else};
use super::slow_store::SlowStore;
use super::*;
use crate::support::{Api, Fault, ORDERS};

struct World {
    cognito: Cognito,
    store: SlowStore,
    session: Session,
    api: Api,
    client: gatewright::BoxService,
}

impl World {
    fn new(client: Client) -> Self {
        let cognito = cognito(Settings::default());
        let store = SlowStore::default();
        let session = builder(&cognito).store(store.clone()).build().unwrap();
        let api = Api::new(&cognito);
        let client = client(&session, api.service(), &cognito.clock().shared());
        Self {
            cognito,
            store,
            session,
            api,
            client,
        }
    }

    fn calls(&self) -> JoinHandle<Result<http::StatusCode, gatewright::AuthorizeError>> {
        tokio::spawn(call(self.client.clone(), Method::POST))
    }

    /// A call that waits for the store.
    async fn waits_for_store(
        &self,
    ) -> JoinHandle<Result<http::StatusCode, gatewright::AuthorizeError>> {
        self.store.hold_next_read();
        let waiting = self.calls();
        self.store.is_held().await;
        waiting
    }

    /// A call that waits for a response of Cognito.
    async fn waits_for(
        &self,
        operation: &'static str,
        held: &Arc<Semaphore>,
    ) -> JoinHandle<Result<http::StatusCode, gatewright::AuthorizeError>> {
        let before = self.cognito.count(operation);
        self.cognito
            .fail_once(operation, Fault::Hold(Arc::clone(held)));
        let waiting = self.calls();
        while self.cognito.count(operation) == before {
            tokio::task::yield_now().await;
        }
        waiting
    }

    async fn sign_out(&self) {
        let report = self.session.sign_out(SignOut::Local).await;
        assert!(report.is_complete());
    }
}

#[tokio::test]
async fn a_guests_call_that_waits_goes_out_as_the_user_who_signs_in_meanwhile() {
    for (name, client) in SIGNING.into_iter().chain(WITH_TOKENS) {
        let world = World::new(client);
        let waiting = world.waits_for_store().await;
        sign_in(&world.session, "alice").await;
        world.store.release();
        let outcome = waiting.await.unwrap();
        assert!(outcome.is_ok(), "{name}: {outcome:?}");
        assert_eq!(world.api.callers(), ["alice"], "{name}");
    }
}

#[tokio::test]
async fn a_call_that_waits_for_guest_credentials_goes_out_as_the_user_who_signs_in_meanwhile() {
    for operation in ["GetId", "GetCredentialsForIdentity"] {
        for (name, client) in SIGNING {
            let world = World::new(client);
            let held = Arc::new(Semaphore::new(0));
            let waiting = world.waits_for(operation, &held).await;
            sign_in(&world.session, "alice").await;
            held.add_permits(1);
            let outcome = waiting.await.unwrap();
            assert!(outcome.is_ok(), "{name}: {outcome:?}");
            assert_eq!(world.api.callers(), ["alice"], "{name}");
        }
    }
}

#[tokio::test]
async fn alices_call_that_waits_for_a_due_token_is_not_sent_after_she_signed_out() {
    for bob_follows in [false, true] {
        for (name, client) in SIGNING.into_iter().chain(WITH_TOKENS) {
            let world = World::new(client);
            sign_in(&world.session, "alice").await;
            call(world.client.clone(), Method::POST).await.unwrap();
            world.cognito.advance(OVER_AN_HOUR);
            let waiting = world.waits_for_store().await;
            world.sign_out().await;
            if bob_follows {
                sign_in(&world.session, "bob").await;
            }
            world.store.release();
            let outcome = waiting.await.unwrap();
            assert!(is_for_nobody_else(&outcome), "{name}: {outcome:?}");
            assert_eq!(world.api.callers(), ["alice"], "{name}");
        }
    }
}

#[tokio::test]
async fn alices_call_that_waits_for_a_renewal_goes_out_as_alice_or_not_at_all() {
    for bob_follows in [false, true] {
        for (name, client) in SIGNING.into_iter().chain(WITH_TOKENS) {
            let world = World::new(client);
            sign_in(&world.session, "alice").await;
            call(world.client.clone(), Method::POST).await.unwrap();
            world.cognito.advance(OVER_AN_HOUR);
            let held = Arc::new(Semaphore::new(0));
            let waiting = world.waits_for("GetTokensFromRefreshToken", &held).await;
            // The sign-out waits for the renewal, which has the lock of the store.
            let signing_out = tokio::spawn({
                let session = world.session.clone();
                async move {
                    assert!(session.sign_out(SignOut::Local).await.is_complete());
                    if bob_follows {
                        sign_in(&session, "bob").await;
                    }
                }
            });
            settle().await;
            held.add_permits(1);
            let outcome = waiting.await.unwrap();
            signing_out.await.unwrap();
            assert!(
                outcome.is_ok() || is_for_nobody_else(&outcome),
                "{name}: {outcome:?}"
            );
            assert!(world.api.callers().iter().all(|it| it == "alice"), "{name}");
        }
    }
}

#[tokio::test]
async fn alices_call_that_waits_for_credentials_is_not_sent_after_she_signed_out() {
    for bob_follows in [false, true] {
        for operation in ["GetId", "GetCredentialsForIdentity"] {
            for (name, client) in SIGNING {
                let world = World::new(client);
                sign_in(&world.session, "alice").await;
                let held = Arc::new(Semaphore::new(0));
                let waiting = world.waits_for(operation, &held).await;
                world.sign_out().await;
                if bob_follows {
                    sign_in(&world.session, "bob").await;
                }
                held.add_permits(1);
                let outcome = waiting.await.unwrap();
                assert!(is_for_nobody_else(&outcome), "{name}: {outcome:?}");
                assert_eq!(world.api.callers(), [""; 0], "{name}");
            }
        }
    }
}

/// The user is known from the store alone, where an earlier run of the program left alice.
#[tokio::test]
async fn a_call_of_the_user_whom_the_store_remembers_is_not_sent_as_another_one() {
    for (name, client) in SIGNING.into_iter().chain(WITH_TOKENS) {
        let mut world = World::new(client);
        sign_in(&world.session, "alice").await;
        world.cognito.advance(OVER_AN_HOUR);
        let store = world.store.clone();
        world.session = builder(&world.cognito).store(store).build().unwrap();
        world.client = client(
            &world.session,
            world.api.service(),
            &world.cognito.clock().shared(),
        );
        // The first read finds alice with tokens that have expired, and the renewal reads again.
        world.store.hold_read_after(1);
        let waiting = world.calls();
        world.store.is_held().await;
        let signing_in = tokio::spawn({
            let session = world.session.clone();
            async move { sign_in(&session, "bob").await }
        });
        settle().await;
        world.store.release();
        let outcome = waiting.await.unwrap();
        signing_in.await.unwrap();
        assert!(
            outcome.is_ok() || is_for_nobody_else(&outcome),
            "{name}: {outcome:?}"
        );
        assert!(world.api.callers().iter().all(|it| it == "alice"), "{name}");
    }
}

/// A client of a session in a stack that fetches a header first, which comes with a permit.
fn in_a_stack(world: &World, signs: bool, header: &Arc<Semaphore>) -> gatewright::BoxService {
    let base = ORDERS.trim_end_matches("/orders").parse().unwrap();
    let header = Arc::clone(header);
    let headers = InjectHeadersLayer::new().from_request_async(
        InjectMode::Override,
        HeaderName::from_static("x-tenant"),
        move |_| {
            let header = Arc::clone(&header);
            async move {
                header.acquire().await?.forget();
                Ok(None)
            }
        },
    );
    let clock = world.cognito.clock().shared();
    let stack = gatewright::stack(&base).headers(headers);
    let stack = if signs {
        let layer = SigV4Layer::from_cache(REGION, world.session.credentials());
        stack.iam(layer.clock(move || clock.now()))
    } else {
        let layer = BearerTokenLayer::new(world.session.access_token());
        stack.token(layer.clock(move || clock.now()))
    };
    stack.build_on(world.api.service())
}

#[tokio::test]
async fn alices_call_that_waits_for_a_header_is_not_sent_as_bob_or_a_guest() {
    for signs in [false, true] {
        for (bob_follows, is_first) in [(false, false), (false, true), (true, false), (true, true)]
        {
            let mut world = World::new(SIGNING[0].1);
            let header = Arc::new(Semaphore::new(0));
            world.client = in_a_stack(&world, signs, &header);
            sign_in(&world.session, "alice").await;
            if !is_first {
                header.add_permits(1);
                call(world.client.clone(), Method::POST).await.unwrap();
            }
            let sent = world.api.callers().len();
            let waiting = world.calls();
            settle().await;
            world.sign_out().await;
            if bob_follows {
                sign_in(&world.session, "bob").await;
            }
            header.add_permits(1);
            let outcome = waiting.await.unwrap();
            assert!(is_for_nobody_else(&outcome), "{outcome:?}");
            assert_eq!(world.api.callers().len(), sent);
        }
    }
}

#[tokio::test]
async fn a_guests_call_that_waits_for_a_header_goes_out_as_the_user_who_signs_in_meanwhile() {
    for signs in [false, true] {
        let mut world = World::new(SIGNING[0].1);
        let header = Arc::new(Semaphore::new(0));
        world.client = in_a_stack(&world, signs, &header);
        let waiting = world.calls();
        settle().await;
        sign_in(&world.session, "alice").await;
        header.add_permits(1);
        let outcome = waiting.await.unwrap();
        assert!(outcome.is_ok(), "{outcome:?}");
        assert_eq!(world.api.callers(), ["alice"]);
    }
}

/// Alice joins the wait that a guest has begun, and it does not end as bob.
#[tokio::test]
async fn a_wait_that_alice_has_joined_does_not_end_with_what_is_bobs() {
    for (name, client) in SIGNING {
        let world = World::new(client);
        let held = Arc::new(Semaphore::new(0));
        let guest = world.waits_for("GetId", &held).await;
        let credentials = Fault::Hold(Arc::clone(&held));
        let cognito = &world.cognito;
        cognito.fail_once("GetCredentialsForIdentity", credentials);
        sign_in(&world.session, "alice").await;
        let alice = world.calls();
        settle().await;
        sign_in(&world.session, "bob").await;
        held.add_permits(2);
        let outcome = alice.await.unwrap();
        assert!(is_for_nobody_else(&outcome), "{name}: {outcome:?}");
        drop(guest.await);
        assert!(!world.api.callers().contains(&"bob".to_owned()), "{name}");
    }
}
