//! Signing in: what is sent, what is understood.

use super::*;
use crate::testing::{html, refusal};

fn parameters() -> Parameters {
    Parameters::new()
        .with("USERNAME", "alice")
        .with("PASSWORD", "planted")
}

async fn initiate(reply: Reply) -> Result<AuthResponse, Error> {
    let api = users(&Server::that([reply]), user_pool());
    api.initiate_auth("USER_PASSWORD_AUTH", parameters()).await
}

async fn tokens_of(reply: Reply) -> NewTokens {
    match initiate(reply).await.unwrap() {
        AuthResponse::Tokens(tokens) => tokens,
        AuthResponse::Challenge(challenge) => panic!("a challenge: {challenge:?}"),
    }
}

#[tokio::test]
async fn a_sign_in_sends_flow_client_and_parameters() {
    let server = Server::that([tokens(json!({}))]);
    let api = users(&server, user_pool());
    api.initiate_auth("USER_PASSWORD_AUTH", parameters())
        .await
        .unwrap();
    assert_eq!(
        server.input(),
        json!({
            "AuthFlow": "USER_PASSWORD_AUTH",
            "ClientId": "client",
            "AuthParameters": {"USERNAME": "alice", "PASSWORD": "planted"},
        })
    );
    assert_eq!(server.targets(), ["InitiateAuth"]);
}

#[tokio::test]
async fn an_app_client_with_a_secret_sends_its_hash_for_the_name_that_is_sent() {
    let server = Server::that([tokens(json!({})), tokens(json!({}))]);
    let api = users(&server, user_pool().client_secret("secret"));
    api.initiate_auth("USER_SRP_AUTH", Parameters::new().with("USERNAME", "alias"))
        .await
        .unwrap();
    let responses = Parameters::new().with("USERNAME", "a-uuid");
    api.respond("PASSWORD_VERIFIER", None, responses)
        .await
        .unwrap();
    let calls = server.calls();
    let hash = |name| crate::hash::secret_hash(name, "client", &"secret".into());
    assert_eq!(
        calls[0].input["AuthParameters"]["SECRET_HASH"],
        hash("alias").expose()
    );
    assert_eq!(
        calls[1].input["ChallengeResponses"]["SECRET_HASH"],
        hash("a-uuid").expose()
    );
}

#[tokio::test]
async fn a_response_to_a_challenge_sends_its_session() {
    let server = Server::that([tokens(json!({}))]);
    let responses = Parameters::new()
        .with("USERNAME", "alice")
        .with("SMS_MFA_CODE", "123456");
    let session = Secret::from("session");
    let api = users(&server, user_pool());
    api.respond("SMS_MFA", Some(&session), responses)
        .await
        .unwrap();
    assert_eq!(
        server.input(),
        json!({
            "ChallengeName": "SMS_MFA",
            "ClientId": "client",
            "Session": "session",
            "ChallengeResponses": {"USERNAME": "alice", "SMS_MFA_CODE": "123456"},
        })
    );
}

#[tokio::test]
async fn a_challenge_comes_with_its_session_parameters_and_choices() {
    let reply = ok(&json!({
        "ChallengeName": "SELECT_CHALLENGE",
        "Session": "planted",
        "ChallengeParameters": {"USERNAME": "planted", "odd": 1},
        "AvailableChallenges": ["PASSWORD_SRP", "EMAIL_OTP"],
    }));
    let AuthResponse::Challenge(challenge) = initiate(reply).await.unwrap() else {
        panic!("tokens");
    };
    assert_eq!(challenge.name, "SELECT_CHALLENGE");
    assert_eq!(challenge.session.as_ref().unwrap().expose(), "planted");
    assert_eq!(challenge.parameters["USERNAME"], "planted");
    assert_eq!(challenge.available, ["PASSWORD_SRP", "EMAIL_OTP"]);
    assert!(!format!("{challenge:?}").contains("planted"));
}

#[tokio::test]
async fn a_life_that_is_missing_none_or_absurd_is_not_believed() {
    for (expires_in, expected) in [
        (json!(3600), Some(3600)),
        (json!(300.5), Some(300)),
        (Value::Null, None),
        (json!(0), None),
        (json!(-5), None),
        (json!("3600"), None),
        (json!(1e300), Some(u64::MAX)),
    ] {
        let tokens = tokens_of(tokens(json!({ "ExpiresIn": expires_in }))).await;
        assert_eq!(tokens.expires_in, expected, "{expires_in}");
    }
    assert_eq!(tokens_of(tokens(json!({}))).await.expires_in, None);
}

#[tokio::test]
async fn tokens_are_kept_apart_and_not_shown() {
    let more = json!({ "IdToken": "planted-id", "RefreshToken": "planted-refresh" });
    let tokens = tokens_of(tokens(more)).await;
    assert_eq!(tokens.access.expose(), "access");
    assert_eq!(tokens.id.as_ref().unwrap().expose(), "planted-id");
    assert_eq!(tokens.refresh.as_ref().unwrap().expose(), "planted-refresh");
    assert!(!format!("{tokens:?} {:?}", parameters()).contains("planted"));
}

#[tokio::test]
async fn a_response_without_tokens_and_challenge_is_a_failure_of_the_service() {
    for body in [
        json!({}),
        json!({ "AuthenticationResult": null, "ChallengeName": "" }),
        json!({ "AuthenticationResult": {} }),
        json!({ "AuthenticationResult": {"AccessToken": ""} }),
        json!({ "AuthenticationResult": {"AccessToken": 7} }),
    ] {
        let error = initiate(ok(&body)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Service, "{body}");
        let text = error.to_string();
        assert!(
            text.starts_with("the response of Cognito to InitiateAuth has no "),
            "{text}"
        );
    }
}

#[tokio::test]
async fn an_authenticator_app_gets_a_key_and_shows_that_it_has_it() {
    let server = Server::that([
        ok(&json!({ "SecretCode": "KEY", "Session": "second" })),
        ok(&json!({ "Status": "SUCCESS", "Session": "third" })),
    ]);
    let api = users(&server, user_pool());
    let (key, session) = api.associate_software_token(&"first".into()).await.unwrap();
    assert_eq!(key.expose(), "KEY");
    let session = api
        .verify_software_token(&session.unwrap(), "123456")
        .await
        .unwrap();
    assert_eq!(session.unwrap().expose(), "third");
    let calls = server.calls();
    assert_eq!(calls[0].input, json!({ "Session": "first" }));
    assert_eq!(
        calls[1].input,
        json!({ "Session": "second", "UserCode": "123456" })
    );
}

#[tokio::test]
async fn a_wrong_code_of_an_authenticator_app_is_a_mismatch_however_cognito_says_so() {
    for reply in [
        ok(&json!({ "Status": "ERROR" })),
        refusal("EnableSoftwareTokenMFAException", "Code mismatch"),
        refusal("CodeMismatchException", "Invalid code"),
    ] {
        let api = users(&Server::that([reply]), user_pool());
        let error = api
            .verify_software_token(&"session".into(), "000000")
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::CodeMismatch);
    }
}

#[tokio::test(start_paused = true)]
async fn a_step_of_a_sign_in_that_may_have_been_served_is_not_repeated() {
    for status in [500, 503] {
        let server = Server::that([(); 4].map(|()| html(status)));
        let api = users(&server, user_pool());
        let session = Secret::from("session");
        let _ = api.initiate_auth("CUSTOM_AUTH", Parameters::new()).await;
        let _ = api.respond("SMS_MFA", None, Parameters::new()).await;
        let _ = api.associate_software_token(&session).await;
        let _ = api.verify_software_token(&session, "123456").await;
        let each_once = [
            "InitiateAuth",
            "RespondToAuthChallenge",
            "AssociateSoftwareToken",
            "VerifySoftwareToken",
        ];
        assert_eq!(server.targets(), each_once);
    }
}
