//! Who is signed in, as one look at store and user pool found it.

use std::time::{Duration, SystemTime};

use gatewright::Token;

use crate::api::{NewDevice, NewTokens};
use crate::claims::Claims;
use crate::store::{Device, StoredUser};
use crate::{Error, ErrorKind, Secret};

/// The value that the session's cache of users holds.
pub(crate) struct User {
    /// Of the load that found it.
    pub(super) generation: u64,
    pub(crate) state: State,
}

#[derive(Clone)]
pub(crate) enum State {
    SignedOut,
    SignedIn(Tokens),
    /// Somebody is signed in, but has to do so again.
    Expired {
        name: String,
        error: Error,
    },
}

/// The tokens of who is signed in, in the form in which they are handed out.
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

    /// Who is signed in with tokens that have not ended.
    pub(crate) fn logged_in(&self) -> Option<&str> {
        self.tokens().ok().map(|tokens| &*tokens.name)
    }

    /// Who is signed in, be it with tokens that have ended.
    pub(crate) fn name(&self) -> Option<&str> {
        match &self.state {
            State::SignedIn(tokens) => Some(&tokens.name),
            State::Expired { name, .. } => Some(name),
            State::SignedOut => None,
        }
    }

    /// Whether this is one of the tokens that are in use.
    pub(super) fn has(&self, token: &Token) -> bool {
        let State::SignedIn(tokens) = &self.state else {
            return false;
        };
        let mut both = [Some(&tokens.access), tokens.id.as_ref()].into_iter();
        both.any(|one| one.is_some_and(|one| one.secret() == token.secret()))
    }
}

impl State {
    /// Whether AWS credentials that were given for the one are right for the other.
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

impl StoredUser {
    pub(super) fn new(name: &str, tokens: NewTokens, now: SystemTime) -> Self {
        Self {
            name: name.to_owned(),
            expires_at: expiry(&tokens, now),
            access: tokens.access,
            id: tokens.id,
            refresh: tokens.refresh,
            device: tokens.device.map(Device::from),
        }
    }

    /// With the tokens that a refresh at `now` gave. Only a pool that rotates refresh tokens gives another one.
    pub(super) fn renewed(&self, mut tokens: NewTokens, now: SystemTime) -> Self {
        tokens.refresh = tokens.refresh.or_else(|| self.refresh.clone());
        // Whatever was heard of its confirmation, the pool knows it.
        let device = self.device_key().map(|key| Device {
            key: key.to_owned(),
            unconfirmed: None,
        });
        Self {
            device,
            ..Self::new(&self.name, tokens, now)
        }
    }

    /// What a refresh has to name, in a user pool that remembers devices.
    pub(super) fn device_key(&self) -> Option<&str> {
        Some(&self.device.as_ref()?.key)
    }

    /// Why the refresh token was refused, as far as it is known beyond `error`.
    pub(super) fn ended(&self, error: Error) -> Error {
        let device = self.device.as_ref();
        let Some(reason) = device.and_then(|device| device.unconfirmed.as_ref()) else {
            return error;
        };
        let message = format!(
            "the session has ended, since Cognito refused its refresh token; its device could not be confirmed when the \
             user signed in ({reason}), and a user pool that remembers devices renews tokens only at confirmed ones: \
             sign in again"
        );
        error.into_kind(ErrorKind::SessionExpired, message)
    }

    pub(super) fn is_valid(&self, now: SystemTime) -> bool {
        self.expires_at.is_none_or(|expires_at| now < expires_at)
    }

    /// Whether these are tokens of the same state of the same sign-in: another one has other tokens.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.key() == other.key()
    }

    fn key(&self) -> &str {
        self.refresh.as_ref().unwrap_or(&self.access).expose()
    }

    /// The name that the pool knows the user by, which an alias is not.
    pub(super) fn own_name(&self) -> String {
        let claims = Claims::read(self.access.expose());
        let name = claims.as_ref().and_then(|claims| claims.text("username"));
        name.unwrap_or(&self.name).to_owned()
    }
}

impl From<NewDevice> for Device {
    fn from(device: NewDevice) -> Self {
        Self {
            key: device.key,
            unconfirmed: device.unconfirmed.map(|error| format!("{error:#}")),
        }
    }
}

/// When the first of access and ID token ends: their lifetimes are two settings of an app client.
fn expiry(tokens: &NewTokens, now: SystemTime) -> Option<SystemTime> {
    let stated = |token: &Secret| Claims::read(token.expose())?.expiry(now);
    let access = match tokens.expires_in {
        Some(seconds) => now.checked_add(Duration::from_secs(seconds)),
        None => stated(&tokens.access),
    };
    let id = tokens.id.as_ref().and_then(stated);
    [access, id].into_iter().flatten().min()
}
