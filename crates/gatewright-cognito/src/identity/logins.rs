//! Who is asking for credentials: the user of the user pool, other logins, or nobody.

use std::sync::Arc;

use gatewright::Token;

use super::settings::IdentitySettings;
use crate::api::Logins;
use crate::claims::Claims;
use crate::user::{State, Tokens, User, Users};
use crate::{Error, ErrorKind, Secret};

/// The tokens of all logins, and who is to be told if they are refused.
pub(super) struct LoggedIn {
    pub(super) logins: Logins,
    /// As the session knew them when the logins were asked for.
    pub(super) user: Arc<User>,
    /// In the order of the session's own logins.
    others: Vec<Token>,
}

impl LoggedIn {
    /// Nobody becomes a guest because something failed.
    pub(super) async fn now(settings: &IdentitySettings, users: &Users) -> Result<Self, Error> {
        let mut logins = Logins::new();
        let user = users.current().await?;
        match &user.state {
            State::SignedIn(tokens) => {
                let (name, token) = of_user_pool(tokens)?;
                logins.insert(name, Secret::from(token.secret()));
            }
            State::Expired { error, .. } if !settings.allows_guest_after_expiry => {
                return Err(error.clone());
            }
            State::Expired { .. } | State::SignedOut => {}
        }
        let mut others = Vec::new();
        for login in &settings.logins {
            let token = login.token().await?;
            logins.insert(login.name().to_owned(), Secret::from(token.secret()));
            others.push(token);
        }
        Ok(Self {
            logins,
            user,
            others,
        })
    }

    /// The identity pool did not take one of the tokens, and does not say which.
    pub(super) fn refused(&self, settings: &IdentitySettings, users: &Users) {
        if let Ok(token) = self.user.tokens().and_then(Tokens::id) {
            users.refused(token);
        }
        for (login, token) in settings.logins.iter().zip(&self.others) {
            login.refused(token);
        }
    }
}

/// The identity pool knows a user pool by the issuer of its tokens, without the scheme. (The domain is not the same in all
/// partitions of AWS.)
fn of_user_pool(tokens: &Tokens) -> Result<(String, &Token), Error> {
    let token = tokens.id()?;
    let claims = Claims::read(token.secret());
    let issuer = claims.as_ref().and_then(|claims| claims.text("iss"));
    let name = issuer.and_then(|issuer| issuer.split_once("://"));
    let (_, name) = name.ok_or_else(|| {
        let message = "the ID token of the user pool does not say who issued it";
        Error::new(ErrorKind::Service, message)
    })?;
    Ok((name.to_owned(), token))
}
