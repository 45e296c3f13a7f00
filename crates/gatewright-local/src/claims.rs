//! What a minted token says.

use std::time::{Duration, SystemTime};

use gatewright_document::JwtAlgorithm;
use serde_json::{Value, json};

use crate::date::unix;
use crate::keys::Claims;
use crate::minting::Minting;

const AN_HOUR: Duration = Duration::from_secs(3600);

/// The claims of a token that the gateway mints.
///
/// Without a scope it is an ID token as Amazon Cognito makes them (`token_use: "id"`, the audience in `aud`); with one it is an
/// access token (`token_use: "access"`, the audience in `client_id`, the scopes in `scope`). The JWT authorizers of a REST API
/// read `aud` alone, so a gateway that has one puts the audience there in any token.
///
/// By default it is for the subject `local-user`, of the gateway's issuer, for the first audience that the document names for
/// that issuer, valid for an hour, and signed with RS256 if that issuer's authorizer takes it, else with the first that it
/// takes.
///
/// ```
/// use std::time::Duration;
/// use gatewright_local::TokenClaims;
///
/// let access = TokenClaims::new()
///     .subject("alice")
///     .scope("pets/read")
///     .expires_in(Duration::from_secs(60))
///     .claim("cognito:groups", ["keepers"]);
/// # let _ = access;
/// ```
#[derive(Clone, Debug)]
pub struct TokenClaims {
    subject: String,
    issuer: Option<String>,
    audience: Option<String>,
    scopes: Vec<String>,
    expires_in: Duration,
    algorithm: Option<JwtAlgorithm>,
    others: Claims,
}

impl Default for TokenClaims {
    fn default() -> Self {
        Self::new()
    }
}

impl TokenClaims {
    /// The default claims.
    pub fn new() -> Self {
        Self {
            subject: "local-user".to_owned(),
            issuer: None,
            audience: None,
            scopes: Vec::new(),
            expires_in: AN_HOUR,
            algorithm: None,
            others: Claims::new(),
        }
    }

    /// The `sub`, which the log shows as the caller.
    #[must_use]
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }

    /// The `iss`, if it is to be another than the gateway's.
    #[must_use]
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = Some(issuer.into());
        self
    }

    /// The `aud` of an ID token or the `client_id` of an access token.
    #[must_use]
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audience = Some(audience.into());
        self
    }

    /// Adds a scope, which makes it an access token.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(scope.into());
        self
    }

    /// How long the token is valid, in whole seconds from the gateway's clock.
    #[must_use]
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.expires_in = lifetime;
        self
    }

    /// The algorithm that signs the token, if it is to be another than the default.
    ///
    /// ```
    /// use gatewright_document::JwtAlgorithm;
    /// use gatewright_local::TokenClaims;
    ///
    /// let token = TokenClaims::new().algorithm(JwtAlgorithm::Es512);
    /// # let _ = token;
    /// ```
    #[must_use]
    pub fn algorithm(mut self, algorithm: JwtAlgorithm) -> Self {
        self.algorithm = Some(algorithm);
        self
    }

    /// Sets any other claim; one of the same name that the gateway would set is replaced, so `claim("exp", 0)` makes a token
    /// that has expired.
    #[must_use]
    pub fn claim(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.others.insert(name.into(), value.into());
        self
    }

    /// The issuer that was said.
    pub(crate) fn said_issuer(&self) -> Option<&str> {
        self.issuer.as_deref()
    }

    /// The algorithm that was said.
    pub(crate) fn said_algorithm(&self) -> Option<JwtAlgorithm> {
        self.algorithm
    }

    /// The claims as they are signed.
    pub(crate) fn into_claims(self, minting: &Minting<'_>, now: SystemTime) -> Claims {
        let mut claims = Claims::new();
        let mut set = |name: &str, value: Value| claims.insert(name.to_owned(), value);
        let audience = self.audience.as_deref().unwrap_or(minting.audience);
        set("sub", json!(self.subject));
        set("iss", json!(minting.issuer));
        set("iat", json!(unix(now)));
        set(
            "exp",
            json!(unix(now).saturating_add(self.expires_in.as_secs())),
        );
        let is_access = !self.scopes.is_empty();
        set("token_use", json!(if is_access { "access" } else { "id" }));
        if is_access {
            set("client_id", json!(audience));
            set("scope", json!(self.scopes.join(" ")));
        }
        if !is_access || minting.is_audience_always_in_aud {
            set("aud", json!(audience));
        }
        claims.extend(self.others);
        claims
    }
}
