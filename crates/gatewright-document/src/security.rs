//! What an operation demands of its caller, read as API Gateway reads it rather than as OpenAPI does.
//!
//! | in the document | OpenAPI says | API Gateway does |
//! | --- | --- | --- |
//! | `[{"sigv4": []}, {"api_key": []}]` | one of the two | demands both |
//! | `[{"sigv4": []}, {"pool": []}]`, both in `Authorization` | one of the two | has one authorizer for a method: one of the two |
//! | `[{}, {"pool": []}]` | nothing, or a token | attaches the authorizer: a token |
//! | `[{"NONE": []}]`, which nobody declares | an error | what AWS SAM writes for a method without authorization |
//! | scopes on an `apiKey` scheme | illegal | a Cognito authorizer's scopes |
//! | a scheme whose header is called `Unused` | a header | names no header; `identitySource` does |
//! | `x-amazon-apigateway-api-key-source: AUTHORIZER` | nothing | the client sends no key |

use crate::{JwtRules, Pointer};

/// Everything the gateway demands, **all** of it together; empty when the operation is open.
///
/// The `security` of the whole document counts for operations without their own:
///
/// | document | of its root counts |
/// | --- | --- |
/// | OpenAPI 3.0, REST API | the authorizer with its scopes; an API key only with [`use_root_security`] |
/// | OpenAPI 3.0, HTTP API | all |
/// | Swagger 2.0 | nothing ("Amazon API Gateway important notes"); all with [`use_root_security`] |
/// | one without any `x-amazon-apigateway-*` | all, as OpenAPI says: no gateway has read or written it |
///
/// [`use_root_security`]: crate::ReadOptions::use_root_security
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Security {
    /// The demands, in the document's order and without doubles.
    pub all_of: Vec<Requirement>,
    /// Whether the document says so (even by an empty list), so that nothing else may fill it in.
    pub explicit: bool,
    /// What the document names too and no request can carry, because the value of a demand before it is in the same place.
    pub alternatives: Vec<Alternative>,
    /// The authorizers that do not say what of a request they read. Nothing is sent for them.
    pub silent: Vec<Silent>,
}

/// A demand that another one has taken the place of.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Alternative {
    /// The demand.
    pub requirement: Requirement,
    /// The name of the security scheme that is demanded instead.
    pub taken: String,
    /// The place that both are sent in.
    pub place: Place,
}

/// An authorizer that does not say what of a request it reads: one of type `request` without an `identitySource` that a
/// caller sends.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Silent {
    /// Where an operation, or the whole document, names it.
    pub pointer: Pointer,
    /// The name of its security scheme.
    pub scheme: String,
}

/// One demand.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Requirement {
    /// Where it stands.
    pub pointer: Pointer,
    /// The name of the security scheme in the document.
    pub scheme: String,
    /// What has to be sent.
    pub kind: Kind,
    /// The scopes that a token must have one of; empty when none is asked for.
    pub scopes: Vec<String>,
}

/// What a security scheme is to API Gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// AWS Signature Version 4: `x-amazon-apigateway-authtype: awsSigv4`, or `x-amazon-apigateway-auth: AWS_IAM`.
    Iam,
    /// The API key of a usage plan: an `apiKey` scheme whose header is `x-api-key` and that has no authorizer.
    ApiKey,
    /// A token (or several values) that an authorizer reads.
    Token {
        /// Where the authorizer reads; at least one.
        places: Vec<Place>,
        /// Which authorizer it is.
        authorizer: Authorizer,
    },
}

impl Kind {
    /// Where in a request the values are that a caller sends for it.
    ///
    /// ```
    /// use gatewright_document::{Kind, Place};
    ///
    /// assert_eq!(Kind::Iam.places(), [Place::Header("Authorization".to_owned())]);
    /// ```
    pub fn places(&self) -> Vec<Place> {
        match self {
            Kind::Iam => vec![Place::Header("Authorization".to_owned())],
            Kind::ApiKey => vec![Place::Header("x-api-key".to_owned())],
            Kind::Token { places, .. } => places.clone(),
        }
    }
}

impl Place {
    /// Whether both are the same place. The case of a header's name does not matter (RFC 9110, section 5.1), that of a query
    /// parameter does.
    ///
    /// ```
    /// use gatewright_document::Place;
    ///
    /// let place = Place::Header("X-Ticket".to_owned());
    /// assert!(place.is_same(&Place::Header("x-ticket".to_owned())));
    /// assert!(!place.is_same(&Place::Query("X-Ticket".to_owned())));
    /// ```
    pub fn is_same(&self, other: &Place) -> bool {
        match (self, other) {
            (Place::Header(one), Place::Header(other)) => one.eq_ignore_ascii_case(other),
            (Place::Query(one), Place::Query(other)) => one == other,
            _ => false,
        }
    }
}

/// Where in a request an authorizer reads a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A header, its name as the document spells it.
    Header(String),
    /// A query parameter.
    Query(String),
}

/// Which authorizer reads a token.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Authorizer {
    /// A Cognito user pool.
    Cognito,
    /// A Lambda function: type `token` or `request`.
    Lambda,
    /// A JWT authorizer of an HTTP API, or of a REST API, which has them since 2026.
    Jwt(JwtRules),
    /// A scheme of OpenAPI (`http` bearer or basic, `oauth2`, `openIdConnect`, `apiKey`) without an authorizer of the gateway.
    Other,
}
