//! The user, as one load found it in store and user pool.

use std::time::SystemTime;

use gatewright::Token;
use gatewright_core::epoch::Epoch;

use crate::store::StoredUser;
use crate::{Error, ErrorKind, Secret};

/// The value that the session's cache of users holds.
pub(crate) struct User {
    /// The epoch of its load.
    pub(crate) epoch: Epoch,
    pub(crate) state: State,
}

pub(crate) enum State {
    SignedOut,
    SignedIn(Tokens),
    /// The session of this user has ended: the user must sign in again.
    Expired {
        name: String,
        error: Error,
    },
}

/// The tokens of the user, as providers hand them out.
pub(crate) struct Tokens {
    pub(crate) name: String,
    pub(crate) access: Token,
    pub(crate) id: Option<Token>,
    pub(crate) expires_at: Option<SystemTime>,
}

impl User {
    pub(crate) fn tokens(&self) -> Result<&Tokens, Error> {
        match &self.state {
            State::SignedIn(tokens) => Ok(tokens),
            State::SignedOut => Err(nobody()),
            State::Expired { error, .. } => Err(error.clone()),
        }
    }

    /// The name of the user, even if the session has ended.
    pub(crate) fn name(&self) -> Option<&str> {
        match &self.state {
            State::SignedIn(tokens) => Some(&tokens.name),
            State::Expired { name, .. } => Some(name),
            State::SignedOut => None,
        }
    }

    /// Whether the session has ended.
    pub(crate) fn is_expired(&self) -> bool {
        self.state.is_expired()
    }

    /// Whether this is one of the user's present tokens.
    pub(super) fn has(&self, token: &Token) -> bool {
        let State::SignedIn(tokens) = &self.state else {
            return false;
        };
        let mut both = [Some(&tokens.access), tokens.id.as_ref()].into_iter();
        both.any(|one| one.is_some_and(|one| one.secret() == token.secret()))
    }
}

impl State {
    pub(super) fn is_expired(&self) -> bool {
        matches!(self, Self::Expired { .. })
    }
}

fn nobody() -> Error {
    let message = "nobody is signed in: sign in first";
    Error::new(ErrorKind::SignInRequired, message)
}

impl Tokens {
    /// The tokens of a stored user, in the epoch of the load that found them.
    pub(super) fn new(user: &StoredUser, epoch: &Epoch) -> Self {
        let token = |secret: &Secret| {
            let token = Token::new(secret.expose()).with_epoch(epoch.clone());
            match user.expires_at {
                Some(expires_at) => token.with_expiry(expires_at),
                None => token,
            }
        };
        Self {
            name: user.name.clone(),
            access: token(&user.access),
            id: user.id.as_ref().map(token),
            expires_at: user.expires_at,
        }
    }

    pub(crate) fn id(&self) -> Result<&Token, Error> {
        self.id.as_ref().ok_or_else(|| {
            let message =
                "the user pool gave no ID token: let the app client have the scope `openid`";
            Error::new(ErrorKind::Configuration, message)
        })
    }
}
