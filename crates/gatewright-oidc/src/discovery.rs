//! From an issuer to its endpoints (OpenID Connect Discovery 1.0; RFC 8414).

use gatewright::{HttpService, Origin};
use http::{StatusCode, Uri};
use oauth2::HttpResponse;
use serde_json::{Map, Value};

use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};
use crate::provider::Provider;
use crate::wire::{Wire, read_object, unexpected};

/// Reads where the endpoints of an issuer are.
///
/// [`Provider::discover`] does it without settings. An issuer whose endpoints are at another origin needs that origin
/// named, since whoever can change the document could otherwise have the app's secrets sent anywhere:
///
/// ```no_run
/// use gatewright_oidc::Discovery;
///
/// # async fn example() -> Result<(), gatewright::BoxError> {
/// // A Cognito user pool signs as one host and gives tokens at another.
/// let provider = Discovery::new("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI")
///     .allow_origin("https://my-app.auth.eu-west-1.amazoncognito.com".parse()?)
///     .run(gatewright::transport::https())
///     .await?;
/// # let _ = provider;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Discovery {
    issuer: String,
    allowed: Vec<Origin>,
}

impl Discovery {
    /// For this issuer, spelled as its tokens spell it.
    pub fn new(issuer: impl Into<String>) -> Self {
        Self {
            issuer: issuer.into(),
            allowed: Vec::new(),
        }
    }

    /// Takes endpoints at this origin as well as those at the issuer's.
    #[must_use]
    pub fn allow_origin(mut self, origin: Origin) -> Self {
        self.allowed.push(origin);
        self
    }

    /// Reads the document at `/.well-known/openid-configuration` below the issuer, or where that is not found, the one
    /// of RFC 8414. It may have 1 MiB and take 10 s. No secret is sent, and no redirect followed.
    ///
    /// # Errors
    ///
    /// - [`InvalidUrl`](ErrorKind::InvalidUrl) and [`InsecureUrl`](ErrorKind::InsecureUrl): the issuer or an endpoint is
    ///   not an `https` address, or the issuer has a query. `http` is taken on loopback only.
    /// - [`IssuerMismatch`](ErrorKind::IssuerMismatch): the document says that it is of an issuer spelled differently.
    /// - [`ForeignEndpoint`](ErrorKind::ForeignEndpoint): an endpoint lies at an origin that is not allowed.
    /// - [`InvalidAnswer`](ErrorKind::InvalidAnswer) and those about the connection: there is no such document.
    pub async fn run(self, transport: impl HttpService) -> Result<Provider, Error> {
        let issuer = Endpoint::parse("issuer", &self.issuer)?;
        if issuer.url().query().is_some() {
            // OpenID Connect Discovery 1.0, section 3; RFC 8414, section 2.
            return Err(Error::new(
                ErrorKind::InvalidUrl,
                "the issuer must not have a query",
            ));
        }
        let wire = Wire::new(transport);
        let document = read_document(&issuer, &wire).await?;
        self.check_issuer(&document)?;
        let token = self.endpoint(&issuer, &document, "token_endpoint")?;
        let token = token.ok_or_else(no_token_endpoint)?;
        let device = self.endpoint(&issuer, &document, "device_authorization_endpoint")?;
        Ok(Provider::at(token, device, wire))
    }

    /// RFC 8414, section 3.3: the two must be identical.
    fn check_issuer(&self, document: &Map<String, Value>) -> Result<(), Error> {
        if document.get("issuer").and_then(Value::as_str) == Some(&*self.issuer) {
            return Ok(());
        }
        let message = "the discovery document is not of the issuer that was asked for: name the issuer exactly as the \
                       document and the tokens spell it, with or without a slash at its end";
        Err(Error::new(ErrorKind::IssuerMismatch, message))
    }

    fn endpoint(
        &self,
        issuer: &Endpoint,
        document: &Map<String, Value>,
        name: &str,
    ) -> Result<Option<Endpoint>, Error> {
        let Some(text) = document.get(name).and_then(Value::as_str) else {
            return Ok(None);
        };
        let endpoint = Endpoint::parse(name, text)?;
        let is_allowed = endpoint.is_of_same_origin_as(issuer)
            || self.allowed.iter().any(|origin| endpoint.is_at(origin));
        if is_allowed {
            return Ok(Some(endpoint));
        }
        let message = format!(
            "the {name} of the discovery document, {endpoint}, is at another origin than the issuer: if that is right, \
             name its origin with `Discovery::allow_origin`"
        );
        Err(Error::new(ErrorKind::ForeignEndpoint, message))
    }
}

fn no_token_endpoint() -> Error {
    let message = "the discovery document names no token_endpoint";
    Error::new(ErrorKind::Unsupported, message)
}

async fn read_document(issuer: &Endpoint, wire: &Wire) -> Result<Map<String, Value>, Error> {
    let path = issuer.url().path().trim_end_matches('/');
    // OpenID Connect appends to the issuer's path (section 4.1), RFC 8414 puts it before that (section 3.1).
    let uri = issuer.with_path(&format!("{path}/.well-known/openid-configuration"))?;
    let answer = wire.get(&uri).await?;
    if answer.status() != StatusCode::NOT_FOUND {
        return members(&uri, &answer);
    }
    let uri = issuer.with_path(&format!("/.well-known/oauth-authorization-server{path}"))?;
    let answer = wire.get(&uri).await?;
    members(&uri, &answer)
}

fn members(uri: &Uri, answer: &HttpResponse) -> Result<Map<String, Value>, Error> {
    if answer.status() == StatusCode::OK {
        read_object(uri, answer)
    } else {
        Err(unexpected(uri, answer.status()))
    }
}
