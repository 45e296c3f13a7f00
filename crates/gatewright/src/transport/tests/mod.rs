//! A TLS server in memory that speaks HTTP/2 and HTTP/1.1 by ALPN, as API Gateway does.

mod connecting;
mod proxies;
mod roots;

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::{Request, Response, Uri};
use hyper_util::client::legacy::connect::{Connected, Connection};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncWrite, DuplexStream, ReadBuf};
use tokio_rustls::TlsAcceptor;
use tower::service_fn;
use tower_service::Service;

use super::clients::{Clients, Pool};
use super::connector::Connector;
use super::roots::{Base, Trust};
use super::route::Route;
use super::tls::{self, Offer, Tls};
use crate::{Body, BoxError};

/// One end of a connection in memory.
struct Pipe(DuplexStream);

impl AsyncRead for Pipe {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Pipe {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

impl Connection for Pipe {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}

/// Connects every URI with the one server.
#[derive(Clone)]
struct InMemory(Arc<ServerConfig>);

impl Service<Uri> for InMemory {
    type Response = TokioIo<Pipe>;
    type Error = BoxError;
    type Future = Ready<Result<TokioIo<Pipe>, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let (near, far) = tokio::io::duplex(64 * 1024);
        if target.scheme_str() == Some("https") {
            let tls = TlsAcceptor::from(Arc::clone(&self.0));
            tokio::spawn(async move { serve(tls.accept(far).await.unwrap()).await });
        } else {
            tokio::spawn(serve(far));
        }
        ready(Ok(TokioIo::new(Pipe(near))))
    }
}

async fn serve(stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static) {
    let service = service_fn(|request: Request<_>| ready(Ok::<_, Infallible>(seen(&request))));
    let connection = auto::Builder::new(TokioExecutor::new());
    let service = TowerToHyperService::new(service);
    // A client that goes away in the middle is no concern of the tests.
    let _ = connection
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// Protocol, `host` header and authority, as the server sees them.
fn seen<B>(request: &Request<B>) -> Response<Body> {
    let hosts = request.headers().get_all("host").iter();
    let hosts: Vec<&str> = hosts.map(|host| host.to_str().unwrap()).collect();
    let authority = request.uri().authority().map_or("-", |it| it.as_str());
    let text = format!("{:?} {} {authority}", request.version(), hosts.join("+"));
    Response::new(Body::from(text))
}

fn clients() -> Clients<InMemory> {
    let names = ["vpce.test".to_owned(), "localhost".to_owned()];
    let made = rcgen::generate_simple_self_signed(names).unwrap();
    let certificate: CertificateDer<'static> = made.cert.der().clone();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let mut server = ServerConfig::builder_with_provider(tls::provider().unwrap())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    server.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let mut trust = Trust::new(Base::Nothing);
    trust.add(certificate).unwrap();
    Clients::new(connector(InMemory(Arc::new(server)), trust), pool())
}

fn connector<D>(dial: D, trust: Trust) -> Connector<D> {
    let tls = Arc::new(Tls::new(trust, None));
    let route = Route {
        dial,
        rules: None,
        tls,
    };
    Connector {
        route,
        offer: Offer::Any,
        limit: None,
    }
}

fn pool() -> Pool {
    Pool {
        idle_timeout: None,
        max_idle_per_host: 1,
    }
}

fn get(target: &str, host: Option<&str>) -> Request<Body> {
    let mut request = Request::get(target);
    if let Some(host) = host {
        request = request.header("host", host);
    }
    request.body(Body::empty()).unwrap()
}

async fn send(clients: &Clients<InMemory>, request: Request<Body>) -> Result<String, BoxError> {
    text(clients.send(request).await?).await
}

async fn text(response: Response<Body>) -> Result<String, BoxError> {
    let bytes = response.into_body().into_bytes(1_000).await?;
    Ok(String::from_utf8(bytes.to_vec())?)
}

#[tokio::test]
async fn an_ordinary_request_goes_over_http_2() {
    for host in [None, Some("vpce.test")] {
        let request = get("https://vpce.test/prod/pets", host);
        let seen = send(&clients(), request).await.unwrap();
        assert!(seen.starts_with("HTTP/2.0 "), "{seen}");
        assert!(seen.ends_with(" vpce.test"), "{seen}");
    }
}

#[tokio::test]
async fn a_host_other_than_the_address_arrives_over_http_1() {
    for host in [
        "a1b2c3.execute-api.eu-west-1.amazonaws.com",
        "private.example",
        "vpce.test:443",
        "VPCE.test",
    ] {
        let request = get("https://vpce.test/prod/pets", Some(host));
        let seen = send(&clients(), request).await.unwrap();
        assert_eq!(seen, format!("HTTP/1.1 {host} -"));
    }
}

#[tokio::test]
async fn both_kinds_of_requests_go_through_one_transport() {
    let clients = clients();
    for (host, expected) in [
        (None, "HTTP/2.0  vpce.test"),
        (Some("api.test"), "HTTP/1.1 api.test -"),
        (None, "HTTP/2.0  vpce.test"),
        (Some("other.test"), "HTTP/1.1 other.test -"),
    ] {
        let clone = clients.clone();
        let seen = send(&clone, get("https://vpce.test/", host)).await.unwrap();
        assert_eq!(seen, expected);
    }
}

#[tokio::test]
async fn a_host_of_the_caller_arrives_over_plain_http_too() {
    for (host, expected) in [
        (Some("api.test"), "HTTP/1.1 api.test -"),
        (None, "HTTP/1.1 localhost:3000 -"),
        (Some("localhost:3000"), "HTTP/1.1 localhost:3000 -"),
    ] {
        let request = get("http://localhost:3000/pets", host);
        assert_eq!(send(&clients(), request).await.unwrap(), expected);
    }
}

#[tokio::test]
async fn a_user_name_in_the_address_is_not_sent() {
    for (target, host, expected) in [
        ("https://me:hunter2@vpce.test/", None, "HTTP/2.0  vpce.test"),
        (
            "https://me:hunter2@vpce.test/",
            Some("api.test"),
            "HTTP/1.1 api.test -",
        ),
        (
            "http://me@localhost:3000/",
            None,
            "HTTP/1.1 localhost:3000 -",
        ),
    ] {
        let seen = send(&clients(), get(target, host)).await.unwrap();
        assert_eq!(seen, expected, "{target}");
    }
}

#[tokio::test]
async fn a_target_that_cannot_be_reached_as_written_is_refused() {
    for (target, word) in [
        ("https://vpce.test:99999/", "port"),
        ("https://me:1@vpce.test:65536/", "port"),
        ("http://localhost:0/", "port"),
        ("https://[fe80::1%25eth0]/", "zone"),
        ("/pets", "scheme"),
        ("ftp://vpce.test/", "`https://`"),
    ] {
        let error = send(&clients(), get(target, None))
            .await
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("nothing was sent") && error.contains(word),
            "{target}: {error}"
        );
    }
}

#[cfg(feature = "sigv4")]
#[tokio::test]
async fn the_host_that_was_signed_is_the_host_that_arrives() {
    use aws_credential_types::Credentials;
    use tower::ServiceExt;
    use tower_layer::Layer;

    use crate::layers::{RequireAuth, SigV4Layer};

    let host = "a1b2c3.execute-api.eu-west-1.amazonaws.com";
    for (layer, expected) in [
        (
            signer().signing_host(host.parse().unwrap()),
            format!("HTTP/1.1 {host} -"),
        ),
        (signer(), "HTTP/2.0  vpce.test".to_owned()),
    ] {
        let clients = clients();
        let transport = service_fn(move |request| clients.send(request));
        let stack = layer.layer(RequireAuth::new(transport));
        let response = stack
            .oneshot(get("https://vpce.test/prod", None))
            .await
            .unwrap();
        assert_eq!(text(response).await.unwrap(), expected);
    }

    fn signer() -> SigV4Layer<Credentials> {
        let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "test");
        SigV4Layer::new("eu-west-1", credentials)
    }
}
