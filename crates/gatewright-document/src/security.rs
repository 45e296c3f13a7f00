//! What an operation demands of its caller, read as API Gateway reads it rather than as OpenAPI does.
//!
//! | in the document | OpenAPI says | API Gateway does |
//! | --- | --- | --- |
//! | `[{"sigv4": []}, {"api_key": []}]` | one of the two | demands both |
//! | root-level `security` of a REST API | applies to every operation | ignores it on import |
//! | scopes on an `apiKey` scheme | illegal | a Cognito authorizer's scopes |
//! | a scheme whose header is called `Unused` | a header | names no header; `identitySource` does |
//! | `x-amazon-apigateway-api-key-source: AUTHORIZER` | nothing | the client sends no key |

use crate::{JwtRules, Pointer};

/// Everything the gateway demands, **all** of it together; empty when the operation is open.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Security {
    /// The demands, in the document's order and without doubles.
    pub all_of: Vec<Requirement>,
    /// Whether the document says so (even by an empty list), so that nothing else may fill it in.
    pub explicit: bool,
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
