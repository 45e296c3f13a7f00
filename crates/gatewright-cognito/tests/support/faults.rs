//! Faults that a test puts into the way of calls.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use gatewright::{Body, BoxError};
use http::{Response, StatusCode};
use tokio::sync::Semaphore;

use super::response::{self, Refusal};

/// What happens to a call instead of its response, or to its response.
#[derive(Clone)]
pub(crate) enum Fault {
    /// An exception of AWS, with status 400; nothing is done.
    Code(&'static str, &'static str),
    /// A page of HTML with this status; nothing is done.
    Html(StatusCode),
    /// 429 with `retry-after` in seconds; nothing is done.
    Throttled(u64),
    /// The connection breaks before the service hears of the call.
    Reset,
    /// The service does what was asked, and its response is lost.
    LostResponse,
    /// Half a JSON document with status 200; nothing is done.
    HalfAResponse,
    /// This text, with status 200; nothing is done.
    Says(&'static str),
    /// The call waits for a permit of the semaphore and then gets its response.
    Hold(Arc<Semaphore>),
}

/// Faults by operation: first those that wait for one call each, then that of every call.
#[derive(Default)]
pub(crate) struct Faults(Mutex<HashMap<&'static str, Planned>>);

#[derive(Default)]
struct Planned {
    once: VecDeque<Fault>,
    always: Option<Fault>,
}

impl Faults {
    pub(crate) fn once(&self, operation: &'static str, fault: Fault) {
        let mut faults = self.0.lock().unwrap();
        faults.entry(operation).or_default().once.push_back(fault);
    }

    pub(crate) fn always(&self, operation: &'static str, fault: Fault) {
        self.0.lock().unwrap().entry(operation).or_default().always = Some(fault);
    }

    pub(crate) fn clear(&self) {
        self.0.lock().unwrap().clear();
    }

    pub(crate) fn next(&self, operation: &str) -> Option<Fault> {
        let mut faults = self.0.lock().unwrap();
        let planned = faults.get_mut(operation)?;
        planned.once.pop_front().or_else(|| planned.always.clone())
    }
}

impl Fault {
    /// What the client sees: a response, a broken connection, or what `work` gives.
    pub(crate) async fn apply(
        self,
        work: impl FnOnce() -> response::Outcome,
    ) -> Result<Response<Body>, BoxError> {
        match self {
            Self::Code(code, message) => Ok(response::json(&Err(Refusal { code, message }))),
            Self::Html(status) => Ok(html(status)),
            Self::Throttled(seconds) => Ok(throttled(seconds)),
            Self::Reset => Err("connection reset by peer".into()),
            Self::LostResponse => {
                drop(work());
                Err("connection closed before message completed".into())
            }
            Self::HalfAResponse => Ok(Response::new(Body::from(r#"{"AuthenticationRes"#))),
            Self::Says(text) => Ok(Response::new(Body::from(text))),
            Self::Hold(semaphore) => {
                semaphore.acquire().await?.forget();
                Ok(response::json(&work()))
            }
        }
    }
}

fn html(status: StatusCode) -> Response<Body> {
    let page = Body::from("<html><body>An error occurred.</body></html>");
    let response = Response::builder().status(status);
    response
        .header("content-type", "text/html")
        .body(page)
        .unwrap()
}

fn throttled(seconds: u64) -> Response<Body> {
    let body = r#"{"__type":"TooManyRequestsException","message":"Rate exceeded"}"#;
    Response::builder()
        .status(StatusCode::TOO_MANY_REQUESTS)
        .header("retry-after", seconds)
        .header("x-amzn-errortype", "TooManyRequestsException")
        .body(Body::from(body))
        .unwrap()
}
