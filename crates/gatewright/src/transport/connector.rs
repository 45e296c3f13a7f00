//! Connections for the clients: a way to the server, TLS, and a limit for both.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use http::uri::Scheme;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use tower_service::Service;

use super::error::{TransportError, TransportErrorKind};
use super::link::Link;
use super::route::{Dial, Route};
use super::tls::Offer;
use crate::BoxError;
use crate::rt::timeout;

/// Connects with the server of a URI, and offers it these versions of HTTP.
#[derive(Clone)]
pub(super) struct Connector<D> {
    pub(super) route: Route<D>,
    pub(super) offer: Offer,
    /// For all of it: name lookup, TCP, proxy and TLS.
    pub(super) limit: Option<Duration>,
}

type Stream<T> = MaybeHttpsStream<Link<T>>;
type Connecting<T> = Pin<Box<dyn Future<Output = Result<Stream<T>, BoxError>> + Send>>;

impl<D: Dial> Service<Uri> for Connector<D> {
    type Response = Stream<D::Response>;
    type Error = BoxError;
    type Future = Connecting<D::Response>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.route.poll_ready(cx)
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let connecting = self.connect(target);
        let Some(limit) = self.limit else {
            return connecting;
        };
        Box::pin(async move {
            let connected = timeout(limit, connecting).await;
            connected.unwrap_or_else(|_| Err(too_long(limit).into()))
        })
    }
}

impl<D: Dial> Connector<D> {
    fn connect(&mut self, target: Uri) -> Connecting<D::Response> {
        if target.scheme() != Some(&Scheme::HTTPS) {
            let connecting = self.route.call(target);
            return Box::pin(async { Ok(MaybeHttpsStream::Http(connecting.await?)) });
        }
        match self.route.tls.config(self.offer) {
            Ok(tls) => HttpsConnector::from((self.route.clone(), Arc::clone(tls))).call(target),
            Err(error) => Box::pin(std::future::ready(Err(error.into()))),
        }
    }
}

fn too_long(limit: Duration) -> TransportError {
    let message = format!(
        "the connection was not made within {limit:?}: see `connect_timeout` of `gatewright::transport::Builder`"
    );
    TransportError::new(TransportErrorKind::ConnectTimeout, message)
}
