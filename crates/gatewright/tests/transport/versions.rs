//! Versions of HTTP.

use gatewright::transport;

use super::get;
use super::server::{Server, Settings};

#[tokio::test]
async fn the_server_chooses_the_version_unless_it_is_http_1_alone() {
    let server = Server::start().await;
    let builder = transport::builder().root_certificate_der(server.certificate.der());
    let by_default = if cfg!(feature = "http2") {
        "HTTP/2.0 /"
    } else {
        "HTTP/1.1 /"
    };
    for (builder, expected) in [
        (builder.clone(), by_default),
        (builder.http1_only(), "HTTP/1.1 /"),
    ] {
        let seen = get(&builder.build().unwrap(), &server.url()).await.unwrap();
        assert_eq!(seen, expected);
    }
}

#[tokio::test]
async fn a_server_that_knows_http_1_alone_is_spoken_to_in_it() {
    for protocols in [vec![b"http/1.1".to_vec()], Vec::new()] {
        let server = Server::with(Settings {
            protocols,
            ..Settings::default()
        })
        .await;
        let builder = transport::builder().root_certificate_der(server.certificate.der());
        let seen = get(&builder.build().unwrap(), &server.url()).await.unwrap();
        assert_eq!(seen, "HTTP/1.1 /");
    }
}
