//! Tokens: Cognito, JWT and Lambda authorizers, and schemes that no authorizer stands behind.
//!
//! | authorizer | takes |
//! | --- | --- |
//! | Cognito, no scopes asked | an ID token; AWS refuses an access token there |
//! | Cognito, scopes asked | an access token with one of the scopes |
//! | JWT | see `jwt.rs` |
//! | Lambda, others | a value that was registered, or any valid token of the gateway: the function's code is not in a document |
//!
//! Whatever is no JWT authorizer takes each algorithm that the gateway has a key for.
//!
//! Sources: "Control access to a REST API using Amazon Cognito user pools", "Control access to HTTP APIs with JWT authorizers"
//! and "Use API Gateway Lambda authorizers" in the API Gateway developer guide.

mod jwt;
mod rules;

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use gatewright_document::{ApiKind, Authorizer, JwtAlgorithm, Place};

use crate::call::Call;
use crate::date::unix;
use crate::gateway_error::GatewayError as E;
use crate::keys::{Claims, KeySet};
use crate::refusal::Refusal;
use crate::secret::equal;
use rules::{has_scope, in_time, text};

pub(super) use rules::subject;

/// What makes a token valid here.
pub(crate) struct Tokens {
    pub(crate) keys: Arc<KeySet>,
    pub(crate) kind: ApiKind,
    /// The issuer where the document names none.
    pub(crate) default_issuer: String,
    /// The issuer whatever the document names.
    pub(crate) forced_issuer: Option<String>,
    /// Values that Lambda authorizers take.
    pub(crate) registered: Vec<String>,
}

impl Tokens {
    /// The issuer of the gateway's own tokens.
    pub(crate) fn issuer(&self) -> &str {
        self.issuer_instead_of(None)
    }

    /// What the token says, if the authorizer lets the request pass; `None` of a registered value.
    pub(crate) fn check(
        &self,
        places: &[Place],
        authorizer: &Authorizer,
        scopes: &[String],
        call: Call<'_>,
    ) -> Result<Option<Claims>, Refusal> {
        let sent = identity(places, call)?;
        match authorizer {
            Authorizer::Cognito => self.cognito(&sent[0], scopes, call.now).map(Some),
            Authorizer::Jwt(rules) => self.jwt(&sent[0], rules, scopes, call).map(Some),
            Authorizer::Lambda => self.opaque(&sent, E::AccessDenied, call.now),
            _ => self.opaque(&sent, E::Unauthorized, call.now),
        }
    }

    fn cognito(&self, sent: &str, scopes: &[String], now: SystemTime) -> Result<Claims, Refusal> {
        let claims = self.valid(sent, now)?;
        let wanted = if scopes.is_empty() { "id" } else { "access" };
        if text(&claims, "token_use") != Some(wanted) {
            return Err(unauthorized(format!(
                "the authorizer asks for an {wanted} token here"
            )));
        }
        has_scope(&claims, scopes)?;
        Ok(claims)
    }

    /// One of the values has to be registered or a token of the gateway.
    fn opaque(
        &self,
        sent: &[String],
        error: E,
        now: SystemTime,
    ) -> Result<Option<Claims>, Refusal> {
        if sent.iter().any(|value| self.is_registered(value)) {
            return Ok(None);
        }
        let claims = sent.iter().find_map(|value| self.valid(value, now).ok());
        let refusal = || {
            let reason = "the value is neither registered with `lambda_token` nor a valid token of the gateway";
            Refusal::because(error, reason).challenge("Bearer")
        };
        claims.map(Some).ok_or_else(refusal)
    }

    fn is_registered(&self, sent: &str) -> bool {
        let same = |known: &&String| {
            equal(known.as_bytes(), sent.as_bytes())
                || equal(known.as_bytes(), bare(sent).as_bytes())
        };
        self.registered.iter().filter(same).count() > 0
    }

    /// The claims of a token that is signed by a key of the gateway, of its issuer, and good now.
    fn valid(&self, sent: &str, now: SystemTime) -> Result<Claims, Refusal> {
        let claims = self.signed(bare(sent), &JwtAlgorithm::ALL)?;
        let issuer = self.issuer();
        if text(&claims, "iss") != Some(issuer) {
            return Err(unauthorized(format!(
                "the token is not of the issuer {issuer}"
            )));
        }
        in_time(&claims, unix(now))?;
        Ok(claims)
    }

    /// The claims of a token that is signed by a key of the gateway with one of these algorithms.
    fn signed(&self, token: &str, allowed: &[JwtAlgorithm]) -> Result<Claims, Refusal> {
        let claims = self.keys.verify(token, allowed);
        claims.map_err(|why| unauthorized(format!("the token is not valid: {why}")))
    }

    /// The issuer to ask for where an authorizer names this one, or none.
    fn issuer_instead_of<'a>(&'a self, named: Option<&'a str>) -> &'a str {
        let forced = self.forced_issuer.as_deref();
        forced.or(named).unwrap_or(&self.default_issuer)
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("default_issuer", &self.default_issuer)
            .field("forced_issuer", &self.forced_issuer)
            .finish_non_exhaustive()
    }
}

/// The value of every place; if one is missing the gateway refuses without asking the authorizer.
fn identity(places: &[Place], call: Call<'_>) -> Result<Vec<String>, Refusal> {
    let read = |place: &Place| {
        let (value, what) = match place {
            Place::Header(name) => (
                call.header(name).map(str::to_owned),
                format!("header {name}"),
            ),
            Place::Query(name) => (call.query(name), format!("query parameter {name}")),
        };
        let value = value.filter(|value| !value.trim().is_empty());
        let missing = || {
            Refusal::because(E::Unauthorized, format!("the {what} is missing")).challenge("Bearer")
        };
        value.ok_or_else(missing)
    };
    let values: Vec<_> = places.iter().map(read).collect::<Result<_, _>>()?;
    if values.is_empty() {
        let reason = "the document does not say where the authorizer reads its token";
        return Err(Refusal::because(E::AuthorizerConfiguration, reason));
    }
    Ok(values)
}

/// The token without `Bearer `; API Gateway takes it either way.
fn bare(sent: &str) -> &str {
    match sent.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => sent.trim(),
    }
}

/// The only fault that a REST API tells a caller of its token.
fn expired() -> Refusal {
    let refusal = Refusal::saying(E::Unauthorized, "The incoming token has expired");
    refusal.challenge(invalid_token("the token has expired"))
}

fn unauthorized(reason: impl Into<String>) -> Refusal {
    let reason = reason.into();
    let challenge = invalid_token(&reason);
    Refusal::because(E::Unauthorized, reason).challenge(challenge)
}

fn invalid_token(description: &str) -> String {
    format!("Bearer scope=\"\" error=\"invalid_token\" error_description=\"{description}\"")
}

#[cfg(test)]
mod tests;
