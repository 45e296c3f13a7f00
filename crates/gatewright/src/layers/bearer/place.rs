//! Where in a request a token goes.

use std::borrow::Cow;

use http::header::AUTHORIZATION;
use http::{HeaderName, Request};

use crate::layers::secret::{check_secret, secret_value};
use crate::token::Token;
use crate::uri::set_parameter;
use crate::{AuthorizeError, AuthorizeErrorKind, Place};

#[derive(Clone, Debug)]
pub(super) enum TokenPlace {
    Header(HeaderName),
    Query(Cow<'static, str>),
}

impl Default for TokenPlace {
    fn default() -> Self {
        Self::Header(AUTHORIZATION)
    }
}

impl TokenPlace {
    /// Whether an operation's authorizer reads here.
    pub(super) fn is(&self, wanted: &Place) -> bool {
        match (self, wanted) {
            (Self::Header(name), Place::Header(wanted)) => {
                name.as_str().eq_ignore_ascii_case(wanted)
            }
            (Self::Query(name), Place::Query(wanted)) => name == wanted,
            _ => false,
        }
    }

    /// Puts the token on a request, in place of one that is there. In the query it is always `raw`.
    pub(super) fn put<B>(
        &self,
        token: &Token,
        raw: bool,
        request: &mut Request<B>,
    ) -> Result<(), AuthorizeError> {
        match self {
            Self::Header(name) => put_in_header(request, name, token, raw),
            Self::Query(name) => put_in_query(request, name, token),
        }
    }
}

fn put_in_header<B>(
    request: &mut Request<B>,
    name: &HeaderName,
    token: &Token,
    raw: bool,
) -> Result<(), AuthorizeError> {
    check_secret("the token", token.secret())?;
    let value = if raw {
        secret_value("the token", token.secret())?
    } else {
        secret_value("the token", &format!("Bearer {}", token.secret()))?
    };
    request.headers_mut().insert(name.clone(), value);
    Ok(())
}

fn put_in_query<B>(
    request: &mut Request<B>,
    name: &str,
    token: &Token,
) -> Result<(), AuthorizeError> {
    check_secret("the token", token.secret())?;
    *request.uri_mut() = set_parameter(request.uri(), name, token.secret()).map_err(|error| {
        let message = "the token does not fit into the URI: send it in a header";
        AuthorizeError::new(AuthorizeErrorKind::InvalidSecret, message).with_source(error)
    })?;
    Ok(())
}
