//! JWT authorizers.
//!
//! | | HTTP API | REST API |
//! | --- | --- | --- |
//! | algorithms | RS256, RS384, RS512 | those of the document, of these three and ES256, ES384, ES512 |
//! | `iss` | its one issuer | one of its issuers, exactly |
//! | audience | one of its audiences in `aud`, or in `client_id` if there is no `aud` | one of **that issuer's** audiences in `aud` |
//! | further claims | none | those of that issuer |
//! | scopes, if the operation asks for any | one of them in `scope` or `scp` | the same |
//! | `exp`, `nbf`, `iat` | the time is between them | the same |
//!
//! A wrong token is 401, one without the scope 403. The page for REST APIs names no status for a missing scope; it is the one
//! of HTTP APIs.

use std::slice;

use gatewright_document::{ApiKind, JwtIssuer, JwtRules};

use super::rules::{has_claim, has_scope, in_time, is_for, text};
use super::{Tokens, bare, unauthorized};
use crate::call::Call;
use crate::date::unix;
use crate::keys::Claims;
use crate::minting::taken;
use crate::refusal::Refusal;

impl Tokens {
    pub(super) fn jwt(
        &self,
        sent: &str,
        rules: &JwtRules,
        scopes: &[String],
        call: Call<'_>,
    ) -> Result<Claims, Refusal> {
        let claims = self.signed(bare(sent), &taken(rules, self.kind))?;
        self.meets_an_issuer(&claims, &rules.issuers)?;
        in_time(&claims, unix(call.now))?;
        has_scope(&claims, scopes)?;
        Ok(claims)
    }

    /// Whether it is of one of the issuers and what that one says of its tokens. An issuer that the builder set stands for
    /// each of them, so the token has to be as one of them says.
    fn meets_an_issuer(&self, claims: &Claims, issuers: &[JwtIssuer]) -> Result<(), Refusal> {
        let any = JwtIssuer::default();
        let issuers = if issuers.is_empty() {
            slice::from_ref(&any)
        } else {
            issuers
        };
        let mut refusal = None;
        for issuer in issuers {
            let name = self.issuer_instead_of(issuer.issuer.as_deref());
            if text(claims, "iss") != Some(name) {
                continue;
            }
            match meets(claims, issuer, self.kind) {
                Ok(()) => return Ok(()),
                Err(why) => refusal = refusal.or(Some(why)),
            }
        }
        Err(refusal.unwrap_or_else(|| self.of_no_issuer(issuers)))
    }

    fn of_no_issuer(&self, issuers: &[JwtIssuer]) -> Refusal {
        let names = issuers
            .iter()
            .map(|issuer| self.issuer_instead_of(issuer.issuer.as_deref()));
        let mut names: Vec<_> = names.collect();
        names.dedup();
        unauthorized(format!(
            "the token is not of the issuer {}",
            names.join(" or ")
        ))
    }
}

fn meets(claims: &Claims, issuer: &JwtIssuer, kind: ApiKind) -> Result<(), Refusal> {
    if !issuer.audiences.is_empty() && !is_for(claims, &issuer.audiences, kind) {
        return Err(unauthorized("the token does not have a valid audience"));
    }
    issuer
        .claims
        .iter()
        .try_for_each(|rule| has_claim(claims, rule))
}

#[cfg(test)]
mod tests;
