//! A request that brings a credential along: in every mode that puts one there itself, nothing is sent.

use gatewright::{Auth, AuthorizeErrorKind, Error, Token};
use gatewright_amplify::Apis;
use serde_json::json;

use crate::support::{Server, config, credentials, mode};

fn apis(server: &Server) -> Apis {
    let keyed = |authorization: &str| json!({ "authorizationType": authorization, "apiKey": "EXAMPLE-key" });
    let config = config(&[
        ("iam", mode("AWS_IAM")),
        ("key", keyed("API_KEY")),
        ("lambda", mode("AWS_LAMBDA")),
        ("none", keyed("NONE")),
        ("oidc", keyed("OPENID_CONNECT")),
        ("pool", mode("AMAZON_COGNITO_USER_POOLS")),
    ]);
    Apis::from_config(config)
        .credentials("iam", credentials())
        .token("lambda", Token::new("a-token"))
        .token("oidc", Token::new("a-token"))
        .token("pool", Token::new("a-token"))
        .transport(server.service())
        .build()
        .unwrap()
}

async fn is_refused(api: &str, header: &'static str) -> bool {
    let server = Server::new();
    let apis = apis(&server);
    let request = apis.get(api, "/items").unwrap();
    match request.header(header, "of-the-caller").send().await {
        Ok(_) => {
            assert_eq!(server.only().headers()[header], "of-the-caller");
            false
        }
        Err(Error::Credentials(error)) => {
            assert_eq!(error.kind(), AuthorizeErrorKind::Conflict);
            assert_eq!(server.count(), 0);
            true
        }
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_authorization_header_is_refused_where_the_mode_has_one() {
    for api in ["iam", "lambda", "oidc", "pool"] {
        assert!(is_refused(api, "authorization").await, "{api}");
    }
    for api in ["key", "none"] {
        assert!(!is_refused(api, "authorization").await, "{api}");
    }
}

#[tokio::test]
async fn a_key_is_refused_where_the_api_has_one() {
    for api in ["key", "oidc"] {
        assert!(is_refused(api, "x-api-key").await, "{api}");
    }
    for api in ["iam", "lambda", "none", "pool"] {
        assert!(!is_refused(api, "x-api-key").await, "{api}");
    }
}

#[tokio::test]
async fn the_headers_of_a_signature_are_refused_where_one_is_made() {
    for header in ["x-amz-date", "x-amz-security-token"] {
        assert!(is_refused("iam", header).await, "{header}");
        assert!(!is_refused("oidc", header).await, "{header}");
    }
}

#[tokio::test]
async fn a_call_without_the_mode_sends_what_the_caller_says() {
    let server = Server::new();
    let apis = apis(&server);
    let request = apis.get("iam", "/items").unwrap();
    let call = request.header("authorization", "of-the-caller").send();
    call.auth(Auth::NONE).await.unwrap();
    assert_eq!(server.only().headers()["authorization"], "of-the-caller");
}

/// A retry begins with the request as it was before any credential, so that it meets none of its own.
#[tokio::test(start_paused = true)]
async fn what_is_attempted_again_is_no_conflict() {
    let server = Server::answering(http::StatusCode::SERVICE_UNAVAILABLE);
    let apis = apis(&server);
    for api in ["iam", "oidc"] {
        let before = server.count();
        let answer = apis.get(api, "/items").unwrap().send().await;
        assert_eq!(answer.unwrap_err().status().unwrap(), 503);
        assert_eq!(server.count(), before + 3, "{api}");
    }
}
