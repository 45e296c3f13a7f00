//! All layers in a `tower::ServiceBuilder`, without a box.

use aws_credential_types::provider::ProvideCredentials;
use gatewright::layers::{
    ApiKeyLayer, LimitsLayer, RequireAuthLayer, RetryLayer, SigV4Layer, TraceLayer,
};
use gatewright::{BoxError, HttpService, Origin};
use tower::ServiceBuilder;

/// The layers of `gatewright::stack`, outermost first.
///
/// # Errors
///
/// When the API key has characters that a header cannot carry.
pub fn typed(
    origin: Origin,
    credentials: impl ProvideCredentials + 'static,
    transport: impl HttpService,
) -> Result<impl HttpService, BoxError> {
    Ok(ServiceBuilder::new()
        .layer(TraceLayer::new())
        .layer(LimitsLayer::new())
        .layer(RetryLayer::new())
        .layer(ApiKeyLayer::new("0123456789abcdefghij")?.only_to(origin.clone()))
        .layer(SigV4Layer::new("eu-west-1", credentials).only_to(origin.clone()))
        .layer(RequireAuthLayer::new().only_to(origin))
        .service(transport.boxed()))
}
