//! A call of one user is not sent again as another one, whoever repeats it.

#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]
#![cfg(all(feature = "bearer", feature = "retry", feature = "sigv4"))]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, future};
use base64::Engine;
use gatewright::layers::sigv4::CachedCredentials;
use gatewright::layers::{
    BearerTokenLayer, InjectHeadersLayer, InjectMode, RetryLayer, SigV4Layer,
};
use gatewright::{AuthorizeError, AuthorizeErrorKind, Body, BoxError, CachedToken, Token};
use http::{HeaderName, Method, Request, Response, StatusCode};
use tower::{Layer, Service, ServiceExt, service_fn};

/// Who is signed in: their number is in every credential.
#[derive(Clone, Debug, Default)]
struct User(Arc<AtomicUsize>);

impl User {
    fn number(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    fn changes(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl ProvideCredentials for User {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let id = format!("AKID{}", self.number());
        future::ProvideCredentials::ready(Ok(Credentials::new(id, "secret", None, None, "test")))
    }
}

type Sent = Arc<Mutex<Vec<String>>>;

/// Refuses the first request with this status and code; `between` happens before the response.
fn refuses_once(
    sent: &Sent,
    status: u16,
    code: &'static str,
    between: impl Fn() + Clone + Send + Sync + 'static,
) -> impl Service<Request<Body>, Response = Response<Body>, Error = BoxError, Future: Send>
+ Clone
+ Send
+ Sync
+ 'static {
    let sent = Arc::clone(sent);
    service_fn(move |request: Request<Body>| {
        let credential = request.headers()["authorization"]
            .to_str()
            .unwrap()
            .to_owned();
        let is_first = {
            let mut sent = sent.lock().unwrap();
            sent.push(credential);
            sent.len() == 1
        };
        if is_first {
            between();
        }
        let response = Response::builder();
        let response = if is_first && code.is_empty() {
            response.status(status)
        } else if is_first {
            response.status(status).header("x-amzn-errortype", code)
        } else {
            response
        };
        async move { Ok::<_, BoxError>(response.body(Body::empty()).unwrap()) }
    })
}

fn request(method: Method) -> Request<Body> {
    let request = Request::builder()
        .method(method)
        .uri("https://api.test/notes");
    request.body(Body::from("alice's note")).unwrap()
}

/// The status of the response, and how often the request was sent.
async fn outcome<S>(service: S, method: Method, sent: &Sent) -> (StatusCode, usize)
where
    S: Service<Request<Body>, Response = Response<Body>, Error = BoxError>,
{
    let response = service.oneshot(request(method)).await.unwrap();
    (response.status(), sent.lock().unwrap().len())
}

#[tokio::test(start_paused = true)]
async fn a_signed_call_is_repeated_as_the_same_user_and_as_no_other() {
    for (method, status, code) in [
        (Method::PUT, 503, ""),
        (Method::POST, 429, "TooManyRequestsException"),
        (Method::POST, 403, "ExpiredTokenException"),
    ] {
        let (sent, user) = (Sent::default(), User::default());
        let cache = CachedCredentials::new(user.clone());
        let between = {
            let (user, cache) = (user.clone(), cache.clone());
            move || {
                user.changes();
                cache.forget();
            }
        };
        let layer = SigV4Layer::from_cache("eu-west-1", cache);
        let service = layer.layer(refuses_once(&sent, status, code, between));
        let service = RetryLayer::new().layer(service);
        let (response, times) = outcome(service, method, &sent).await;
        assert_eq!((response.as_u16(), times), (status, 1), "{code}");
    }
    // The same user has other keys by now, or the service was busy.
    for (status, code) in [(503, ""), (403, "ExpiredTokenException")] {
        let (sent, user) = (Sent::default(), User::default());
        let between = {
            let user = user.clone();
            move || user.changes()
        };
        let layer = SigV4Layer::new("eu-west-1", user);
        let service = layer.layer(refuses_once(&sent, status, code, between));
        let service = RetryLayer::new().layer(service);
        assert_eq!(
            outcome(service, Method::PUT, &sent).await,
            (StatusCode::OK, 2)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_with_a_token_is_repeated_as_the_same_user_and_as_no_other() {
    for (method, status, code) in [
        (Method::PUT, 503, ""),
        (Method::POST, 401, ""),
        (Method::POST, 403, "ExpiredTokenException"),
    ] {
        let (sent, user) = (Sent::default(), User::default());
        let provider = {
            let user = user.clone();
            move || {
                let token = Token::new(format!("token-{}", user.number()));
                async { Ok(token) }
            }
        };
        let cache = CachedToken::new(provider);
        let between = {
            let (user, cache) = (user.clone(), cache.clone());
            move || {
                user.changes();
                cache.forget();
            }
        };
        let layer = BearerTokenLayer::from_cache(cache);
        let service = layer.layer(refuses_once(&sent, status, code, between));
        let service = RetryLayer::new().layer(service);
        let (response, times) = outcome(service, method, &sent).await;
        assert_eq!((response.as_u16(), times), (status, 1), "{code}");
    }
}

/// A JWT of the user, another one each time.
fn jwts(user: &User) -> impl Fn() -> std::future::Ready<Result<Token, BoxError>> + Clone + use<> {
    let (user, count) = (user.clone(), Arc::new(AtomicUsize::new(0)));
    move || {
        let claims = format!(
            r#"{{"iss":"https://issuer.test","sub":"user-{}","jti":{}}}"#,
            user.number(),
            count.fetch_add(1, Ordering::SeqCst)
        );
        let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(claims);
        std::future::ready(Ok(Token::new(format!("e30.{claims}.c2ln"))))
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_of_an_apps_own_provider_names_its_user() {
    for does_change in [true, false] {
        for (method, status) in [(Method::PUT, 503), (Method::POST, 401)] {
            let (sent, user) = (Sent::default(), User::default());
            let layer = BearerTokenLayer::new(jwts(&user)).uncached();
            let between = move || {
                if does_change {
                    user.changes();
                }
            };
            let service = layer.layer(refuses_once(&sent, status, "", between));
            let service = RetryLayer::new().layer(service);
            let result = service.oneshot(request(method)).await;
            let times = sent.lock().unwrap().len();
            assert_eq!(times, if does_change { 1 } else { 2 }, "{status}");
            // The retry layer cannot know before the provider is asked.
            match result {
                Ok(response) if does_change => assert_eq!(response.status(), 401),
                Ok(response) => assert_eq!(response.status(), 200),
                Err(error) => {
                    let error: Box<AuthorizeError> = error.downcast().unwrap();
                    assert_eq!(error.kind(), AuthorizeErrorKind::UserChanged);
                }
            }
        }
    }
}

#[tokio::test]
async fn a_cache_around_a_cache_sends_nothing_of_the_user_before() {
    let (sent, user) = (Sent::default(), User::default());
    let cache = CachedCredentials::new(user.clone());
    let service = service_fn({
        let sent = Arc::clone(&sent);
        move |request: Request<Body>| {
            let text = request.headers()["authorization"]
                .to_str()
                .unwrap()
                .to_owned();
            sent.lock().unwrap().push(text);
            async { Ok::<_, BoxError>(Response::new(Body::empty())) }
        }
    });
    let outer = SigV4Layer::new("eu-west-1", CachedCredentials::new(cache.clone()));
    let service = outer.layer(service);
    for _ in 0..2 {
        service.clone().oneshot(request(Method::GET)).await.unwrap();
    }
    user.changes();
    cache.forget();
    service.oneshot(request(Method::GET)).await.unwrap();
    let sent = sent.lock().unwrap();
    assert!(sent[1].contains("Credential=AKID0/"), "{sent:?}");
    assert!(sent[2].contains("Credential=AKID1/"), "{sent:?}");
}

/// A body that comes when it is let go.
struct Late(tokio::sync::oneshot::Receiver<()>, bool);

impl http_body::Body for Late {
    type Data = bytes::Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<bytes::Bytes>, BoxError>>> {
        if self.1 {
            return std::task::Poll::Ready(None);
        }
        std::task::ready!(std::pin::Pin::new(&mut self.0).poll(cx))?;
        self.1 = true;
        let frame = http_body::Frame::data(bytes::Bytes::from_static(b"alice's note"));
        std::task::Poll::Ready(Some(Ok(frame)))
    }
}

#[tokio::test]
async fn a_call_whose_body_is_slow_goes_out_as_the_user_it_began_with_or_not_at_all() {
    for does_nest in [false, true] {
        let (sent, user) = (Sent::default(), User::default());
        let cache = CachedCredentials::new(user.clone());
        let service = refuses_once(&sent, 200, "", || {});
        let service = if does_nest {
            let layer = SigV4Layer::new("eu-west-1", cache.clone());
            gatewright::HttpService::boxed(layer.layer(service))
        } else {
            let layer = SigV4Layer::from_cache("eu-west-1", cache.clone());
            gatewright::HttpService::boxed(layer.layer(service))
        };
        service.clone().oneshot(request(Method::GET)).await.unwrap();
        let (go, wait) = tokio::sync::oneshot::channel();
        let slow = request(Method::POST).map(|_| Body::new(Late(wait, false)));
        let call = tokio::spawn(service.oneshot(slow));
        tokio::task::yield_now().await;
        user.changes();
        cache.forget();
        go.send(()).unwrap();
        let error: Box<AuthorizeError> = call.await.unwrap().unwrap_err().downcast().unwrap();
        assert_eq!(error.kind(), AuthorizeErrorKind::UserChanged, "{does_nest}");
        assert_eq!(sent.lock().unwrap().len(), 1);
    }
}

/// Waits in a stack until it is let go.
type Gate = tokio::sync::watch::Receiver<bool>;

async fn pass(mut gate: Gate) {
    gate.wait_for(|is_open| *is_open).await.unwrap();
}

/// A header that comes when the gate opens.
fn late_header(gate: &Gate) -> InjectHeadersLayer {
    let gate = gate.clone();
    let name = HeaderName::from_static("x-tenant");
    InjectHeadersLayer::new().from_request_async(InjectMode::Override, name, move |_| {
        let gate = gate.clone();
        async move {
            pass(gate).await;
            Ok(None)
        }
    })
}

/// Stacks in which a call waits before the signer sees it, each at another place.
fn stacks_that_wait(gate: &Gate) -> [(&'static str, gatewright::stack::Stack); 3] {
    let base = "https://api.test".parse().unwrap();
    let stack = || gatewright::stack(&base);
    let tenant = {
        let gate = gate.clone();
        tower::layer::layer_fn(move |inner: gatewright::BoxService| {
            let gate = gate.clone();
            service_fn(move |request: Request<Body>| {
                let (gate, inner) = (gate.clone(), inner.clone());
                async move {
                    pass(gate).await;
                    inner.oneshot(request).await
                }
            })
        })
    };
    let token = {
        let gate = gate.clone();
        move || {
            let gate = gate.clone();
            async move {
                pass(gate).await;
                Ok::<_, BoxError>(Token::new("token"))
            }
        }
    };
    let token = BearerTokenLayer::new(token)
        .uncached()
        .in_header(HeaderName::from_static("x-token"));
    [
        ("for a header", stack().headers(late_header(gate))),
        ("in a layer of the app", stack().before_signing(tenant)),
        ("for a token", stack().token(token)),
    ]
}

#[tokio::test]
async fn a_call_that_waits_anywhere_in_a_stack_goes_out_as_the_user_it_began_with_or_not_at_all() {
    for place in 0..3 {
        for is_guest in [false, true] {
            let (open, gate) = tokio::sync::watch::channel(true);
            let (sent, user) = (Sent::default(), User::default());
            let cache = CachedCredentials::new(user.clone());
            let [one, two, three] = stacks_that_wait(&gate);
            let (name, stack) = [one, two, three].into_iter().nth(place).unwrap();
            let layer = SigV4Layer::from_cache("eu-west-1", cache.clone());
            let service = stack
                .iam(layer)
                .build_on(refuses_once(&sent, 200, "", || {}));
            if !is_guest {
                service.clone().oneshot(request(Method::GET)).await.unwrap();
            }
            let before = sent.lock().unwrap().len();
            open.send(false).unwrap();
            let call = tokio::spawn(service.oneshot(request(Method::POST)));
            tokio::task::yield_now().await;
            user.changes();
            cache.forget();
            open.send(true).unwrap();
            let result = call.await.unwrap();
            let sent = sent.lock().unwrap().len() - before;
            if is_guest {
                assert!(result.is_ok() && sent == 1, "{name}");
            } else {
                let error: Box<AuthorizeError> = result.unwrap_err().downcast().unwrap();
                assert_eq!(error.kind(), AuthorizeErrorKind::UserChanged, "{name}");
                assert_eq!(sent, 0, "{name}");
            }
        }
    }
}

#[tokio::test]
async fn a_call_that_waits_for_a_header_is_not_sent_with_the_token_of_the_user_who_comes_meanwhile()
{
    for is_uncached in [false, true] {
        let (open, gate) = tokio::sync::watch::channel(true);
        let (sent, user) = (Sent::default(), User::default());
        let tokens = CachedToken::new({
            let user = user.clone();
            move || {
                let token = Token::new(format!("token{}", user.number()));
                async { Ok::<_, BoxError>(token) }
            }
        });
        let base = "https://api.test".parse().unwrap();
        let layer = BearerTokenLayer::new(tokens.clone());
        let layer = if is_uncached { layer.uncached() } else { layer };
        let service = gatewright::stack(&base)
            .headers(late_header(&gate))
            .token(layer)
            .build_on(refuses_once(&sent, 200, "", || {}));
        service.clone().oneshot(request(Method::GET)).await.unwrap();
        open.send(false).unwrap();
        let call = tokio::spawn(service.oneshot(request(Method::POST)));
        tokio::task::yield_now().await;
        user.changes();
        tokens.forget();
        open.send(true).unwrap();
        let error = call.await.unwrap().unwrap_err();
        let error: Box<AuthorizeError> = error.downcast().unwrap();
        assert_eq!(error.kind(), AuthorizeErrorKind::UserChanged);
        assert_eq!(*sent.lock().unwrap(), ["Bearer token0"]);
    }
}
