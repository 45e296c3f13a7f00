//! A user pool that remembers devices: it renews tokens only for the device of the sign-in.

use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gatewright_cognito::{ErrorKind, MemoryStore};

use super::*;
use crate::support::Fault;

const REFRESH: &str = "GetTokensFromRefreshToken";
const CONFIRM: &str = "ConfirmDevice";

const REMEMBERING: Settings = Settings {
    remembers_devices: true,
    ..Settings::DEFAULT
};

async fn outlives_its_tokens(cognito: &Cognito, session: &Session) {
    let mut tokens = std::collections::HashSet::new();
    for _ in 0..4 {
        assert!(tokens.insert(access(session).await.unwrap()));
        assert!(is_user(&key(session).await.unwrap()));
        cognito.advance(OVER_AN_HOUR);
    }
}

#[tokio::test]
async fn a_session_outlives_its_first_tokens_with_rotation_and_without() {
    for rotation in [None, Some(Duration::ZERO)] {
        let cognito = cognito(Settings {
            rotation,
            ..REMEMBERING
        });
        let session = session(&cognito);
        // By Secure Remote Password, whose tokens come after a challenge.
        let step = session.sign_in("alice", PASSWORD).await.unwrap();
        assert!(matches!(step, Step::SignedIn));
        outlives_its_tokens(&cognito, &session).await;
        assert_eq!(cognito.count(CONFIRM), 1);
    }
}

#[tokio::test]
async fn a_session_outlives_its_first_tokens_where_only_the_older_refresh_is_known() {
    let cognito = cognito(REMEMBERING);
    let unknown = Fault::Code("UnknownOperationException", "Unknown operation");
    cognito.fail_always(REFRESH, unknown);
    let session = session(&cognito);
    sign_in(&session, "alice").await;
    outlives_its_tokens(&cognito, &session).await;
}

#[tokio::test]
async fn another_process_renews_the_tokens_of_the_device() {
    let cognito = cognito(REMEMBERING);
    let store = MemoryStore::default();
    let process = || builder(&cognito).store(store.clone()).build().unwrap();
    sign_in(&process(), "alice").await;
    for _ in 0..3 {
        cognito.advance(OVER_AN_HOUR);
        access(&process()).await.unwrap();
    }
    assert_eq!(cognito.count(CONFIRM), 1);
}

#[tokio::test]
async fn the_device_is_confirmed_with_a_verifier_of_a_random_password() {
    let cognito = cognito(REMEMBERING);
    let drawn = Arc::new(Mutex::new(Vec::new()));
    let random = crate::support::Random::default();
    let session = builder(&cognito).random({
        let drawn = Arc::clone(&drawn);
        move |bytes| {
            random.fill(bytes);
            drawn.lock().unwrap().push(bytes.to_vec());
        }
    });
    sign_in(&session.build().unwrap(), "alice").await;
    let device = cognito.inputs(CONFIRM)[0]["DeviceKey"].clone();
    let drawn = drawn.lock().unwrap();
    let passwords: Vec<_> = drawn.iter().map(|bytes| STANDARD.encode(bytes)).collect();
    let device = device.as_str().unwrap();
    let mut of_device = passwords
        .iter()
        .filter(|password| cognito.has_device(device, password));
    assert_eq!(of_device.next().unwrap().len(), 56, "40 bytes");
    assert!(!cognito.has_device(device, PASSWORD));
}

#[tokio::test]
async fn every_sign_in_is_at_a_new_device_and_sends_no_key() {
    let cognito = cognito(REMEMBERING);
    let session = session(&cognito);
    sign_in(&session, "alice").await;
    sign_in(&session, "alice").await;
    for input in cognito.inputs("InitiateAuth") {
        assert!(input["AuthParameters"]["DEVICE_KEY"].is_null());
    }
    let keys = cognito.inputs(CONFIRM);
    assert_ne!(keys[0]["DeviceKey"], keys[1]["DeviceKey"]);
    outlives_its_tokens(&cognito, &session).await;
}

#[tokio::test]
async fn a_pool_that_remembers_no_devices_is_asked_for_no_confirmation() {
    let cognito = cognito(Settings::default());
    let session = session(&cognito);
    sign_in(&session, "alice").await;
    outlives_its_tokens(&cognito, &session).await;
    assert_eq!(cognito.count(CONFIRM), 0);
    for input in cognito.inputs(REFRESH) {
        assert!(input["DeviceKey"].is_null());
    }
}

#[tokio::test]
async fn a_device_that_is_not_confirmed_signs_in_and_the_end_of_its_tokens_says_why() {
    let cognito = cognito(REMEMBERING);
    let text = "Access Token does not have required scopes";
    cognito.fail_once(CONFIRM, Fault::Code("NotAuthorizedException", text));
    let store = MemoryStore::default();
    let process = || builder(&cognito).store(store.clone()).build().unwrap();
    let session = process();
    sign_in(&session, "alice").await;
    assert!(is_user(&key(&session).await.unwrap()));
    access(&session).await.unwrap();
    cognito.advance(OVER_AN_HOUR);
    for session in [session, process()] {
        let error = access(&session).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::SessionExpired);
        assert_eq!(error.code(), Some("NotAuthorizedException"));
        for part in ["devices", text, "sign in again"] {
            assert!(error.to_string().contains(part), "{error}");
        }
    }
    let again = process();
    sign_in(&again, "alice").await;
    outlives_its_tokens(&cognito, &again).await;
}

#[tokio::test(start_paused = true)]
async fn a_confirmation_whose_responses_are_lost_still_counts() {
    let cognito = cognito(REMEMBERING);
    cognito.fail_once(CONFIRM, Fault::LostResponse);
    let first = session(&cognito);
    sign_in(&first, "alice").await;
    assert_eq!(cognito.count(CONFIRM), 2, "it is repeated");
    outlives_its_tokens(&cognito, &first).await;

    cognito.fail_always(CONFIRM, Fault::LostResponse);
    let second = session(&cognito);
    sign_in(&second, "bob").await;
    outlives_its_tokens(&cognito, &second).await;
    // That it was confirmed is known by now.
    cognito.revoke_all();
    let error = access(&second).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SessionExpired);
    assert!(!error.to_string().contains("devices"), "{error}");
}
