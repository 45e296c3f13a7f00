//! Signed calls with the credentials of an identity pool's guest.

use aws_credential_types::Credentials;
use gatewright::client::RestClient;
use gatewright::layers::{ApiKeyLayer, SigV4Layer};
use gatewright::{Auth, GatewayErrorKind, Scheme};
use gatewright_integration::clock::OurClock;
use gatewright_integration::peers::Cloud;
use serde_json::Value;

use crate::support::{guest, refusal, rest, words};

fn signer(cloud: &Cloud, credentials: Credentials) -> SigV4Layer<Credentials> {
    SigV4Layer::new(cloud.text("/region"), credentials)
}

fn signed(cloud: &Cloud, credentials: Credentials) -> RestClient {
    rest(cloud, |stack| stack.iam(signer(cloud, credentials)))
}

async fn call(rest: &RestClient) -> gatewright::Result<Value> {
    rest.get("getIam", "/iam", Auth::IAM).call().await
}

#[tokio::test]
async fn a_role_decides_what_a_guest_may_call() {
    let cloud = Cloud::steady();
    let rest = signed(&cloud, guest(&cloud).await);
    call(&rest).await.unwrap();
    let denied = rest.get("getOne", "/iam/{id}", Auth::IAM).path("id", &7);
    assert_eq!(
        refusal(denied.call().await),
        (403, GatewayErrorKind::AccessDenied)
    );
}

#[tokio::test]
async fn a_user_without_policies_is_denied() {
    let cloud = Cloud::steady();
    let (id, secret) = (cloud.text("/iam_user/id"), cloud.text("/iam_user/secret"));
    let rest = signed(&cloud, Credentials::new(id, secret, None, None, "nobody"));
    assert_eq!(
        refusal(call(&rest).await),
        (403, GatewayErrorKind::AccessDenied)
    );
}

#[tokio::test]
async fn a_wrong_secret_is_an_invalid_signature() {
    let cloud = Cloud::steady();
    let right = guest(&cloud).await;
    let token = right.session_token().map(str::to_owned);
    let wrong = Credentials::new(right.access_key_id(), "wrong", token, None, "guest");
    let outcome = call(&signed(&cloud, wrong)).await;
    assert_eq!(refusal(outcome), (403, GatewayErrorKind::InvalidSignature));
}

#[tokio::test]
async fn an_unknown_key_id_is_an_unrecognized_client() {
    let cloud = Cloud::steady();
    let unknown = Credentials::new("AKIAUNKNOWN000000000", "secret", None, None, "nobody");
    let outcome = call(&signed(&cloud, unknown)).await;
    assert_eq!(
        refusal(outcome),
        (403, GatewayErrorKind::UnrecognizedClient)
    );
}

#[tokio::test]
async fn a_call_without_a_signature_is_refused_by_us_and_by_the_gateway() {
    let rest = rest(&Cloud::steady(), |stack| stack);
    let ours = call(&rest).await.unwrap_err();
    assert_eq!(ours.status(), None, "{ours}");
    // Said to need nothing, so that it is sent at all.
    let theirs = rest.get("getIam", "/iam", Auth::NONE).call().await;
    let expected = (403, GatewayErrorKind::MissingAuthenticationToken);
    assert_eq!(refusal(theirs), expected);
}

#[tokio::test]
async fn a_route_may_ask_for_a_signature_and_a_key() {
    const BOTH: Auth = Auth::of(&[Scheme::ApiKey, Scheme::Iam]);
    let cloud = Cloud::steady();
    let signer = signer(&cloud, guest(&cloud).await);
    let key = ApiKeyLayer::new(cloud.text("/rest_api/api_keys/good")).unwrap();
    let both = rest(&cloud, |stack| stack.iam(signer.clone()).api_key(key));
    let outcome: gatewright::Result<Value> = both.get("getBoth", "/both", BOTH).call().await;
    outcome.unwrap();
    let one = rest(&cloud, |stack| stack.iam(signer));
    // Said to need a signature alone, so that it is sent at all.
    let without_key = one.get("getBoth", "/both", Auth::IAM).call().await;
    assert_eq!(words(without_key), (403, "Forbidden".to_owned()));
}

#[tokio::test]
async fn a_clock_ten_minutes_off_is_corrected() {
    let test = "a_clock_ten_minutes_off_is_corrected";
    let Some((cloud, server)) = Cloud::moved(test).await else {
        return;
    };
    for seconds in [600, -600] {
        let credentials = guest(&cloud).await;
        server.set(seconds);
        let uncorrected = signer(&cloud, credentials.clone()).without_clock_correction();
        let uncorrected = rest(&cloud, |stack| stack.iam(uncorrected));
        assert_eq!(
            refusal(call(&uncorrected).await),
            (403, GatewayErrorKind::InvalidSignature)
        );
        call(&signed(&cloud, credentials)).await.unwrap();
        server.set(0);
    }
}

#[tokio::test]
async fn our_own_clock_may_be_off_as_well() {
    let cloud = Cloud::steady();
    let ours = OurClock::default();
    ours.set(600);
    let layer = signer(&cloud, guest(&cloud).await).clock(move || ours.now());
    call(&rest(&cloud, |stack| stack.iam(layer))).await.unwrap();
}
