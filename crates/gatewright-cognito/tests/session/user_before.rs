//! Nothing of the user before is sent, however a session is put into a client.

use gatewright_cognito::SignOut;
use http::Method;

use super::clients::{Client, SIGNING, WITH_TOKENS, call};
use super::*;
use crate::support::Api;

/// Who a client acts for: before anybody signs in, as alice, after she signed out, and as bob. `None` is nobody: the
/// call is not sent.
async fn callers(client: Client, how: SignOut) -> [Option<String>; 4] {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    let api = Api::new(&cognito);
    let client = client(&session, api.service(), &cognito.clock().shared());
    let caller = async || {
        let before = api.callers().len();
        let outcome = call(client.clone(), Method::POST).await;
        let callers = api.callers().split_off(before);
        assert_eq!(callers.len(), usize::from(outcome.is_ok()));
        callers.into_iter().next()
    };
    let first = caller().await;
    sign_in(&session, "alice").await;
    let alice = caller().await;
    assert!(session.sign_out(how).await.is_complete());
    let nobody = caller().await;
    sign_in(&session, "bob").await;
    [first, alice, nobody, caller().await]
}

const SIGN_OUTS: [SignOut; 3] = [SignOut::Local, SignOut::Revoke, SignOut::Global];

#[tokio::test]
async fn no_token_of_alice_is_sent_after_she_signed_out_or_when_bob_is_signed_in() {
    for (name, client) in WITH_TOKENS {
        for how in SIGN_OUTS {
            let callers = callers(client, how).await;
            let callers = callers.each_ref().map(Option::as_deref);
            assert_eq!(callers, [None, Some("alice"), None, Some("bob")], "{name}");
        }
    }
}

#[tokio::test]
async fn nothing_is_signed_as_alice_after_she_signed_out_or_when_bob_is_signed_in() {
    for (name, client) in SIGNING {
        for how in SIGN_OUTS {
            let callers = callers(client, how).await;
            let callers = callers.each_ref().map(Option::as_deref);
            let expected = ["guest", "alice", "guest", "bob"].map(Some);
            assert_eq!(callers, expected, "{name}");
        }
    }
}

#[tokio::test]
async fn a_call_that_was_refused_to_a_guest_succeeds_as_soon_as_a_user_signs_in() {
    let cognito = cognito(Settings {
        guests: false,
        ..Settings::default()
    });
    for (name, client) in SIGNING.into_iter().chain(WITH_TOKENS) {
        let session = session(&cognito);
        let api = Api::new(&cognito);
        let client = client(&session, api.service(), &cognito.clock().shared());
        assert!(call(client.clone(), Method::POST).await.is_err(), "{name}");
        sign_in(&session, "alice").await;
        let outcome = call(client, Method::POST).await;
        assert!(outcome.is_ok(), "{name}: {outcome:?}");
        assert_eq!(api.callers(), ["alice"], "{name}");
    }
}

#[tokio::test]
async fn a_client_follows_a_sign_in_that_another_session_with_the_same_store_makes() {
    for (name, client) in SIGNING.into_iter().chain(WITH_TOKENS) {
        let cognito = cognito(Settings::default());
        let store = gatewright_cognito::MemoryStore::default();
        let [session, elsewhere] =
            [(); 2].map(|()| builder(&cognito).store(store.clone()).build().unwrap());
        let api = Api::new(&cognito);
        let client = client(&session, api.service(), &cognito.clock().shared());
        sign_in(&session, "alice").await;
        call(client.clone(), Method::POST).await.unwrap();
        sign_in(&elsewhere, "bob").await;
        // The session finds him when alice's tokens are due.
        cognito.advance(OVER_AN_HOUR);
        session.fetch().await.unwrap();
        let outcome = call(client, Method::POST).await;
        assert!(outcome.is_ok(), "{name}: {outcome:?}");
        assert_eq!(api.callers(), ["alice", "bob"], "{name}");
    }
}
