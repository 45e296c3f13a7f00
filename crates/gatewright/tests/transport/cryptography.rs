//! Which cryptography TLS runs on.

use gatewright::transport::{self, TransportErrorKind};

/// The key exchange `X25519MLKEM768` is in AWS-LC and not in ring, so a server that knows no other tells them apart.
#[cfg(feature = "aws-lc-rs")]
#[tokio::test]
async fn aws_lc_is_used_where_it_is_turned_on() {
    use std::sync::Arc;

    use tokio_rustls::rustls::crypto::aws_lc_rs;

    use super::server::{Server, Settings};

    let provider = Arc::new(tokio_rustls::rustls::crypto::CryptoProvider {
        kx_groups: vec![aws_lc_rs::kx_group::X25519MLKEM768],
        ..aws_lc_rs::default_provider()
    });
    let server = Server::with(Settings {
        provider,
        ..Settings::default()
    })
    .await;
    let builder = transport::builder().root_certificate_der(server.certificate.der());
    super::get(&builder.build().unwrap(), &server.url())
        .await
        .unwrap();
}

/// These tests are not compiled with the module.
#[test]
fn without_a_fips_module_it_cannot_be_required() {
    let error = transport::builder().require_fips().build().unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::NotFips);
    assert!(error.to_string().contains("`aws-lc-rs`"), "{error}");
}
