//! Client certificates.

use gatewright::transport::{self, TransportErrorKind};

use super::certificate::Certificate;
use super::server::{Server, Settings};
use super::{get, reason};

async fn server(clients: &Certificate) -> Server {
    let clients = Some(clients.clone());
    Server::with(Settings {
        clients,
        ..Settings::default()
    })
    .await
}

#[tokio::test]
async fn a_client_with_its_certificate_is_let_in() {
    let client = Certificate::of(&["client.test"]);
    let server = server(&client).await;
    let trusting = transport::builder().root_certificate_der(server.certificate.der());
    for builder in [
        trusting
            .clone()
            .client_certificate_pem(client.pem(), client.key_pem()),
        trusting
            .clone()
            .client_certificate_der([client.der()], client.key_der()),
        // As in the files of many tools: both in one.
        trusting.client_certificate_pem(
            client.pem() + &client.key_pem(),
            client.pem() + &client.key_pem(),
        ),
    ] {
        let transport = builder.build().unwrap();
        let seen = get(&transport, &format!("{}/a", server.url()))
            .await
            .unwrap();
        assert!(seen.ends_with(" /a"), "{seen}");
    }
}

#[tokio::test]
async fn a_client_without_certificate_learns_that_it_needs_one() {
    let server = server(&Certificate::of(&["client.test"])).await;
    let builder = transport::builder().root_certificate_der(server.certificate.der());
    for builder in [builder.clone(), builder.http1_only()] {
        let error = get(&builder.build().unwrap(), &server.url())
            .await
            .unwrap_err();
        let (found, text) = reason(&error);
        assert_eq!(
            found,
            Some(TransportErrorKind::ClientCertificateRequired),
            "{error:?}"
        );
        assert!(text.contains("client_certificate_pem"), "{text}");
    }
}

#[tokio::test]
async fn a_certificate_of_a_stranger_is_refused() {
    let server = server(&Certificate::of(&["client.test"])).await;
    let stranger = Certificate::of(&["stranger.test"]);
    let transport = transport::builder()
        .root_certificate_der(server.certificate.der())
        .client_certificate_pem(stranger.pem(), stranger.key_pem())
        .build()
        .unwrap();
    assert!(get(&transport, &server.url()).await.is_err());
}

#[test]
fn a_certificate_that_cannot_be_used_is_refused_without_its_key() {
    let (one, other) = (
        Certificate::of(&["one.test"]),
        Certificate::of(&["other.test"]),
    );
    let key = one.key_pem();
    let secret = key.lines().nth(1).unwrap();
    let in_one_line = key.replace('\n', "\\n");
    let encrypted = key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
    for (chain, key) in [
        (one.pem(), other.key_pem()),
        (String::new(), key.clone()),
        (one.pem(), String::new()),
        (one.pem(), in_one_line.clone()),
        (in_one_line, key.clone()),
        (one.pem(), encrypted),
        (one.pem(), key.replacen(&secret[..8], "!!!!!!!!", 1)),
        (one.pem(), key.replacen(secret, "", 1)),
        (key.clone(), one.pem()),
    ] {
        let builder = transport::builder().client_certificate_pem(&chain, &key);
        let shown = format!("{builder:?}");
        let error = builder.build().unwrap_err();
        assert_eq!(
            error.kind(),
            TransportErrorKind::InvalidClientCertificate,
            "{chain} {key}"
        );
        let text = format!("{shown} {error:#} {error:?}");
        assert!(!text.contains(&secret[10..30]), "{text}");
    }
    let right = transport::builder().client_certificate_pem(one.pem(), one.key_pem());
    let shown = format!("{right:?} {:?}", right.clone().build().unwrap());
    assert!(!shown.contains(&secret[10..30]), "{shown}");
}
