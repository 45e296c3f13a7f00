//! `Retry-After`: how long a server asks not to be called.

use std::time::Duration;

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

use super::calendar;

/// How long a server asks not to be called: `Retry-After` (RFC 9110, section 10.2.3). `None` if there is none that can be
/// read. A date is held against the response's own `Date`, so that a clock that is off makes no difference.
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?;
    if let Ok(seconds) = value.to_str().ok()?.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = calendar::seconds_from_http(value.as_bytes())?;
    let date = headers.get(DATE)?;
    let now = calendar::seconds_from_http(date.as_bytes())?;
    Some(Duration::from_secs(until.saturating_sub(now)))
}

#[cfg(test)]
mod tests {
    use super::*;

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
