//! Certificates, made anew for each test.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio_rustls::rustls::RootCertStore;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// A certificate that is its own root.
#[derive(Clone)]
pub(crate) struct Certificate {
    der: Vec<u8>,
    key: Vec<u8>,
}

#[allow(dead_code, reason = "not every file of tests needs all of it")]
impl Certificate {
    pub(crate) fn of(names: &[&str]) -> Self {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        let made = rcgen::generate_simple_self_signed(names).unwrap();
        Self {
            der: made.cert.der().to_vec(),
            key: made.signing_key.serialize_der(),
        }
    }

    pub(crate) fn der(&self) -> Vec<u8> {
        self.der.clone()
    }

    pub(crate) fn key_der(&self) -> Vec<u8> {
        self.key.clone()
    }

    pub(crate) fn pem(&self) -> String {
        pem("CERTIFICATE", &self.der)
    }

    pub(crate) fn key_pem(&self) -> String {
        pem("PRIVATE KEY", &self.key)
    }

    pub(crate) fn chain(&self) -> Vec<CertificateDer<'static>> {
        vec![self.der().into()]
    }

    pub(crate) fn key(&self) -> PrivateKeyDer<'static> {
        self.key_der().try_into().unwrap()
    }

    pub(crate) fn as_roots(&self) -> RootCertStore {
        let mut roots = RootCertStore::empty();
        roots.add(self.der().into()).unwrap();
        roots
    }
}

#[allow(dead_code, reason = "not every file of tests needs all of it")]
fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<&str> = text
        .as_bytes()
        .chunks(64)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
        lines.join("\n")
    )
}
