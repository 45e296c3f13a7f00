//! "Unauthenticated Requests": an identity pool that takes guests, and nobody signs in.

use gatewright::Error;
use gatewright_amplify::Apis;
use gatewright_cognito::ErrorKind;
use gatewright_local::Gateway;
use serde_json::json;

use crate::cognito::{identity_pool, trusting, world};
use crate::support::{config_with, received, shop};

fn apis(gateway: &Gateway, takes_guests: bool) -> Apis {
    let config = config_with("AWS_IAM", &json!({}), &identity_pool());
    let builder = Apis::from_config(config).transport(world(gateway, takes_guests));
    builder.build().unwrap()
}

#[tokio::test]
async fn a_guest_calls_with_the_unauthenticated_role() {
    let gateway = trusting(shop());
    let apis = apis(&gateway, true);
    let answer = apis.get("yourApiName", "/items").unwrap().send().await;
    assert_eq!(answer.unwrap().status(), 200);
    assert_eq!(received(&gateway).principal.as_deref(), Some("ASIAGUEST"));
}

/// "you need to allow unauthenticated identities": otherwise nothing is sent, and the error says so.
#[tokio::test]
async fn an_identity_pool_that_takes_no_guests_is_the_error_of_the_call() {
    let gateway = trusting(shop());
    let apis = apis(&gateway, false);
    let answer = apis.get("yourApiName", "/items").unwrap().send().await;
    let Err(Error::Credentials(error)) = answer else {
        panic!("{answer:?}");
    };
    let mut causes =
        std::iter::successors(std::error::Error::source(&error), |error| error.source());
    let cause = causes.find_map(|cause| cause.downcast_ref::<gatewright_cognito::Error>());
    assert_eq!(cause.unwrap().kind(), ErrorKind::GuestsRefused);
    assert!(gateway.requests().is_empty());
}
