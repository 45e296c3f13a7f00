//! An app that has its configuration file and little more: each `authorizationType` against the gateway.

use gatewright::{GatewayErrorKind, Token};
use gatewright_amplify::Apis;
use gatewright_cognito::{IdentityPool, Session, Step, UserPool};
use gatewright_config::{CognitoAuth, Config};
use gatewright_integration::peers::{Cloud, issuer};
use gatewright_oidc::Provider;
use serde_json::Value;

use crate::support::refusal;

async fn apis(cloud: &Cloud) -> Apis {
    let config = Config::from_slice("amplifyconfiguration.json", cloud.amplify().as_bytes());
    let config = config.unwrap();
    let session = session(cloud, config.auth.as_ref().unwrap());
    let issuer = issuer();
    let provider = Provider::discover(&issuer, gatewright::transport::https());
    let jobs = provider.await.unwrap().client("service");
    let jobs = jobs.secret("service-secret").scope("notes:read");
    Apis::from_config(config)
        .session(session)
        .token("partners", jobs.client_credentials())
        .token("friends", Token::new("friend"))
        .build()
        .unwrap()
}

/// As the file says, except where Cognito is.
fn session(cloud: &Cloud, auth: &CognitoAuth) -> Session {
    let users = UserPool::from_config(auth.user_pool.as_ref().unwrap());
    let identities = IdentityPool::from_config(auth.identity_pool.as_ref().unwrap());
    Session::from_config(auth)
        .unwrap()
        .user_pool(users.unwrap().endpoint(cloud.endpoint()))
        .identity_pool(identities.unwrap().endpoint(cloud.endpoint()))
        .build()
        .unwrap()
}

async fn sign_in(cloud: &Cloud, apis: &Apis) {
    let session = apis.session().unwrap();
    let step = session.sign_in("alice", cloud.text("/user_pool/password"));
    assert!(matches!(step.await, Ok(Step::SignedIn)));
}

async fn get(apis: &Apis, api: &str, path: &str) -> gatewright::Result<Value> {
    let answer = apis.get(api, path).unwrap().send().await?;
    Ok(answer.json().unwrap())
}

#[tokio::test]
async fn iam_is_a_guest_until_somebody_signs_in() {
    let cloud = Cloud::steady();
    let apis = apis(&cloud).await;
    get(&apis, "iam", "/iam").await.unwrap();
    let denied = refusal(get(&apis, "iam", "/iam/7").await);
    assert_eq!(denied, (403, GatewayErrorKind::AccessDenied));
    sign_in(&cloud, &apis).await;
    get(&apis, "iam", "/iam/7").await.unwrap();
}

#[tokio::test]
async fn an_api_key_comes_from_the_file() {
    let apis = apis(&Cloud::steady()).await;
    get(&apis, "key", "/key").await.unwrap();
}

#[tokio::test]
async fn a_user_pool_api_gets_the_access_token() {
    let cloud = Cloud::steady();
    let apis = apis(&cloud).await;
    sign_in(&cloud, &apis).await;
    let told = get(&apis, "users", "/users").await.unwrap();
    assert_eq!(told["authorizer"]["claims"]["token_use"], "access");
}

#[tokio::test]
async fn an_openid_connect_api_gets_the_providers_token() {
    let apis = apis(&Cloud::steady()).await;
    let told = get(&apis, "partners", "/jwt").await.unwrap();
    assert_eq!(told["authorizer"]["jwt"]["claims"]["sub"], "service");
}

#[tokio::test]
async fn a_lambda_api_gets_the_bare_token() {
    let apis = apis(&Cloud::steady()).await;
    let told = get(&apis, "friends", "/lambda").await.unwrap();
    assert_eq!(told["headers"]["authorization"], "friend");
    assert_eq!(told["authorizer"]["principalId"], "a-friend");
}

#[tokio::test]
async fn an_api_without_authorization_gets_nothing() {
    let apis = apis(&Cloud::steady()).await;
    get(&apis, "open", "/open").await.unwrap();
    let refused = refusal(get(&apis, "open", "/iam").await);
    assert_eq!(refused, (403, GatewayErrorKind::MissingAuthenticationToken));
}
