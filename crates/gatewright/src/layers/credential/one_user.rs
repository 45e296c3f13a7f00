//! A call is sent as the user who was signed in when it began, wherever it waits.

use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::Request;
use tower_layer::Layer;
use tower_service::Service;

use super::definition::Credential;
use super::layer::CredentialLayer;
use crate::epoch::Epoch;
use crate::one_call::SameUser;

/// Notes who is signed in when a call begins. If another user signs in while the call waits in a layer inside of this one, the
/// call fails with [`UserChanged`](crate::AuthorizeErrorKind::UserChanged). A call that began as a guest may go out as a user.
///
/// Place it outside all layers that wait: of tokens, of headers that are fetched, of retries. [`stack`](crate::stack()) has it.
/// The layer with the credentials notices a change by itself while it waits for them or for the body.
///
/// ```
/// use aws_credential_types::Credentials;
/// use gatewright::layers::SigV4Layer;
/// use gatewright::layers::credential::OneUserLayer;
/// use http::Request;
/// # use bytes::Bytes;
/// use http_body_util::Full;
/// use tower::{ServiceBuilder, ServiceExt, service_fn};
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), gatewright::BoxError> {
/// # let transport = service_fn(async |request: Request<Full<Bytes>>| {
/// #     let is_signed = request.headers().contains_key("authorization");
/// #     Ok::<_, std::convert::Infallible>(http::Response::new(is_signed))
/// # });
/// let signer = SigV4Layer::new("eu-west-1", Credentials::from_keys("AKIDEXAMPLE", "secret", None));
/// let service = ServiceBuilder::new()
///     .layer(OneUserLayer::new().of(&signer))
///     // .layer(headers that are fetched)
///     .layer(signer)
///     .service(transport);
///
/// let request = Request::get("https://api.example.com/pets").body(Full::default())?;
/// let response = service.oneshot(request).await?;
/// # assert!(response.body());
/// # Ok(()) }
/// ```
#[derive(Clone, Default)]
pub struct OneUserLayer {
    epochs: Arc<Vec<EpochNow>>,
}

/// The epoch of a provider when it is called.
type EpochNow = Arc<dyn Fn() -> Option<Epoch> + Send + Sync>;

impl OneUserLayer {
    /// A layer that notes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes who is signed in for the credential of this layer.
    #[must_use]
    pub fn of<C: Credential>(mut self, layer: &CredentialLayer<C>) -> Self {
        let credential = layer.credential().clone();
        Arc::make_mut(&mut self.epochs).push(Arc::new(move || credential.epoch()));
        self
    }
}

/// The service of [`OneUserLayer`].
#[derive(Clone)]
pub struct OneUser<S> {
    inner: S,
    layer: OneUserLayer,
}

impl<S> OneUser<S> {
    inner_accessors!();
}

impl<S> Layer<S> for OneUserLayer {
    type Service = OneUser<S>;

    fn layer(&self, inner: S) -> Self::Service {
        let layer = self.clone();
        OneUser { inner, layer }
    }
}

impl<S, B> Service<Request<B>> for OneUser<S>
where
    S: Service<Request<B>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        if !self.layer.epochs.is_empty() {
            let call = SameUser::of(request.extensions_mut());
            call.begin(self.layer.epochs.iter().filter_map(|now| now()));
        }
        self.inner.call(request)
    }
}

impl fmt::Debug for OneUserLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OneUserLayer")
            .field("credentials", &self.epochs.len())
            .finish()
    }
}

impl<S: fmt::Debug> fmt::Debug for OneUser<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OneUser")
            .field("inner", &self.inner)
            .field("layer", &self.layer)
            .finish()
    }
}
