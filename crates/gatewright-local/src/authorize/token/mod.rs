//! Tokens: Cognito, JWT and Lambda authorizers, and schemes that no authorizer stands behind.
//!
//! | authorizer | takes |
//! | --- | --- |
//! | Cognito, no scopes asked | an ID token; AWS refuses an access token there |
//! | Cognito, scopes asked | an access token with one of the scopes |
//! | JWT (HTTP API) | a token of its issuer for one of its audiences, with one of the scopes if any are asked |
//! | Lambda, others | a value that was registered, or any valid token of the gateway: the function's code is not in a document |
//!
//! Sources: "Control access to a REST API using Amazon Cognito user pools", "Control access to HTTP APIs with JWT authorizers"
//! and "Use API Gateway Lambda authorizers" in the API Gateway developer guide.

use std::fmt;
use std::time::SystemTime;

use gatewright_document::{Authorizer, Place};
use serde_json::Value;

use crate::call::Call;
use crate::date::unix;
use crate::gateway_error::GatewayError as E;
use crate::key::{Claims, TokenKey};
use crate::refusal::Refusal;
use crate::secret::equal;

/// What makes a token valid here.
pub(crate) struct Tokens {
    pub(crate) key: TokenKey,
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
        self.forced_issuer
            .as_deref()
            .unwrap_or(&self.default_issuer)
    }

    /// Who calls, if the authorizer lets the request pass.
    pub(crate) fn check(
        &self,
        places: &[Place],
        authorizer: &Authorizer,
        scopes: &[String],
        call: Call<'_>,
    ) -> Result<Option<String>, Refusal> {
        let sent = identity(places, call)?;
        match authorizer {
            Authorizer::Cognito => self.cognito(&sent[0], scopes, call.now),
            Authorizer::Jwt { issuer, audience } => {
                self.jwt(&sent[0], issuer.as_deref(), audience, scopes, call.now)
            }
            Authorizer::Lambda => self.opaque(&sent, E::AccessDenied, call.now),
            _ => self.opaque(&sent, E::Unauthorized, call.now),
        }
    }

    fn cognito(
        &self,
        sent: &str,
        scopes: &[String],
        now: SystemTime,
    ) -> Result<Option<String>, Refusal> {
        let claims = self.valid(sent, None, now)?;
        let wanted = if scopes.is_empty() { "id" } else { "access" };
        if text(&claims, "token_use") != Some(wanted) {
            return Err(unauthorized(format!(
                "the authorizer asks for an {wanted} token here"
            )));
        }
        has_scope(&claims, scopes)?;
        Ok(subject(&claims))
    }

    fn jwt(
        &self,
        sent: &str,
        issuer: Option<&str>,
        audience: &[String],
        scopes: &[String],
        now: SystemTime,
    ) -> Result<Option<String>, Refusal> {
        let claims = self.valid(sent, issuer, now)?;
        if !audience.is_empty() && !is_for(&claims, audience) {
            return Err(unauthorized("the token does not have a valid audience"));
        }
        has_scope(&claims, scopes)?;
        Ok(subject(&claims))
    }

    /// One of the values has to be registered or a token of the gateway.
    fn opaque(
        &self,
        sent: &[String],
        error: E,
        now: SystemTime,
    ) -> Result<Option<String>, Refusal> {
        if sent.iter().any(|value| self.is_registered(value)) {
            return Ok(None);
        }
        let claims = sent
            .iter()
            .find_map(|value| self.valid(value, None, now).ok());
        let refusal = || {
            let reason = "the value is neither registered with `lambda_token` nor a valid token of the gateway";
            Refusal::because(error, reason).challenge("Bearer")
        };
        claims.map(|claims| subject(&claims)).ok_or_else(refusal)
    }

    fn is_registered(&self, sent: &str) -> bool {
        let same = |known: &&String| {
            equal(known.as_bytes(), sent.as_bytes())
                || equal(known.as_bytes(), bare(sent).as_bytes())
        };
        self.registered.iter().filter(same).count() > 0
    }

    /// The claims of a token that is signed by the gateway's key, of the right issuer, and good now.
    fn valid(&self, sent: &str, issuer: Option<&str>, now: SystemTime) -> Result<Claims, Refusal> {
        let claims = self
            .key
            .verify(bare(sent))
            .map_err(|why| unauthorized(format!("the token is not valid: {why}")))?;
        let issuer = self
            .forced_issuer
            .as_deref()
            .or(issuer)
            .unwrap_or(&self.default_issuer);
        if text(&claims, "iss") != Some(issuer) {
            return Err(unauthorized(format!(
                "the token is not of the issuer {issuer}"
            )));
        }
        in_time(&claims, unix(now))?;
        Ok(claims)
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

fn in_time(claims: &Claims, now: u64) -> Result<(), Refusal> {
    let time = |name| claims.get(name).and_then(Value::as_f64);
    let now = now as f64;
    match time("exp") {
        None => return Err(unauthorized("the token has no expiry")),
        Some(end) if end <= now => return Err(expired()),
        Some(_) => {}
    }
    if ["nbf", "iat"]
        .into_iter()
        .filter_map(time)
        .any(|start| start > now)
    {
        return Err(unauthorized("the token is not valid yet"));
    }
    Ok(())
}

/// `client_id` stands in for an audience where there is none, as in access tokens of Cognito.
fn is_for(claims: &Claims, audience: &[String]) -> bool {
    match claims.get("aud").or(claims.get("client_id")) {
        Some(Value::String(one)) => audience.contains(one),
        Some(Value::Array(several)) => several
            .iter()
            .filter_map(Value::as_str)
            .any(|one| audience.iter().any(|known| known == one)),
        _ => false,
    }
}

fn has_scope(claims: &Claims, scopes: &[String]) -> Result<(), Refusal> {
    let held = text(claims, "scope")
        .or(text(claims, "scp"))
        .unwrap_or_default();
    let listed = claims
        .get("scp")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let mut held = held.split(' ').chain(listed.filter_map(Value::as_str));
    if scopes.is_empty() || held.any(|scope| scopes.iter().any(|asked| asked == scope)) {
        return Ok(());
    }
    let asked = scopes.join(" ");
    let challenge = format!(
        "Bearer scope=\"{asked}\" error=\"insufficient_scope\" error_description=\"the token does not have a needed scope\""
    );
    let reason = format!("the token has none of the scopes {asked}");
    Err(Refusal::because(E::AccessDenied, reason).challenge(challenge))
}

fn text<'a>(claims: &'a Claims, name: &str) -> Option<&'a str> {
    claims.get(name).and_then(Value::as_str)
}

fn subject(claims: &Claims) -> Option<String> {
    text(claims, "sub")
        .or(text(claims, "client_id"))
        .map(str::to_owned)
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
