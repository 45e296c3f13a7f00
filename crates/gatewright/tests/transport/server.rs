//! A TLS server on loopback that says what it sees.

use std::convert::Infallible;
use std::future::ready;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use gatewright::Body;
use http::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::{self, CryptoProvider};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tower::service_fn;

use super::certificate::Certificate;

pub(crate) fn provider() -> Arc<CryptoProvider> {
    #[cfg(feature = "ring")]
    return Arc::new(crypto::ring::default_provider());
    #[cfg(not(feature = "ring"))]
    return Arc::new(crypto::aws_lc_rs::default_provider());
}

/// How a server speaks TLS.
pub(crate) struct Settings {
    pub(crate) protocols: Vec<Vec<u8>>,
    pub(crate) clients: Option<Certificate>,
    pub(crate) provider: Arc<CryptoProvider>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            protocols: vec![b"h2".to_vec(), b"http/1.1".to_vec()],
            clients: None,
            provider: provider(),
        }
    }
}

impl Settings {
    pub(crate) fn tls(self, certificate: &Certificate) -> TlsAcceptor {
        let builder = ServerConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_safe_default_protocol_versions()
            .unwrap();
        let builder = match self.clients {
            None => builder.with_no_client_auth(),
            Some(clients) => {
                let roots = Arc::new(clients.as_roots());
                let verifier = WebPkiClientVerifier::builder_with_provider(roots, self.provider);
                builder.with_client_cert_verifier(verifier.build().unwrap())
            }
        };
        let mut config = builder
            .with_single_cert(certificate.chain(), certificate.key())
            .unwrap();
        config.alpn_protocols = self.protocols;
        TlsAcceptor::from(Arc::new(config))
    }
}

/// A server. It ends with the runtime of its test.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) certificate: Certificate,
    arrived: Arc<AtomicUsize>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::with(Settings::default()).await
    }

    pub(crate) async fn with(settings: Settings) -> Self {
        let certificate = Certificate::of(&["localhost", "api.test"]);
        let tls = settings.tls(&certificate);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let arrived = Arc::new(AtomicUsize::new(0));
        tokio::spawn(accept(listener, tls, Arc::clone(&arrived)));
        Self {
            address,
            certificate,
            arrived,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }

    /// The bytes that arrived at the sockets so far.
    #[allow(dead_code, reason = "not every file of tests counts them")]
    pub(crate) fn arrived(&self) -> usize {
        self.arrived.load(Ordering::SeqCst)
    }
}

async fn accept(listener: TcpListener, tls: TlsAcceptor, arrived: Arc<AtomicUsize>) {
    while let Ok((stream, _)) = listener.accept().await {
        let counted = Counted(stream, Arc::clone(&arrived));
        let tls = tls.clone();
        tokio::spawn(async move {
            match tls.accept(counted).into_fallible().await {
                Ok(stream) => serve(stream).await,
                Err((_, stream)) => let_go(stream).await,
            }
        });
    }
}

/// Waits for the other side to go, as it does once it knows why. A socket that is closed with unread data would take the
/// alert back.
async fn let_go(mut stream: Counted) {
    let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
}

/// Speaks the version of HTTP that the other side begins with.
pub(crate) async fn serve(stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static) {
    let service = service_fn(|request: Request<_>| ready(Ok::<_, Infallible>(seen(&request))));
    let connection = auto::Builder::new(TokioExecutor::new());
    // A client that goes away in the middle is no concern of the tests.
    let _ = connection
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
        .await;
}

fn seen<B>(request: &Request<B>) -> Response<Body> {
    let text = format!("{:?} {}", request.version(), request.uri().path());
    Response::new(Body::from(text))
}

/// Counts the bytes that are read.
struct Counted(TcpStream, Arc<AtomicUsize>);

impl AsyncRead for Counted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.0).poll_read(cx, buffer);
        let count = buffer.filled().len() - before;
        self.1.fetch_add(count, Ordering::SeqCst);
        read
    }
}

impl AsyncWrite for Counted {
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
