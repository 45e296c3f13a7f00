//! The gateway on a socket: HTTP/1.1 and HTTP/2 without TLS.

use std::future::poll_fn;
use std::net::SocketAddr;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use gatewright_document::{Document, ReadOptions};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use crate::Error;
use crate::builder::Builder;
use crate::claims::TokenClaims;
use crate::gateway::Gateway;
use crate::log::Received;

/// A gateway that is running on a socket of this machine.
///
/// Dropping it stops it: no new connection is taken, requests that are being answered are answered.
///
/// ```
/// # use gatewright_document::Document;
/// # let bytes = br#"{"openapi": "3.0.1", "info": {"title": "pets", "version": "1"}, "paths": {"/pets": {"get":
/// #     {"responses": {"200": {"description": "all"}}}}}}"#;
/// # let document = Document::from_slice("pets.json", bytes)?;
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// use gatewright_local::LocalGateway;
///
/// let gateway = LocalGateway::builder(document).stage("prod").start().await?;
/// assert!(gateway.url().starts_with("http://127.0.0.1:"));
/// assert!(gateway.url().ends_with("/prod"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct LocalGateway {
    gateway: Gateway,
    url: String,
    /// The server stops when this is dropped.
    _running: oneshot::Sender<()>,
}

impl LocalGateway {
    /// A gateway for a document.
    pub fn builder(document: Document) -> Builder {
        Builder::new(document)
    }

    /// A gateway for a document in a file, JSON or YAML, and the files in its folder and below it that it refers to.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or is not a document that gatewright can use; the source says where and why.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Builder, Error> {
        Self::from_path_with(path, &ReadOptions::new())
    }

    /// A gateway for a document in a file, read with what somebody knows of it: which API of a template it is, for one.
    ///
    /// ```no_run
    /// # async fn example() -> Result<(), gatewright_local::Error> {
    /// use gatewright_document::ReadOptions;
    /// use gatewright_local::LocalGateway;
    ///
    /// let options = ReadOptions::new().resource("PetsApi");
    /// let gateway = LocalGateway::from_path_with("template.yaml", &options)?.start().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`from_path`](Self::from_path).
    pub fn from_path_with(path: impl AsRef<Path>, options: &ReadOptions) -> Result<Builder, Error> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|error| Error::read(path, error))?;
        let name = path.display().to_string();
        let document = options.read_with(&name, &bytes, &mut options.folder(path));
        document.map(Builder::new).map_err(Error::document)
    }

    /// Where the API is: `http://127.0.0.1:PORT`, then the stage if there is one; no slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What was received so far, the oldest first. The last 1,000 requests are kept.
    pub fn requests(&self) -> Vec<Received> {
        self.gateway.requests()
    }

    /// A token that this gateway's authorizers take; see [`Gateway::mint_token`].
    ///
    /// # Panics
    ///
    /// As [`Gateway::mint_token`].
    pub fn mint_token(&self, claims: TokenClaims) -> String {
        self.gateway.mint_token(claims)
    }

    /// Starts serving. `stage` is empty or has no slashes around it.
    pub(crate) fn serve(
        gateway: Gateway,
        listener: TcpListener,
        base_url: &str,
        stage: &str,
    ) -> Self {
        // A runtime without time is said here, and not in the task of each connection.
        drop(tokio::time::sleep(Duration::ZERO));
        let (running, stop) = oneshot::channel();
        tokio::spawn(serve(listener, gateway.clone(), stop));
        let url = if stage.is_empty() {
            base_url.to_owned()
        } else {
            format!("{base_url}/{stage}")
        };
        Self {
            gateway,
            url,
            _running: running,
        }
    }
}

/// Listens on an address of this machine.
pub(crate) async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), Error> {
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| Error::bind(address, error))?;
    let address = listener
        .local_addr()
        .map_err(|error| Error::bind(address, error))?;
    Ok((listener, address))
}

async fn serve(listener: TcpListener, gateway: Gateway, mut stop: oneshot::Receiver<()>) {
    let mut server = auto::Builder::new(TokioExecutor::new());
    // With a timer, hyper ends a connection that sends no head of a request for 30 seconds.
    server.http1().timer(TokioTimer::new());
    server.http2().timer(TokioTimer::new());
    let connections = GracefulShutdown::new();
    while let Some(accepted) = poll_fn(|cx| poll_next(&listener, &mut stop, cx)).await {
        let Ok(stream) = accepted else {
            // That connection is gone, or there are no file handles for now: the next may do better, and not at once.
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        // A response goes out at once, also behind one whose receipt the client has not confirmed yet.
        stream.set_nodelay(true).ok();
        let service = TowerToHyperService::new(gateway.clone());
        let connection = server
            .serve_connection(TokioIo::new(stream), service)
            .into_owned();
        let connection = connections.watch(connection);
        // It fails only when the client breaks the connection off, which is for the client to report.
        tokio::spawn(async move { connection.await.ok() });
    }
    drop(listener);
    connections.shutdown().await;
}

/// How long nothing is accepted after that has failed.
const PAUSE: Duration = Duration::from_millis(50);

/// The next connection; `None` when the gateway was dropped.
fn poll_next(
    listener: &TcpListener,
    stop: &mut oneshot::Receiver<()>,
    cx: &mut Context<'_>,
) -> Poll<Option<std::io::Result<TcpStream>>> {
    if Pin::new(stop).poll(cx).is_ready() {
        return Poll::Ready(None);
    }
    let accepted = std::task::ready!(listener.poll_accept(cx));
    Poll::Ready(Some(accepted.map(|(stream, _)| stream)))
}
