//! The few calls of Cognito that the page's examples need, answered in process; every other request goes to the gateway.

use std::sync::{Arc, OnceLock};

use gatewright::{Body, BoxError, BoxService, HttpService};
use gatewright_local::{Builder, Gateway, TokenClaims};
use http::{Request, Response};
use serde_json::{Value, json};
use tower::{ServiceExt, service_fn};

const POOL: &str = "cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI";
pub(crate) const CLIENT: &str = "1example23456789client";
pub(crate) const PASSWORD: &str = "correct horse battery staple";

/// The blocks of the page: its user pool and its identity pool.
pub(crate) fn user_pool() -> Value {
    json!({ "CognitoUserPool": { "Default": {
        "PoolId": "us-east-1_AbCdEfGhI", "AppClientId": CLIENT, "AppClientSecret": "EXAMPLE-secret",
        "Region": "us-east-1",
    } } })
}

pub(crate) fn identity_pool() -> Value {
    json!({ "CredentialsProvider": { "CognitoIdentity": { "Default": {
        "PoolId": "us-east-1:00000000-1111-2222-3333-444444444444", "Region": "us-east-1",
    } } } })
}

/// Both, and a sign-in that needs no SRP server in these tests.
pub(crate) fn pools() -> Value {
    let mut pools = user_pool();
    pools["CredentialsProvider"] = identity_pool()["CredentialsProvider"].clone();
    with_password_flow(pools)
}

pub(crate) fn with_password_flow(mut pools: Value) -> Value {
    pools["Auth"] = json!({ "Default": { "authenticationFlowType": "USER_PASSWORD_AUTH" } });
    pools
}

/// A gateway that trusts the roles of the identity pool and the tokens of the user pool.
pub(crate) fn trusting(gateway: Builder) -> Gateway {
    let gateway = gateway
        .credentials("ASIAGUEST", "secret-of-guests", Some("session-of-guests"))
        .credentials("ASIAUSER", "secret-of-users", Some("session-of-users"));
    gateway.issuer(format!("https://{POOL}")).build().unwrap()
}

/// The world as an app's transport reaches it. Whether guests are welcome is up to the identity pool.
pub(crate) fn world(gateway: &Gateway, takes_guests: bool) -> BoxService {
    let cognito = Arc::new(Cognito {
        gateway: gateway.clone(),
        takes_guests,
        id_token: OnceLock::new(),
    });
    let world = service_fn(move |request: Request<Body>| {
        let cognito = Arc::clone(&cognito);
        async move {
            let Some(target) = request.headers().get("x-amz-target") else {
                let gateway = cognito.gateway.clone();
                return Ok(gateway.oneshot(request).await?.map(Body::new));
            };
            let target = target.to_str()?.to_owned();
            let input = request.into_body().into_bytes(1024 * 1024).await?;
            let input = serde_json::from_slice(&input)?;
            Ok::<_, BoxError>(response(cognito.called(&target, &input)))
        }
    });
    HttpService::boxed(world)
}

fn response(answer: Option<Value>) -> Response<Body> {
    let refusal = json!({ "__type": "NotAuthorizedException", "message": "no" });
    let status = if answer.is_some() { 200 } else { 400 };
    let body = Body::from(answer.unwrap_or(refusal).to_string());
    Response::builder().status(status).body(body).unwrap()
}

struct Cognito {
    /// It signs the tokens, so that it trusts them.
    gateway: Gateway,
    takes_guests: bool,
    /// Of the user who has signed in.
    id_token: OnceLock<String>,
}

/// Each answers `None` to refuse.
impl Cognito {
    fn called(&self, target: &str, input: &Value) -> Option<Value> {
        let (_, operation) = target.split_once('.')?;
        match operation {
            "InitiateAuth" => self.sign_in(&input["AuthParameters"]),
            "RevokeToken" => Some(json!({})),
            "GetId" => Some(json!({ "IdentityId": self.identity(input)? })),
            "GetCredentialsForIdentity" => {
                let is_its_own = input["IdentityId"] == self.identity(input)?;
                is_its_own.then(|| credentials(input))
            }
            other => panic!("nobody calls {other} here"),
        }
    }

    fn sign_in(&self, parameters: &Value) -> Option<Value> {
        let claims = || TokenClaims::new().subject("alice").audience(CLIENT);
        let is_right = parameters["PASSWORD"] == PASSWORD && parameters["SECRET_HASH"].is_string();
        is_right.then(|| {
            let access_token = self.gateway.mint_token(claims().scope("orders/read"));
            let id_token = self.id_token.get_or_init(|| self.gateway.mint_token(claims()));
            json!({ "AuthenticationResult": {
                "AccessToken": access_token, "IdToken": id_token, "RefreshToken": "a-refresh-token", "ExpiresIn": 3600,
            } })
        })
    }

    /// Of a guest, or of who has the ID token of the user.
    fn identity(&self, input: &Value) -> Option<&'static str> {
        match input["Logins"].get(POOL) {
            Some(token) => {
                let is_users = token.as_str() == self.id_token.get().map(String::as_str);
                is_users.then_some("us-east-1:alice")
            }
            None => self.takes_guests.then_some("us-east-1:a-guest"),
        }
    }
}

fn credentials(input: &Value) -> Value {
    let is_user = input["IdentityId"] == "us-east-1:alice";
    let (key, of) = if is_user {
        ("ASIAUSER", "users")
    } else {
        ("ASIAGUEST", "guests")
    };
    json!({ "IdentityId": input["IdentityId"], "Credentials": {
        "AccessKeyId": key, "SecretKey": format!("secret-of-{of}"), "SessionToken": format!("session-of-{of}"),
        "Expiration": 4_102_444_800_u64,
    } })
}
