//! Where in a request a token goes.

use std::borrow::Cow;

use http::header::AUTHORIZATION;
use http::{HeaderName, Request};

use super::ready::ReadyToken;
use crate::layers::guard::Spot;
use crate::uri::{has_parameter, set_parameter};
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

    pub(super) fn spot(&self) -> Spot {
        match self {
            Self::Header(name) => Spot::Header(name.clone()),
            Self::Query(name) => Spot::Query(name.clone()),
        }
    }

    /// Whether the request has a token here.
    pub(super) fn is_taken<B>(&self, request: &Request<B>) -> bool {
        match self {
            Self::Header(name) => request.headers().contains_key(name),
            Self::Query(name) => has_parameter(request.uri(), name),
        }
    }

    /// Puts the token on a request, in place of one that is there. In the query it is always `raw`.
    pub(super) fn put<B>(
        &self,
        token: &ReadyToken,
        raw: bool,
        request: &mut Request<B>,
    ) -> Result<(), AuthorizeError> {
        match self {
            Self::Header(name) => {
                let value = if raw { &token.raw } else { &token.bearer };
                request.headers_mut().insert(name.clone(), value.clone());
                Ok(())
            }
            Self::Query(name) => put_in_query(request, name, token),
        }
    }
}

fn put_in_query<B>(
    request: &mut Request<B>,
    name: &str,
    token: &ReadyToken,
) -> Result<(), AuthorizeError> {
    let secret = token.token.secret();
    *request.uri_mut() = set_parameter(request.uri(), name, secret).map_err(|error| {
        let message = "the token does not fit into the URI: send it in a header";
        AuthorizeError::new(AuthorizeErrorKind::InvalidSecret, message).with_source(error)
    })?;
    Ok(())
}
