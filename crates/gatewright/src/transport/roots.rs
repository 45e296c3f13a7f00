//! Root certificates: the system's, read once in a process.

use std::sync::{Arc, Mutex, PoisonError};

use rustls::RootCertStore;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, TrustAnchor};

use super::error::{TransportError, TransportErrorKind};

/// The roots of this machine, for all transports of the process.
pub(super) static SYSTEM: Shared = Shared::new(system);

/// Roots that are read when they are needed first, and are then shared. A failure is not kept: they may be installed later.
pub(super) struct Shared {
    read: fn() -> Result<RootCertStore, TransportError>,
    kept: Mutex<Option<Arc<RootCertStore>>>,
}

impl Shared {
    pub(super) const fn new(read: fn() -> Result<RootCertStore, TransportError>) -> Self {
        Self {
            read,
            kept: Mutex::new(None),
        }
    }

    fn get(&self) -> Result<Arc<RootCertStore>, TransportError> {
        // Whoever comes second waits instead of reading them as well.
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(roots) = &*kept {
            return Ok(Arc::clone(roots));
        }
        let roots = Arc::new((self.read)()?);
        *kept = Some(Arc::clone(&roots));
        Ok(roots)
    }
}

/// Which servers are trusted.
#[derive(Clone)]
pub(super) struct Trust {
    base: Base,
    pub(super) given: Vec<TrustAnchor<'static>>,
}

/// The roots to which the given ones are added.
#[derive(Clone, Copy)]
pub(super) enum Base {
    Shared(&'static Shared),
    #[cfg(feature = "webpki-roots")]
    Mozilla,
    Nothing,
}

impl Trust {
    pub(super) fn new(base: Base) -> Self {
        Self {
            base,
            given: Vec::new(),
        }
    }

    pub(super) fn set_base(&mut self, base: Base) {
        self.base = base;
    }

    pub(super) fn add_pem(&mut self, pem: &[u8]) -> Result<(), TransportError> {
        let before = self.given.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            self.add(certificate.map_err(invalid)?)?;
        }
        if self.given.len() == before {
            let message = "the root certificates hold no PEM section `CERTIFICATE`";
            return Err(TransportError::new(
                TransportErrorKind::InvalidRoot,
                message,
            ));
        }
        Ok(())
    }

    pub(super) fn add(&mut self, certificate: CertificateDer<'_>) -> Result<(), TransportError> {
        let mut one = RootCertStore::empty();
        one.add(certificate).map_err(invalid)?;
        self.given.append(&mut one.roots);
        Ok(())
    }

    /// Whether it can be known already that no server is trusted.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self.base, Base::Nothing) && self.given.is_empty()
    }

    /// All roots. Those of the system are read at the first call in a process.
    pub(super) fn roots(&self) -> Result<Arc<RootCertStore>, TransportError> {
        let base = match self.base {
            Base::Shared(shared) => shared.get(),
            #[cfg(feature = "webpki-roots")]
            Base::Mozilla => Ok(Arc::new(mozilla())),
            Base::Nothing => Ok(Arc::new(RootCertStore::empty())),
        };
        if self.given.is_empty() {
            return base;
        }
        let mut roots = base.map_or_else(|_| RootCertStore::empty(), Arc::unwrap_or_clone);
        roots.extend(self.given.iter().cloned());
        Ok(Arc::new(roots))
    }
}

fn invalid(cause: impl Into<crate::BoxError>) -> TransportError {
    let message = "a root certificate cannot be read";
    TransportError::new(TransportErrorKind::InvalidRoot, message).with_source(cause)
}

/// Certificates that cannot be parsed are skipped: a system has some hundred, and one of them may be of an unusual form.
fn system() -> Result<RootCertStore, TransportError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    // A machine without roots, such as a bare container.
    #[cfg(feature = "webpki-roots")]
    if roots.is_empty() {
        return Ok(mozilla());
    }
    if roots.is_empty() {
        return Err(no_roots());
    }
    Ok(roots)
}

/// They are parsed already, at the build of the crate `webpki-roots`.
#[cfg(feature = "webpki-roots")]
fn mozilla() -> RootCertStore {
    webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect()
}

pub(super) fn no_roots() -> TransportError {
    TransportError::new(
        TransportErrorKind::NoRoots,
        "this machine has no root certificates, so no server can be trusted over https; \
         install them (Debian: `ca-certificates`), set SSL_CERT_FILE, or turn on the feature `webpki-roots`",
    )
}
