//! Rules for single claims of a token that is signed as it should be.

use gatewright_document::{ApiKind, JwtClaim};
use serde_json::Value;

use super::{expired, unauthorized};
use crate::gateway_error::GatewayError as E;
use crate::keys::Claims;
use crate::refusal::Refusal;

/// `exp` has to be there and to lie ahead; `nbf` and `iat` must not, if they are there.
pub(super) fn in_time(claims: &Claims, now: u64) -> Result<(), Refusal> {
    let time = |name| claims.get(name).and_then(Value::as_f64);
    let now = now as f64;
    match time("exp") {
        None => return Err(unauthorized("the token has no expiry")),
        Some(end) if end <= now => return Err(expired()),
        Some(_) => {}
    }
    for name in ["nbf", "iat"] {
        let is_no_time = claims.get(name).is_some_and(|value| !value.is_number());
        if is_no_time || time(name).is_some_and(|start| start > now) {
            return Err(unauthorized("the token is not valid yet"));
        }
    }
    Ok(())
}

/// Whether it is for one of the audiences. In an HTTP API `client_id` is asked where there is no `aud`, as in access tokens of
/// Cognito; a REST API asks `aud` alone.
pub(super) fn is_for(claims: &Claims, audiences: &[String], kind: ApiKind) -> bool {
    let client = || claims.get("client_id").filter(|_| kind == ApiKind::Http);
    match claims.get("aud").or_else(client) {
        Some(Value::String(one)) => audiences.contains(one),
        Some(Value::Array(several)) => several
            .iter()
            .filter_map(Value::as_str)
            .any(|one| audiences.iter().any(|known| known == one)),
        _ => false,
    }
}

/// Whether a further claim is as it should be: a single string, one of those expected if any are.
pub(super) fn has_claim(claims: &Claims, rule: &JwtClaim) -> Result<(), Refusal> {
    let is_right = match claims.get(&rule.name) {
        None => !rule.required,
        Some(Value::String(value)) => rule.expected.is_empty() || rule.expected.contains(value),
        Some(_) => false,
    };
    if is_right {
        return Ok(());
    }
    Err(unauthorized("a claim of the token is not what the authorizer expects").noting(&rule.name))
}

/// Whether it has one of the scopes, in `scope` or in `scp`, each a text of words or a list.
pub(super) fn has_scope(claims: &Claims, scopes: &[String]) -> Result<(), Refusal> {
    let values = ["scope", "scp"].map(|name| claims.get(name));
    let mut held = values.into_iter().flatten().flat_map(words);
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

fn words(value: &Value) -> impl Iterator<Item = &str> {
    let text = value.as_str().unwrap_or_default().split(' ');
    let list = value.as_array().into_iter().flatten();
    text.chain(list.filter_map(Value::as_str))
}

pub(super) fn text<'a>(claims: &'a Claims, name: &str) -> Option<&'a str> {
    claims.get(name).and_then(Value::as_str)
}

/// Whom the token is about, for the log.
pub(in crate::authorize) fn subject(claims: &Claims) -> Option<String> {
    text(claims, "sub")
        .or(text(claims, "client_id"))
        .map(str::to_owned)
}
