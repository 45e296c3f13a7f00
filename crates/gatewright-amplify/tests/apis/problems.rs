//! Everything that does not fit is told at construction, in one error.

use gatewright::Token;
use gatewright_amplify::{Apis, ApisBuilder};
use gatewright_config::Config;
use serde_json::json;
use tower::layer::util::Identity;

use crate::support::{Server, config, config_of_file, credentials, entries, mode};

fn apis(config: Config) -> ApisBuilder {
    Apis::from_config(config).transport(Server::new().service())
}

fn problems(builder: ApisBuilder) -> Vec<String> {
    builder.build().unwrap_err().problems().to_vec()
}

#[test]
fn every_api_without_its_provider_is_named_with_its_mode_and_the_call_that_adds_it() {
    let config = config(&[
        ("a", mode("AWS_IAM")),
        ("b", mode("AMAZON_COGNITO_USER_POOLS")),
        ("c", mode("OPENID_CONNECT")),
        ("d", mode("AWS_LAMBDA")),
        ("e", mode("NONE")),
    ]);
    let expected = [
        "API `a` (AWS_IAM) has no credentials: amplifyconfiguration.json names no identity pool; give it a session \
         with `.session(..)`, or a provider with `.credentials(\"a\", ..)`",
        "API `b` (AMAZON_COGNITO_USER_POOLS) has no tokens: amplifyconfiguration.json names no user pool; give it a session \
         with `.session(..)`, or a provider with `.token(\"b\", ..)`",
        "API `c` (OPENID_CONNECT) has no tokens: give it a provider with `.token(\"c\", ..)`",
        "API `d` (AWS_LAMBDA) has no tokens: give it a provider with `.token(\"d\", ..)`",
    ];
    assert_eq!(problems(apis(config)), expected);
}

#[test]
fn each_of_them_is_ready_with_its_provider() {
    let config = config(&[
        ("a", mode("AWS_IAM")),
        ("b", mode("AMAZON_COGNITO_USER_POOLS")),
        ("c", mode("OPENID_CONNECT")),
        ("d", mode("AWS_LAMBDA")),
    ]);
    let apis = apis(config)
        .credentials("a", credentials())
        .token("b", Token::new("b"))
        .token("c", Token::new("c"))
        .token("d", Token::new("d"))
        .build()
        .unwrap();
    assert!(apis.session().is_none());
}

/// A user pool alone has no AWS credentials to give.
#[test]
fn a_pool_of_the_other_kind_does_not_help() {
    let users = json!({ "Default": { "PoolId": "us-east-1_AbCdEfGhI", "AppClientId": "an-app", "Region": "us-east-1" } });
    let config = config_of_file(&json!({
        "CognitoUserPool": users,
        "awsAPIPlugin": entries(&[("a", mode("AWS_IAM")), ("b", mode("AMAZON_COGNITO_USER_POOLS"))]),
    }));
    let problems = problems(apis(config));
    assert_eq!(problems.len(), 1);
    assert!(
        problems[0].contains("names no identity pool"),
        "{problems:?}"
    );
}

#[test]
fn a_name_that_the_file_does_not_have_is_told_with_those_it_has() {
    let config = config(&[("orders", mode("NONE")), ("status", mode("NONE"))]);
    let builder = apis(config)
        .after_signing("statsu", Identity::new())
        .token("payments", Token::new("a-token"));
    let expected = [
        "amplifyconfiguration.json has no REST API `payments`. It has: orders, status",
        "amplifyconfiguration.json has no REST API `statsu`; did you mean `status`? It has: orders, status",
    ];
    assert_eq!(problems(builder), expected);
}

#[test]
fn a_provider_that_is_given_twice_is_a_problem() {
    let config = config(&[("a", mode("AWS_IAM")), ("c", mode("OPENID_CONNECT"))]);
    let builder = apis(config)
        .credentials("a", credentials())
        .credentials("a", credentials())
        .token("c", Token::new("one"))
        .token("c", Token::new("another"));
    let expected = [
        "API `a` (AWS_IAM) is given `.credentials(\"a\", ..)` twice: leave one out",
        "API `c` (OPENID_CONNECT) is given `.token(\"c\", ..)` twice: leave one out",
    ];
    assert_eq!(problems(builder), expected);
}

#[test]
fn what_a_mode_has_no_use_for_is_a_problem() {
    let key = json!({ "authorizationType": "API_KEY", "apiKey": "EXAMPLE-key" });
    let config = config(&[
        ("k", key),
        ("n", mode("NONE")),
        ("o", mode("OPENID_CONNECT")),
    ]);
    let builder = apis(config)
        .credentials("n", credentials())
        .token("k", Token::new("a-token"))
        .bearer("k")
        .token("o", Token::new("a-token"))
        .id_token("o");
    let tokens = "AMAZON_COGNITO_USER_POOLS, OPENID_CONNECT and AWS_LAMBDA";
    let expected = [
        format!("API `k` (API_KEY) has no use for `.token(\"k\", ..)`, which is for {tokens}: leave it out"),
        format!("API `k` (API_KEY) has no use for `.bearer(\"k\")`, which is for {tokens}: leave it out"),
        "API `n` (NONE) has no use for `.credentials(\"n\", ..)`, which is for AWS_IAM: leave it out".to_owned(),
        "API `o` (OPENID_CONNECT) has no use for `.id_token(\"o\")`, which is for AMAZON_COGNITO_USER_POOLS: leave it \
         out"
        .to_owned(),
    ];
    assert_eq!(problems(builder), expected);
}

#[test]
fn an_id_token_beside_a_provider_is_a_problem() {
    let config = config(&[("p", mode("AMAZON_COGNITO_USER_POOLS"))]);
    let builder = apis(config).token("p", Token::new("a-token")).id_token("p");
    let expected = "API `p` (AMAZON_COGNITO_USER_POOLS) is given `.id_token(\"p\")` beside `.token(\"p\", ..)`, whose \
                    tokens are sent whatever they are: leave one out";
    assert_eq!(problems(builder), [expected]);
}

#[test]
fn the_error_prints_a_line_for_each_problem() {
    let config = config(&[("c", mode("OPENID_CONNECT")), ("d", mode("AWS_LAMBDA"))]);
    let error = apis(config).build().unwrap_err();
    assert_eq!(error.to_string().lines().count(), 2);
    assert_eq!(error.to_string(), error.problems().join("\n"));
}

/// A section that is not spelled right is only a warning of the file, and then everything in it is missing.
#[test]
fn the_warnings_of_the_file_follow_the_problems() {
    let settings = json!({ "authorizationType": "AWS_LAMBDA", "endpont": "https://slip.example" });
    let error = apis(config(&[("n", settings)])).build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "API `n` (AWS_LAMBDA) has no tokens: give it a provider with `.token(\"n\", ..)`\n\
         warning: amplifyconfiguration.json#/awsAPIPlugin/n/endpont: unknown key, ignored; did you mean `endpoint`?"
    );
    assert_eq!(error.problems().len(), 1);
}

#[test]
fn the_warnings_of_the_file_stay_available() {
    let settings = json!({ "authorizationType": "NONE", "endpont": "https://slip.example" });
    let apis = apis(config(&[("n", settings)])).build().unwrap();
    let [warning] = apis.config().warnings.as_slice() else {
        panic!("{:?}", apis.config().warnings);
    };
    assert_eq!(warning.pointer(), "/awsAPIPlugin/n/endpont");
}
