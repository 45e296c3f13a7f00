//! A provider that counts, and a server that takes some tokens and refuses others.

use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use gatewright::BoxError;
use gatewright::layers::BearerTokenLayer;
use gatewright::token::{ProvideToken, Token};
use http::header::AUTHORIZATION;
use http::{Request, Response, StatusCode};
use tower::{Layer, Service, ServiceExt};

/// Gives the tokens `t1`, `t2` and so on.
#[derive(Default)]
pub(crate) struct Peer {
    calls: AtomicUsize,
    refused: Mutex<Vec<String>>,
}

impl Peer {
    pub(crate) fn new() -> Arc<Self> {
        Arc::default()
    }

    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    /// The tokens that it was told were refused.
    pub(crate) fn told(&self) -> Vec<String> {
        self.refused.lock().unwrap().clone()
    }
}

impl ProvideToken for Peer {
    async fn provide_token(&self) -> Result<Token, BoxError> {
        let call = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        tokio::time::sleep(Duration::from_millis(100)).await;
        Ok(Token::new(format!("t{call}")))
    }

    fn refused(&self, token: &Token) {
        let secret = token.secret().to_owned();
        self.refused.lock().unwrap().push(secret);
    }
}

/// What the server got: the value of `authorization`, and the body.
#[derive(Clone, Default)]
pub(crate) struct Server {
    seen: Arc<Mutex<Vec<String>>>,
    delay: Duration,
}

/// Status and error type of a refusal.
pub(crate) type Verdict = Option<(u16, Option<&'static str>)>;

/// Whether a server takes a token, or how it responds.
pub(crate) trait Judge: Fn(&str) -> Verdict + Clone + Send + 'static {}

impl<F: Fn(&str) -> Verdict + Clone + Send + 'static> Judge for F {}

impl Server {
    /// Responds after this time.
    pub(crate) fn slow(delay: Duration) -> Self {
        Self {
            delay,
            ..Self::default()
        }
    }

    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) fn judging<B: Send + 'static>(
        &self,
        judge: impl Judge,
    ) -> impl Service<
        Request<B>,
        Response = Response<&'static str>,
        Error = BoxError,
        Future: Future<Output = Result<Response<&'static str>, BoxError>> + Send,
    > + Clone
    + Send
    + 'static {
        let Self { seen, delay } = self.clone();
        tower::service_fn(move |request: Request<B>| {
            let token = request.headers()[AUTHORIZATION]
                .to_str()
                .unwrap()
                .to_owned();
            let verdict = judge(&token);
            seen.lock().unwrap().push(token);
            async move {
                tokio::time::sleep(delay).await;
                Ok(response(verdict))
            }
        })
    }
}

fn response(verdict: Verdict) -> Response<&'static str> {
    let Some((status, code)) = verdict else {
        return Response::new("welcome");
    };
    let mut response = Response::new("refused");
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    if let Some(code) = code {
        let code = code.parse().unwrap();
        response.headers_mut().insert("x-amzn-errortype", code);
    }
    response
}

/// Takes every token but the first.
pub(crate) fn refuses_t1(token: &str) -> Verdict {
    (token == "Bearer t1").then_some((401, Some("UnauthorizedException")))
}

pub(crate) fn get<B>(body: B) -> Request<B> {
    Request::get("https://api.test/pets").body(body).unwrap()
}

/// Sends one request through the layer; gives the status.
pub(crate) async fn send<B: Send + 'static>(
    layer: &BearerTokenLayer<Arc<Peer>>,
    server: &Server,
    judge: impl Judge,
    request: Request<B>,
) -> u16 {
    let service = layer.layer(server.judging::<B>(judge));
    let response = service.oneshot(request).await.unwrap();
    response.status().as_u16()
}
