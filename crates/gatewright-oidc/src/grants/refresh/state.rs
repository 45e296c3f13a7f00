//! What is known of a user's session, between refreshes.

use std::time::SystemTime;

use oauth2::RefreshToken;

use crate::error::{Error, ErrorKind};
use crate::token_set::TokenSet;

/// The refresh token that counts, and what is still to be done with the last answer.
pub(super) struct State {
    /// `Err` if there is none, or if the provider refused it for good.
    refresh_token: Result<RefreshToken, Error>,
    is_saved: bool,
    /// Received, and given to nobody yet.
    unused: Option<TokenSet>,
}

impl State {
    /// The app has the refresh token already.
    pub(super) fn of_stored(refresh_token: RefreshToken) -> Self {
        Self {
            refresh_token: Ok(refresh_token),
            is_saved: true,
            unused: None,
        }
    }

    pub(super) fn of_new(tokens: TokenSet) -> Self {
        let mut state = Self {
            refresh_token: Err(sign_in_required()),
            is_saved: true,
            unused: None,
        };
        state.take(tokens);
        state
    }

    /// The token to refresh with.
    pub(super) fn refresh_token(&self) -> Result<&RefreshToken, Error> {
        self.refresh_token.as_ref().map_err(Clone::clone)
    }

    /// Learns from a refresh. A provider that sends no new refresh token goes on with the old one.
    pub(super) fn refreshed(&mut self, result: Result<TokenSet, Error>) -> Result<(), Error> {
        match result {
            Ok(tokens) => {
                self.take(tokens);
                Ok(())
            }
            Err(error) => {
                if error.kind() == ErrorKind::SignInRequired {
                    self.refresh_token = Err(error.clone());
                }
                Err(error)
            }
        }
    }

    fn take(&mut self, tokens: TokenSet) {
        if let Some(new) = tokens.refresh_token()
            && !self.is_current(new)
        {
            self.refresh_token = Ok(RefreshToken::new(new.to_owned()));
            self.is_saved = false;
        }
        self.unused = Some(tokens);
    }

    fn is_current(&self, token: &str) -> bool {
        let current = self.refresh_token.as_ref();
        current.is_ok_and(|current| current.secret() == token)
    }

    /// The refresh token, if the app does not have it yet.
    pub(super) fn unsaved(&self) -> Option<&RefreshToken> {
        let token = self.refresh_token.as_ref().ok()?;
        (!self.is_saved).then_some(token)
    }

    pub(super) fn saved(&mut self) {
        self.is_saved = true;
    }

    /// Whether there are tokens that nobody has got yet, and that live at `now`.
    pub(super) fn has_unused(&self, now: SystemTime) -> bool {
        let end = |tokens: &TokenSet| tokens.access_token().expires_at();
        let unused = self.unused.as_ref();
        unused.is_some_and(|tokens| end(tokens).is_none_or(|end| now < end))
    }

    pub(super) fn take_unused(&mut self) -> Option<TokenSet> {
        self.unused.take()
    }
}

/// For a sign-in that gave no refresh token.
pub(super) fn sign_in_required() -> Error {
    let message = "the user has to sign in again: the provider gave no refresh token, for which many want the scope \
                   `offline_access`";
    Error::new(ErrorKind::SignInRequired, message)
}
