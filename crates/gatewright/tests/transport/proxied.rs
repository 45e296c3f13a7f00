//! Calls through an HTTP proxy.

use gatewright::transport::{self, Builder, Proxy, TransportErrorKind};
use gatewright::{AuthorizeError, AuthorizeErrorKind, Body};
use http::Request;
use tower::ServiceExt;

use super::certificate::Certificate;
use super::proxy::{Conduct, HttpProxy};
use super::server::{Server, Settings};
use super::{get, reason};

fn through(url: &str) -> Builder {
    let proxy = Proxy::new(url).unwrap();
    transport::builder().proxy(proxy)
}

#[tokio::test]
async fn an_https_call_goes_through_a_tunnel() {
    let server = Server::start().await;
    let proxy = HttpProxy::start(Conduct::Serve(server.address)).await;
    let transport = through(&proxy.url())
        .root_certificate_der(server.certificate.der())
        .build()
        .unwrap();
    for path in ["/a", "/b"] {
        let seen = get(&transport, &format!("https://api.test{path}")).await;
        let version = if cfg!(feature = "http2") {
            "HTTP/2.0"
        } else {
            "HTTP/1.1"
        };
        assert_eq!(seen.unwrap(), format!("{version} {path}"));
    }
    let heads = proxy.heads();
    assert_eq!(
        heads,
        ["CONNECT api.test:443 HTTP/1.1\r\nHost: api.test:443\r\n\r\n"]
    );
}

#[tokio::test]
async fn a_proxy_gets_its_user_name_and_password() {
    let server = Server::start().await;
    let proxy = HttpProxy::start(Conduct::Serve(server.address)).await;
    let given = Proxy::new(&proxy.url()).unwrap();
    let given = given.credentials("user", "p:ss").unwrap();
    let transport = transport::builder()
        .proxy(given)
        .root_certificate_der(server.certificate.der())
        .build()
        .unwrap();
    get(&transport, "https://api.test:8443/").await.unwrap();
    get(&transport, "http://api.test/x?y=1").await.unwrap();
    let [tunnel, forwarded] = &proxy.heads()[..] else {
        panic!("{:?}", proxy.heads());
    };
    // printf 'user:p:ss' | base64
    assert!(tunnel.starts_with("CONNECT api.test:8443 "), "{tunnel}");
    assert!(
        tunnel.contains("Proxy-Authorization: Basic dXNlcjpwOnNz\r\n"),
        "{tunnel}"
    );
    assert!(
        forwarded.starts_with("GET http://api.test/x?y=1 HTTP/1.1\r\n"),
        "{forwarded}"
    );
    assert!(
        forwarded.contains("proxy-authorization: Basic dXNlcjpwOnNz\r\n"),
        "{forwarded}"
    );
}

#[tokio::test]
async fn a_proxy_that_refuses_says_so_without_its_password() {
    for (response, kind, word) in [
        (
            "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
            TransportErrorKind::ProxyCredentials,
            "user name and a password",
        ),
        (
            "HTTP/1.1 502 Bad Gateway\r\n\r\nhunter2",
            TransportErrorKind::ProxyRefused,
            "did not connect",
        ),
        ("", TransportErrorKind::ProxyRefused, "did not connect"),
        (
            "220 mail\r\n",
            TransportErrorKind::ProxyRefused,
            "did not connect",
        ),
    ] {
        let proxy = HttpProxy::start(Conduct::Refuse(response)).await;
        let given = Proxy::new(&proxy.url()).unwrap();
        let given = given.credentials("user", "hunter2").unwrap();
        let transport = transport::builder().proxy(given).build().unwrap();
        let error = get(&transport, "https://api.test/").await.unwrap_err();
        let (found, text) = reason(&error);
        assert_eq!(found, Some(kind), "{text}");
        assert!(text.contains(word) && text.contains(&proxy.url()), "{text}");
        // printf 'user:hunter2' | base64
        assert!(
            !text.contains("hunter2") && !text.contains("dXNlcjpodW50ZXIy"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_named() {
    let transport = through("http://127.0.0.1:1").build().unwrap();
    for target in ["https://api.test/", "http://api.test/"] {
        let error = get(&transport, target).await.unwrap_err();
        let (found, text) = reason(&error);
        assert_eq!(found, Some(TransportErrorKind::ProxyUnreachable), "{text}");
        assert!(text.contains("http://127.0.0.1:1"), "{text}");
    }
}

#[tokio::test]
async fn a_host_beside_the_proxy_and_this_machine_are_reached_directly() {
    let server = Server::start().await;
    let proxy = HttpProxy::start(Conduct::Refuse("")).await;
    let transport = through(&proxy.url())
        .root_certificate_der(server.certificate.der())
        .build()
        .unwrap();
    get(&transport, &server.url()).await.unwrap();
    let beside = Proxy::new(&proxy.url())
        .unwrap()
        .bypass("192.0.2.0/24,.test");
    let transport = transport::builder().proxy(beside).build().unwrap();
    // Nothing has this name, so that is the error. The proxy was not asked.
    let error = get(&transport, "https://api.test/").await.unwrap_err();
    assert_eq!(reason(&error).0, None);
    assert_eq!(proxy.heads(), [""; 0]);
}

#[tokio::test]
async fn credentials_in_the_clear_go_to_this_machine_and_never_to_a_proxy() {
    let plain = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = format!("http://localhost:{}/", plain.local_addr().unwrap().port());
    tokio::spawn(async move {
        let (stream, _) = plain.accept().await.unwrap();
        super::server::serve(stream).await;
    });
    let proxy = HttpProxy::start(Conduct::Serve(([127, 0, 0, 1], 1).into())).await;
    let transport = through(&proxy.url()).build().unwrap();
    let request = |target: &str| {
        let request = Request::get(target).header("authorization", "Bearer s3cr3t");
        request.body(Body::empty()).unwrap()
    };
    let response = transport.clone().oneshot(request(&target)).await.unwrap();
    assert_eq!(response.status(), 200);
    let refused = transport.clone().oneshot(request("http://api.test/")).await;
    let error = refused.unwrap_err();
    let error: &AuthorizeError = error.downcast_ref().unwrap();
    assert_eq!(error.kind(), AuthorizeErrorKind::InsecureTarget);
    assert_eq!(proxy.heads(), [""; 0]);
}

#[tokio::test]
async fn a_proxy_may_be_reached_over_tls() {
    let server = Server::start().await;
    let certificate = Certificate::of(&["localhost"]);
    let tls = Settings {
        protocols: Vec::new(),
        ..Settings::default()
    };
    let proxy = HttpProxy::over_tls(Conduct::Serve(server.address), tls.tls(&certificate)).await;
    let url = format!("https://localhost:{}", proxy.address.port());
    let transport = through(&url)
        .root_certificate_der(server.certificate.der())
        .root_certificate_pem(certificate.pem())
        .build()
        .unwrap();
    let seen = get(&transport, "https://api.test/a").await.unwrap();
    assert!(seen.ends_with(" /a"), "{seen}");
    assert_eq!(
        get(&transport, "http://api.test/").await.unwrap(),
        "forwarded"
    );
    assert_eq!(proxy.heads().len(), 2);
    let stranger = through(&url).root_certificate_der(server.certificate.der());
    let error = get(&stranger.build().unwrap(), "https://api.test/")
        .await
        .unwrap_err();
    assert_eq!(reason(&error).0, Some(TransportErrorKind::ProxyUnreachable));
}
