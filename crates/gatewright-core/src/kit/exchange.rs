//! One request and its whole response, within limits of time and size. Redirects are not followed: their target would get
//! what is in the request.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Request, Response};

use super::calendar;
use crate::rt::timeout;
use crate::{Body, BoxError, BoxService, HttpService};

/// What an exchange may take.
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
    /// A response began, and was too long or did not arrive whole.
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
    let body = body.collect(bytes).await.map_err(Failure::BrokenOff)?;
    Ok(Response::from_parts(head, body))
}

/// How long a server asks not to be called: `Retry-After` (RFC 9110, section 10.2.3). `None` if there is none that can be
/// read. A date is held against the response's own `Date`, so that a clock that is off makes no difference.
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(http::header::RETRY_AFTER)?;
    if let Ok(seconds) = value.to_str().ok()?.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = calendar::seconds_from_http(value.as_bytes())?;
    let date = headers.get(http::header::DATE)?;
    let now = calendar::seconds_from_http(date.as_bytes())?;
    Some(Duration::from_secs(until.saturating_sub(now)))
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TimedOut => "there was no response in time",
            Self::NoResponse(_) => "there was no response",
            Self::BrokenOff(_) => "the response did not arrive whole",
        })
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::TimedOut => None,
            Self::NoResponse(error) | Self::BrokenOff(error) => Some(&**error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::{DATE, RETRY_AFTER};

    fn seconds(retry_after: &str, date: Option<&str>) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, retry_after.parse().unwrap());
        if let Some(date) = date {
            headers.insert(DATE, date.parse().unwrap());
        }
        super::retry_after(&headers).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_and_dates_are_read() {
        assert_eq!(seconds("7", None), Some(7));
        assert_eq!(seconds("0", None), Some(0));
        let date = Some("Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(seconds("Sun, 06 Nov 1994 08:50:00 GMT", date), Some(23));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:49:00 GMT", date), Some(0));
    }

    #[test]
    fn what_cannot_be_read_is_none() {
        for text in ["", "soon", "-1", "1.5", "99999999999999999999999"] {
            assert_eq!(seconds(text, Some("Sun, 06 Nov 1994 08:49:37 GMT")), None);
        }
        assert_eq!(seconds("Sun, 06 Nov 1994 08:50:00 GMT", None), None);
        assert_eq!(super::retry_after(&HeaderMap::new()), None);
    }
}
