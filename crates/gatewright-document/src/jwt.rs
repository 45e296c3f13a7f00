//! What a JWT authorizer checks in a token.

use std::fmt;

/// The rules of a JWT authorizer, of an HTTP API or of a REST API.
///
/// A token is taken if it is signed with one of the `algorithms` and meets the rules of the one issuer that it names. Sources:
/// "Control access to HTTP APIs with JWT authorizers" in the API Gateway developer guide, and `JwtConfigurationInput` in the
/// API Gateway API reference.
///
/// ```
/// use gatewright_document::{Authorizer, Document, JwtAlgorithm, Kind};
///
/// # let json = br#"{"openapi": "3.0.1", "info": {"title": "t", "version": "1"},
/// #   "paths": {"/tides": {"get": {"responses": {}, "security": [{"harbour": []}]}}},
/// #   "components": {"securitySchemes": {"harbour": {"type": "apiKey", "name": "Authorization", "in": "header",
/// #     "x-amazon-apigateway-authorizer": {"type": "jwt", "identitySource": "method.request.header.Authorization",
/// #       "jwtConfiguration": {"issuers": [{"issuer": "https://login.example", "audiences": ["tides"]}],
/// #                            "defaultAlgorithms": ["ES256"]}}}}}}"#;
/// let document = Document::from_slice("tides.json", json)?;
/// let Kind::Token { authorizer: Authorizer::Jwt(rules), .. } = &document.operations[0].security.all_of[0].kind else {
///     panic!("the document has a JWT authorizer");
/// };
/// assert_eq!(rules.issuers[0].issuer.as_deref(), Some("https://login.example"));
/// assert_eq!(rules.issuers[0].audiences, ["tides"]);
/// assert_eq!(rules.algorithms, [JwtAlgorithm::Es256]);
/// # Ok::<(), gatewright_document::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct JwtRules {
    /// The issuers whose tokens are taken. An HTTP API has one of them. Empty if the document names none.
    pub issuers: Vec<JwtIssuer>,
    /// The algorithms that a token may be signed with: those of the document, or [all](JwtAlgorithm::ALL) if it names none.
    /// Empty if the document names only such as no JWT authorizer takes.
    pub algorithms: Vec<JwtAlgorithm>,
}

impl JwtRules {
    /// Rules that take the tokens of these issuers, signed with any algorithm.
    pub fn new(issuers: Vec<JwtIssuer>) -> Self {
        Self {
            issuers,
            algorithms: JwtAlgorithm::ALL.to_vec(),
        }
    }
}

/// One issuer of a JWT authorizer, and what its tokens must say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct JwtIssuer {
    /// The `iss` of its tokens, which must be exactly this; `None` if the document has audiences without an issuer.
    pub issuer: Option<String>,
    /// A token must be meant for one of these; empty if the document names none, and then any will do.
    pub audiences: Vec<String>,
    /// The rules for further claims, which only REST APIs have.
    pub claims: Vec<JwtClaim>,
}

impl JwtIssuer {
    /// An issuer, the audiences of its tokens, and no further claims.
    pub fn new(issuer: impl Into<String>, audiences: Vec<String>) -> Self {
        Self {
            issuer: Some(issuer.into()),
            audiences,
            claims: Vec::new(),
        }
    }
}

/// The rule for one more claim of an issuer's tokens, whose value is a single string.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct JwtClaim {
    /// The claim's name.
    pub name: String,
    /// Whether a token must have it. Default of API Gateway: `false`.
    pub required: bool,
    /// The values that it may have, case-sensitive; empty if any will do.
    pub expected: Vec<String>,
}

/// An algorithm that JWT authorizers know (RFC 7518, section 3.1).
///
/// Those of a shared secret (`HS256` and the like), `none` and `PS256` are not among them. An HTTP API knows the three of RSA
/// only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JwtAlgorithm {
    /// RSA PKCS#1 v1.5 with SHA-256.
    Rs256,
    /// RSA PKCS#1 v1.5 with SHA-384.
    Rs384,
    /// RSA PKCS#1 v1.5 with SHA-512.
    Rs512,
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// ECDSA on P-384 with SHA-384.
    Es384,
    /// ECDSA on P-521 with SHA-512.
    Es512,
}

impl JwtAlgorithm {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Rs256,
        Self::Rs384,
        Self::Rs512,
        Self::Es256,
        Self::Es384,
        Self::Es512,
    ];

    /// Its name in the `alg` of a token: `RS256`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::Es512 => "ES512",
        }
    }

    /// The algorithm of this name; `None` of any other, such as `HS256` and `none`. Names are case-sensitive.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.name() == name)
    }

    /// Whether its keys are those of RSA, which are all that an HTTP API takes.
    pub fn is_rsa(self) -> bool {
        matches!(self, Self::Rs256 | Self::Rs384 | Self::Rs512)
    }
}

impl fmt::Display for JwtAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
