//! The ways to put a session into a client, for tests of who a client acts for.

use gatewright::layers::sigv4::ProvideCredentials;
use gatewright::layers::{BearerTokenLayer, RetryLayer, SigV4Layer};
use gatewright::{
    AuthorizeError, AuthorizeErrorKind, BaseUrl, Body, BoxService, CachedToken, HttpService,
    ProvideToken, RefreshPolicy,
};
use gatewright_cognito::Session;
use gatewright_core::rt::Clock;
use http::{Method, Request, StatusCode};
use tower::Layer;

use super::REGION;
use crate::support::ORDERS;

/// A client of a session, over a service, at the time of a clock.
pub(crate) type Client = fn(&Session, BoxService, &Clock) -> BoxService;

/// It cannot hear that a server refused its token.
pub(crate) const CLOSURE: &str = "a layer with a closure";

/// Clients that send a token of the session.
pub(crate) const WITH_TOKENS: [(&str, Client); 5] = [
    ("a layer with the access token", |session, api, clock| {
        with_token(session.access_token(), api, clock)
    }),
    ("a layer with the ID token", |session, api, clock| {
        with_token(session.id_token(), api, clock)
    }),
    (
        "a layer with a cache of the token",
        |session, api, clock| {
            let clock_of_cache = clock.clone();
            let tokens =
                CachedToken::new(session.access_token()).clock(move || clock_of_cache.now());
            with_token(tokens, api, clock)
        },
    ),
    (CLOSURE, |session, api, clock| {
        let session = session.clone();
        let tokens = move || {
            let token = session.id_token();
            async move { token.provide_token().await }
        };
        with_token(tokens, api, clock)
    }),
    ("a stack", |session, api, clock| {
        let base: BaseUrl = ORDERS.trim_end_matches("/orders").parse().unwrap();
        let clock = clock.clone();
        let layer = BearerTokenLayer::new(session.access_token()).clock(move || clock.now());
        let stack = gatewright::stack(&base).retry(RetryLayer::new().attempts(1));
        stack.token(layer).build_on(api)
    }),
];

/// Clients that sign with credentials of the session.
pub(crate) const SIGNING: [(&str, Client); 4] = [
    (
        "a signer with the session's cache",
        |session, api, clock| {
            signed(
                SigV4Layer::from_cache(REGION, session.credentials()),
                api,
                clock,
            )
        },
    ),
    ("a signer with a cache around it", |session, api, clock| {
        signed(SigV4Layer::new(REGION, session.credentials()), api, clock)
    }),
    ("a signer with its own policy", |session, api, clock| {
        let layer = SigV4Layer::from_cache(REGION, session.credentials());
        signed(layer.refresh_policy(RefreshPolicy::default()), api, clock)
    }),
    (
        "a signer with a cache and its own policy",
        |session, api, clock| {
            let layer = SigV4Layer::new(REGION, session.credentials());
            signed(layer.refresh_policy(RefreshPolicy::default()), api, clock)
        },
    ),
];

fn with_token(tokens: impl ProvideToken, api: BoxService, clock: &Clock) -> BoxService {
    let clock = clock.clone();
    let layer = BearerTokenLayer::new(tokens).clock(move || clock.now());
    layer.layer(api).boxed()
}

fn signed<P>(layer: SigV4Layer<P>, api: BoxService, clock: &Clock) -> BoxService
where
    P: ProvideCredentials + 'static,
{
    let clock = clock.clone();
    layer.clock(move || clock.now()).layer(api).boxed()
}

/// The status of a call, or why it was not sent.
pub(crate) async fn call(client: BoxService, method: Method) -> Result<StatusCode, AuthorizeError> {
    let request = Request::builder().method(method).uri(ORDERS);
    let request = request.body(Body::from("a note")).unwrap();
    match client.send(request).await {
        Ok(response) => Ok(response.status()),
        Err(error) => Err(*error.downcast::<AuthorizeError>().unwrap()),
    }
}

/// Whether the call was not sent because the user changed, or because there is no user any more.
pub(crate) fn is_for_nobody_else(outcome: &Result<StatusCode, AuthorizeError>) -> bool {
    use gatewright_cognito::{Error, ErrorKind};
    outcome.as_ref().is_err_and(|error| {
        let own = Error::find(error).map(Error::kind);
        error.kind() == AuthorizeErrorKind::UserChanged || own == Some(ErrorKind::SignInRequired)
    })
}
