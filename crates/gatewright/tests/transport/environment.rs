//! What the environment says. A test cannot change its own, so it runs itself again in another one.

use std::path::Path;
use std::process::Command;

use gatewright::transport;
use tokio::net::TcpListener;

use super::certificate::Certificate;
use super::proxy::{Conduct, HttpProxy};
use super::{get, reason};

/// What a program with these variables sees when it calls `target` over the default transport.
async fn called(target: &str, variables: &[(&str, &str)]) -> String {
    let mut program = Command::new(std::env::current_exe().unwrap());
    program.args([
        "--exact",
        "environment::program",
        "--ignored",
        "--nocapture",
    ]);
    program.env_clear().env("GATEWRIGHT_TARGET", target);
    program.envs(variables.iter().copied());
    let output = tokio::task::spawn_blocking(move || program.output().unwrap());
    String::from_utf8(output.await.unwrap().stdout).unwrap()
}

/// The path of a file with this content.
fn file(name: &str, content: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[tokio::test]
#[ignore = "a program that other tests run"]
async fn program() {
    let target = std::env::var("GATEWRIGHT_TARGET").unwrap();
    match get(&transport::https(), &target).await {
        Ok(text) => println!("response {text}"),
        Err(error) => println!("error {:?}", reason(&error)),
    }
}

#[tokio::test]
async fn a_proxy_of_the_environment_is_used() {
    let proxy = HttpProxy::start(Conduct::Serve(([127, 0, 0, 1], 1).into())).await;
    let url = proxy.url().replace("://", "://user:hunter2@");
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        let seen = called("http://api.test/", &[(name, &url)]).await;
        assert!(seen.contains("response forwarded"), "{name}: {seen}");
    }
    // printf 'user:hunter2' | base64
    let mut heads = proxy.heads().into_iter();
    assert!(heads.all(|head| head.contains("proxy-authorization: Basic dXNlcjpodW50ZXIy\r\n")));

    let proxy = HttpProxy::start(Conduct::Refuse("HTTP/1.1 502 Bad Gateway\r\n\r\n")).await;
    let url = proxy.url().replace("://", "://user:hunter2@");
    let roots = file("root.pem", &Certificate::of(&["root.test"]).pem());
    for name in ["HTTPS_PROXY", "https_proxy"] {
        let variables = [(name, &*url), ("SSL_CERT_FILE", &*roots)];
        let seen = called("https://api.test/", &variables).await;
        assert!(
            seen.contains("ProxyRefused") && !seen.contains("hunter2"),
            "{name}: {seen}"
        );
    }
    assert_eq!(proxy.heads().len(), 2);
}

#[tokio::test]
async fn this_machine_and_no_proxy_are_reached_directly() {
    let proxy = HttpProxy::start(Conduct::Serve(([127, 0, 0, 1], 1).into())).await;
    let plain = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = format!("http://localhost:{}/a", plain.local_addr().unwrap().port());
    tokio::spawn(async move {
        let (stream, _) = plain.accept().await.unwrap();
        super::server::serve(stream).await;
    });
    let seen = called(&target, &[("HTTP_PROXY", &proxy.url())]).await;
    assert!(seen.contains("response HTTP/1.1 /a"), "{seen}");
    for (name, value) in [
        ("NO_PROXY", ".test"),
        ("no_proxy", "*"),
        ("REQUEST_METHOD", "GET"),
    ] {
        let variables = [("HTTP_PROXY", &*proxy.url()), (name, value)];
        let seen = called("http://api.test/", &variables).await;
        assert!(seen.contains("error (None"), "{name}: {seen}");
    }
    assert_eq!(proxy.heads(), [""; 0]);
}

#[tokio::test]
async fn without_roots_of_the_machine_https_is_refused() {
    let empty = file("empty.pem", "");
    let variables = [
        ("SSL_CERT_FILE", &*empty),
        ("HTTPS_PROXY", "http://127.0.0.1:1"),
    ];
    let seen = called("https://api.test/", &variables).await;
    if cfg!(feature = "webpki-roots") {
        // Mozilla's are there, so it goes on to the proxy.
        assert!(seen.contains("ProxyUnreachable"), "{seen}");
    } else {
        assert!(
            seen.contains("NoRoots") && seen.contains("ca-certificates"),
            "{seen}"
        );
    }
}
