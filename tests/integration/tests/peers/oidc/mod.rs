//! An OpenID Connect provider, and a route with a JWT authorizer that trusts it.

mod browser;
mod client;
mod user;

use gatewright::client::RestClient;
use gatewright::layers::BearerTokenLayer;
use gatewright::layers::bearer::CachedToken;
use gatewright::{Auth, ProvideToken};
use gatewright_integration::clock::OurClock;
use gatewright_integration::count::Counter;
use gatewright_integration::peers::{Cloud, issuer};
use gatewright_oidc::Provider;
use serde_json::Value;

/// More than the access tokens of the provider live, in seconds.
const LIFETIME: i64 = 10;

/// An app's way to the provider. What it sends there is counted.
#[derive(Default)]
struct App {
    sent: Counter,
    clock: OurClock,
}

impl App {
    async fn provider(&self) -> Provider {
        let found = Provider::discover(&issuer(), self.sent.transport()).await;
        found.unwrap().clock(self.clock.reader())
    }

    /// A cache that lives by the app's clock.
    fn cached<P: ProvideToken>(&self, provider: P) -> CachedToken<P> {
        CachedToken::new(provider).clock(self.clock.reader())
    }

    /// How often the provider was asked for tokens.
    fn token_requests(&self) -> usize {
        self.sent.of("token")
    }
}

/// Calls the route with a token of this cache.
async fn call<P: ProvideToken>(tokens: &CachedToken<P>) -> gatewright::Result<Value> {
    let base = Cloud::steady().http_api();
    let layer = BearerTokenLayer::from_cache(tokens.clone());
    let service = gatewright::stack(&base).token(layer).build();
    let rest = RestClient::new(service, base);
    rest.get("getJwt", "/jwt", Auth::BEARER).call().await
}

/// What the gateway told the API about the caller.
fn claim<'a>(answer: &'a Value, name: &str) -> Option<&'a str> {
    answer["authorizer"]["jwt"]["claims"][name].as_str()
}
