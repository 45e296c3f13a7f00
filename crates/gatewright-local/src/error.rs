//! Why a gateway cannot be built or started.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use gatewright_document::display::one_line;

/// Why a gateway cannot be built or started. It prints as one line of at most 8,000 characters without control characters.
///
/// ```
/// # use gatewright_document::Document;
/// # let bytes = br#"{"openapi": "3.0.1", "info": {"title": "pets", "version": "1"}, "paths": {"/pets": {"get":
/// #     {"responses": {"200": {"description": "all"}}}}}}"#;
/// # let document = Document::from_slice("pets.json", bytes)?;
/// use gatewright_local::{GatewayError, LocalGateway};
///
/// let builder = LocalGateway::builder(document).fail("GET /pet", GatewayError::Throttled);
/// let error = builder.build().unwrap_err();
/// assert_eq!(error.to_string(), "the document has no operation `GET /pet`; did you mean `GET /pets`? It has: GET /pets");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Error(Kind);

#[derive(Debug)]
enum Kind {
    Read(PathBuf, std::io::Error),
    Document(gatewright_document::Error),
    Operation {
        name: String,
        meant: Option<String>,
        known: String,
    },
    Response {
        operation: String,
        what: String,
        source: http::Error,
    },
    Key(String),
    NotLoopback(SocketAddr),
    Bind(SocketAddr, std::io::Error),
}

impl Error {
    pub(crate) fn read(path: &Path, source: std::io::Error) -> Self {
        Self(Kind::Read(path.to_owned(), source))
    }

    pub(crate) fn document(source: gatewright_document::Error) -> Self {
        Self(Kind::Document(source))
    }

    /// No such operation; `meant` is the one that was probably meant, out of all that are `known`.
    pub(crate) fn operation(name: &str, meant: Option<&str>, known: &[String]) -> Self {
        Self(Kind::Operation {
            name: name.to_owned(),
            meant: meant.map(str::to_owned),
            known: list(known),
        })
    }

    /// A response that is none; `what` of it is invalid.
    pub(crate) fn response(operation: &str, what: String, source: http::Error) -> Self {
        Self(Kind::Response {
            operation: operation.to_owned(),
            what,
            source,
        })
    }

    pub(crate) fn key(why: String) -> Self {
        Self(Kind::Key(why))
    }

    pub(crate) fn not_loopback(address: SocketAddr) -> Self {
        Self(Kind::NotLoopback(address))
    }

    pub(crate) fn bind(address: SocketAddr, source: std::io::Error) -> Self {
        Self(Kind::Bind(address, source))
    }
}

/// The first names, and how many more there are.
fn list(names: &[String]) -> String {
    const LISTED: usize = 30;
    let first = names.iter().take(LISTED);
    let first: Vec<String> = first.map(|name| one_line(name, MAX_NAME)).collect();
    let list = first.join(", ");
    match names.len().checked_sub(LISTED) {
        Some(more @ 1..) => format!("{list} and {more} more"),
        _ if names.is_empty() => "none".to_owned(),
        _ => list,
    }
}

/// The most of a name, and of a path, that is shown, in characters.
const MAX_NAME: usize = 200;
const MAX_PATH: usize = 1_000;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |name: &str| one_line(name, MAX_NAME);
        match &self.0 {
            Kind::Read(path, _) => {
                let path = one_line(&path.to_string_lossy(), MAX_PATH);
                write!(f, "cannot read the document {path}")
            }
            Kind::Document(_) => f.write_str("the document cannot be used"),
            Kind::Operation { name, meant, known } => {
                let name = shown(name);
                write!(f, "the document has no operation `{name}`")?;
                match meant {
                    Some(meant) => write!(f, "; did you mean `{}`? It has: {known}", shown(meant)),
                    None => write!(f, "; it has: {known}"),
                }
            }
            Kind::Response {
                operation, what, ..
            } => {
                let (operation, what) = (shown(operation), shown(what));
                write!(f, "{what} of the response for `{operation}` is invalid")
            }
            Kind::Key(why) => write!(f, "the signing key cannot be used: {}", shown(why)),
            Kind::NotLoopback(address) => write!(
                f,
                "{address} can be reached from other machines; call `allow_remote` if that is meant"
            ),
            Kind::Bind(address, _) => write!(f, "cannot listen on {address}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Kind::Read(_, source) | Kind::Bind(_, source) => Some(source),
            Kind::Document(source) => Some(source),
            Kind::Response { source, .. } => Some(source),
            Kind::Operation { .. } | Kind::Key(_) | Kind::NotLoopback(_) => None,
        }
    }
}
