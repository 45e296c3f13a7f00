//! Credentials from where AWS tools look for them (feature `aws-config`).

use aws_config::default_provider::credentials::DefaultCredentialsChain;
use aws_config::provider_config::ProviderConfig;
use aws_config::{BehaviorVersion, Region};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;

/// The default chain of the AWS SDKs: environment variables, the profiles of `~/.aws` (with SSO, roles and
/// `credential_process`), web identity tokens, then the roles of containers and instances.
///
/// Where a role is assumed, the chain calls the STS of `region`. It reads and calls nothing before credentials are needed. It
/// does not cache them; the layer does.
///
/// ```no_run
/// use gatewright::layers::SigV4Layer;
/// use gatewright::layers::sigv4::default_chain;
///
/// # async fn example() {
/// let signer = SigV4Layer::new("eu-central-1", default_chain("eu-central-1").await);
/// # let _ = signer;
/// # }
/// ```
pub async fn default_chain(region: impl Into<String>) -> SharedCredentialsProvider {
    let region = Region::new(region.into());
    let https = Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build_https();
    let config = ProviderConfig::default()
        .with_behavior_version(Some(BehaviorVersion::latest()))
        .with_region(Some(region.clone()))
        .with_http_client(https);
    let chain = DefaultCredentialsChain::builder()
        .configure(config)
        .region(region);
    SharedCredentialsProvider::new(chain.build().await)
}
