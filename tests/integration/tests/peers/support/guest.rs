//! Credentials of the guests' role, fetched by hand.

use aws_credential_types::Credentials;
use gatewright::Body;
use gatewright::client::RestClient;
use gatewright_integration::peers::Cloud;
use http::Request;
use serde_json::{Value, json};

pub(crate) async fn guest(cloud: &Cloud) -> Credentials {
    let pool = json!({ "IdentityPoolId": cloud.text("/identity_pool") });
    let identity = identity_pool(cloud, "GetId", pool).await;
    let given = identity_pool(cloud, "GetCredentialsForIdentity", identity).await;
    let text = |name: &str| given["Credentials"][name].as_str().unwrap().to_owned();
    let token = Some(text("SessionToken"));
    Credentials::new(text("AccessKeyId"), text("SecretKey"), token, None, "guest")
}

async fn identity_pool(cloud: &Cloud, operation: &str, input: Value) -> Value {
    let base = cloud.endpoint();
    let request = Request::post(base.to_string())
        .header("content-type", "application/x-amz-json-1.1")
        .header(
            "x-amz-target",
            format!("AWSCognitoIdentityService.{operation}"),
        )
        .body(Body::from(input.to_string()))
        .unwrap();
    let rest = RestClient::new(gatewright::transport::https(), base);
    let answer: gatewright::Result<Value> = rest.send(request).await;
    answer.unwrap()
}
