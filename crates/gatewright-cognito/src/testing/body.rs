//! A body that does not arrive whole.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use gatewright::{Body, BoxError};
use http_body::Frame;

struct BrokenOff(Option<&'static str>);

/// `text`, and then the connection breaks.
pub(super) fn broken_off(text: &'static str) -> Body {
    Body::new(BrokenOff(Some(text)))
}

impl http_body::Body for BrokenOff {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = self.0.take().map(|text| Frame::data(text.into()));
        Poll::Ready(Some(frame.ok_or_else(|| "connection reset".into())))
    }
}
