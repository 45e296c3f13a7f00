//! What the document demands of a caller, and how a gateway has to refuse who does not meet it. Taken from the document
//! alone, not from what was generated of it.

use gatewright::GatewayErrorKind as K;
use gatewright_document::{
    ApiKind, Authorizer, JwtRules, Kind, Location, Operation, Parameter, Requirement, Security,
};
use gatewright_local::{LocalGateway, TokenClaims};

use crate::Given;
use crate::credentials::WRONG;

/// A value that Lambda authorizers take, and schemes without an authorizer.
pub(crate) const REGISTERED: &str = "a-value-that-the-function-takes";

/// The kind and status of a refusal.
type Refusal = (K, u16);

/// Credentials of which one is wrong.
pub(crate) struct Wrong {
    /// What is wrong.
    pub(crate) what: String,
    pub(crate) given: Given,
    pub(crate) refusal: Refusal,
}

/// Credentials that meet every demand.
pub(crate) fn right(security: &Security, gateway: &LocalGateway) -> Given {
    let demands = security.all_of.iter();
    let tokens = demands.filter_map(|demand| {
        let Kind::Token { authorizer, .. } = &demand.kind else {
            return None;
        };
        let token = token(authorizer, demand, gateway);
        Some((demand.scheme.clone(), token))
    });
    Given::right(tokens.collect())
}

fn token(authorizer: &Authorizer, demand: &Requirement, gateway: &LocalGateway) -> String {
    let scoped = demand.scopes.iter().take(1);
    let claims = scoped.fold(TokenClaims::new(), TokenClaims::scope);
    match authorizer {
        Authorizer::Cognito => gateway.mint_token(claims),
        Authorizer::Jwt(rules) => gateway.mint_token(as_ruled(rules, claims)),
        _ => REGISTERED.to_owned(),
    }
}

/// The claims of a token as the first issuer of the rules makes them.
fn as_ruled(rules: &JwtRules, claims: TokenClaims) -> TokenClaims {
    let Some(issuer) = rules.issuers.first() else {
        return claims;
    };
    let claims = issuer.issuer.iter().fold(claims, TokenClaims::issuer);
    let audience = issuer.audiences.iter().take(1);
    let claims = audience.fold(claims, TokenClaims::audience);
    let required = issuer.claims.iter().filter(|rule| rule.required);
    required.fold(claims, |claims, rule| {
        let value = rule.expected.first().map_or("any", String::as_str);
        claims.claim(&rule.name, value)
    })
}

/// Every way to meet all demands but one.
pub(crate) fn wrongs(security: &Security, api: ApiKind, right: &Given) -> Vec<Wrong> {
    let demands = security.all_of.iter();
    demands
        .flat_map(|demand| wrong(demand, right))
        .map(|wrong| Wrong {
            refusal: as_told_by(api, wrong.refusal),
            ..wrong
        })
        .collect()
}

fn wrong(demand: &Requirement, right: &Given) -> Vec<Wrong> {
    let with = |what: &str, refusal, change: &dyn Fn(&mut Given)| {
        let mut given = right.clone();
        change(&mut given);
        let what = format!("{what} of `{}`", demand.scheme);
        Wrong {
            what,
            given,
            refusal,
        }
    };
    match &demand.kind {
        Kind::Iam => vec![
            with("unknown access key", (K::UnrecognizedClient, 403), &|it| {
                it.access_key_id = WRONG;
            }),
            with("wrong secret", (K::InvalidSignature, 403), &|it| {
                it.secret = WRONG;
            }),
        ],
        Kind::ApiKey => vec![with("unknown API key", (K::Forbidden, 403), &|it| {
            it.api_key = WRONG;
        })],
        Kind::Token { authorizer, .. } => {
            let refusal = match authorizer {
                Authorizer::Lambda => (K::AccessDenied, 403),
                _ => (K::Unauthorized, 401),
            };
            let spoil = |it: &mut Given| {
                it.tokens.insert(demand.scheme.clone(), WRONG.to_owned());
            };
            vec![with("wrong token", refusal, &spoil)]
        }
        _ => Vec::new(),
    }
}

/// How a caller without any credential is refused; `None` where nothing is demanded. The API key is looked at last, and headers
/// that are only declared after it.
pub(crate) fn missing(operation: &Operation, api: ApiKind) -> Option<Refusal> {
    let demands = || operation.security.all_of.iter();
    let first = demands()
        .find(|demand| demand.kind != Kind::ApiKey)
        .or_else(|| demands().next());
    let Some(first) = first else {
        let is_declared = operation.parameters.iter().any(is_credential);
        return is_declared.then_some((K::BadRequest, 400));
    };
    let refusal = match first.kind {
        Kind::Iam => (K::MissingAuthenticationToken, 403),
        Kind::ApiKey => (K::Forbidden, 403),
        _ => (K::Unauthorized, 401),
    };
    Some(as_told_by(api, refusal))
}

fn is_credential(parameter: &Parameter) -> bool {
    let is_asked = parameter.required && parameter.location == Location::Header;
    let names = ["authorization", "x-api-key"].iter();
    is_asked
        && names
            .into_iter()
            .any(|name| parameter.name.eq_ignore_ascii_case(name))
}

/// An HTTP API tells the status and no kind.
fn as_told_by(api: ApiKind, refusal: Refusal) -> Refusal {
    match (api, refusal.1) {
        (ApiKind::Rest, _) => refusal,
        (ApiKind::Http, 401) => (K::Unauthorized, 401),
        (ApiKind::Http, status) => (K::Forbidden, status),
    }
}
