//! The flow that a configuration names.

use gatewright_cognito::Session;
use gatewright_config::Config;

use super::{PASSWORD, alice};
use crate::support::{CLIENT_ID, Cognito, REGION, Settings, USER_POOL_ID};

/// What `InitiateAuth` was called with by a session of a file with this `authenticationFlowType`.
async fn first_call(flow: &str) -> serde_json::Value {
    let user = alice().round("colour?", "red");
    let cognito = Cognito::new(Settings::default());
    cognito.add(user.first_factors(&["PASSWORD_SRP"]));
    let session = session(flow, &cognito);
    let _ = session.sign_in("alice", PASSWORD).await.unwrap();
    cognito.inputs("InitiateAuth").remove(0)
}

fn session(flow: &str, cognito: &Cognito) -> Session {
    let pool =
        serde_json::json!({"PoolId": USER_POOL_ID, "AppClientId": CLIENT_ID, "Region": REGION});
    let auth = serde_json::json!({"auth": {"plugins": {"awsCognitoAuthPlugin": {
        "CognitoUserPool": {"Default": pool},
        "Auth": {"Default": {"authenticationFlowType": flow}},
    }}}});
    let config = Config::from_slice("config.json", auth.to_string().as_bytes()).unwrap();
    let builder = Session::from_config(config.auth.as_ref().unwrap()).unwrap();
    builder.transport(cognito.service()).build().unwrap()
}

#[tokio::test]
async fn each_flow_of_a_configuration_begins_as_it_says() {
    let flows = [
        ("USER_SRP_AUTH", "USER_SRP_AUTH", "SRP_A"),
        ("USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH", "PASSWORD"),
        ("CUSTOM_AUTH", "CUSTOM_AUTH", "SRP_A"),
        ("CUSTOM_AUTH_WITH_SRP", "CUSTOM_AUTH", "SRP_A"),
        ("CUSTOM_AUTH_WITHOUT_SRP", "CUSTOM_AUTH", "USERNAME"),
        ("USER_AUTH", "USER_AUTH", "PREFERRED_CHALLENGE"),
    ];
    for (configured, flow, parameter) in flows {
        let input = first_call(configured).await;
        assert_eq!(input["AuthFlow"], flow, "{configured}");
        let parameters = &input["AuthParameters"];
        assert!(
            parameters[parameter].is_string(),
            "{configured}: {parameters}"
        );
        let is_sent = parameters.to_string().contains(PASSWORD);
        assert_eq!(is_sent, configured == "USER_PASSWORD_AUTH", "{configured}");
    }
}

#[tokio::test]
async fn without_srp_nothing_but_the_name_is_sent() {
    let input = first_call("CUSTOM_AUTH_WITHOUT_SRP").await;
    let expected = serde_json::json!({"USERNAME": "alice"});
    assert_eq!(input["AuthParameters"], expected);
}
