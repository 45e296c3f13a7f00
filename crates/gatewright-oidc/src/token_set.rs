//! The tokens that a provider gave.

use std::fmt;
use std::time::{Duration, SystemTime};

use gatewright::Token;
use oauth2::{RefreshToken, TokenResponse};

use crate::answer::Answer;
use crate::error::{Error, ErrorKind};

/// The tokens of one answer of a provider. Its `Debug` shows none of them.
///
/// ```no_run
/// # async fn example(provider: gatewright_oidc::Provider) -> Result<(), gatewright_oidc::Error> {
/// let tokens = provider.client("cli").scope("openid").device_code().await?.wait().await?;
/// println!("{} expires at {:?}", tokens.access_token().secret().len(), tokens.access_token().expires_at());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct TokenSet {
    access_token: Token,
    id_token: Option<Token>,
    refresh_token: Option<RefreshToken>,
}

impl TokenSet {
    /// `asked_at` is when the request went out, so that an answer that took long does not make the token live longer.
    pub(crate) fn read(answer: &Answer, asked_at: SystemTime) -> Result<Self, Error> {
        let invalid = |message| Error::new(ErrorKind::InvalidAnswer, message);
        let access_token = answer.access_token().secret();
        if access_token.is_empty() {
            return Err(invalid("the token endpoint's answer has no access_token"));
        }
        // RFC 6749, section 7.1: a token of a type that the client does not know must not be used.
        if !answer.is_bearer() {
            return Err(invalid(
                "the token endpoint gave a token that is no bearer token",
            ));
        }
        Ok(Self {
            access_token: expiring(access_token, answer.expires_in(), asked_at),
            id_token: answer.id_token().map(Token::new),
            refresh_token: answer.refresh_token().cloned(),
        })
    }

    /// The token for APIs, with the expiry that `expires_in` stated.
    pub fn access_token(&self) -> &Token {
        &self.access_token
    }

    /// The token about the user, if there is one (scope `openid`). Its expiry is its own `exp` claim. Nothing in it was
    /// verified: the API that it is sent to does that.
    pub fn id_token(&self) -> Option<&Token> {
        self.id_token.as_ref()
    }

    /// The token that renews the others, if there is one (often scope `offline_access`).
    pub fn refresh_token(&self) -> Option<&str> {
        let token = self.refresh_token.as_ref()?;
        Some(token.secret())
    }
}

/// A lifetime beyond what a clock can count is none.
fn expiring(secret: &str, lifetime: Option<Duration>, asked_at: SystemTime) -> Token {
    let token = Token::new(secret);
    match lifetime.and_then(|lifetime| asked_at.checked_add(lifetime)) {
        Some(end) => token.with_expiry(end),
        None => token,
    }
}

impl fmt::Debug for TokenSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSet")
            .field("access_token", &self.access_token)
            .field("id_token", &self.id_token)
            .field("refresh_token", &self.refresh_token.as_ref().map(|_| "**"))
            .finish()
    }
}
