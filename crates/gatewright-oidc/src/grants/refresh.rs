//! Tokens for a user who has signed in, renewed with a refresh token (RFC 6749, section 6).

mod state;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use gatewright::epoch::{Epoch, Epochs, Holder};
use gatewright::{BoxError, ProvideToken, Token};
use gatewright_core::rt::{spawn, timeout};
use oauth2::RefreshToken;
use tokio::sync::Mutex;

use self::state::State;
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::token_set::TokenSet;

/// A store that hangs must not hang all calls for ever.
const SAVE_LIMIT: Duration = Duration::from_secs(10);

type Saved = Pin<Box<dyn Future<Output = Result<(), BoxError>> + Send>>;
type Save = Arc<dyn Fn(String) -> Saved + Send + Sync>;

/// Tokens for a user who has signed in, made by [`Client::refresh_token`] and [`Client::signed_in`].
///
/// Clones share the refresh token. Give one to a [`BearerTokenLayer`](gatewright::layers::BearerTokenLayer) or a
/// [`CachedToken`](gatewright::layers::bearer::CachedToken), which keep the access token; without a cache, each call is a
/// refresh.
///
/// Many providers give a new refresh token with each refresh and take the use of an old one for a theft (RFC 9700, section
/// 4.14.2). Therefore:
///
/// - one refresh runs at a time, in a task of its own: a caller that goes away loses nothing;
/// - a new refresh token is [stored](Self::store) before the access token that came with it is used. If the app cannot
///   store it, the call fails, and the next one tries to store it again;
/// - when the provider refuses the refresh token, this is remembered: calls fail at once with
///   [`SignInRequired`](ErrorKind::SignInRequired), until the user has [signed in again](Self::sign_in_again).
///
/// Two processes must not use one refresh token at the same time.
///
/// ```
/// use gatewright::layers::BearerTokenLayer;
///
/// # async fn write(_: String) -> Result<(), std::io::Error> { Ok(()) }
/// # fn example(provider: gatewright_oidc::Provider, stored: String) {
/// let user = provider
///     .client("cli")
///     .refresh_token(stored)
///     .store(|refresh_token| async move { Ok(write(refresh_token).await?) });
/// let layer = BearerTokenLayer::new(user);
/// # let _ = layer;
/// # }
/// ```
#[derive(Clone)]
pub struct RefreshTokenGrant {
    client: Client,
    gives_id_token: bool,
    save: Option<Save>,
    state: Arc<Mutex<State>>,
    epochs: Epochs,
}

impl RefreshTokenGrant {
    pub(crate) fn of_stored(client: Client, refresh_token: String) -> Self {
        Self::new(client, State::of_stored(RefreshToken::new(refresh_token)))
    }

    pub(crate) fn of_new(client: Client, tokens: TokenSet) -> Self {
        Self::new(client, State::of_new(tokens))
    }

    fn new(client: Client, state: State) -> Self {
        Self {
            client,
            gives_id_token: false,
            save: None,
            state: Arc::new(Mutex::new(state)),
            epochs: Epochs::new(Holder::User),
        }
    }

    /// Gives ID tokens instead of access tokens, for an authorizer that wants to know who the user is.
    ///
    /// A provider that sends none with a refresh makes calls fail with [`Unsupported`](ErrorKind::Unsupported).
    #[must_use]
    pub fn id_token(self) -> Self {
        Self {
            gives_id_token: true,
            ..self
        }
    }

    /// Hands each new refresh token to this function, and waits for it, before the tokens that came with it are used: that of
    /// [`Client::signed_in`] too. By default it is kept in memory alone, and lost with the process.
    ///
    /// A file for it should be readable for its owner only, and replaced as a whole: the `FileStore` of `gatewright-cognito` is
    /// one; the guide of `gatewright-amplify` shows it, under "OIDC".
    #[must_use]
    pub fn store<F, Fut>(self, save: F) -> Self
    where
        F: Fn(String) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), BoxError>> + Send + 'static,
    {
        Self {
            save: Some(Arc::new(move |token| Box::pin(save(token)))),
            ..self
        }
    }

    /// The user has signed in again, or another user: from now on these tokens count, for all clones.
    ///
    /// Layers and caches drop the old access token. A call that was sent, or began, before is not sent with the new one: it
    /// fails with [`UserChanged`](gatewright::AuthorizeErrorKind::UserChanged), or returns its first response.
    pub async fn sign_in_again(&self, tokens: TokenSet) {
        let mut state = self.state.lock().await;
        *state = State::of_new(tokens);
        self.epochs.advance(Holder::User);
    }

    /// The next token. To be run to its end: between the provider's answer and the app's store nothing may be lost.
    async fn next(&self) -> Result<Token, Error> {
        let mut state = self.state.lock().await;
        let now = self.client.provider.clock.now();
        if !state.has_unused(now) {
            let refreshed = self.refresh(state.refresh_token()?).await;
            state.refreshed(refreshed)?;
        }
        if let Some(unsaved) = state.unsaved() {
            self.save(unsaved).await?;
            state.saved();
        }
        let token = self.choose(state.take_unused())?;
        Ok(token.with_epoch(self.epochs.now()))
    }

    async fn refresh(&self, refresh_token: &RefreshToken) -> Result<TokenSet, Error> {
        let client = &self.client;
        let (oauth, asked_at) = (client.oauth(), client.provider.clock.now());
        let request = oauth.exchange_refresh_token(refresh_token);
        let request = client.parameters().fold(request, |request, (name, value)| {
            request.add_extra_param(name, value)
        });
        let answer = request.request_async(&client.provider.wire).await;
        let answer = answer.map_err(|error| client.explain(error, &[refresh_token.secret()]))?;
        TokenSet::read(&answer, asked_at)
    }

    async fn save(&self, refresh_token: &RefreshToken) -> Result<(), Error> {
        let Some(save) = &self.save else {
            return Ok(());
        };
        let saved = timeout(SAVE_LIMIT, save(refresh_token.secret().clone())).await;
        saved.map_err(BoxError::from).flatten().map_err(|error| {
            let message = "the new refresh token could not be stored: it is kept in memory, and the next call tries again";
            Error::new(ErrorKind::Store, message).with_source(error)
        })
    }

    fn choose(&self, tokens: Option<TokenSet>) -> Result<Token, Error> {
        let tokens = tokens.ok_or_else(state::sign_in_required)?;
        if !self.gives_id_token {
            return Ok(tokens.access_token().clone());
        }
        tokens.id_token().cloned().ok_or_else(|| {
            let message = "the provider gave no ID token: sign in with the scope `openid`, and see whether it gives one with a \
                           refresh";
            Error::new(ErrorKind::Unsupported, message)
        })
    }
}

impl ProvideToken for RefreshTokenGrant {
    /// The access token, or the [ID token](Self::id_token).
    ///
    /// # Errors
    ///
    /// An [`Error`]. Outside a Tokio runtime it is [`Interrupted`](ErrorKind::Interrupted).
    async fn provide_token(&self) -> Result<Token, BoxError> {
        let grant = self.clone();
        let task = spawn(async move { grant.next().await }).map_err(|_| interrupted())?;
        Ok(task.await.map_err(|_| interrupted())??)
    }

    fn current_epoch(&self) -> Option<Epoch> {
        Some(self.epochs.now())
    }
}

/// Without a source: it would have the text of a panic, which the app has not written to be shown.
fn interrupted() -> Error {
    let message =
        "the refresh was not done: there is no runtime any more, or a function of the app panicked";
    Error::new(ErrorKind::Interrupted, message)
}

impl fmt::Debug for RefreshTokenGrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshTokenGrant")
            .field("client", &self.client)
            .field("gives_id_token", &self.gives_id_token)
            .finish_non_exhaustive()
    }
}
