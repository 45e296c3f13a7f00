//! What the document demands of a caller, and how a gateway has to refuse who does not meet it. Taken from the document
//! alone, not from what was generated of it.

use gatewright::GatewayErrorKind as K;
use gatewright_document::{
    ApiKind, Authorizer, JwtRules, Kind, Location, Operation, Parameter, Place, Requirement,
    Security,
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
        .flat_map(|demand| wrong(demand, security, right))
        .map(|wrong| Wrong {
            refusal: as_told_by(api, wrong.refusal),
            ..wrong
        })
        .collect()
}

fn wrong(demand: &Requirement, security: &Security, right: &Given) -> Vec<Wrong> {
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
        Kind::ApiKey => {
            let mut readers = security
                .all_of
                .iter()
                .filter(|other| reads_only_the_key(other));
            let refusal = readers.next().map_or((K::Forbidden, 403), wrong_token);
            vec![with("unknown API key", refusal, &|it| it.api_key = WRONG)]
        }
        Kind::Token { .. } => {
            let reads_key = demand.kind.places().iter().any(is_key);
            let spoil = |it: &mut Given| {
                it.tokens.insert(demand.scheme.clone(), WRONG.to_owned());
                if reads_key {
                    it.api_key = WRONG;
                }
            };
            vec![with("wrong token", wrong_token(demand), &spoil)]
        }
        _ => Vec::new(),
    }
}

/// How an authorizer refuses what it does not know.
fn wrong_token(demand: &Requirement) -> Refusal {
    match &demand.kind {
        Kind::Token {
            authorizer: Authorizer::Lambda,
            ..
        } => (K::AccessDenied, 403),
        _ => (K::Unauthorized, 401),
    }
}

/// Whether an authorizer judges the API key and nothing else, so that it refuses a wrong one before the usage plan does.
fn reads_only_the_key(demand: &Requirement) -> bool {
    matches!(demand.kind, Kind::Token { .. }) && demand.kind.places().iter().all(is_key)
}

fn is_key(place: &Place) -> bool {
    place.is_same(&Place::Header("x-api-key".to_owned()))
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
        _ if is_argument(first, operation) => wrong_token(first),
        _ => (K::Unauthorized, 401),
    };
    Some(as_told_by(api, refusal))
}

/// Whether a layer is asked for anything, so that a call without layers is held back.
pub(crate) fn is_held(operation: &Operation) -> bool {
    let mut demands = operation.security.all_of.iter();
    demands.any(|demand| !is_argument(demand, operation))
        || operation.parameters.iter().any(is_credential)
}

/// Whether all that an authorizer reads are arguments of the call, which has them without a layer too.
fn is_argument(demand: &Requirement, operation: &Operation) -> bool {
    let Kind::Token { places, authorizer } = &demand.kind else {
        return false;
    };
    let is_declared = |place: &Place| {
        let mut parameters = operation.parameters.iter();
        parameters.any(|parameter| is_at(parameter, place))
    };
    *authorizer != Authorizer::Other && places.iter().all(is_declared)
}

fn is_at(parameter: &Parameter, place: &Place) -> bool {
    let is_layers = ["authorization", "x-api-key"];
    let name = parameter.name.clone();
    match parameter.location {
        Location::Header if is_layers.contains(&name.to_ascii_lowercase().as_str()) => false,
        Location::Header => place.is_same(&Place::Header(name)),
        Location::Query => place.is_same(&Place::Query(name)),
        _ => false,
    }
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
