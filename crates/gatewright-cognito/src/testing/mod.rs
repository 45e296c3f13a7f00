//! A server within the process, for unit tests: it sends the replies of the test and keeps the requests.

mod body;
pub(crate) mod recorder;

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use gatewright::{Body, BoxError, BoxService, HttpService};
use http::{Request, Response};
use serde_json::Value;
use tokio::time::Instant;

use crate::{Error, ErrorKind};

/// One reply to one call.
pub(crate) enum Reply {
    Response(Response<Body>),
    Fault(BoxError),
    /// Nothing, ever.
    Silence,
}

/// One call.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// Since the server began.
    pub(crate) at: Duration,
    pub(crate) head: http::request::Parts,
    pub(crate) input: Value,
}

/// Replies in order; a call beyond them breaks the connection.
#[derive(Clone)]
pub(crate) struct Server {
    begun: Instant,
    replies: Arc<Mutex<VecDeque<Reply>>>,
    calls: Arc<Mutex<Vec<Call>>>,
}

impl Server {
    pub(crate) fn that(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self {
            begun: Instant::now(),
            replies: Arc::new(Mutex::new(replies.into_iter().collect())),
            calls: Arc::default(),
        }
    }

    pub(crate) fn service(&self) -> BoxService {
        let server = self.clone();
        tower::service_fn(move |request| server.clone().serve(request)).boxed()
    }

    async fn serve(self, request: Request<Body>) -> Result<Response<Body>, BoxError> {
        let (head, body) = request.into_parts();
        let input = serde_json::from_slice(body.as_bytes().unwrap()).unwrap();
        let at = Instant::now() - self.begun;
        self.calls.lock().unwrap().push(Call { at, head, input });
        let reply = self.replies.lock().unwrap().pop_front();
        match reply {
            Some(Reply::Response(response)) => Ok(response),
            Some(Reply::Fault(error)) => Err(error),
            Some(Reply::Silence) => std::future::pending().await,
            None => Err("there is no reply to this call".into()),
        }
    }

    pub(crate) fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }

    /// What was sent, in a test with one call.
    pub(crate) fn input(&self) -> Value {
        let mut calls = self.calls();
        assert_eq!(calls.len(), 1);
        calls.remove(0).input
    }

    /// The names of the operations that were called.
    pub(crate) fn targets(&self) -> Vec<String> {
        let calls = self.calls();
        let targets = calls
            .iter()
            .map(|call| call.head.headers["x-amz-target"].to_str());
        targets
            .map(|target| target.unwrap().split('.').nth(1).unwrap().to_owned())
            .collect()
    }
}

pub(crate) fn reply(status: u16, body: impl Into<Body>) -> Reply {
    let response = Response::builder().status(status);
    Reply::Response(response.body(body.into()).unwrap())
}

pub(crate) fn ok(body: &Value) -> Reply {
    reply(200, body.to_string())
}

/// An error as Cognito sends it: status 400, name and text in the body.
pub(crate) fn refusal(code: &str, message: &str) -> Reply {
    let body = serde_json::json!({ "__type": code, "message": message });
    reply(400, body.to_string())
}

/// An error of a proxy before Cognito.
pub(crate) fn html(status: u16) -> Reply {
    reply(status, "<html><h1>Oops</h1></html>")
}

/// The connection breaks when the request has been sent.
pub(crate) fn reset() -> Reply {
    fault(io::ErrorKind::ConnectionReset)
}

/// There is no connection.
pub(crate) fn refused() -> Reply {
    fault(io::ErrorKind::ConnectionRefused)
}

/// The connection breaks within the body of the response.
pub(crate) fn broken_off() -> Reply {
    Reply::Response(Response::new(body::broken_off(r#"{"AuthenticationRe"#)))
}

/// As a transport reports it: as the source of another error.
fn fault(kind: io::ErrorKind) -> Reply {
    let source = io::Error::from(kind);
    Reply::Fault(Error::because(ErrorKind::Other, "client error", source).into())
}
