//! A call of one operation, as the generated program offers it.

use std::fmt;
use std::path::Path;
use std::pin::Pin;

use gatewright::{AuthorizeErrorKind, BaseUrl, BoxService, Error, GatewayErrorKind};

use crate::Given;
use crate::credentials::WRONG;

/// The calls of one document.
#[derive(Clone, Copy, Debug)]
pub struct Calls {
    /// The path of the document; of a template with several APIs followed by `#` and the logical id of one.
    pub file: &'static str,
    /// One for each operation of its client.
    pub calls: &'static [Call],
}

impl Calls {
    /// The name of the file without its folder.
    pub(crate) fn name(&self) -> &'static str {
        let name = Path::new(self.path()).file_name();
        name.and_then(|name| name.to_str()).unwrap_or(self.file)
    }

    /// The path of the file.
    pub(crate) fn path(&self) -> &'static str {
        self.parts().map_or(self.file, |(path, _)| path)
    }

    /// The logical id of the API.
    pub(crate) fn resource(&self) -> Option<&'static str> {
        self.parts().map(|(_, id)| id)
    }

    /// The path and the logical id, which is letters and digits.
    fn parts(&self) -> Option<(&'static str, &'static str)> {
        let parts = self.file.rsplit_once('#');
        parts.filter(|(_, id)| id.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    }
}

/// The call of one operation with fixed arguments, as often as one likes.
#[derive(Clone, Copy)]
pub struct Call {
    /// Method and path template, such as `GET /pets/{petId}`.
    pub operation: &'static str,
    /// Makes a client and calls it.
    pub make: fn(Caller) -> Pin<Box<dyn Future<Output = Outcome>>>,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Call").field(&self.operation).finish()
    }
}

/// How a client is to be made.
#[derive(Debug)]
pub enum Caller {
    /// By `connect`, with all credentials that it asks for.
    Connected(BaseUrl, Given),
    /// By `new`, without any layer of ours.
    Bare(BaseUrl, BoxService),
}

impl Caller {
    /// The token for the authorizer with this name, for a call that has it as an argument; an unknown one without credentials.
    pub fn token(&self, scheme: &str) -> String {
        let token = match self {
            Caller::Connected(_, given) => given.tokens.get(scheme),
            Caller::Bare(..) => None,
        };
        token.cloned().unwrap_or_else(|| WRONG.to_owned())
    }
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// With a success that could be decoded; this is its `Debug` text.
    Answered(String),
    /// Refused before it was sent.
    Held(AuthorizeErrorKind),
    /// Refused by the gateway: the kind and the status.
    Refused(GatewayErrorKind, u16),
    /// In any other way; this is the error's text.
    Failed(String),
}

impl<T: fmt::Debug, E: fmt::Debug> From<Result<T, Error<E>>> for Outcome {
    fn from(result: Result<T, Error<E>>) -> Self {
        match result {
            Ok(value) => Outcome::Answered(format!("{value:?}")),
            Err(Error::Credentials(error)) => Outcome::Held(error.kind()),
            Err(Error::Gateway(error)) => Outcome::Refused(error.kind(), error.status().as_u16()),
            Err(error) => Outcome::Failed(format!("{error:?}")),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Answered(value) => write!(f, "answered with {value}"),
            Outcome::Held(kind) => write!(f, "held back: {kind:?}"),
            Outcome::Refused(kind, status) => write!(f, "refused: {kind:?}, {status}"),
            Outcome::Failed(error) => write!(f, "failed: {error}"),
        }
    }
}
