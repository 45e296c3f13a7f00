//! One API: where it is, its layers, and what it asks of a request.

use gatewright::client::{InvalidBaseUrl, RestClient};
use gatewright::layers::{ApiKeyLayer, OnConflict};
use gatewright::stack::Stack;
use gatewright::{Auth, AuthorizeError, BaseUrl, BoxService, Scheme};
use gatewright_config::{Api, AuthorizationType};

use crate::apis::Callable;
use crate::given::Given;
use crate::pools::Cognito;

/// An API whose layers wait for their transport.
pub(crate) struct Plan {
    base: BaseUrl,
    stack: Stack,
    auth: Auth,
}

impl Plan {
    /// An error is the end of a sentence about the API.
    pub(crate) fn new(api: &Api, mut given: Given, cognito: &Cognito) -> Result<Self, String> {
        let base = api.endpoint.parse::<BaseUrl>();
        let base = base.map_err(|error: InvalidBaseUrl| error.to_string())?;
        let changes = std::mem::take(&mut given.changes);
        let stack = with_key(gatewright::stack(&base), api)?;
        let mode = Mode { api, cognito };
        let stack = mode.authorized(stack, given)?;
        let stack = changes
            .into_iter()
            .fold(stack, |stack, change| change(stack));
        let auth = auth(api);
        Ok(Self { base, stack, auth })
    }

    pub(crate) fn on(self, transport: BoxService) -> Callable {
        let service = self.stack.build_on(transport);
        Callable {
            rest: RestClient::new(service, self.base),
            auth: self.auth,
        }
    }
}

/// `NONE` is none: not even a key that the file has is put on.
fn sends_key(api: &Api) -> bool {
    api.api_key.is_some() && api.authorization != AuthorizationType::None
}

fn with_key(stack: Stack, api: &Api) -> Result<Stack, String> {
    match &api.api_key {
        Some(key) if sends_key(api) => {
            let layer = ApiKeyLayer::new(key.expose());
            let layer =
                layer.map_err(|error: AuthorizeError| format!("cannot be called: {error}"))?;
            Ok(stack.api_key(layer.on_conflict(OnConflict::Refuse)))
        }
        _ => Ok(stack),
    }
}

/// Puts on what the `authorizationType` asks for.
struct Mode<'a> {
    api: &'a Api,
    cognito: &'a Cognito,
}

impl Mode<'_> {
    fn authorized(&self, stack: Stack, given: Given) -> Result<Stack, String> {
        match self.api.authorization {
            AuthorizationType::None | AuthorizationType::ApiKey => Ok(stack),
            AuthorizationType::AwsIam => self.signed(stack, given),
            AuthorizationType::AmazonCognitoUserPools => self.with_users_token(stack, given),
            AuthorizationType::OpenidConnect | AuthorizationType::AwsLambda => {
                self.with_apps_token(stack, given)
            }
        }
    }

    fn signed(&self, stack: Stack, given: Given) -> Result<Stack, String> {
        let region = self.api.region.as_deref();
        let region = region
            .ok_or("has no `region` to sign for: add the one it is deployed in to its entry")?;
        if let Some(credentials) = given.credentials {
            return Ok(credentials(stack, region));
        }
        self.cognito.sign(stack, region).ok_or_else(|| {
            let (name, lacks) = (&self.api.name, self.cognito.lacks("identity"));
            format!(
                "has no credentials: {lacks}, or a provider with `.credentials(\"{name}\", ..)`"
            )
        })
    }

    fn with_users_token(&self, stack: Stack, given: Given) -> Result<Stack, String> {
        if let Some(tokens) = given.tokens {
            return Ok(tokens(stack, given.bearer));
        }
        let stack = self.cognito.tokens(stack, given.id_token, given.bearer);
        stack.ok_or_else(|| {
            let (name, lacks) = (&self.api.name, self.cognito.lacks("user"));
            format!("has no tokens: {lacks}, or a provider with `.token(\"{name}\", ..)`")
        })
    }

    fn with_apps_token(&self, stack: Stack, given: Given) -> Result<Stack, String> {
        let tokens = given.tokens.ok_or_else(|| {
            let name = &self.api.name;
            format!("has no tokens: give it a provider with `.token(\"{name}\", ..)`")
        })?;
        Ok(tokens(stack, given.bearer))
    }
}

/// What an API asks of a request that does not say it itself.
fn auth(api: &Api) -> Auth {
    const IAM_AND_KEY: Auth = Auth::of(&[Scheme::Iam, Scheme::ApiKey]);
    const TOKEN_AND_KEY: Auth = Auth::of(&[Scheme::BEARER, Scheme::ApiKey]);
    match (api.authorization, sends_key(api)) {
        (AuthorizationType::None, _) => Auth::NONE,
        (AuthorizationType::ApiKey, _) => Auth::API_KEY,
        (AuthorizationType::AwsIam, false) => Auth::IAM,
        (AuthorizationType::AwsIam, true) => IAM_AND_KEY,
        (_, false) => Auth::BEARER,
        (_, true) => TOKEN_AND_KEY,
    }
}
