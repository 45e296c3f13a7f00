//! The user, as one load found it in store and user pool.

use std::time::SystemTime;

use gatewright::Token;

use crate::store::StoredUser;
use crate::{Error, ErrorKind, Secret};

/// The value that the session's cache of users holds.
pub(crate) struct User {
    /// The generation of its load.
    pub(super) generation: u64,
    pub(crate) state: State,
}

#[derive(Clone)]
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
#[derive(Clone)]
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

    /// The name of the user, unless the session has ended.
    pub(crate) fn logged_in(&self) -> Option<&str> {
        self.tokens().ok().map(|tokens| &*tokens.name)
    }

    /// The name of the user, even if the session has ended.
    pub(crate) fn name(&self) -> Option<&str> {
        match &self.state {
            State::SignedIn(tokens) => Some(&tokens.name),
            State::Expired { name, .. } => Some(name),
            State::SignedOut => None,
        }
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
    /// Whether AWS credentials of one state are right for the other.
    pub(crate) fn has_credentials_of(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::SignedOut, Self::SignedOut) => true,
            (Self::SignedIn(one), Self::SignedIn(other)) => one.name == other.name,
            (Self::Expired { name: one, .. }, Self::Expired { name: other, .. }) => one == other,
            _ => false,
        }
    }

    pub(super) fn has_access_token(&self, user: &StoredUser) -> bool {
        matches!(self, Self::SignedIn(tokens) if tokens.access.secret() == user.access.expose())
    }
}

fn nobody() -> Error {
    let message = "nobody is signed in: sign in first";
    Error::new(ErrorKind::SignInRequired, message)
}

impl Tokens {
    pub(crate) fn id(&self) -> Result<&Token, Error> {
        self.id.as_ref().ok_or_else(|| {
            let message =
                "the user pool gave no ID token: let the app client have the scope `openid`";
            Error::new(ErrorKind::Configuration, message)
        })
    }
}

impl From<&StoredUser> for Tokens {
    fn from(user: &StoredUser) -> Self {
        let token = |secret: &Secret| {
            let token = Token::new(secret.expose());
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
}
