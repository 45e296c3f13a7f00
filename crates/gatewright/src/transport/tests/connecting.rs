//! Connections: their limit, and the options of their sockets. Options are seen on a socket alone, so this test makes one.

use std::future::{Pending, pending};
use std::time::Duration;

use hyper_util::client::legacy::connect::HttpConnector;
use socket2::SockRef;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;
use tower::ServiceExt;

use super::super::error::{TransportError, TransportErrorKind};
use super::super::proxy::Rules;
use super::super::{Builder, Proxy, builder};
use super::*;

/// A network that loses everything.
#[derive(Clone)]
struct Silence;

impl Service<Uri> for Silence {
    type Response = TokioIo<Pipe>;
    type Error = BoxError;
    type Future = Pending<Result<TokioIo<Pipe>, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        pending()
    }
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_is_never_made_fails_when_the_limit_is_over() {
    let limit = builder().connect_timeout;
    assert_eq!(limit, Some(Duration::from_secs(10)));
    for target in ["http://localhost:3000/", "https://vpce.test/"] {
        let connector = Connector {
            limit,
            ..connector(Silence, Trust::new(Base::Nothing))
        };
        let start = Instant::now();
        let sent = Clients::new(connector, pool()).send(get(target, None));
        let error = sent.await.unwrap_err();
        assert_eq!(start.elapsed().as_secs(), 10);
        let error = TransportError::find(&*error).unwrap();
        assert_eq!(error.kind(), TransportErrorKind::ConnectTimeout);
        assert!(error.to_string().contains("within 10s"), "{error}");
    }
}

/// The socket of a connection with these settings.
async fn socket(builder: &Builder) -> TcpStream {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = format!("http://{}/", listener.local_addr().unwrap());
    let connector: HttpConnector = builder.tcp.connector(builder.connect_timeout);
    let stream = connector.oneshot(target.parse().unwrap()).await.unwrap();
    stream.into_inner()
}

#[tokio::test]
async fn a_request_is_not_held_back_for_one_before_it() {
    assert!(socket(&builder()).await.nodelay().unwrap());
    assert!(
        !socket(&builder().tcp_nodelay(false))
            .await
            .nodelay()
            .unwrap()
    );
}

#[tokio::test]
async fn a_connection_is_probed() {
    let stream = socket(&builder()).await;
    let options = SockRef::from(&stream);
    assert!(options.keepalive().unwrap());
    #[cfg(target_os = "linux")]
    {
        assert_eq!(options.tcp_keepalive_time().unwrap().as_secs(), 15);
        assert_eq!(options.tcp_keepalive_interval().unwrap().as_secs(), 15);
        assert_eq!(options.tcp_keepalive_retries().unwrap(), 3);
        let user_timeout = options.tcp_user_timeout().unwrap();
        assert_eq!(user_timeout, Some(Duration::from_secs(30)));
    }
    let stream = socket(&builder().tcp_keepalive(None).tcp_user_timeout(None)).await;
    let options = SockRef::from(&stream);
    assert!(!options.keepalive().unwrap());
    #[cfg(target_os = "linux")]
    assert_eq!(options.tcp_user_timeout().unwrap(), None);
}

/// Connects with somebody who reads and says nothing.
#[derive(Clone)]
struct Mute;

impl Service<Uri> for Mute {
    type Response = TokioIo<Pipe>;
    type Error = BoxError;
    type Future = Ready<Result<TokioIo<Pipe>, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let (near, mut far) = tokio::io::duplex(64 * 1024);
        tokio::spawn(async move { tokio::io::copy(&mut far, &mut tokio::io::sink()).await });
        ready(Ok(TokioIo::new(Pipe(near))))
    }
}

#[tokio::test(start_paused = true)]
async fn a_proxy_or_a_server_that_stays_silent_is_given_up_too() {
    let proxies = [
        "http://proxy.test",
        "https://proxy.test",
        "socks5://proxy.test",
    ];
    for proxy in [None].into_iter().chain(proxies.map(Some)) {
        let limit = builder().connect_timeout;
        let mut trust = Trust::new(Base::Nothing);
        let root = rcgen::generate_simple_self_signed(["nobody.test".to_owned()]).unwrap();
        trust.add(root.cert.der().clone()).unwrap();
        let mut connector = Connector {
            limit,
            ..connector(Mute, trust)
        };
        connector.route.rules = proxy.map(|url| Arc::new(Rules::of(&Proxy::new(url).unwrap())));
        let start = Instant::now();
        let sent = Clients::new(connector, pool()).send(get("https://vpce.test/", None));
        let error = sent.await.unwrap_err();
        assert_eq!(start.elapsed().as_secs(), 10, "{proxy:?}");
        let error = TransportError::find(&*error).unwrap();
        assert_eq!(error.kind(), TransportErrorKind::ConnectTimeout);
    }
}
