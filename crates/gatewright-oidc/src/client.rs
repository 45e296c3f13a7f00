//! A registered client, and the requests that it makes at the token endpoint.

use std::fmt;

use gatewright::format::Base64;
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
};
use oauth2::url::form_urlencoded::byte_serialize;
use oauth2::{
    AuthType, ClientId, ClientSecret, DeviceAuthorizationUrl, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, ErrorResponseType, RequestTokenError, Scope, StandardErrorResponse,
    StandardRevocableToken, TokenUrl,
};

use crate::answer::Answer;
use crate::error::{Error, ErrorKind};
use crate::grants::{ClientCredentialsGrant, DeviceGrant, RefreshTokenGrant};
use crate::oauth_error::OAuthError;
use crate::provider::Provider;
use crate::token_set::TokenSet;

/// The oauth2 crate's client, which writes requests and reads answers.
pub(crate) type OAuth = oauth2::Client<
    BasicErrorResponse,
    Answer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// A client that is registered with a provider: how it is known there, and what it asks for.
///
/// Without a secret it is a public client, known by its id alone. Its `Debug` shows no secret and no parameter's value.
///
/// ```
/// # fn example(provider: gatewright_oidc::Provider) {
/// let client = provider
///     .client("nightly-jobs")
///     .secret("from-a-vault")
///     .scope("orders:read")
///     .parameter("audience", "https://orders.example.com");
/// let tokens = client.client_credentials();
/// # let _ = tokens;
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    pub(crate) provider: Provider,
    id: ClientId,
    secret: Option<ClientSecret>,
    auth: AuthType,
    scopes: Vec<Scope>,
    parameters: Vec<(String, String)>,
}

impl Client {
    pub(crate) fn new(provider: Provider, id: String) -> Self {
        Self {
            provider,
            id: ClientId::new(id),
            secret: None,
            auth: AuthType::BasicAuth,
            scopes: Vec::new(),
            parameters: Vec::new(),
        }
    }

    /// The client's secret, sent in the `authorization` header: `client_secret_basic`, which every provider takes that
    /// follows RFC 6749, section 2.3.1.
    #[must_use]
    pub fn secret(self, secret: impl Into<String>) -> Self {
        let secret = Some(ClientSecret::new(secret.into()));
        Self { secret, ..self }
    }

    /// Sends the secret in the body, for providers that demand it: `client_secret_post`.
    #[must_use]
    pub fn secret_in_body(self) -> Self {
        let auth = AuthType::RequestBody;
        Self { auth, ..self }
    }

    /// Asks for this scope as well, in client credentials and device flows. A refresh is for the scopes of the sign-in.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(Scope::new(scope.into()));
        self
    }

    /// Sends this parameter with every request, such as `audience` or `resource` (RFC 8707). The parameters of the standard
    /// flows are sent anyway: a second one of the same name makes a request that providers refuse.
    ///
    /// It is not for secrets: where a provider repeats a value, errors show it.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Tokens for the client itself (RFC 6749, section 4.4).
    pub fn client_credentials(&self) -> ClientCredentialsGrant {
        ClientCredentialsGrant::new(self.clone())
    }

    /// Tokens for the user that this refresh token stands for, such as the one that the app stored last.
    pub fn refresh_token(&self, refresh_token: impl Into<String>) -> RefreshTokenGrant {
        RefreshTokenGrant::of_stored(self.clone(), refresh_token.into())
    }

    /// Tokens for the user that has just signed in: first these, then those that their refresh token gives.
    pub fn signed_in(&self, tokens: TokenSet) -> RefreshTokenGrant {
        RefreshTokenGrant::of_new(self.clone(), tokens)
    }

    /// Begins a device flow (RFC 8628): the user signs in with a browser, on this device or another.
    ///
    /// # Errors
    ///
    /// [`Unsupported`](ErrorKind::Unsupported) if the provider has no device endpoint, and those of the provider and of
    /// the connection.
    pub async fn device_code(&self) -> Result<DeviceGrant, Error> {
        DeviceGrant::begin(self.clone()).await
    }

    pub(crate) fn oauth(&self) -> OAuth {
        let Provider { token, device, .. } = &self.provider;
        let device = device.as_ref().map(|device| device.url().clone());
        let client = oauth2::Client::new(self.id.clone())
            .set_auth_type(self.auth.clone())
            .set_token_uri(TokenUrl::from_url(token.url().clone()))
            .set_device_authorization_url_option(device.map(DeviceAuthorizationUrl::from_url));
        match &self.secret {
            Some(secret) => client.set_client_secret(secret.clone()),
            None => client,
        }
    }

    pub(crate) fn scopes(&self) -> impl Iterator<Item = Scope> + '_ {
        self.scopes.iter().cloned()
    }

    pub(crate) fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        let parameters = self.parameters.iter();
        parameters.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// What a failed request means. `sent` are the secrets of this very request, next to the client's own.
    pub(crate) fn explain<T>(
        &self,
        error: RequestTokenError<Error, StandardErrorResponse<T>>,
        sent: &[&str],
    ) -> Error
    where
        T: ErrorResponseType + fmt::Display + 'static,
    {
        let error = match error {
            RequestTokenError::Request(error) => error,
            RequestTokenError::ServerResponse(told) => refusal(&told),
            // Their texts may repeat a part of the answer.
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                let message = "the provider answered in JSON that is not the standard's";
                Error::new(ErrorKind::InvalidAnswer, message)
            }
        };
        let own = self.secret.as_ref().map_or("", |secret| secret.secret());
        let header = self.basic_credentials();
        error.without(&[&header, own]).without(sent)
    }

    /// What the `authorization` header has of the client (RFC 6749, section 2.3.1).
    fn basic_credentials(&self) -> String {
        let Some(secret) = &self.secret else {
            return String::new();
        };
        let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
        let (id, secret) = (encoded(&self.id), encoded(secret.secret()));
        Base64::encode(format!("{id}:{secret}").as_bytes()).into()
    }
}

fn refusal<T>(told: &StandardErrorResponse<T>) -> Error
where
    T: ErrorResponseType + fmt::Display,
{
    let description = told.error_description().map(String::as_str);
    OAuthError::new(&told.error().to_string(), description).into_error()
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.parameters().map(|(name, _)| name).collect();
        f.debug_struct("Client")
            .field("provider", &self.provider)
            .field("id", &self.id.as_str())
            .field("secret", &self.secret.as_ref().map(|_| "**"))
            .field("scopes", &self.scopes)
            .field("parameters", &names)
            .finish()
    }
}
