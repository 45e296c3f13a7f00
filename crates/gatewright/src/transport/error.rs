//! What can be wrong with a transport, and with the way to a server.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

use gatewright_core::kit::{Printable, write_causes};
use rustls::AlertDescription;

use crate::BoxError;

/// Why a transport could not be built, or why it reached no server.
///
/// [`Builder::build`](super::Builder::build) and [`Proxy`](super::Proxy) return it. A failed call has it among its causes, where
/// the transport knows more than that a connection failed; [`find`](Self::find) gets it from there. Its text says what to do
/// and holds no password and no key. `{:#}` prints its causes as well.
///
/// ```
/// use gatewright::transport::{self, TransportErrorKind};
///
/// let error = transport::builder().root_certificate_pem("no certificate").build().unwrap_err();
/// assert_eq!(error.kind(), TransportErrorKind::InvalidRoot);
/// assert_eq!(error.to_string(), "the root certificates hold no PEM section `CERTIFICATE`");
/// ```
#[derive(Clone, Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    message: Cow<'static, str>,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

/// The kinds of [`TransportError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// A root certificate that was given cannot be read.
    InvalidRoot,
    /// The client certificate or its key cannot be read, or one is not of the other.
    InvalidClientCertificate,
    /// The address, user name or password of a proxy cannot be used.
    InvalidProxy,
    /// No root certificate is there, so no server can be trusted.
    NoRoots,
    /// No cryptography was compiled in, so there is no TLS.
    NoCryptography,
    /// The cryptography that was compiled in is not that of a FIPS module.
    NotFips,
    /// The connection was not made within the limit.
    ConnectTimeout,
    /// No connection to the proxy could be made.
    ProxyUnreachable,
    /// The proxy asks for a user name and a password, or for others.
    ProxyCredentials,
    /// The proxy did not connect to the server.
    ProxyRefused,
    /// The server asks for a client certificate.
    ClientCertificateRequired,
}

impl TransportError {
    /// The kind of error, for a program to match on.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The `TransportError` that `error` is or was caused by.
    ///
    /// ```
    /// use gatewright::transport::{Proxy, TransportError};
    ///
    /// let cause = Proxy::new("gopher://proxy.example").unwrap_err();
    /// let failed = gatewright::Error::<()>::Transport(cause.into());
    /// assert!(TransportError::find(&failed).is_some());
    /// ```
    pub fn find<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a Self> {
        causes(error).find_map(|cause| cause.downcast_ref())
    }

    pub(super) fn new(kind: TransportErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind,
            message: message.into(),
            source: None,
        }
    }

    #[must_use]
    pub(super) fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.source = Some(Arc::from(source.into()));
        self
    }
}

/// Says what the alert means by which a server that asks for a client certificate ends the connection (RFC 8446, section 6.2).
pub(super) fn explained(error: hyper_util::client::legacy::Error) -> BoxError {
    // By its text: h2 keeps no more of an error of the connection.
    let alert = rustls::Error::AlertReceived(AlertDescription::CertificateRequired).to_string();
    if !causes(&error).any(|cause| cause.to_string() == alert) {
        return error.into();
    }
    let message = "the server asks for a client certificate: see `client_certificate_pem` of `gatewright::transport::Builder`";
    TransportError::new(TransportErrorKind::ClientCertificateRequired, message)
        .with_source(error)
        .into()
}

/// An error and its causes.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| (*error).source())
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Printable::text(&self.message))?;
        let cause = self.source().filter(|_| f.alternate());
        write_causes(f, cause)
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
