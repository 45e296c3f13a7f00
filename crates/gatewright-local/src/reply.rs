//! What an operation responds instead of what the document says.

use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::Value;

use crate::gateway_error::GatewayError;

/// A response that an operation gives once a request was let through; see [`Builder::respond_in_turn`](crate::Builder::respond_in_turn).
///
/// ```
/// use std::time::Duration;
/// use gatewright_local::{GatewayError, Reply};
/// use serde_json::json;
///
/// let throttled = Reply::error(GatewayError::Throttled);
/// let slow = Reply::json(200, json!({"name": "Rex"})).header("etag", "\"1\"").after(Duration::from_secs(2));
/// let text = Reply::new(200, "text/csv", "a,b\n1,2");
/// # let _ = (throttled, slow, text);
/// ```
#[derive(Clone, Debug)]
pub struct Reply {
    pub(crate) what: What,
    pub(crate) delay: Duration,
}

#[derive(Clone, Debug)]
pub(crate) enum What {
    /// What responds without this order.
    Usual,
    Error(GatewayError),
    Response {
        status: u16,
        headers: Vec<(String, String)>,
        body: Bytes,
    },
}

impl Reply {
    /// What responds without this order: the service behind the operation, or what the document says.
    pub fn usual() -> Self {
        Self::of(What::Usual)
    }

    /// An error of the gateway.
    pub fn error(error: GatewayError) -> Self {
        Self::of(What::Error(error))
    }

    /// This JSON; [`Value::Null`] is no body.
    pub fn json(status: u16, body: Value) -> Self {
        match body {
            Value::Null => Self::of(What::Response {
                status,
                headers: Vec::new(),
                body: Bytes::new(),
            }),
            body => Self::new(status, "application/json", body.to_string()),
        }
    }

    /// This body of a media type: text, or bytes.
    pub fn new(status: u16, media_type: &str, body: impl Into<Bytes>) -> Self {
        let headers = vec![(CONTENT_TYPE.as_str().to_owned(), media_type.to_owned())];
        Self::of(What::Response {
            status,
            headers,
            body: body.into(),
        })
    }

    fn of(what: What) -> Self {
        Self {
            what,
            delay: Duration::ZERO,
        }
    }

    /// Adds a header. It has no effect on the usual response and on errors of the gateway. A second `content-type` is the one
    /// that counts.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let What::Response { headers, .. } = &mut self.what {
            if name.eq_ignore_ascii_case(CONTENT_TYPE.as_str()) {
                headers.retain(|(known, _)| known != CONTENT_TYPE.as_str());
            }
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// Waits before it responds. [`Gateway::handle`](crate::Gateway::handle), which cannot wait, does not.
    #[must_use]
    pub fn after(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }
}

/// A reply that was checked.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) what: CheckedWhat,
    pub(crate) delay: Duration,
}

#[derive(Debug)]
pub(crate) enum CheckedWhat {
    Usual,
    Error(GatewayError),
    Response(Response<Bytes>),
}

impl Reply {
    /// # Errors
    ///
    /// What of the response is invalid.
    pub(crate) fn check(self) -> Result<Checked, (String, http::Error)> {
        let what = match self.what {
            What::Usual => CheckedWhat::Usual,
            What::Error(error) => CheckedWhat::Error(error),
            What::Response {
                status,
                headers,
                body,
            } => CheckedWhat::Response(response(status, headers, body)?),
        };
        Ok(Checked {
            what,
            delay: self.delay,
        })
    }
}

fn response(
    status: u16,
    headers: Vec<(String, String)>,
    body: Bytes,
) -> Result<Response<Bytes>, (String, http::Error)> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status)
        .map_err(|error| (format!("the status {status}"), error.into()))?;
    for (name, value) in headers {
        let what = || format!("the header `{name}`");
        let key = HeaderName::try_from(&name).map_err(|error| (what(), error.into()))?;
        let value = HeaderValue::try_from(value)
            .map_err(|error| (format!("the value of {}", what()), error.into()))?;
        response.headers_mut().append(key, value);
    }
    Ok(response)
}
