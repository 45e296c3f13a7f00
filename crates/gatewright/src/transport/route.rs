//! The way to a server: directly, or through a proxy.

use std::error::Error;
use std::future::{Future, Ready, ready};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::Uri;
use http::uri::Scheme;
use hyper::rt::{Read, Write};
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::Connection;
use hyper_util::client::legacy::connect::proxy::{SocksV5, Tunnel};
use hyper_util::client::proxy::matcher::Intercept;
use tower::{ServiceExt, service_fn};
use tower_service::Service;

use super::error::{TransportError, TransportErrorKind};
use super::link::Link;
use super::proxy::Rules;
use super::tls::{Offer, Tls};
use crate::BoxError;

/// Makes the connections below TLS: TCP, or a pipe in a test.
pub(super) trait Dial:
    Service<
        Uri,
        Response: Connection + Read + Write + Send + Unpin + 'static,
        Future: Send + 'static,
        Error: Into<BoxError> + Send + 'static,
    > + Clone
    + Send
    + Sync
    + 'static
{
}

impl<D> Dial for D where
    D: Service<
            Uri,
            Response: Connection + Read + Write + Send + Unpin + 'static,
            Future: Send + 'static,
            Error: Into<BoxError> + Send + 'static,
        > + Clone
        + Send
        + Sync
        + 'static
{
}

/// Connects with a server, or with the proxy that the rules name for it.
#[derive(Clone)]
pub(super) struct Route<D> {
    pub(super) dial: D,
    pub(super) rules: Option<Arc<Rules>>,
    pub(super) tls: Arc<Tls>,
}

type Connecting<T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send>>;

impl<D: Dial> Service<Uri> for Route<D> {
    type Response = Link<D::Response>;
    type Error = BoxError;
    type Future = Connecting<Self::Response>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.dial.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let rules = self.rules.as_ref();
        let Some(proxy) = rules.and_then(|rules| rules.proxy_of(&target)) else {
            let connecting = self.dial.call(target);
            return Box::pin(async {
                let stream = connecting.await.map_err(Into::into)?;
                Ok(Link::to_server(MaybeHttpsStream::Http(stream)))
            });
        };
        let way = Way {
            dial: self.dial.clone(),
            tls: Arc::clone(&self.tls),
            proxy,
        };
        Box::pin(way.to(target))
    }
}

/// The way through one proxy.
struct Way<D> {
    dial: D,
    tls: Arc<Tls>,
    proxy: Intercept,
}

impl<D: Dial> Way<D> {
    async fn to(self, target: Uri) -> Result<Link<D::Response>, BoxError> {
        let is_https = target.scheme() == Some(&Scheme::HTTPS);
        match self.proxy.uri().scheme_str() {
            Some("http" | "https") if is_https => self.tunnel(target).await,
            Some("http" | "https") => {
                let stream = self.connect().await?;
                Ok(Link::to_proxy(stream))
            }
            Some("socks5" | "socks5h") => self.socks(target).await,
            _ => {
                let message = "a proxy of the environment is not at `http://`, `https://`, `socks5://` or `socks5h://`";
                Err(TransportError::new(TransportErrorKind::InvalidProxy, message).into())
            }
        }
    }

    /// Connects with the proxy itself, over TLS if it is at `https`.
    async fn connect(self) -> Result<MaybeHttpsStream<D::Response>, TransportError> {
        let address = self.proxy.uri().clone();
        let stream = if address.scheme() == Some(&Scheme::HTTPS) {
            let tls = Arc::clone(self.tls.config(Offer::Proxy)?);
            HttpsConnector::from((self.dial, tls))
                .oneshot(address)
                .await
        } else {
            let stream = self.dial.oneshot(with_port(address)).await;
            stream.map(MaybeHttpsStream::Http).map_err(Into::into)
        };
        stream.map_err(|cause| {
            failed(
                &self.proxy,
                TransportErrorKind::ProxyUnreachable,
                "cannot be reached",
                cause,
            )
        })
    }

    /// `CONNECT` (RFC 9110, section 9.3.6).
    async fn tunnel(self, target: Uri) -> Result<Link<D::Response>, BoxError> {
        let proxy = self.proxy.clone();
        let mut tunnel = Tunnel::new(proxy.uri().clone(), over(self.connect().await?));
        if let Some(authorization) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(authorization.clone());
        }
        let stream = tunnel.oneshot(target).await;
        Ok(Link::to_server(
            stream.map_err(|cause| refused(&proxy, cause))?,
        ))
    }

    /// SOCKS 5 (RFC 1928). The proxy looks the name up.
    async fn socks(self, target: Uri) -> Result<Link<D::Response>, BoxError> {
        let proxy = self.proxy.clone();
        let mut socks = SocksV5::new(proxy.uri().clone(), over(self.connect().await?));
        if let Some((user, password)) = proxy.raw_auth() {
            socks = socks.with_auth(user.to_owned(), password.to_owned());
        }
        let stream = socks.oneshot(with_port(target)).await;
        Ok(Link::to_server(
            stream.map_err(|cause| refused(&proxy, cause))?,
        ))
    }
}

/// "Connects" with what is connected already.
fn over<T>(
    stream: T,
) -> impl Service<Uri, Response = T, Error = io::Error, Future = Ready<io::Result<T>>> {
    let mut stream = Some(stream);
    service_fn(move |_| {
        ready(
            stream
                .take()
                .ok_or_else(|| io::ErrorKind::NotConnected.into()),
        )
    })
}

/// `uri` with the port that it means. The libraries take one that is missing for 443 or 80, whatever the scheme is.
fn with_port(uri: Uri) -> Uri {
    let port = match uri.scheme_str() {
        Some("https") => 443,
        Some("http") => 80,
        _ => 1080,
    };
    let Some(authority) = uri.authority().filter(|it| it.port().is_none()) else {
        return uri;
    };
    let Ok(authority) = format!("{authority}:{port}").parse() else {
        return uri;
    };
    let mut parts = uri.into_parts();
    parts.authority = Some(authority);
    // With another authority, a valid URI stays valid.
    Uri::from_parts(parts).unwrap_or_default()
}

/// The error of a proxy that was reached and did not connect. The libraries name their reasons in texts only.
fn refused(proxy: &Intercept, cause: impl Error + Send + Sync + 'static) -> TransportError {
    let text = cause.to_string();
    let about_user = [
        "proxy authorization required",
        "does not support user/pass authentication",
        "credentials not accepted",
    ];
    if about_user.iter().any(|reason| text.ends_with(reason)) {
        let message =
            "asks for a user name and a password, or for others: see `Proxy::credentials`";
        return failed(
            proxy,
            TransportErrorKind::ProxyCredentials,
            message,
            cause.into(),
        );
    }
    let message = "did not connect to the server";
    failed(
        proxy,
        TransportErrorKind::ProxyRefused,
        message,
        cause.into(),
    )
}

fn failed(
    proxy: &Intercept,
    kind: TransportErrorKind,
    what: &str,
    cause: BoxError,
) -> TransportError {
    // Without user name and password: hyper-util takes them out of this URI.
    let message = format!("the proxy {} {what}", proxy.uri());
    TransportError::new(kind, message).with_source(cause)
}
