//! Why a request could not be built.

use std::fmt;

use crate::BoxError;
use gatewright_core::kit::printable::Printable;

/// An argument that cannot be sent. It names the operation and the parameter, never the value, in at most 400 characters.
#[derive(Debug)]
pub struct RequestError {
    operation: Option<&'static str>,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Path {
        name: &'static str,
        fault: &'static str,
    },
    Header {
        name: &'static str,
    },
    Parameter {
        name: &'static str,
        source: BoxError,
    },
    Body(BoxError),
    Url,
    Method,
    Sent,
}

impl RequestError {
    pub(crate) fn path(name: &'static str, fault: &'static str) -> Self {
        Kind::Path { name, fault }.into()
    }

    pub(crate) fn header(name: &'static str) -> Self {
        Kind::Header { name }.into()
    }

    /// A list or an object that the style cannot express.
    pub(crate) fn parameter(name: &'static str, source: impl Into<BoxError>) -> Self {
        let source = source.into();
        Kind::Parameter { name, source }.into()
    }

    pub(crate) fn encode(source: impl Into<BoxError>) -> Self {
        Kind::Body(source.into()).into()
    }

    pub(crate) fn url() -> Self {
        Kind::Url.into()
    }

    pub(crate) fn method() -> Self {
        Kind::Method.into()
    }

    pub(crate) fn sent() -> Self {
        Kind::Sent.into()
    }

    pub(crate) fn in_operation(self, id: &'static str) -> Self {
        Self {
            operation: Some(id),
            ..self
        }
    }
}

impl From<Kind> for RequestError {
    fn from(kind: Kind) -> Self {
        Self {
            operation: None,
            kind,
        }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cannot build the request")?;
        if let Some(operation) = self.operation {
            write!(f, " of `{}`", Printable::name(operation))?;
        }
        match &self.kind {
            Kind::Path { name, fault } => {
                let name = Printable::name(name);
                write!(f, ": the path variable `{name}` {fault}")
            }
            Kind::Header { name } => {
                write!(
                    f,
                    ": `{}` cannot be sent as a header; only visible ASCII can, with spaces inside",
                    Printable::name(name)
                )
            }
            Kind::Parameter { name, .. } => {
                write!(
                    f,
                    ": the parameter `{}` cannot be written",
                    Printable::name(name)
                )
            }
            Kind::Body(_) => f.write_str(": the body cannot be written as JSON"),
            Kind::Url => {
                f.write_str(": its URL is too long; API Gateway takes at most 10,240 bytes")
            }
            Kind::Method => f.write_str(": the operation takes any method: set one with `method`"),
            Kind::Sent => f.write_str(": the request was already sent"),
        }
    }
}

impl std::error::Error for RequestError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            Kind::Parameter { source, .. } | Kind::Body(source) => Some(&**source),
            _ => None,
        }
    }
}
