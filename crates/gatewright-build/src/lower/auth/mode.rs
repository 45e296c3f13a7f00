//! What a user says of an authorization.

use gatewright_config::AuthorizationType;
use gatewright_document::{Authorizer, Kind, Place};

/// What a caller sends to be authorized.
///
/// ```
/// use gatewright_build::{AuthMode, Select, configure};
///
/// let builder = configure()
///     .default_auth(AuthMode::Iam)
///     .scheme("partners", AuthMode::Header("X-Partner-Ticket".to_owned()))
///     .auth(Select::path("/health"), [AuthMode::None])
///     .auth(Select::path("/reports"), [AuthMode::Iam, AuthMode::ApiKey]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthMode {
    /// Nothing.
    None,
    /// A signature, AWS Signature Version 4.
    Iam,
    /// An API key in `x-api-key`.
    ApiKey,
    /// A token in `authorization`: a Cognito user pool, an OpenID Connect issuer, a Lambda authorizer.
    Token,
    /// A token that a Lambda authorizer reads in the header of this name.
    Header(String),
    /// A token that a Lambda authorizer reads in the query parameter of this name.
    Query(String),
}

impl AuthMode {
    /// The same in the words of a document.
    pub(crate) fn kind(&self) -> Option<Kind> {
        match self {
            AuthMode::None => None,
            AuthMode::Iam => Some(Kind::Iam),
            AuthMode::ApiKey => Some(Kind::ApiKey),
            AuthMode::Token => Some(token(Place::Header("Authorization".to_owned()))),
            AuthMode::Header(name) => Some(token(Place::Header(name.clone()))),
            AuthMode::Query(name) => Some(token(Place::Query(name.clone()))),
        }
    }
}

fn token(place: Place) -> Kind {
    Kind::Token {
        places: vec![place],
        authorizer: Authorizer::Other,
    }
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
