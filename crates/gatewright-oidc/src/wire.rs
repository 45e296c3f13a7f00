//! One request to a provider and its answer: through the app's transport, within limits, with no redirect followed.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use gatewright::exchange::{Failure, Limits, exchange};
use gatewright::{Body, BoxService, HttpService};
use http::header::{ACCEPT, AUTHORIZATION};
use http::{HeaderValue, Request, StatusCode, Uri};
use oauth2::{AsyncHttpClient, HttpRequest, HttpResponse};
use serde_json::{Map, Value};

use crate::endpoint::Place;
use crate::error::{Error, ErrorKind};
use crate::oauth_error::OAuthError;
use crate::pause::{Pause, retry_after};

const LIMITS: Limits = Limits {
    // Below the 20 s that gatewright's caches give a load, so that they hear this error and not their own.
    time: Duration::from_secs(10),
    // A response of the standards has a few kilobytes.
    bytes: 1024 * 1024,
};

/// The way to a provider. Clones leave it alone together.
#[derive(Clone)]
pub(crate) struct Wire {
    service: BoxService,
    pause: Arc<Pause>,
}

impl Wire {
    pub(crate) fn new(transport: impl HttpService) -> Self {
        Self {
            service: transport.boxed(),
            pause: Arc::default(),
        }
    }

    /// A public document.
    pub(crate) async fn get(&self, uri: &Uri) -> Result<HttpResponse, Error> {
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = uri.clone();
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(ACCEPT, json);
        self.send(request).await
    }

    /// A request with secrets. The answer is a success or a refusal, in JSON.
    pub(crate) async fn post(&self, request: HttpRequest) -> Result<HttpResponse, Error> {
        let uri = request.uri().clone();
        let mut request = request.map(Body::from);
        if let Some(value) = request.headers_mut().get_mut(AUTHORIZATION) {
            value.set_sensitive(true);
        }
        let answer = self.send(request).await?;
        if answer.status() != StatusCode::OK && !answer.status().is_client_error() {
            return Err(unexpected(&uri, answer.status()));
        }
        read_object(&uri, &answer)?;
        Ok(answer)
    }

    async fn send(&self, request: Request<Body>) -> Result<HttpResponse, Error> {
        self.pause.check()?;
        let uri = request.uri().clone();
        let response = exchange(self.service.clone(), request, LIMITS).await;
        let response = response.map_err(|failure| failed(&uri, failure))?;
        let response = response.map(|body| body.to_vec());
        passable(&uri, response).inspect_err(|error| self.pause.note(error))
    }
}

/// Refuses what is no answer to the request, whatever its body.
fn passable(uri: &Uri, answer: HttpResponse) -> Result<HttpResponse, Error> {
    let (status, place) = (answer.status(), Place(uri));
    let (kind, message) = match status.as_u16() {
        300..=399 => {
            let message = format!(
                "{place} redirects ({status}), which is not followed, so that no secret goes along: name the final address"
            );
            return Err(Error::new(ErrorKind::Redirected, message));
        }
        429 => (
            ErrorKind::Throttled,
            format!("{place} wants fewer requests"),
        ),
        500.. => (ErrorKind::Unavailable, format!("{place} answered {status}")),
        _ => return Ok(answer),
    };
    Err(Error::new(kind, message)
        .with_oauth(OAuthError::in_body(answer.body()))
        .with_retry_after(retry_after(answer.headers())))
}

/// The members of an answer.
pub(crate) fn read_object(uri: &Uri, answer: &HttpResponse) -> Result<Map<String, Value>, Error> {
    // Not as a source: the text of serde_json's error may repeat a part of the answer.
    serde_json::from_slice(answer.body()).map_err(|_| {
        let (place, status) = (Place(uri), answer.status());
        let message = format!("{place} answered {status} with something that is no JSON object");
        Error::new(ErrorKind::InvalidAnswer, message)
    })
}

pub(crate) fn unexpected(uri: &Uri, status: StatusCode) -> Error {
    let message = format!("{} answered {status}", Place(uri));
    Error::new(ErrorKind::InvalidAnswer, message)
}

fn failed(uri: &Uri, failure: Failure) -> Error {
    let place = Place(uri);
    let Limits { time, bytes } = LIMITS;
    match failure {
        Failure::TimedOut => {
            let message = format!("{place} did not respond within {time:?}");
            Error::new(ErrorKind::TimedOut, message)
        }
        Failure::TooLong => {
            let message = format!("{place} responded with more than {bytes} bytes");
            Error::new(ErrorKind::InvalidAnswer, message)
        }
        Failure::NoResponse(error) => {
            Error::new(ErrorKind::Transport, format!("{place} did not respond")).with_source(error)
        }
        Failure::BrokenOff(error) => {
            let message = format!("the response of {place} did not arrive whole");
            Error::new(ErrorKind::Transport, message).with_source(error)
        }
    }
}

impl<'c> AsyncHttpClient<'c> for Wire {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Error>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.post(request))
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire").finish_non_exhaustive()
    }
}
