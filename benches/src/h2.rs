//! A server of HTTP/2 over TLS, in a process of its own, so that nothing of it is counted as the client's.
//!
//! What it does with `GET …/{id}` depends on the id: see [`SLOW`], [`HELD`], [`ARRIVED`] and [`RELEASE`]. Any other
//! gets its response at once.

use std::convert::Infallible;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use gatewright::BoxError;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use rustls::pki_types::PrivateKeyDer;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

use crate::callers::PET;
use crate::{Outcome, runtime};

pub(crate) const ARGUMENT: &str = "h2-server";

/// Gets its response after a second.
pub(crate) const SLOW: &str = "slow";
/// Gets its response once there was a `RELEASE`.
pub(crate) const HELD: &str = "held";
/// Gets its response when [`IN_FLIGHT`] requests are held.
pub(crate) const ARRIVED: &str = "arrived";
pub(crate) const RELEASE: &str = "release";

pub(crate) const IN_FLIGHT: usize = 10_000;

/// The running server.
pub(crate) struct Server {
    process: Child,
    folder: PathBuf,
    pub(crate) base: String,
}

impl Server {
    pub(crate) fn start() -> Result<Self, BoxError> {
        let folder = std::env::temp_dir().join(format!("gatewright-h2-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let mut process = Command::new(std::env::current_exe()?)
            .arg(ARGUMENT)
            .arg(folder.join("roots.pem"))
            .stdout(Stdio::piped())
            .spawn()?;
        let mut base = String::new();
        let output = process.stdout.take().ok_or("no output")?;
        BufReader::new(output).read_line(&mut base)?;
        let base = base.trim_end().to_owned();
        Ok(Self {
            process,
            folder,
            base,
        })
    }

    /// The certificates that a client has to trust.
    pub(crate) fn roots(&self) -> PathBuf {
        self.folder.join("roots.pem")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may be gone already, and so may the folder.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The process of the server: writes its certificate into the file `roots`, and prints where it is.
pub(crate) fn child(roots: &str) -> Outcome {
    runtime()?.block_on(serve(Path::new(roots)))
}

async fn serve(roots: &Path) -> Outcome {
    let acceptor = acceptor(roots)?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("https://localhost:{}", listener.local_addr()?.port());
    let gate = Arc::new(Gate::new());
    loop {
        let (connection, _) = listener.accept().await?;
        connection.set_nodelay(true)?;
        let (acceptor, gate) = (acceptor.clone(), gate.clone());
        tokio::spawn(async move {
            // The client has gone.
            let _ = connected(connection, acceptor, gate).await;
        });
    }
}

fn acceptor(roots: &Path) -> Result<TlsAcceptor, BoxError> {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
    fs::write(roots, made.cert.pem())?;
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der())?;
    let provider = rustls::crypto::ring::default_provider();
    let mut tls = rustls::ServerConfig::builder_with_provider(provider.into())
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)?;
    tls.alpn_protocols = vec![b"h2".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(tls)))
}

async fn connected(connection: TcpStream, acceptor: TlsAcceptor, gate: Arc<Gate>) -> Outcome {
    let tls = acceptor.accept(connection).await?;
    let mut server = Builder::new(TokioExecutor::new());
    let streams = u32::try_from(2 * IN_FLIGHT)?;
    server.http2().max_concurrent_streams(streams);
    let respond = service_fn(|request: Request<Incoming>| {
        let gate = gate.clone();
        async move {
            gate.pass(request.uri().path()).await;
            let response = Response::builder().header("content-type", "application/json");
            let response = response.body(Full::new(Bytes::from_static(PET.as_bytes())));
            Ok::<_, Infallible>(response.expect("a valid response"))
        }
    });
    server.serve_connection(TokioIo::new(tls), respond).await
}

/// What keeps requests waiting.
struct Gate {
    held: watch::Sender<usize>,
    is_open: watch::Sender<bool>,
}

impl Gate {
    fn new() -> Self {
        Self {
            held: watch::Sender::new(0),
            is_open: watch::Sender::new(false),
        }
    }

    async fn pass(&self, path: &str) {
        let id = path.rsplit('/').next().unwrap_or_default();
        match id {
            SLOW => tokio::time::sleep(Duration::from_secs(1)).await,
            HELD => {
                self.held.send_modify(|held| *held += 1);
                wait(&self.is_open, |is_open| *is_open).await;
                self.held.send_modify(|held| *held -= 1);
            }
            ARRIVED => {
                self.is_open.send_replace(false);
                wait(&self.held, |held| *held >= IN_FLIGHT).await;
            }
            RELEASE => drop(self.is_open.send_replace(true)),
            _ => {}
        }
    }
}

async fn wait<T>(state: &watch::Sender<T>, is_there: impl FnMut(&T) -> bool) {
    // The sender is in the gate, which outlives this.
    let _ = state.subscribe().wait_for(is_there).await;
}
