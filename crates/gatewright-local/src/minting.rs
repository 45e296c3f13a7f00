//! What a minted token says that nobody said otherwise: what the JWT authorizers of the document take.

use gatewright_document::{ApiKind, Authorizer, Document, JwtAlgorithm, JwtRules, Kind};

use crate::keys::KeySet;

/// The audience where the document names none.
const NO_AUDIENCE: &str = "local-client";

/// The issuers of a document's JWT authorizers, in its order.
#[derive(Debug)]
pub(crate) struct Defaults {
    issuers: Vec<Issuer>,
    is_audience_always_in_aud: bool,
}

#[derive(Debug)]
struct Issuer {
    name: Option<String>,
    audience: Option<String>,
    algorithms: Vec<JwtAlgorithm>,
}

/// What one token is made with.
#[derive(Debug)]
pub(crate) struct Minting<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) audience: &'a str,
    /// Access tokens of Cognito have it in `client_id`, where REST APIs do not look.
    pub(crate) is_audience_always_in_aud: bool,
    pub(crate) algorithm: JwtAlgorithm,
}

impl Defaults {
    pub(crate) fn of(document: &Document) -> Self {
        let issuers: Vec<_> = rules(document)
            .flat_map(|rules| issuers(rules, document.kind))
            .collect();
        Self {
            is_audience_always_in_aud: document.kind == ApiKind::Rest
                && rules(document).next().is_some(),
            issuers,
        }
    }

    /// The first issuer that the document names.
    pub(crate) fn issuer(&self) -> Option<&str> {
        self.issuers
            .iter()
            .find_map(|issuer| issuer.name.as_deref())
    }

    /// What a token of this issuer is made with: as the document says of it, or else of the first issuer.
    pub(crate) fn minting<'a>(&'a self, issuer: &'a str, keys: &KeySet) -> Minting<'a> {
        let named = |known: &&Issuer| known.name.as_deref() == Some(issuer);
        let known = self.issuers.iter().find(named);
        let known = known.or(self.issuers.first());
        let audience = known.and_then(|known| known.audience.as_deref());
        let any = || {
            self.issuers
                .iter()
                .find_map(|other| other.audience.as_deref())
        };
        let taken = known.map_or(&JwtAlgorithm::ALL[..], |known| &known.algorithms);
        Minting {
            issuer,
            audience: audience.or_else(any).unwrap_or(NO_AUDIENCE),
            is_audience_always_in_aud: self.is_audience_always_in_aud,
            algorithm: algorithm(taken, &keys.algorithms()),
        }
    }
}

/// RS256 before all others, if it is taken and there is a key for it.
fn algorithm(taken: &[JwtAlgorithm], keys: &[JwtAlgorithm]) -> JwtAlgorithm {
    let with_key = |algorithm: &&JwtAlgorithm| keys.contains(algorithm);
    let first = JwtAlgorithm::ALL
        .iter()
        .filter(with_key)
        .find(|algorithm| taken.contains(algorithm));
    let any = JwtAlgorithm::ALL.iter().find(with_key);
    first.or(any).copied().unwrap_or(JwtAlgorithm::Rs256)
}

fn rules(document: &Document) -> impl Iterator<Item = &JwtRules> {
    let operations = document.operations.iter();
    let demands = operations.flat_map(|operation| &operation.security.all_of);
    demands.filter_map(|demand| match &demand.kind {
        Kind::Token {
            authorizer: Authorizer::Jwt(rules),
            ..
        } => Some(rules),
        _ => None,
    })
}

fn issuers(rules: &JwtRules, kind: ApiKind) -> impl Iterator<Item = Issuer> {
    rules.issuers.iter().map(move |issuer| Issuer {
        name: issuer.issuer.clone(),
        audience: issuer.audiences.first().cloned(),
        algorithms: taken(rules, kind),
    })
}

/// The algorithms that an authorizer of this kind of API takes: those of RSA alone, if it is an HTTP API ("Control access to
/// HTTP APIs with JWT authorizers").
pub(crate) fn taken(rules: &JwtRules, kind: ApiKind) -> Vec<JwtAlgorithm> {
    let algorithms = rules.algorithms.iter().copied();
    algorithms
        .filter(|algorithm| kind == ApiKind::Rest || algorithm.is_rsa())
        .collect()
}
