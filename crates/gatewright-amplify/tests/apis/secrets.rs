//! No secret is shown: not by `Debug`, not by an error.

use gatewright::Token;
use gatewright_amplify::Apis;
use serde_json::json;

use crate::support::{Server, config, credentials, mode};

const SECRETS: [&str; 4] = ["EXAMPLE-key", "a-secret", "AKIDEXAMPLE", "a-token"];

#[tokio::test]
async fn nothing_that_can_be_printed_has_a_secret() {
    let settings = json!({ "authorizationType": "AWS_IAM", "apiKey": "EXAMPLE-key" });
    let config = config(&[
        ("a", settings),
        ("b", mode("OPENID_CONNECT")),
        ("c", mode("NONE")),
    ]);
    let builder = Apis::from_config(config)
        .credentials("a", credentials())
        .token("b", Token::new("a-token"))
        .transport(Server::new().service());
    let mut shown = vec![format!("{builder:?}")];
    let misfit = Apis::from_config(builder_config()).token("a", Token::new("a-token"));
    let error = misfit.build().unwrap_err();
    shown.extend([format!("{error}"), format!("{error:?}")]);

    let apis = builder.build().unwrap();
    let request = apis
        .get("b", "/items")
        .unwrap()
        .header("x-secret", "a-token");
    shown.extend([
        format!("{apis:?}"),
        format!("{request:?}"),
        format!("{:?}", apis.config()),
    ]);
    let call = request.header("authorization", "a-token").send();
    shown.push(format!("{call:?}"));
    let error = call.await.unwrap_err();
    shown.extend([format!("{error}"), format!("{error:?}")]);
    for text in shown {
        for secret in SECRETS {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

fn builder_config() -> gatewright_config::Config {
    let settings = json!({ "authorizationType": "API_KEY", "apiKey": "EXAMPLE-key" });
    config(&[("a", settings)])
}

#[test]
fn an_error_about_a_path_does_not_repeat_it() {
    let config = config(&[("c", mode("NONE"))]);
    let apis = Apis::from_config(config).transport(Server::new().service());
    let apis = apis.build().unwrap();
    let error = apis.get("c", "/a-token?x").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("a-token"));
}
