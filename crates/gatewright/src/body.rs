//! The body that a client sends and receives: bytes in memory, or a stream.
//!
//! ```
//! use gatewright::Body;
//!
//! let body = Body::json(&["cat", "dog"])?;
//! assert_eq!(body.as_bytes().unwrap(), r#"["cat","dog"]"#);
//! assert_eq!(body.content_type().unwrap(), "application/json");
//! # Ok::<(), gatewright::RequestError>(())
//! ```

use std::any::Any;
use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http::HeaderValue;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;
use http_body_util::combinators::UnsyncBoxBody;
use serde::Serialize;

use crate::client::QueryStyle;
use crate::{BoxError, RequestError, form};

/// A request or response body.
///
/// It stores its media type ([`json`](Body::json), [`text`](Body::text)); a client sends that as `content-type` unless the
/// request has one. Bodies in memory can be read and cloned, streams cannot.
///
/// It is `Send` and `Sync`, so other HTTP libraries take it as a body; [`Body::new`] takes theirs. See
/// [on your own transport](crate::on_your_own_transport).
#[derive(Default)]
pub struct Body {
    inner: Inner,
    content_type: Option<HeaderValue>,
}

enum Inner {
    Bytes(Bytes),
    Stream(Stream),
}

/// A stream that is `Sync`, made of one that need not be.
///
/// Reading it has exclusive access and takes no lock. Its hints are asked through a shared reference, so they do. They are not
/// kept from one frame to the next: a stream may learn in between that it has ended.
struct Stream(Mutex<UnsyncBoxBody<Bytes, BoxError>>);

impl Stream {
    fn new<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self(Mutex::new(body.map_err(Into::into).boxed_unsync()))
    }

    fn get_mut(&mut self) -> &mut UnsyncBoxBody<Bytes, BoxError> {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    /// A stream that panicked while it was asked for a hint stays as it is.
    fn lock(&self) -> MutexGuard<'_, UnsyncBoxBody<Bytes, BoxError>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Inner {
    fn default() -> Self {
        Inner::Bytes(Bytes::new())
    }
}

impl Body {
    /// An empty body.
    pub fn empty() -> Self {
        Self::default()
    }

    /// `value` as JSON, sent as `application/json`.
    ///
    /// # Errors
    ///
    /// When `value` cannot be written as JSON (for example a map with keys that are not strings).
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<Self, RequestError> {
        let bytes = serde_json::to_vec(value).map_err(RequestError::encode)?;
        Ok(Self::from(bytes).with_content_type(HeaderValue::from_static("application/json")))
    }

    /// The members of `value` as a form, sent as `application/x-www-form-urlencoded`: scalars as text, lists as one
    /// pair for each element, `null` not at all.
    ///
    /// # Errors
    ///
    /// When `value` is not an object, or a member is an object itself.
    pub fn form<T: Serialize + ?Sized>(value: &T) -> Result<Self, RequestError> {
        Self::form_as(value, &[])
    }

    /// The members of `value` as a form; `styles` sets the style of the members that it names: the `encoding` of OpenAPI 3.0,
    /// the `collectionFormat` of Swagger 2.0.
    ///
    /// # Errors
    ///
    /// As [`form`](Self::form), and when its style cannot express a member.
    pub fn form_as<T: Serialize + ?Sized>(
        value: &T,
        styles: &[(&str, QueryStyle)],
    ) -> Result<Self, RequestError> {
        let content_type = HeaderValue::from_static("application/x-www-form-urlencoded");
        Ok(Self::from(form::encode(value, styles)?).with_content_type(content_type))
    }

    /// Text, sent as `text/plain; charset=utf-8`.
    pub fn text(text: impl Into<String>) -> Self {
        let content_type = HeaderValue::from_static("text/plain; charset=utf-8");
        Self::from(text.into()).with_content_type(content_type)
    }

    /// Any other body, read as it is sent, for example that of axum, tonic or reqwest. It need not be `Sync`. An already boxed
    /// [`Body`] is not boxed again, and one that has ended becomes an empty body in memory, which can be cloned.
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let mut body = Some(body);
        if let Some(same) = (&mut body as &mut dyn Any).downcast_mut::<Option<Body>>() {
            return same.take().unwrap_or_default();
        }
        let body = body.filter(|body| !body.is_end_stream());
        let inner = body.map_or_else(Inner::default, |body| Inner::Stream(Stream::new(body)));
        Self {
            inner,
            content_type: None,
        }
    }

    /// Sets the media type to send the body as.
    #[must_use]
    pub fn with_content_type(mut self, content_type: HeaderValue) -> Self {
        self.content_type = Some(content_type);
        self
    }

    /// Its media type.
    pub fn content_type(&self) -> Option<&HeaderValue> {
        self.content_type.as_ref()
    }

    /// The bytes, if they are in memory.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.inner {
            Inner::Bytes(bytes) => Some(bytes),
            Inner::Stream(_) => None,
        }
    }

    /// A second body of the same bytes, if they are in memory. The bytes are shared, not copied.
    pub fn try_clone(&self) -> Option<Self> {
        let inner = Inner::Bytes(self.as_bytes()?.clone());
        Some(Self {
            inner,
            content_type: self.content_type.clone(),
        })
    }

    /// All bytes of the body, with a limit. Without a limit, `BodyExt::collect` of `http-body-util` does the same.
    ///
    /// # Errors
    ///
    /// When the body fails, or is longer than `limit` bytes.
    ///
    /// ```
    /// use gatewright::Body;
    /// use http_body_util::BodyExt;
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), gatewright::BoxError> {
    /// assert_eq!(Body::from("cat").into_bytes(1024).await?, "cat");
    /// assert_eq!(Body::from("cat").collect().await?.to_bytes(), "cat");
    /// # Ok(()) }
    /// ```
    pub async fn into_bytes(self, limit: usize) -> Result<Bytes, BoxError> {
        let bytes = match self.inner {
            Inner::Bytes(bytes) => bytes,
            Inner::Stream(stream) => collect_stream(stream, limit).await?,
        };
        if bytes.len() > limit {
            Err(too_long(limit))
        } else {
            Ok(bytes)
        }
    }
}

/// A body of one frame is not copied.
async fn collect_stream(mut stream: Stream, limit: usize) -> Result<Bytes, BoxError> {
    let stream = stream.get_mut();
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    while let Some(frame) = stream.frame().await {
        let Ok(data) = frame?.into_data() else {
            continue;
        };
        if first.len() + rest.len() + data.len() > limit {
            return Err(too_long(limit));
        }
        if first.is_empty() {
            first = data;
        } else {
            rest.extend_from_slice(&data);
        }
    }
    if rest.is_empty() {
        Ok(first)
    } else {
        Ok([first, rest.freeze()].concat().into())
    }
}

fn too_long(limit: usize) -> BoxError {
    TooLong(limit).into()
}

/// A body has more bytes than this.
#[derive(Debug)]
pub(crate) struct TooLong(pub(crate) usize);

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let limit = self.0;
        write!(
            f,
            "the body is longer than {limit} bytes; take it as a `gatewright::Body` to stream it"
        )
    }
}

impl std::error::Error for TooLong {}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.inner {
            Inner::Bytes(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            Inner::Stream(_) => f.write_str("Body(stream)"),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self {
            inner: Inner::Bytes(bytes),
            content_type: None,
        }
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(Bytes::from(bytes))
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::from(Bytes::from(text))
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Self::from(Bytes::from_static(text.as_bytes()))
    }
}

impl From<()> for Body {
    fn from((): ()) -> Self {
        Self::empty()
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.inner {
            Inner::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Inner::Bytes(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Inner::Stream(stream) => Pin::new(stream.get_mut()).poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.inner {
            Inner::Bytes(bytes) => bytes.is_empty(),
            Inner::Stream(stream) => stream.lock().is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.inner {
            Inner::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Inner::Stream(stream) => stream.lock().size_hint(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body::Body as _;
    use http_body_util::{Empty, Full};

    #[test]
    fn debug_tells_the_size_and_not_the_content() {
        assert_eq!(format!("{:?}", Body::from("secret")), "Body(6 bytes)");
        assert_eq!(
            format!("{:?}", Body::new(Full::new(Bytes::from("secret")))),
            "Body(stream)"
        );
    }

    #[test]
    fn a_body_is_not_boxed_twice_and_keeps_its_type() {
        let body = Body::new(Body::text("hello"));
        assert_eq!(body.as_bytes().unwrap(), "hello");
        assert!(body.content_type().is_some());
    }

    #[test]
    fn a_body_that_has_ended_can_be_cloned() {
        assert!(Body::new(Empty::new()).try_clone().is_some());
        let stream = Body::new(Full::new(Bytes::from("a")));
        assert!(stream.try_clone().is_none());
    }

    #[test]
    fn it_is_sync_whatever_it_is_made_of() {
        fn is_sync<T: Send + Sync>(_: &T) {}
        let cell = std::cell::Cell::new(0);
        let not_sync = Full::new(Bytes::from_static(b"one")).map_frame(move |frame| {
            cell.set(cell.get() + 1);
            frame
        });
        is_sync(&Body::new(not_sync));
    }

    #[tokio::test]
    async fn the_hints_of_a_stream_follow_it() {
        let mut body = Body::new(Full::new(Bytes::from_static(b"four")));
        assert_eq!(body.size_hint().exact(), Some(4));
        assert!(!body.is_end_stream());
        let frame = body.frame().await.unwrap().unwrap();
        assert_eq!(frame.into_data().unwrap(), "four");
        assert_eq!(body.size_hint().exact(), Some(0));
        assert!(body.is_end_stream());
    }

    #[tokio::test]
    async fn a_stream_is_read_after_its_hint_panicked() {
        struct Panics;
        impl http_body::Body for Panics {
            type Data = Bytes;
            type Error = BoxError;

            fn poll_frame(
                self: Pin<&mut Self>,
                _cx: &mut Context<'_>,
            ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
                Poll::Ready(None)
            }

            fn size_hint(&self) -> SizeHint {
                panic!("a fault of the body")
            }
        }
        let body = Body::new(Panics);
        let hint = std::panic::AssertUnwindSafe(|| body.size_hint());
        assert!(std::panic::catch_unwind(hint).is_err());
        assert!(body.into_bytes(4).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn collecting_stops_at_the_limit() {
        assert_eq!(Body::from("1234").into_bytes(4).await.unwrap(), "1234");
        assert!(Body::from("12345").into_bytes(4).await.is_err());
        let stream = Body::new(Full::new(Bytes::from_static(b"12345")));
        assert!(stream.into_bytes(4).await.is_err());
    }
}
