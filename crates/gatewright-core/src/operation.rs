//! The operation of a call, as the layers see it.
//!
//! A client puts an [`Operation`] into the extensions of every request it builds. A layer acts when there is no
//! `Operation` (plain tower use) or when the operation asks for the layer's scheme; otherwise it passes the request
//! on untouched. So one stack of layers serves an API whose operations ask for different authorization.
//!
//! ```
//! use gatewright_core::{Auth, Operation};
//!
//! const GET_PET: Operation = Operation::new("getPet", "GET", "/pets/{petId}", Auth::IAM);
//!
//! assert!(GET_PET.auth().wants_iam());
//! assert!(!GET_PET.auth().wants_api_key());
//! ```

/// The identity of one operation of an API: what a client calls, independent of the values it sends.
///
/// It is small and `Copy`, lives in [`http::Extensions`], and gives tracing and metrics a name of low cardinality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Operation {
    id: &'static str,
    method: &'static str,
    path: &'static str,
    auth: Auth,
}

impl Operation {
    /// Names an operation. `path` is the template with its variables (`/pets/{petId}`), relative to the stage;
    /// `method` is upper case, or `ANY` for a method that the caller chooses.
    pub const fn new(
        id: &'static str,
        method: &'static str,
        path: &'static str,
        auth: Auth,
    ) -> Self {
        Self {
            id,
            method,
            path,
            auth,
        }
    }

    /// The `operationId` of the document, or the name made from method and path when it has none.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The HTTP method in upper case, or `ANY`.
    pub const fn method(&self) -> &'static str {
        self.method
    }

    /// The path template, such as `/pets/{petId}`: without the stage and without values.
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// The authorization this operation asks for.
    pub const fn auth(&self) -> Auth {
        self.auth
    }
}

/// The authorization an operation asks for: **all** of its schemes together.
///
/// API Gateway requires every scheme that a method names (for example an authorizer and an API key), although OpenAPI
/// defines a list of requirements as alternatives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Auth {
    schemes: &'static [Scheme],
}

impl Auth {
    /// No authorization: no layer touches the request.
    pub const NONE: Auth = Auth::of(&[]);
    /// AWS Signature Version 4.
    pub const IAM: Auth = Auth::of(&[Scheme::Iam]);
    /// An API key of a usage plan, in `x-api-key`.
    pub const API_KEY: Auth = Auth::of(&[Scheme::ApiKey]);
    /// A token in the `authorization` header.
    pub const BEARER: Auth = Auth::of(&[Scheme::BEARER]);

    /// All of `schemes` together.
    pub const fn of(schemes: &'static [Scheme]) -> Self {
        Self { schemes }
    }

    /// The schemes, in the order of the document.
    pub const fn schemes(&self) -> &'static [Scheme] {
        self.schemes
    }

    /// Whether the request has to be signed.
    pub fn wants_iam(&self) -> bool {
        self.schemes.contains(&Scheme::Iam)
    }

    /// Whether the request needs a usage plan's API key.
    pub fn wants_api_key(&self) -> bool {
        self.schemes.contains(&Scheme::ApiKey)
    }

    /// Whether an authorizer reads a token at `place`. With a `scheme`, only the authorizer of that name counts.
    pub fn wants_token(&self, place: Place, scheme: Option<&str>) -> bool {
        self.schemes.iter().any(|wanted| match wanted {
            Scheme::Token {
                scheme: name,
                place: at,
            } => at.same(&place) && scheme.is_none_or(|scheme| scheme == *name),
            _ => false,
        })
    }
}

/// In the extensions of a request: replaces the authorization that its [`Operation`] asks for, for this one request.
///
/// [`Auth::NONE`] sends it without any credential. It also applies to a request without an `Operation`.
///
/// ```
/// use gatewright_core::{Auth, AuthOverride};
///
/// let health = http::Request::get("https://api.test/health").extension(AuthOverride(Auth::NONE)).body(())?;
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AuthOverride(pub Auth);

/// The authorization that a request asks for, from its [`AuthOverride`] or its [`Operation`]. `None` if it has neither, as
/// in plain tower use.
#[doc(hidden)]
#[inline]
pub fn wanted_auth(extensions: &http::Extensions) -> Option<Auth> {
    match extensions.get::<AuthOverride>() {
        Some(AuthOverride(auth)) => Some(*auth),
        None => extensions.get::<Operation>().map(Operation::auth),
    }
}

/// One scheme that API Gateway requires of a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scheme {
    /// AWS Signature Version 4 (`AWS_IAM`).
    Iam,
    /// The API key of a usage plan, always in the `x-api-key` header.
    ApiKey,
    /// A token that an authorizer reads: a Cognito user pool, a JWT issuer, a Lambda function.
    Token {
        /// The name of the security scheme in the document; an API may have several authorizers.
        scheme: &'static str,
        /// Where the authorizer reads it.
        place: Place,
    },
}

impl Scheme {
    /// A token in the `authorization` header, of a scheme called `bearer`.
    pub const BEARER: Scheme = Scheme::Token {
        scheme: "bearer",
        place: Place::Header("authorization"),
    };
}

/// Where in a request a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// The header of this name; case does not matter.
    Header(&'static str),
    /// The query parameter of this name; case matters.
    Query(&'static str),
}

impl Place {
    fn same(&self, other: &Place) -> bool {
        match (self, other) {
            (Place::Header(a), Place::Header(b)) => a.eq_ignore_ascii_case(b),
            (Place::Query(a), Place::Query(b)) => a == b,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: Auth = Auth::of(&[
        Scheme::ApiKey,
        Scheme::Token {
            scheme: "admins",
            place: Place::Header("X-Admin"),
        },
    ]);

    #[test]
    fn an_override_wins_over_the_operation() {
        let mut extensions = http::Extensions::new();
        assert_eq!(wanted_auth(&extensions), None);
        extensions.insert(Operation::new("getPet", "GET", "/pets/{id}", Auth::IAM));
        assert_eq!(wanted_auth(&extensions), Some(Auth::IAM));
        extensions.insert(AuthOverride(Auth::NONE));
        assert_eq!(wanted_auth(&extensions), Some(Auth::NONE));
    }

    #[test]
    fn all_schemes_are_wanted_together() {
        assert!(BOTH.wants_api_key());
        assert!(BOTH.wants_token(Place::Header("x-admin"), None));
        assert!(!BOTH.wants_iam());
    }

    #[test]
    fn a_token_is_wanted_by_place_and_by_name() {
        assert!(BOTH.wants_token(Place::Header("x-admin"), Some("admins")));
        assert!(!BOTH.wants_token(Place::Header("x-admin"), Some("users")));
        assert!(!BOTH.wants_token(Place::Header("authorization"), None));
        assert!(!BOTH.wants_token(Place::Query("X-Admin"), None));
    }
}
