//! Tokens for a client itself (RFC 6749, section 4.4).

use gatewright::{BoxError, ProvideToken, Token};

use crate::client::Client;
use crate::error::Error;
use crate::token_set::TokenSet;

/// Tokens for the client itself, made by [`Client::client_credentials`].
///
/// It asks the provider each time: give it to a [`BearerTokenLayer`](gatewright::layers::BearerTokenLayer) or a
/// [`CachedToken`](gatewright::layers::bearer::CachedToken), which keep the token until shortly before `expires_in` is over.
///
/// ```
/// use gatewright::layers::BearerTokenLayer;
///
/// # fn example(provider: gatewright_oidc::Provider) {
/// let jobs = provider.client("nightly-jobs").secret("from-a-vault").scope("orders:read");
/// let layer = BearerTokenLayer::new(jobs.client_credentials());
/// # let _ = layer;
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct ClientCredentialsGrant {
    client: Client,
}

impl ClientCredentialsGrant {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    async fn ask(&self) -> Result<TokenSet, Error> {
        let client = &self.client;
        let (oauth, asked_at) = (client.oauth(), client.provider.clock.now());
        let request = oauth
            .exchange_client_credentials()
            .add_scopes(client.scopes());
        let request = client.parameters().fold(request, |request, (name, value)| {
            request.add_extra_param(name, value)
        });
        let answer = request.request_async(&client.provider.wire).await;
        let answer = answer.map_err(|error| client.explain(error, &[]))?;
        TokenSet::read(&answer, asked_at)
    }
}

impl ProvideToken for ClientCredentialsGrant {
    /// The access token.
    async fn provide_token(&self) -> Result<Token, BoxError> {
        Ok(self.ask().await?.access_token().clone())
    }
}
