//! An issuer behind a tower service: it answers as a test says, and remembers what it was sent.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::future::pending;
use std::sync::{Arc, Mutex};

use gatewright::{Body, BoxError, HttpService};
use gatewright_oidc::{Client, Error, Provider};
use http::{HeaderMap, Method, Request, Response};
use oauth2::url::form_urlencoded;
use tokio::time::Instant;
use tower::service_fn;

use crate::reply::Reply;

pub(crate) const TOKEN_URL: &str = "https://login.test/token";

/// A request, as the issuer got it.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) at: Instant,
    pub(crate) method: Method,
    pub(crate) uri: String,
    pub(crate) headers: HeaderMap,
    pub(crate) form: BTreeMap<String, String>,
}

impl Seen {
    pub(crate) fn is_for_tokens(&self) -> bool {
        self.uri == TOKEN_URL
    }
}

type Handler = dyn Fn(&Seen) -> Reply + Send + Sync;

#[derive(Clone)]
pub(crate) struct Issuer {
    handler: Arc<Handler>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Issuer {
    pub(crate) fn new(handler: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        Self {
            handler: Arc::new(handler),
            seen: Arc::default(),
        }
    }

    /// Gives these replies one after the other.
    pub(crate) fn replying(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies: Vec<_> = replies.into_iter().map(Some).collect();
        let replies = Mutex::new(replies.into_iter());
        Self::new(move |_| {
            let next = replies.lock().unwrap().next();
            next.flatten().expect("no request more than replies")
        })
    }

    /// What it has been sent so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) fn transport(&self) -> impl HttpService {
        let issuer = self.clone();
        service_fn(move |request| issuer.clone().answer(request))
    }

    pub(crate) fn provider(&self) -> Provider {
        let provider = Provider::new(TOKEN_URL, self.transport()).unwrap();
        provider
            .device_endpoint("https://login.test/device")
            .unwrap()
    }

    /// A public client.
    pub(crate) fn client(&self) -> Client {
        self.provider().client("cli")
    }

    async fn answer(self, request: Request<Body>) -> Result<Response<Body>, BoxError> {
        let (parts, body) = request.into_parts();
        let body = body.into_bytes(usize::MAX).await?;
        let seen = Seen {
            at: Instant::now(),
            method: parts.method,
            uri: parts.uri.to_string(),
            headers: parts.headers,
            form: form_urlencoded::parse(&body).into_owned().collect(),
        };
        self.seen.lock().unwrap().push(seen.clone());
        match (self.handler)(&seen) {
            Reply::Answer(answer) => Ok(answer),
            Reply::Broken => Err("connection reset".into()),
            Reply::Silence => pending().await,
        }
    }
}

/// What a grant failed with, taken out of what a layer would get.
pub(crate) fn failure<T: std::fmt::Debug>(result: Result<T, BoxError>) -> Error {
    let error = result.unwrap_err();
    *error.downcast().expect("the error of this crate")
}

/// All that an error can show: its own text and its sources', as text and for debugging.
pub(crate) fn everything(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(error) = source {
        text += &format!(" {error} {error:?}");
        source = error.source();
    }
    text
}
