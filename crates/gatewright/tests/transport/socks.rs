//! Calls through a SOCKS 5 proxy (RFC 1928, RFC 1929).

use std::net::SocketAddr;

use gatewright::transport::{self, Proxy, TransportErrorKind};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

use super::server::Server;
use super::{get, reason};

/// A proxy that wants `user` and `hunter2`, and connects `api.test` with `server`.
async fn proxy(server: SocketAddr) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, server));
        }
    });
    address
}

async fn serve(mut stream: TcpStream, server: SocketAddr) -> std::io::Result<()> {
    let methods = counted(&mut stream, 1).await?;
    if !methods.contains(&2) {
        return stream.write_all(&[5, 0xff]).await;
    }
    stream.write_all(&[5, 2]).await?;
    let user = counted(&mut stream, 1).await?;
    let password = counted(&mut stream, 0).await?;
    let is_right = user == b"user" && password == b"hunter2";
    stream.write_all(&[1, u8::from(!is_right)]).await?;
    if !is_right {
        return Ok(());
    }
    let name = counted(&mut stream, 4).await?;
    assert_eq!(name, b"api.test");
    assert_eq!(stream.read_u16().await?, 443);
    stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    let mut server = TcpStream::connect(server).await?;
    copy_bidirectional(&mut stream, &mut server).await?;
    Ok(())
}

/// Skips some bytes, and reads a text that follows its length.
async fn counted(stream: &mut TcpStream, skipped: usize) -> std::io::Result<Vec<u8>> {
    stream.read_exact(&mut vec![0; skipped]).await?;
    let mut text = vec![0; stream.read_u8().await?.into()];
    stream.read_exact(&mut text).await?;
    Ok(text)
}

#[tokio::test]
async fn a_call_goes_through_socks_with_a_password() {
    let server = Server::start().await;
    let proxy = Proxy::new(&format!("socks5h://{}", proxy(server.address).await)).unwrap();
    let transport = transport::builder()
        .proxy(proxy.credentials("user", "hunter2").unwrap())
        .root_certificate_der(server.certificate.der())
        .build()
        .unwrap();
    let seen = get(&transport, "https://api.test/a").await.unwrap();
    assert!(seen.ends_with(" /a"), "{seen}");
}

#[tokio::test]
async fn socks_without_the_right_password_is_refused() {
    let address = proxy(([127, 0, 0, 1], 1).into()).await;
    for user in ["", "user:hunter3@"] {
        let proxy = Proxy::new(&format!("socks5://{user}{address}")).unwrap();
        let transport = transport::builder().proxy(proxy).build().unwrap();
        let error = get(&transport, "https://api.test/").await.unwrap_err();
        let (found, text) = reason(&error);
        assert_eq!(found, Some(TransportErrorKind::ProxyCredentials), "{text}");
        assert!(!text.contains("hunter"), "{text}");
    }
}
