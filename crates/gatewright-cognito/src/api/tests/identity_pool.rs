//! Identities and their credentials.

use std::time::{Duration, SystemTime};

use super::*;
use crate::testing::{Reply, html, refusal, reset};

const POOL: &str = "eu-west-1:00000000-1111-2222-3333-444444444444";
const PROVIDER: &str = "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI";

fn identities(server: &Server, pool: IdentityPool) -> IdentityPoolApi {
    IdentityPoolApi::new(pool, server.service(), Random::default()).unwrap()
}

fn pool() -> IdentityPool {
    IdentityPool::new(POOL).unwrap()
}

fn alice() -> Logins {
    Logins::from([(PROVIDER.to_owned(), Secret::from("id-token"))])
}

fn credentials(expiration: &Value) -> Value {
    json!({ "IdentityId": "id", "Credentials": {
        "AccessKeyId": "ASIA", "SecretKey": "planted", "SessionToken": "planted", "Expiration": expiration,
    } })
}

async fn credentials_of(body: &Value) -> Result<AwsCredentials, Error> {
    let api = identities(&Server::that([ok(body)]), pool());
    api.credentials("id", &Logins::new()).await
}

#[tokio::test]
async fn a_guest_and_a_user_are_told_apart_by_their_logins() {
    let server = Server::that([
        ok(&json!({ "IdentityId": "guest" })),
        ok(&json!({ "IdentityId": "user" })),
    ]);
    let api = identities(&server, pool());
    assert_eq!(api.get_id(&Logins::new()).await.unwrap(), "guest");
    assert_eq!(api.get_id(&alice()).await.unwrap(), "user");
    let calls = server.calls();
    assert_eq!(calls[0].input, json!({ "IdentityPoolId": POOL }));
    let logins = json!({ PROVIDER: "id-token" });
    assert_eq!(
        calls[1].input,
        json!({ "IdentityPoolId": POOL, "Logins": logins })
    );
    let target = &calls[0].head.headers["x-amz-target"];
    assert_eq!(target, "AWSCognitoIdentityService.GetId");
}

#[tokio::test]
async fn credentials_end_when_the_response_says_fractions_included() {
    for (expiration, millis) in [(json!(1_800_000_000), 0), (json!(1.800_000_000_25e9), 250)] {
        let credentials = credentials_of(&credentials(&expiration)).await.unwrap();
        let expected = Duration::from_millis(1_800_000_000_000 + millis);
        let expected = SystemTime::UNIX_EPOCH + expected;
        assert_eq!(credentials.expires_at(SystemTime::UNIX_EPOCH), expected);
        assert_eq!(credentials.access_key_id, "ASIA");
        assert_eq!(credentials.secret_key.expose(), "planted");
        assert_eq!(credentials.session_token.expose(), "planted");
        assert!(!format!("{credentials:?}").contains("planted"));
    }
}

#[tokio::test]
async fn credentials_that_seem_to_have_ended_last_as_long_as_the_server_says() {
    let mut reply = http::Response::new(credentials(&json!(1_800_003_600)).to_string().into());
    let date = http::HeaderValue::from_static("Fri, 15 Jan 2027 08:00:00 GMT");
    reply.headers_mut().insert("date", date);
    let api = identities(&Server::that([Reply::Response(reply)]), pool());
    let credentials = api.credentials("id", &Logins::new()).await.unwrap();
    let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    // A clock that is two hours ahead, one that is right, and one that is two hours behind.
    let right = 1_800_000_000;
    assert_eq!(credentials.expires_at(at(right + 7200)), at(right + 10_800));
    assert_eq!(credentials.expires_at(at(right)), at(right + 3600));
    assert_eq!(credentials.expires_at(at(right - 7200)), at(right + 3600));
}

#[tokio::test(start_paused = true)]
async fn an_expiration_that_is_no_time_is_a_failure_of_the_service() {
    for expiration in [json!(-1), json!(1e300), json!("soon"), Value::Null] {
        let error = credentials_of(&credentials(&expiration)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Service, "{expiration}");
        assert!(error.to_string().ends_with("has no expiration"), "{error}");
    }
}

#[tokio::test]
async fn credentials_that_lack_a_part_are_a_failure_of_the_service() {
    for part in ["AccessKeyId", "SecretKey", "SessionToken"] {
        let mut body = credentials(&json!(1_800_000_000));
        body["Credentials"][part] = "".into();
        let error = credentials_of(&body).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Service);
    }
    assert_eq!(
        credentials_of(&json!({})).await.unwrap_err().kind(),
        ErrorKind::Service
    );
}

#[tokio::test(start_paused = true)]
async fn asking_for_credentials_is_repeated_until_there_is_a_response() {
    let body = credentials(&json!(1_800_000_000));
    let server = Server::that([reset(), html(500), ok(&body)]);
    assert!(
        identities(&server, pool())
            .credentials("id", &alice())
            .await
            .is_ok()
    );
    assert_eq!(server.calls().len(), 3);
}

#[tokio::test]
async fn a_login_that_has_expired_is_refused_as_cognito_says() {
    let text = "Invalid login token. Token expired: 1793588645 >= 1793585045";
    let server = Server::that([refusal("NotAuthorizedException", text)]);
    let error = identities(&server, pool())
        .credentials("id", &alice())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotAuthorized);
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn a_pool_that_refuses_guests_says_to_sign_in() {
    let text = "Unauthenticated access is not supported for this identity pool.";
    let server = Server::that([refusal("NotAuthorizedException", text)]);
    let error = identities(&server, pool())
        .get_id(&Logins::new())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::GuestsRefused);
    assert!(error.to_string().ends_with("sign in first"));
}

#[tokio::test]
async fn guests_that_the_configuration_refuses_cost_no_call() {
    let server = Server::that([]);
    let api = identities(&server, pool().refuse_guests());
    for error in [
        api.get_id(&Logins::new()).await.unwrap_err(),
        api.credentials("id", &Logins::new()).await.unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::GuestsRefused);
    }
    assert!(server.calls().is_empty());
}
