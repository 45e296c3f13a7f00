//! An axum router as the transport: a test without a socket.

use aws_credential_types::Credentials;
use axum::Router;
use gatewright::client::RestClient;
use gatewright::layers::SigV4Layer;
use gatewright::{BaseUrl, BoxError};

/// A client that calls `api` within the process. Its credentials are invented.
///
/// # Errors
///
/// Never: the URL is valid.
pub fn in_process(api: Router) -> Result<RestClient, BoxError> {
    let base: BaseUrl = "https://api.test/".parse()?;
    let nobody = Credentials::new("AKIDEXAMPLE", "secret", None, None, "test");
    let service = gatewright::stack(&base)
        .iam(SigV4Layer::new("eu-west-1", nobody))
        .build_on(api);
    Ok(RestClient::new(service, base))
}
