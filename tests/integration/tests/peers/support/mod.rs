//! Calls, and how they end.

mod guest;

use std::error::Error as _;
use std::fs;
use std::path::{Path, PathBuf};

use gatewright::client::RestClient;
use gatewright::stack::Stack;
use gatewright::{Error, GatewayErrorKind};
use gatewright_cognito::ErrorKind;
use gatewright_integration::app::App;
use gatewright_integration::peers::Cloud;
use serde_json::Value;

pub(crate) use guest::guest;

/// A folder of this run for the files of a test.
pub(crate) fn folder(test: &str) -> PathBuf {
    let run = std::process::id().to_string();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test).join(run);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A client of the REST API with these layers.
pub(crate) fn rest(cloud: &Cloud, layers: impl FnOnce(Stack) -> Stack) -> RestClient {
    let base = cloud.rest_api();
    RestClient::new(layers(gatewright::stack(&base)).build(), base)
}

/// Why the gateway refused a call.
pub(crate) fn refusal(outcome: gatewright::Result<Value>) -> (u16, GatewayErrorKind) {
    match outcome {
        Err(Error::Gateway(error)) => (error.status().as_u16(), error.kind()),
        other => panic!("the gateway did not refuse it: {other:?}"),
    }
}

/// The status and the words of an answer that is no success.
pub(crate) fn words(outcome: gatewright::Result<Value>) -> (u16, String) {
    let message = |body: &[u8]| {
        let body: Value = serde_json::from_slice(body).unwrap();
        body["message"].as_str().unwrap_or_default().to_owned()
    };
    match outcome {
        Err(Error::Gateway(error)) => (
            error.status().as_u16(),
            error.message().unwrap_or_default().to_owned(),
        ),
        Err(Error::Unexpected(error)) => (error.status().as_u16(), message(error.body())),
        other => panic!("there is no such answer: {other:?}"),
    }
}

/// Why there were no credentials or no token for a call.
pub(crate) fn cause(outcome: gatewright::Result<Value>) -> ErrorKind {
    let Err(Error::Credentials(error)) = outcome else {
        panic!("it had its credentials: {outcome:?}");
    };
    let mut causes = std::iter::successors(error.source(), |error| (*error).source());
    let cause = causes.find_map(|cause| cause.downcast_ref::<gatewright_cognito::Error>());
    cause
        .unwrap_or_else(|| panic!("it is not Cognito's: {error:?}"))
        .kind()
}

/// The app may do what guests may, and no more.
pub(crate) async fn assert_guest(app: &App) {
    app.for_guests().await.unwrap();
    let denied = (403, GatewayErrorKind::AccessDenied);
    assert_eq!(refusal(app.for_users().await), denied);
}
