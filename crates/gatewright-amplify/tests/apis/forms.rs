//! Every `authorizationType` in every form of the file, from its bytes to what is sent.

use gatewright::Token;
use gatewright_amplify::{Apis, ApisBuilder, Config};
use http::Request;
use serde_json::{Value, json};

use crate::support::{ENDPOINT, Server, credentials, entries};

const MODES: [&str; 6] = [
    "AWS_IAM",
    "API_KEY",
    "AMAZON_COGNITO_USER_POOLS",
    "OPENID_CONNECT",
    "AWS_LAMBDA",
    "NONE",
];

/// The same API, called `shop`, in each form of a file.
fn files(mode: &str) -> [Value; 4] {
    let settings = json!({ "authorizationType": mode, "apiKey": "EXAMPLE-key" });
    let plugin = entries(&[("shop", settings)]);
    let mut plain = plugin["shop"].clone();
    plain.as_object_mut().unwrap().remove("endpointType");
    let mut listed = plain.clone();
    listed["name"] = json!("shop");
    [
        json!({ "api": { "plugins": { "awsAPIPlugin": plugin } } }),
        json!({ "awsAPIPlugin": plugin }),
        json!({ "aws_project_region": "us-west-2", "aws_cloud_logic_custom": [listed] }),
        json!({ "version": "1.4", "custom": { "API": { "shop": plain } } }),
    ]
}

fn with_provider(builder: ApisBuilder, mode: &str) -> ApisBuilder {
    match mode {
        "AWS_IAM" => builder.credentials("shop", credentials()),
        "API_KEY" | "NONE" => builder,
        _ => builder.token("shop", Token::new("a-token")),
    }
}

async fn sent(file: &Value, mode: &str) -> Request<gatewright::Body> {
    let server = Server::new();
    let config = Config::from_slice("a file", file.to_string().as_bytes()).unwrap();
    assert!(config.warnings.iter().all(|it| it.pointer().is_empty()));
    let builder = with_provider(Apis::from_config(config), mode);
    let apis = builder.transport(server.service()).build().unwrap();
    apis.get("shop", "/items").unwrap().send().await.unwrap();
    server.only()
}

#[tokio::test]
async fn each_mode_sends_the_same_whatever_the_form_of_the_file() {
    for mode in MODES {
        for file in files(mode) {
            let request = sent(&file, mode).await;
            assert_eq!(*request.uri(), *format!("{ENDPOINT}/items"), "{file}");
            let authorization = request.headers().get("authorization");
            let authorization = authorization.map(|value| value.to_str().unwrap());
            match mode {
                "AWS_IAM" => assert!(authorization.unwrap().starts_with("AWS4-HMAC-SHA256 ")),
                "API_KEY" | "NONE" => assert_eq!(authorization, None, "{file}"),
                _ => assert_eq!(authorization, Some("a-token"), "{file}"),
            }
            let has_key = request.headers().contains_key("x-api-key");
            assert_eq!(has_key, mode != "NONE", "{file}");
        }
    }
}
