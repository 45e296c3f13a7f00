//! An HTTP proxy on loopback that keeps what it reads.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// What a proxy does with a request.
#[derive(Clone, Copy)]
pub(crate) enum Conduct {
    /// A tunnel to this server, whatever was asked for; a plain request gets a response of the proxy's own.
    Serve(SocketAddr),
    /// This response.
    Refuse(&'static str),
}

/// A proxy. It ends with the runtime of its test.
pub(crate) struct HttpProxy {
    pub(crate) address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl HttpProxy {
    pub(crate) async fn start(conduct: Conduct) -> Self {
        Self::with(conduct, None).await
    }

    /// A proxy that is reached over TLS.
    pub(crate) async fn over_tls(conduct: Conduct, tls: TlsAcceptor) -> Self {
        Self::with(conduct, Some(tls)).await
    }

    async fn with(conduct: Conduct, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let heads = Arc::default();
        tokio::spawn(accept(listener, conduct, tls, Arc::clone(&heads)));
        Self { address, heads }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The heads of the requests so far.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

async fn accept(
    listener: TcpListener,
    conduct: Conduct,
    tls: Option<TlsAcceptor>,
    heads: Arc<Mutex<Vec<String>>>,
) {
    while let Ok((stream, _)) = listener.accept().await {
        let (tls, heads) = (tls.clone(), Arc::clone(&heads));
        tokio::spawn(async move {
            match tls {
                None => serve(stream, conduct, &heads).await,
                Some(tls) => {
                    if let Ok(stream) = tls.accept(stream).await {
                        serve(stream, conduct, &heads).await;
                    }
                }
            }
        });
    }
}

async fn serve<S>(mut stream: S, conduct: Conduct, heads: &Mutex<Vec<String>>)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let head = head(&mut stream).await;
    let is_connect = head.starts_with("CONNECT ");
    heads.lock().unwrap().push(head);
    match conduct {
        Conduct::Refuse(response) => stream.write_all(response.as_bytes()).await.unwrap(),
        Conduct::Serve(server) if is_connect => {
            stream
                .write_all(b"HTTP/1.1 200 Connected\r\n\r\n")
                .await
                .unwrap();
            let mut server = TcpStream::connect(server).await.unwrap();
            // Either side may end the connection as it likes.
            let _ = copy_bidirectional(&mut stream, &mut server).await;
        }
        Conduct::Serve(_) => {
            let response =
                b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 9\r\n\r\nforwarded";
            stream.write_all(response).await.unwrap();
        }
    }
}

/// All that is sent before an empty line.
async fn head(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8(head).unwrap()
}
