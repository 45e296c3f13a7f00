//! The layers alone: any tower service of `http` requests can be authorized, here a bare hyper client.

use aws_credential_types::Credentials;
use bytes::Bytes;
use gatewright::BoxError;
use gatewright::layers::{ApiKeyLayer, InjectHeadersLayer, SigV4Layer};
use gatewright_local::LocalGateway;
use http::Request;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use tower::{Service, ServiceBuilder, ServiceExt};

const KEY: &str = "an-api-key-of-stack-layers";
const EXPORT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../quickstart/bookshop.json");

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let gateway = LocalGateway::from_path(EXPORT)?
        .credentials("AKIDEXAMPLE", "an-example-secret", None)
        .api_key(KEY)
        .start()
        .await?;

    // Outermost first. The signer is innermost, so that it signs what is really sent.
    let credentials = Credentials::new("AKIDEXAMPLE", "an-example-secret", None, None, "example");
    let mut service = ServiceBuilder::new()
        .layer(InjectHeadersLayer::new().try_overriding("user-agent", "stack-layers/1.0")?)
        .layer(ApiKeyLayer::new(KEY)?)
        .layer(SigV4Layer::new("eu-west-1", credentials))
        .service(Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>());

    let body = Full::new(Bytes::from_static(br#"{"title": "Gitanjali"}"#));
    let request = Request::post(format!("{}/books", gateway.url()))
        .header("content-type", "application/json")
        .body(body)?;
    let response = service.ready().await?.call(request).await?;

    println!(
        "{}",
        gateway.requests().last().ok_or("nothing was received")?
    );
    let status = response.status();
    let text = response.into_body().collect().await?.to_bytes();
    println!("{status}: {}", String::from_utf8_lossy(&text));
    if status.is_success() {
        Ok(())
    } else {
        Err("the gateway refused the request".into())
    }
}
