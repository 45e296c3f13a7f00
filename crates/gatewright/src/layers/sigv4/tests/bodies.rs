//! Bodies in memory, streams, and bodies that nobody reads.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use aws_credential_types::Credentials;
use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{Request, Response};
use http_body::Frame;
use http_body_util::{BodyExt, Full};
use tower::{Service, ServiceExt, service_fn};
use tower_layer::Layer;

use super::{HTTPS, credentials, direct, layer};
use crate::layers::sigv4::{PayloadHash, SigV4Layer};
use crate::layers::test_support::get;
use crate::{AuthorizeErrorKind, BoxError};

/// Pieces that are each not ready at first, or bytes that are.
struct Streamed(VecDeque<&'static str>, Full<Bytes>, bool);

impl Streamed {
    fn of(pieces: &[&'static str]) -> Self {
        Self(pieces.iter().copied().collect(), Full::default(), true)
    }
}

impl From<Bytes> for Streamed {
    fn from(bytes: Bytes) -> Self {
        Self(VecDeque::new(), Full::new(bytes), false)
    }
}

impl http_body::Body for Streamed {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.2 = !self.2;
        if !self.2 {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        match self.0.pop_front() {
            Some(piece) => Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(piece.as_bytes()))))),
            None => Pin::new(&mut self.1).poll_frame(cx).map_err(Into::into),
        }
    }
}

async fn sent<B>(layer: SigV4Layer<Credentials>, body: B) -> Result<Request<B>, BoxError>
where
    B: http_body::Body<Error: Into<BoxError>> + From<Bytes> + Unpin + Send + 'static,
{
    let echo = service_fn(async |sent: Request<B>| Ok::<_, BoxError>(Response::new(sent)));
    let request = Request::post(HTTPS).body(body).unwrap();
    Ok(layer.layer(echo).oneshot(request).await?.into_body())
}

#[tokio::test]
async fn a_stream_is_read_and_signed_and_sent() {
    let sent = sent(
        layer().body_limit(11),
        Streamed::of(&["one ", "two", " end"]),
    )
    .await
    .unwrap();
    let expected = direct(HTTPS, &[], b"one two end", credentials(None));
    assert_eq!(sent.headers()[AUTHORIZATION], expected);
    assert_eq!(
        sent.into_body().collect().await.unwrap().to_bytes(),
        "one two end"
    );
}

#[tokio::test]
async fn a_stream_beyond_the_limit_is_refused() {
    let result = sent(
        layer().body_limit(10),
        Streamed::of(&["one ", "two", " end"]),
    )
    .await;
    let error = result.map(|_| ()).unwrap_err();
    assert_eq!(
        crate::layers::test_support::kind(&error),
        Some(AuthorizeErrorKind::BodyTooLarge)
    );
}

#[tokio::test]
async fn a_request_is_signed_and_sent_within_call_when_nothing_is_waited_for() {
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let mut service = layer().layer(service_fn(move |sent| {
        counted.fetch_add(1, Ordering::SeqCst);
        async move { Ok::<_, BoxError>(Response::new(sent)) }
    }));
    service
        .ready()
        .await
        .unwrap()
        .call(get(HTTPS))
        .await
        .unwrap();
    let warm = service.ready().await.unwrap().call(get(HTTPS));
    assert_eq!(
        calls.load(Ordering::SeqCst),
        2,
        "before the future is polled"
    );
    warm.await.unwrap();
}

/// A body that must not be read before it is sent.
struct Unread;

impl http_body::Body for Unread {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        panic!("it was read")
    }
}

impl From<Bytes> for Unread {
    fn from(_: Bytes) -> Self {
        panic!("it was replaced")
    }
}

#[tokio::test]
async fn a_body_whose_hash_is_given_is_not_read() {
    let content = b"a photo of any length";
    let hash = PayloadHash::of(content);
    let request = Request::post(HTTPS).extension(hash).body(Unread).unwrap();
    let echo = service_fn(async |sent: Request<Unread>| Ok::<_, BoxError>(Response::new(sent)));
    let sent = layer()
        .body_limit(0)
        .layer(echo)
        .oneshot(request)
        .await
        .unwrap()
        .into_body();
    let expected = direct(HTTPS, &[], content, credentials(None));
    assert_eq!(sent.headers()[AUTHORIZATION], expected);
}
