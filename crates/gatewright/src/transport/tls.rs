//! TLS: the cryptography, the client certificate, and configurations that are made when they are needed first.

use std::sync::{Arc, OnceLock};

use rustls::ClientConfig;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::{CertifiedKey, SingleCertAndKey};

use super::error::{TransportError, TransportErrorKind};
use super::roots::Trust;

const HTTP_1: &[u8] = b"http/1.1";
#[cfg(feature = "http2")]
const HTTP_2: &[u8] = b"h2";

/// What is offered to the other side of a connection (ALPN, RFC 7301). Each has a configuration of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Offer {
    /// To a server, which chooses the version: HTTP/2 if it can.
    Any,
    /// To a server.
    Http1,
    /// To a proxy, which is shown no client certificate.
    Proxy,
}

impl Offer {
    fn protocols(self) -> Vec<Vec<u8>> {
        let names: &[&[u8]] = match self {
            #[cfg(feature = "http2")]
            Self::Any => &[HTTP_2, HTTP_1],
            #[cfg(not(feature = "http2"))]
            Self::Any => &[HTTP_1],
            Self::Http1 => &[HTTP_1],
            Self::Proxy => &[],
        };
        names.iter().map(|name| name.to_vec()).collect()
    }
}

/// The settings of TLS, and the configurations made of them so far.
pub(super) struct Tls {
    trust: Trust,
    identity: Option<Arc<CertifiedKey>>,
    made: [OnceLock<Arc<ClientConfig>>; 3],
}

impl Tls {
    pub(super) fn new(trust: Trust, identity: Option<Arc<CertifiedKey>>) -> Self {
        Self {
            trust,
            identity,
            made: Default::default(),
        }
    }

    /// The configuration, made by the first connection that needs it: a program that calls plain `http` on loopback alone
    /// reads no root certificate.
    pub(super) fn config(&self, offer: Offer) -> Result<&Arc<ClientConfig>, TransportError> {
        let made = &self.made[offer as usize];
        if let Some(config) = made.get() {
            return Ok(config);
        }
        let config = Arc::new(self.make(offer)?);
        Ok(made.get_or_init(|| config))
    }

    fn make(&self, offer: Offer) -> Result<ClientConfig, TransportError> {
        let identity = self.identity.as_ref().filter(|_| offer != Offer::Proxy);
        let builder = ClientConfig::builder_with_provider(provider()?)
            .with_safe_default_protocol_versions()
            .map_err(no_versions)?
            .with_root_certificates(self.trust.roots()?);
        let mut config = match identity {
            Some(identity) => {
                let always = SingleCertAndKey::from(Arc::clone(identity));
                builder.with_client_cert_resolver(Arc::new(always))
            }
            None => builder.with_no_client_auth(),
        };
        config.alpn_protocols = offer.protocols();
        Ok(config)
    }

    #[cfg(test)]
    pub(super) fn is_unused(&self) -> bool {
        self.made.iter().all(|made| made.get().is_none())
    }
}

/// What was compiled in, the first choice first: features add up, and who turns `aws-lc-rs` on wants it.
const COMPILED: &[fn() -> CryptoProvider] = &[
    #[cfg(feature = "aws-lc-rs")]
    rustls::crypto::aws_lc_rs::default_provider,
    #[cfg(feature = "ring")]
    rustls::crypto::ring::default_provider,
];

/// The cryptography: what was compiled in, else what the program installed for rustls.
pub(super) fn provider() -> Result<Arc<CryptoProvider>, TransportError> {
    let compiled = COMPILED.first().map(|make| Arc::new(make()));
    let provider = compiled.or_else(|| CryptoProvider::get_default().cloned());
    provider.ok_or_else(|| {
        let message = "there is no cryptography for https: turn on the feature `ring` or `aws-lc-rs` of gatewright, \
                       or install a provider for rustls (`CryptoProvider::install_default`)";
        TransportError::new(TransportErrorKind::NoCryptography, message)
    })
}

/// Refuses cryptography that is not that of a FIPS module.
pub(super) fn require_fips() -> Result<(), TransportError> {
    if provider()?.fips() {
        return Ok(());
    }
    let message = "the cryptography that was compiled in is not that of a FIPS module: turn on the features `aws-lc-rs` of \
                   gatewright and `fips` of rustls";
    Err(TransportError::new(TransportErrorKind::NotFips, message))
}

/// A client certificate from PEM. The reasons of the PEM reader are not kept, because they quote lines, and a key may be one.
pub(super) fn identity_of_pem(
    chain: &[u8],
    key: &[u8],
) -> Result<Arc<CertifiedKey>, TransportError> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(chain).collect();
    let chain = chain.map_err(|_| invalid("the client certificate is not PEM"))?;
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| {
        invalid("the key of the client certificate is not PEM with a `PRIVATE KEY` that is not encrypted")
    })?;
    identity(chain, key)
}

/// A client certificate from DER.
pub(super) fn identity_of_der(
    chain: Vec<Vec<u8>>,
    key: Vec<u8>,
) -> Result<Arc<CertifiedKey>, TransportError> {
    let chain = chain.into_iter().map(CertificateDer::from).collect();
    let key = PrivateKeyDer::try_from(key).map_err(|_| {
        invalid("the key of the client certificate is not PKCS #8, PKCS #1 or SEC 1")
    })?;
    identity(chain, key)
}

fn identity(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<Arc<CertifiedKey>, TransportError> {
    if chain.is_empty() {
        return Err(invalid(
            "the client certificate holds no PEM section `CERTIFICATE`",
        ));
    }
    let identity = CertifiedKey::from_der(chain, key, &*provider()?).map_err(|cause| {
        invalid("the client certificate and its key cannot be used together").with_source(cause)
    })?;
    Ok(Arc::new(identity))
}

fn invalid(message: &'static str) -> TransportError {
    TransportError::new(TransportErrorKind::InvalidClientCertificate, message)
}

fn no_versions(cause: rustls::Error) -> TransportError {
    let message = "the cryptography that was compiled in serves no version of TLS";
    TransportError::new(TransportErrorKind::NoCryptography, message).with_source(cause)
}
