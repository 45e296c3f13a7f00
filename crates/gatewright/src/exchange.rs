//! One request and its whole response, within limits of time and size. It does not follow redirects: their target would get
//! the content of the request.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::body::TooLong;
use crate::rt::timeout;
use crate::{Body, BoxError, BoxService, HttpService};

/// The limits of an exchange.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From the first poll to the last byte of the response.
    pub time: Duration,
    /// The longest body of a response.
    pub bytes: usize,
}

/// Why there is no response.
#[derive(Debug)]
pub enum Failure {
    /// The time is over.
    TimedOut,
    /// There was no response.
    NoResponse(BoxError),
    /// A response began, and has more bytes than it may.
    TooLong,
    /// A response began, and did not arrive whole.
    BrokenOff(BoxError),
}

/// Sends `request` and reads the response to its end.
///
/// # Errors
///
/// When it takes longer, or is longer, than the limits allow, or the connection fails.
pub async fn exchange(
    service: BoxService,
    request: Request<Body>,
    limits: Limits,
) -> Result<Response<Bytes>, Failure> {
    let done = timeout(limits.time, send(service, request, limits.bytes)).await;
    done.unwrap_or(Err(Failure::TimedOut))
}

async fn send(
    service: BoxService,
    request: Request<Body>,
    bytes: usize,
) -> Result<Response<Bytes>, Failure> {
    let response = service.send(request).await.map_err(Failure::NoResponse)?;
    let (head, body) = response.into_parts();
    let body = body.into_bytes(bytes).await.map_err(unread)?;
    Ok(Response::from_parts(head, body))
}

fn unread(error: BoxError) -> Failure {
    if error.is::<TooLong>() {
        Failure::TooLong
    } else {
        Failure::BrokenOff(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TimedOut => "there was no response in time",
            Self::NoResponse(_) => "there was no response",
            Self::TooLong => "the response is too long",
            Self::BrokenOff(_) => "the response did not arrive whole",
        })
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::TimedOut | Self::TooLong => None,
            Self::NoResponse(error) | Self::BrokenOff(error) => Some(&**error),
        }
    }
}
