//! Which authorization an operation asks for, in this order: the document's own security, the choice made in the
//! builder for operations that have none, the mode of the configuration.

use gatewright_codegen::model::Scheme;
use gatewright_config::AuthorizationType;
use gatewright_document::{Kind, Place, Requirement, Security};

/// How an operation is authorized whose document does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthMode {
    /// Not at all.
    None,
    /// AWS Signature Version 4.
    Iam,
    /// An API key in `x-api-key`.
    ApiKey,
    /// A token in `authorization`: a Cognito user pool, an OpenID Connect issuer, a Lambda authorizer.
    Token,
}

impl From<AuthorizationType> for AuthMode {
    fn from(mode: AuthorizationType) -> Self {
        match mode {
            AuthorizationType::AwsIam => AuthMode::Iam,
            AuthorizationType::ApiKey => AuthMode::ApiKey,
            AuthorizationType::AmazonCognitoUserPools
            | AuthorizationType::OpenidConnect
            | AuthorizationType::AwsLambda => AuthMode::Token,
            AuthorizationType::None => AuthMode::None,
        }
    }
}

/// All that an operation demands.
pub(super) fn schemes(security: &Security, otherwise: Option<AuthMode>) -> Vec<Scheme> {
    if security.all_of.is_empty() && !security.explicit {
        return otherwise.map(of_mode).unwrap_or_default();
    }
    security.all_of.iter().flat_map(of_requirement).collect()
}

fn of_mode(mode: AuthMode) -> Vec<Scheme> {
    let bearer = || Scheme::HeaderToken {
        scheme: "bearer".to_owned(),
        header: "authorization".to_owned(),
    };
    match mode {
        AuthMode::None => vec![],
        AuthMode::Iam => vec![Scheme::Iam],
        AuthMode::ApiKey => vec![Scheme::ApiKey],
        AuthMode::Token => vec![bearer()],
    }
}

fn of_requirement(requirement: &Requirement) -> Vec<Scheme> {
    match &requirement.kind {
        Kind::Iam => vec![Scheme::Iam],
        Kind::ApiKey => vec![Scheme::ApiKey],
        Kind::Token { places, .. } => places
            .iter()
            .map(|place| token(&requirement.scheme, place))
            .collect(),
        _ => vec![],
    }
}

fn token(scheme: &str, place: &Place) -> Scheme {
    let scheme = scheme.to_owned();
    match place {
        Place::Header(name) => Scheme::HeaderToken {
            scheme,
            header: name.to_ascii_lowercase(),
        },
        Place::Query(name) => Scheme::QueryToken {
            scheme,
            query: name.clone(),
        },
    }
}
