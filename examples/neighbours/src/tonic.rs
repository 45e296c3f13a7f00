//! gRPC calls with a signature.

use aws_credential_types::provider::ProvideCredentials;
use gatewright::Body;
use gatewright::layers::{RequireAuthLayer, SigV4Layer};
use http::Request;
use tonic::client::GrpcService;
use tonic::transport::Channel;
use tower::ServiceBuilder;

/// A channel whose calls are signed. Give it to `Client::with_origin(signed(..), origin)` of a generated client.
pub fn signed(
    channel: Channel,
    credentials: impl ProvideCredentials + 'static,
) -> impl GrpcService<tonic::body::Body, ResponseBody = tonic::body::Body> + Clone {
    ServiceBuilder::new()
        .map_request(|request: Request<tonic::body::Body>| request.map(Body::new))
        .layer(SigV4Layer::new("eu-west-1", credentials))
        .layer(RequireAuthLayer::new())
        .map_request(|request: Request<Body>| request.map(tonic::body::Body::new))
        .service(channel)
}
