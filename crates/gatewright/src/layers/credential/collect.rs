//! Reading a body to its end, up to a limit.

use std::pin::Pin;
use std::task::{Context, Poll, Waker, ready};

use bytes::{Buf, Bytes};
use http_body::{Body, Frame};

use crate::pieces::Pieces;
use crate::{AuthorizeError, AuthorizeErrorKind, BoxError};

/// Reads `body`. One that gives its bytes in one piece is not copied.
pub struct Collect<B> {
    body: B,
    read: Pieces,
    limit: usize,
    what: &'static str,
}

impl<B> std::fmt::Debug for Collect<B> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Collect").finish_non_exhaustive()
    }
}

impl<B> Collect<B>
where
    B: Body + Unpin,
    B::Error: Into<BoxError>,
{
    pub(super) fn new(body: B, limit: usize, what: &'static str) -> Self {
        Self {
            body,
            read: Pieces::default(),
            limit,
            what,
        }
    }

    /// All bytes of a body that is in memory. `None` for any other, which is read with [`poll`](Self::poll).
    pub(super) fn at_once(&mut self) -> Option<Result<Bytes, AuthorizeError>> {
        // A body that does not know its length is a stream, which cannot be polled here.
        self.body.size_hint().exact()?;
        match self.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(bytes) => Some(bytes),
            Poll::Pending => None,
        }
    }

    /// All bytes of the body.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<Bytes, AuthorizeError>> {
        self.check_length(self.body.size_hint().lower())?;
        while let Some(frame) = ready!(Pin::new(&mut self.body).poll_frame(cx)) {
            let mut data = data_of(
                frame.map_err(|error| self.unreadable(error.into()))?,
                self.what,
            )?;
            self.check_length(data.remaining() as u64)?;
            self.read.push(data.copy_to_bytes(data.remaining()));
        }
        Poll::Ready(Ok(self.read.finish()))
    }

    /// Whether there is room for `more` bytes.
    fn check_length(&self, more: u64) -> Result<(), AuthorizeError> {
        let limit = self.limit;
        if more.saturating_add(self.read.len() as u64) <= limit as u64 {
            return Ok(());
        }
        let message = format!(
            "{} covers the body, and this one has more than {limit} bytes: send less, or raise `body_limit` on the layer",
            self.what
        );
        Err(AuthorizeError::new(
            AuthorizeErrorKind::BodyTooLarge,
            message,
        ))
    }

    fn unreadable(&self, error: BoxError) -> AuthorizeError {
        let message = format!(
            "{} covers the body, which failed while it was read",
            self.what
        );
        AuthorizeError::new(AuthorizeErrorKind::Unsignable, message).with_source(error)
    }
}

fn data_of<D>(frame: Frame<D>, what: &str) -> Result<D, AuthorizeError> {
    frame.into_data().map_err(|_| {
        let message = format!("{what} does not cover trailers after the body: send none");
        AuthorizeError::new(AuthorizeErrorKind::Unsignable, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderMap;
    use http_body_util::{Empty, Full};
    use std::future::poll_fn;

    type Pieces = Vec<Result<Frame<Bytes>, BoxError>>;

    fn pieces(texts: &[&'static str]) -> Pieces {
        texts
            .iter()
            .map(|text| Ok(Frame::data(Bytes::from_static(text.as_bytes()))))
            .collect()
    }

    /// A body that gives one piece after the other and is not ready before each.
    struct Slow(Pieces, bool);

    impl Body for Slow {
        type Data = Bytes;
        type Error = BoxError;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
            self.1 = !self.1;
            if self.1 {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            Poll::Ready((!self.0.is_empty()).then(|| self.0.remove(0)))
        }
    }

    async fn collect<B>(body: B, limit: usize) -> Result<Bytes, AuthorizeError>
    where
        B: Body + Unpin,
        B::Error: Into<BoxError>,
    {
        let mut collect = Collect::new(body, limit, "a signature");
        poll_fn(|cx| collect.poll(cx)).await
    }

    #[tokio::test]
    async fn bytes_in_memory_are_not_copied() {
        let bytes = Bytes::from("in memory");
        let collected = collect(Full::new(bytes.clone()), 9).await.unwrap();
        assert_eq!(collected.as_ptr(), bytes.as_ptr());
        assert!(collect(Empty::<Bytes>::new(), 0).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_stream_is_joined_in_order() {
        let body = Slow(pieces(&["", "one ", "", "two ", "three"]), false);
        assert_eq!(collect(body, 13).await.unwrap(), "one two three");
    }

    #[tokio::test]
    async fn more_than_the_limit_is_refused() {
        let announced = collect(Full::new(Bytes::from("12345")), 4)
            .await
            .unwrap_err();
        assert_eq!(announced.kind(), AuthorizeErrorKind::BodyTooLarge);
        let streamed = collect(Slow(pieces(&["12", "34", "5"]), false), 4)
            .await
            .unwrap_err();
        assert_eq!(streamed.kind(), AuthorizeErrorKind::BodyTooLarge);
    }

    #[tokio::test]
    async fn a_body_that_fails_or_has_trailers_cannot_be_signed() {
        let failed = collect(Slow(vec![Err("disk gone".into())], false), 9)
            .await
            .unwrap_err();
        assert_eq!(failed.kind(), AuthorizeErrorKind::Unsignable);
        assert_eq!(
            std::error::Error::source(&failed).unwrap().to_string(),
            "disk gone"
        );
        let trailers = Slow(vec![Ok(Frame::trailers(HeaderMap::new()))], false);
        let refused = collect(trailers, 9).await.unwrap_err();
        assert_eq!(refused.kind(), AuthorizeErrorKind::Unsignable);
    }
}
