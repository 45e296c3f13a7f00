//! Where the token goes, and which requests get it.

use std::borrow::Cow;

use http::Request;

use super::place::TokenPlace;
use super::ready::ReadyToken;
use super::replay::Replay;
use crate::layers::OnConflict;
use crate::layers::guard::{Guard, acts};
use crate::{AuthorizeError, AuthorizeErrorKind, Scheme};

#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    pub(super) place: TokenPlace,
    pub(super) raw: bool,
    pub(super) scheme: Option<Cow<'static, str>>,
    pub(super) guard: Guard,
    pub(super) on_conflict: OnConflict,
    pub(super) replay: Replay,
}

impl Settings {
    /// Whether this request gets a token.
    ///
    /// # Errors
    ///
    /// When it wants one and may not have it.
    pub(super) fn wants_token<B>(&self, request: &mut Request<B>) -> Result<bool, AuthorizeError> {
        if !self.acts_on(request) {
            return Ok(false);
        }
        let is_there = self.place.is_taken(request);
        match self.on_conflict {
            OnConflict::Keep if is_there => return Ok(false),
            OnConflict::Refuse if is_there => return Err(conflict()),
            OnConflict::Keep | OnConflict::Refuse | OnConflict::Replace => {}
        }
        self.guard.admit(request, "a token", [self.place.spot()])?;
        Ok(true)
    }

    fn acts_on<B>(&self, request: &Request<B>) -> bool {
        acts(request, |auth| {
            auth.schemes().iter().any(|scheme| self.serves(scheme))
        })
    }

    fn serves(&self, wanted: &Scheme) -> bool {
        let Scheme::Token { scheme, place } = wanted else {
            return false;
        };
        let is_named = self.scheme.as_ref().is_none_or(|name| name == scheme);
        is_named && self.place.is(place)
    }

    pub(super) fn put<B>(
        &self,
        token: &ReadyToken,
        request: &mut Request<B>,
    ) -> Result<(), AuthorizeError> {
        self.place.put(token, self.raw, request)
    }
}

fn conflict() -> AuthorizeError {
    let message = "the request has a token already: leave it to the layer, or tell the layer to replace or to keep it";
    AuthorizeError::new(AuthorizeErrorKind::Conflict, message)
}
