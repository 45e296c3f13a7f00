//! The mechanism with a credential that does nothing else.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderName, HeaderValue, Request, Response, StatusCode};
use http_body_util::Full;
use tower::buffer::Buffer;
use tower::limit::{ConcurrencyLimit, GlobalConcurrencyLimitLayer, RateLimit};
use tower::load_shed::LoadShed;
use tower::util::BoxCloneSyncService;
use tower::{Layer, Service, ServiceExt, service_fn};

use super::*;
use crate::epoch::{Epochs, Holder};
use crate::layers::{ApiKeyLayer, BearerTokenLayer, InjectHeadersLayer, InjectMode};
use crate::token::Token;
use crate::{Auth, AuthorizeError, BoxError};
use std::future::Future;
use std::pin::Pin;

type Peer = BoxCloneSyncService<Request<Full<Bytes>>, Response<String>, BoxError>;

/// Responds with the path of the request. `401` to a request whose token is `old`.
fn server() -> impl Service<
    Request<Full<Bytes>>,
    Response = Response<String>,
    Error = BoxError,
    Future: Send + 'static,
> + Clone
+ Send
+ Sync
+ 'static {
    service_fn(async |request: Request<Full<Bytes>>| {
        tokio::task::yield_now().await;
        let is_old = |value: &HeaderValue| value == "Bearer old";
        let token = request.headers().get("authorization");
        let status = if token.is_some_and(is_old) { 401 } else { 200 };
        let path = request.uri().path().to_owned();
        Ok::<_, BoxError>(Response::builder().status(status).body(path).unwrap())
    })
}

fn get(path: &str) -> Request<Full<Bytes>> {
    let target = format!("https://api.test{path}");
    Request::get(target).body(Full::default()).unwrap()
}

/// Services that take one call at a time, each in the way of another layer of tower.
fn narrow() -> Vec<(&'static str, Peer)> {
    fn boxed<S>(service: S) -> Peer
    where
        S: Service<Request<Full<Bytes>>, Response = Response<String>, Error = BoxError>
            + Clone
            + Send
            + Sync
            + 'static,
        S::Future: Send + 'static,
    {
        BoxCloneSyncService::new(service)
    }
    let buffered = Buffer::new(ConcurrencyLimit::new(server(), 1), 1);
    let limited = RateLimit::new(
        server(),
        tower::limit::rate::Rate::new(1000, std::time::Duration::from_secs(1)),
    );
    let global = GlobalConcurrencyLimitLayer::new(1).layer(server());
    vec![
        (
            "ConcurrencyLimit",
            boxed(ConcurrencyLimit::new(server(), 1)),
        ),
        ("GlobalConcurrencyLimit", boxed(global)),
        ("Buffer", boxed(buffered)),
        ("RateLimit", boxed(Buffer::new(limited, 1))),
        (
            "LoadShed",
            boxed(LoadShed::new(ConcurrencyLimit::new(server(), 1))),
        ),
    ]
}

/// Gives tokens that it gets over `service`: the first is `old`, which the server refuses.
fn over(
    service: Peer,
) -> impl Fn() -> Pin<Box<dyn Future<Output = Result<Token, BoxError>> + Send>> + Clone {
    let calls = Arc::new(AtomicUsize::new(0));
    move || {
        let (service, call) = (service.clone(), calls.fetch_add(1, Ordering::SeqCst));
        Box::pin(async move {
            let response = service.oneshot(get("/token")).await?;
            assert_eq!(response.into_body(), "/token");
            Ok(Token::new(if call == 0 {
                "old".to_owned()
            } else {
                format!("t{call}")
            }))
        })
    }
}

/// Sends a few calls at once, and afterwards one more.
async fn all_go_through<S>(name: &str, service: S)
where
    S: Service<Request<Full<Bytes>>, Response = Response<String>, Error = BoxError>
        + Clone
        + Send
        + 'static,
    S::Future: Send,
{
    let call = |service: S| async move { service.oneshot(get("/pets")).await };
    // More at once would be shed, which is what that layer is for.
    let at_once = if name == "LoadShed" { 1 } else { 5 };
    let calls: Vec<_> = (0..at_once)
        .map(|_| tokio::spawn(call(service.clone())))
        .collect();
    for done in calls {
        let response = done
            .await
            .unwrap()
            .unwrap_or_else(|error| panic!("{name}: {error:?}"));
        assert_eq!(response.status(), 200, "{name}");
    }
    assert_eq!(call(service).await.unwrap().into_body(), "/pets", "{name}");
}

#[tokio::test(start_paused = true)]
async fn a_token_comes_over_the_service_that_waits_for_it_however_narrow_it_is() {
    for (name, peer) in narrow() {
        let layer = BearerTokenLayer::new(over(peer.clone()));
        all_go_through(name, layer.layer(peer)).await;
    }
    for (name, peer) in narrow() {
        let layer = BearerTokenLayer::new(over(peer.clone())).uncached();
        all_go_through(name, layer.layer(peer)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_and_a_header_come_over_the_service_that_waits_for_them() {
    for (name, peer) in narrow() {
        let layer = ApiKeyLayer::from_provider(over(peer.clone()));
        all_go_through(name, layer.layer(peer)).await;
    }
    for (name, peer) in narrow() {
        let provider = over(peer.clone());
        let value = move |_: &Parts| {
            let token = provider();
            async move { Ok(Some(HeaderValue::from_str(token.await?.secret())?)) }
        };
        let name_of_header = http::HeaderName::from_static("x-tenant");
        let layer = InjectHeadersLayer::new().from_request_async(
            InjectMode::Override,
            name_of_header,
            value,
        );
        all_go_through(name, layer.layer(peer)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn stacked_layers_hold_no_readiness_for_each_other() {
    for (name, peer) in narrow() {
        let key = ApiKeyLayer::from_provider(over(peer.clone()));
        let token = BearerTokenLayer::new(over(peer.clone()));
        all_go_through(name, key.layer(token.layer(peer))).await;
    }
}

#[cfg(feature = "sigv4")]
mod credentials {
    use super::*;
    use crate::layers::SigV4Layer;
    use aws_credential_types::Credentials;
    use aws_credential_types::provider::error::CredentialsError;
    use aws_credential_types::provider::{ProvideCredentials, future};

    /// Gets its credentials over a service.
    #[derive(Debug)]
    struct Over(Peer);

    impl ProvideCredentials for Over {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            future::ProvideCredentials::new(async {
                let called = self.0.clone().oneshot(get("/credentials")).await;
                called.map_err(CredentialsError::provider_error)?;
                Ok(Credentials::new("AKID", "secret", None, None, "test"))
            })
        }
    }

    #[tokio::test(start_paused = true)]
    async fn credentials_come_over_the_service_that_waits_for_them() {
        for (name, peer) in narrow() {
            let layer = SigV4Layer::new("eu-west-1", Over(peer.clone()));
            all_go_through(name, layer.layer(peer)).await;
        }
    }
}

/// A credential that an app defines: a number in a header, of the user of the time.
#[derive(Clone)]
struct Numbered {
    epochs: Epochs,
    fetched: Arc<AtomicUsize>,
}

impl Numbered {
    fn new() -> Self {
        Self {
            epochs: Epochs::new(Holder::User),
            fetched: Arc::default(),
        }
    }
}

impl Credential for Numbered {
    type Value = (usize, crate::epoch::Epoch);
    type Mark = ();
    type Body = Untouched;
    type Response = HttpResponse;
    const WHAT: &'static str = "a number";

    fn is_wanted(&self, _auth: Auth) -> bool {
        true
    }

    fn locations(&self) -> Vec<Location> {
        vec![Location::Header(HeaderName::from_static("x-number"))]
    }

    fn fetch(&self, _request: &Parts) -> WaitFor<Self::Value> {
        let (fetched, epoch) = (Arc::clone(&self.fetched), self.epochs.now());
        Box::pin(async move { Ok((fetched.fetch_add(1, Ordering::SeqCst), epoch)) })
    }

    fn put(
        &self,
        value: &Self::Value,
        request: &mut Parts,
        _body: Option<&Bytes>,
    ) -> Result<(), AuthorizeError> {
        request
            .headers
            .insert("x-number", HeaderValue::from(value.0));
        Ok(())
    }

    fn judge(&self, _: &Attempted<'_, Self>, response: &ResponseHead<'_>) -> Verdict {
        if response.status == StatusCode::UNAUTHORIZED {
            Verdict::Renew
        } else {
            Verdict::Final
        }
    }

    fn whose(&self, value: &Self::Value) -> Whose {
        Whose::Epoch(value.1.clone())
    }
}

/// Refuses every number; `between` happens after the first.
fn refusing(
    seen: &Arc<Mutex<Vec<String>>>,
    between: impl Fn() + Clone + Send + Sync + 'static,
) -> impl Service<Request<Full<Bytes>>, Response = Response<()>, Error = BoxError, Future: Send> + Clone
{
    let seen = Arc::clone(seen);
    service_fn(move |request: Request<Full<Bytes>>| {
        let number = request.headers()["x-number"].to_str().unwrap().to_owned();
        seen.lock().unwrap().push(number);
        between();
        async { Ok::<_, BoxError>(Response::builder().status(401).body(()).unwrap()) }
    })
}

#[tokio::test]
async fn a_credential_that_an_app_defines_is_renewed_and_sent_once_more() {
    let seen = Arc::default();
    let service = CredentialLayer::of(Numbered::new()).layer(refusing(&seen, || {}));
    assert_eq!(service.oneshot(get("/")).await.unwrap().status(), 401);
    assert_eq!(*seen.lock().unwrap(), ["0", "1"]);
}

#[tokio::test]
async fn a_refused_request_is_not_sent_again_as_somebody_else() {
    for holder in [Holder::User, Holder::Nobody] {
        let (seen, credential) = (Arc::default(), Numbered::new());
        let epochs = credential.epochs.clone();
        let server = refusing(&seen, move || epochs.advance(holder));
        let service = CredentialLayer::of(credential).layer(server);
        assert_eq!(service.oneshot(get("/")).await.unwrap().status(), 401);
        assert_eq!(*seen.lock().unwrap(), ["0"]);
    }
}

#[tokio::test]
async fn attempts_that_share_a_call_go_out_as_one_user() {
    let (seen, credential) = (Arc::default(), Numbered::new());
    let epochs = credential.epochs.clone();
    let layer = CredentialLayer::of(credential).without_replay();
    let service = layer.layer(refusing(&seen, || {}));
    let mut first = get("/");
    first.extensions_mut().insert(SameUser::default());
    let (second, third) = (first.clone(), first.clone());
    let same = first.extensions().get::<SameUser>().cloned().unwrap();
    service.clone().oneshot(first).await.unwrap();
    service.clone().oneshot(second).await.unwrap();
    assert!(same.is_unchanged());
    epochs.advance(Holder::User);
    assert!(!same.is_unchanged());
    let error = service.clone().oneshot(third).await.unwrap_err();
    let error: Box<AuthorizeError> = error.downcast().unwrap();
    assert_eq!(error.kind(), crate::AuthorizeErrorKind::UserChanged);
    // Another call is the new user's.
    service.oneshot(get("/")).await.unwrap();
    assert_eq!(*seen.lock().unwrap(), ["0", "1", "3"]);
}

#[test]
fn tokens_of_two_subjects_are_not_exchanged_for_each_other() {
    use base64::Engine;
    let jwt = |claims: &str| {
        let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(claims);
        Whose::Token(Token::new(format!("e30.{claims}.c2ln")))
    };
    let alice = jwt(r#"{"iss":"https://i.test","sub":"alice","exp":1}"#);
    let renewed = jwt(r#"{"iss":"https://i.test","sub":"alice","exp":2}"#);
    let bob = jwt(r#"{"iss":"https://i.test","sub":"bob","exp":2}"#);
    let opaque = Whose::Token(Token::new("opaque"));
    assert!(alice.may_be(&renewed));
    assert!(!alice.may_be(&bob));
    assert!(alice.may_be(&opaque) && opaque.may_be(&bob));
}

#[test]
fn the_way_of_a_request_stays_small() {
    type Service = tower::util::BoxCloneSyncService<Request<Full<Bytes>>, Response<()>, BoxError>;
    let size = size_of::<ResponseFuture<Service, Numbered, Full<Bytes>>>();
    assert!(size <= 128, "{size}");
}
