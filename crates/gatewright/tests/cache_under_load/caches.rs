//! The two caches, as the test calls them.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future::ProvideCredentials as ProvideFuture;
use bytes::Bytes;
use gatewright::layers::SigV4Layer;
use gatewright::layers::bearer::CachedToken;
use gatewright::layers::sigv4::CachedCredentials;
use gatewright::token::{ProvideToken, Token};
use gatewright::{BoxError, RefreshPolicy};
use http::{Request, Response};
use http_body_util::Full;
use tower::{ServiceExt, service_fn};
use tower_layer::Layer;

use crate::provider::Provider;
use crate::world::Pace;

/// What a provider gives; its text says where it comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Value {
    /// The forgets before the load that gave it.
    pub(crate) forgets: u64,
    pub(crate) expires_at: SystemTime,
    /// It had expired when it came.
    pub(crate) is_late: bool,
}

impl Value {
    fn text(self) -> String {
        let since = self.expires_at.duration_since(SystemTime::UNIX_EPOCH);
        let late = if self.is_late { "late" } else { "" };
        format!("{}-{}-{late}", self.forgets, since.unwrap().as_millis())
    }

    fn read(text: &str) -> Self {
        let mut parts = text.split('-');
        let [forgets, millis, late] = [(); 3].map(|()| parts.next().unwrap());
        let since = Duration::from_millis(millis.parse().unwrap());
        Self {
            forgets: forgets.parse().unwrap(),
            expires_at: SystemTime::UNIX_EPOCH + since,
            is_late: !late.is_empty(),
        }
    }
}

pub(crate) trait Cache: Clone + Send + Sync + 'static {
    /// Whether it gives what had expired when it came, for a server to judge: this clock may be wrong.
    const IS_LENIENT: bool;

    /// A value, or nothing if there is an error.
    fn get(&self) -> impl Future<Output = Option<Value>> + Send;

    fn forget(&self);

    /// A server refuses this value.
    fn refuse(&self, value: Value) -> impl Future<Output = ()> + Send;
}

/// Asks again at once where time is real.
fn policy(pace: Pace) -> RefreshPolicy {
    let of = |seconds| pace.of(Duration::from_secs(seconds));
    RefreshPolicy::default()
        .jitter(|| 0.5)
        .time_limit(of(5))
        .mandatory_window(of(2))
        .advisory_window(of(6))
        .back_off(of(2), of(10))
        .back_off_without_value(of(1), of(2))
}

pub(crate) fn tokens(provider: Arc<Provider>) -> CachedToken<Given> {
    let world = provider.world();
    let policy = policy(world.pace);
    CachedToken::with_policy(Given(provider), policy).clock(move || world.now())
}

/// The provider, as the caches know it.
#[derive(Debug)]
pub(crate) struct Given(Arc<Provider>);

impl ProvideToken for Given {
    async fn provide_token(&self) -> Result<Token, BoxError> {
        let value = self.0.provide().await?;
        Ok(Token::new(value.text()).with_expiry(value.expires_at))
    }
}

impl ProvideCredentials for Given {
    fn provide_credentials<'a>(&'a self) -> ProvideFuture<'a>
    where
        Self: 'a,
    {
        ProvideFuture::new(async {
            let value = self.0.provide().await;
            let value = value.map_err(CredentialsError::provider_error)?;
            let (id, end) = (value.text(), Some(value.expires_at));
            Ok(Credentials::new(id, "secret", None, end, "test"))
        })
    }
}

impl Cache for CachedToken<Given> {
    const IS_LENIENT: bool = false;

    async fn get(&self) -> Option<Value> {
        let token = self.provide_token().await.ok()?;
        Some(Value::read(token.secret()))
    }

    fn forget(&self) {
        self.forget();
    }

    async fn refuse(&self, value: Value) {
        self.refused(&Token::new(value.text()).with_expiry(value.expires_at));
    }
}

/// The credentials, and a layer that shares them and is refused.
#[derive(Clone)]
pub(crate) struct Signed {
    cache: CachedCredentials<Given>,
    layer: SigV4Layer<Given>,
}

pub(crate) fn credentials(provider: Arc<Provider>) -> Signed {
    let (world, clock) = (provider.world(), provider.world());
    let policy = policy(world.pace);
    let cache = CachedCredentials::with_policy(Given(provider), policy);
    let cache = cache.clock(move || world.now());
    let layer = SigV4Layer::from_cache("eu-west-1", cache.clone()).clock(move || clock.now());
    Signed { cache, layer }
}

impl Cache for Signed {
    const IS_LENIENT: bool = true;

    async fn get(&self) -> Option<Value> {
        let credentials = self.cache.provide_credentials().await.ok()?;
        Some(Value::read(credentials.access_key_id()))
    }

    fn forget(&self) {
        self.cache.forget();
    }

    /// By way of the layer: a server that says that they have expired.
    async fn refuse(&self, _: Value) {
        let server = service_fn(async |_: Request<Full<Bytes>>| {
            let refusal = Response::builder().status(403);
            let refusal = refusal.header("x-amzn-errortype", "ExpiredTokenException");
            Ok::<_, Infallible>(refusal.body(()).unwrap())
        });
        let request = Request::get("https://api.test/").body(Full::default());
        // The result does not matter: the cache learns of the refusal.
        let _ = self.layer.layer(server).oneshot(request.unwrap()).await;
    }
}
