//! The files of the page with their blanks filled in, and the gateway that they lead to.

use gatewright_config::Config;
use gatewright_local::{Builder, Gateway, LocalGateway, Received};
use serde_json::{Value, json};

pub(crate) const ENDPOINT: &str = "https://a1b2c3d4e5.execute-api.us-west-2.amazonaws.com/dev";
pub(crate) const REGION: &str = "us-west-2";

/// What serves the REST API of the page's examples.
pub(crate) fn shop() -> Builder {
    serving("shop.json")
}

pub(crate) fn serving(export: &str) -> Builder {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
    LocalGateway::from_path(format!("{folder}/{export}")).unwrap()
}

/// `amplifyconfiguration.json` with one API called `yourApiName`.
pub(crate) fn config(authorization: &str) -> Config {
    config_with(authorization, &json!({}), &json!({}))
}

/// The same, with more settings of the API, and more at the top of the file.
pub(crate) fn config_with(authorization: &str, of_api: &Value, of_file: &Value) -> Config {
    let api = json!({
        "endpointType": "REST", "endpoint": ENDPOINT, "region": REGION, "authorizationType": authorization,
    });
    let api = merged(api, of_api);
    let file = merged(json!({ "awsAPIPlugin": { "yourApiName": api } }), of_file);
    Config::from_slice("amplifyconfiguration.json", file.to_string().as_bytes()).unwrap()
}

fn merged(mut object: Value, more: &Value) -> Value {
    let members = object.as_object_mut().unwrap();
    members.extend(more.as_object().unwrap().clone());
    object
}

/// The latest request that a gateway received.
pub(crate) fn received(gateway: &Gateway) -> Received {
    gateway.requests().pop().unwrap()
}

/// The text of a header, if a request has it.
pub(crate) fn header<'a>(request: &'a Received, name: &str) -> Option<&'a str> {
    request.headers.get(name)?.to_str().ok()
}
