//! The logins that credentials are for: those of the user pool, of other providers, or none.

use std::sync::Arc;

use gatewright::Token;
use gatewright_core::kit::jwt::Claims;

use super::settings::IdentitySettings;
use crate::api::Logins;
use crate::user::{State, Tokens, User, Users};
use crate::{Error, ErrorKind, Secret};

/// The tokens of all logins, with their providers' order.
pub(super) struct LoggedIn {
    pub(super) logins: Logins,
    /// The user at the time of the logins.
    user: Arc<User>,
    /// In the order of the session's own logins.
    others: Vec<Token>,
}

impl LoggedIn {
    /// Collects all logins. If one fails, the load fails: a failure never leads to guest credentials.
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
            // From here on the credentials are somebody's, and no request of theirs goes out as another user.
            user.epoch.has_user();
            logins.insert(login.name().to_owned(), Secret::from(token.secret()));
            others.push(token);
        }
        Ok(Self {
            logins,
            user,
            others,
        })
    }

    /// The identity pool refused one of the tokens, and does not say which.
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
        let message = "the ID token of the user pool has no `iss`, which names the user pool";
        Error::new(ErrorKind::Service, message)
    })?;
    Ok((name.to_owned(), token))
}
