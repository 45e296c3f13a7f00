//! Which servers are trusted.

use gatewright::transport::{self, TransportErrorKind};

use super::certificate::Certificate;
use super::server::Server;
use super::{get, reason};

#[tokio::test]
async fn a_server_of_a_given_root_is_trusted_and_without_that_root_it_is_not() {
    let server = Server::start().await;
    let (root, pem) = (server.certificate.der(), server.certificate.pem());
    let several = Certificate::of(&["other.test"]).pem() + &pem;
    for builder in [
        transport::builder().root_certificate_der(&root),
        transport::builder().root_certificate_pem(&pem),
        transport::builder().root_certificate_pem(several),
        transport::builder()
            .root_certificate_pem(&pem)
            .only_given_roots(),
        transport::builder()
            .only_given_roots()
            .root_certificate_pem(&pem),
    ] {
        get(&builder.build().unwrap(), &server.url()).await.unwrap();
    }
    let other = Certificate::of(&["localhost"]);
    let stranger = transport::builder()
        .root_certificate_der(other.der())
        .only_given_roots();
    for transport in [transport::https(), stranger.build().unwrap()] {
        let error = get(&transport, &server.url()).await.unwrap_err();
        let text = format!("{error:?}");
        assert!(
            text.contains("InvalidCertificate")
                || reason(&error).0 == Some(TransportErrorKind::NoRoots),
            "{text}"
        );
    }
}

#[cfg(feature = "webpki-roots")]
#[tokio::test]
async fn the_roots_of_mozilla_do_not_vouch_for_a_private_server() {
    let server = Server::start().await;
    let mozilla = transport::builder().webpki_roots();
    let error = get(&mozilla.clone().build().unwrap(), &server.url())
        .await
        .unwrap_err();
    assert!(format!("{error:?}").contains("UnknownIssuer"), "{error:?}");
    let both = mozilla.root_certificate_der(server.certificate.der());
    get(&both.build().unwrap(), &server.url()).await.unwrap();
}

#[test]
fn roots_that_are_none_are_refused() {
    let key = Certificate::of(&["a.test"]).key_pem();
    let cut = "-----BEGIN CERTIFICATE-----\nMIIB\n";
    let empty = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    for pem in ["", "no PEM", &key, cut, empty] {
        let error = transport::builder()
            .root_certificate_pem(pem)
            .build()
            .unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::InvalidRoot, "{pem}");
    }
    let error = transport::builder()
        .root_certificate_der([1, 2, 3])
        .build()
        .unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::InvalidRoot);
    let error = transport::builder().only_given_roots().build().unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::NoRoots);
}
