//! How a layer handles the body of a request, and the response.

use std::convert::Infallible;
use std::fmt;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, HeaderValue, Response};
use http_body::Body;

use super::collect::Collect;
use super::definition::ResponseHead;
use super::policy::Copies;
use crate::{AuthorizeError, AuthorizeErrorKind, BoxError};

/// Bodies of any type are passed on unread.
#[derive(Clone, Copy, Debug)]
pub enum Untouched {}

/// Bodies are read into memory before they are sent, up to a limit. They come out as the type that went in; bytes in memory
/// are not copied.
#[derive(Clone, Copy, Debug)]
pub enum InMemory {}

/// What [`Untouched`] and [`InMemory`] do with bodies of type `B`. It is not meant to be implemented.
#[diagnostic::on_unimplemented(
    message = "the layer cannot read a `{B}` and send it on",
    label = "the body of the request is a `{B}`, which cannot be made of bytes again",
    note = "a body that a layer reads must be `http_body::Body + From<bytes::Bytes> + Unpin + 'static`, as `gatewright::Body` and \
            `http_body_util::Full<Bytes>` are",
    note = "convert it above the layer, `.map_request(|request: http::Request<{B}>| request.map(gatewright::Body::new))`, and back \
            below it if the service there wants that; see `gatewright::on_your_own_transport`"
)]
pub trait ReadBody<B>: sealed::Sealed<B> {}

impl<B: 'static> ReadBody<B> for Untouched {}

#[diagnostic::do_not_recommend]
impl<B> ReadBody<B> for InMemory
where
    B: Body + From<Bytes> + Unpin + 'static,
    B::Error: Into<BoxError>,
{
}

/// A body that is available, or one that is being read.
#[derive(Debug)]
pub enum Begun<H, R> {
    AtHand(Result<H, AuthorizeError>),
    Reading(R),
}

/// A body that is in memory, or one that is passed on as it came.
pub enum Held<B> {
    Read(Bytes),
    Unread(B),
}

impl<B> fmt::Debug for Held<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read(_) => "Read",
            Self::Unread(_) => "Unread",
        })
    }
}

/// How a body is to be read.
#[derive(Debug)]
pub struct HowToRead {
    pub(super) is_read: bool,
    /// Whether HTTP/1.1 sends no body of unknown length with the method.
    pub(super) has_no_stream: bool,
    pub(super) limit: usize,
    pub(super) what: &'static str,
}

impl HowToRead {
    /// Refuses a body that would not be sent, or not all of it.
    fn admit<B: Body>(&self, body: &B, headers: &mut HeaderMap) -> Result<(), AuthorizeError> {
        let length = body.size_hint().exact();
        let Some(length) = length else {
            // The transport frames a stream; what a caller says of its length would cut it.
            headers.remove(CONTENT_LENGTH);
            return self.admit_stream(body);
        };
        let stated = headers.get(CONTENT_LENGTH).map(HeaderValue::as_bytes);
        if stated.is_none_or(|stated| stated == length.to_string().as_bytes()) {
            return Ok(());
        }
        Err(self.refuse(
            "its `content-length` is not the length of its body: leave that to the transport",
        ))
    }

    fn admit_stream<B: Body>(&self, body: &B) -> Result<(), AuthorizeError> {
        if !self.has_no_stream || body.is_end_stream() {
            return Ok(());
        }
        Err(self.refuse(
            "its body is a stream of unknown length, and HTTP/1.1 sends none with this method: send bytes in memory, \
             or use another method",
        ))
    }

    fn refuse(&self, why: &str) -> AuthorizeError {
        let message = format!("cannot put {} on the request: {why}", self.what);
        AuthorizeError::new(AuthorizeErrorKind::Unsignable, message)
    }
}

pub(super) mod sealed {
    use super::{
        AuthorizeError, Begun, Bytes, Context, Copies, HeaderMap, HowToRead, Poll, ResponseHead,
    };

    pub trait SealedResponse<R> {
        fn head(response: &R) -> Option<ResponseHead<'_>>;
    }

    pub trait Sealed<B> {
        /// The body while the layer has it.
        type Held;
        /// The body while it is read.
        type Reading;

        fn begin(
            body: B,
            headers: &mut HeaderMap,
            how: &HowToRead,
        ) -> Begun<Self::Held, Self::Reading>;

        fn poll(
            reading: &mut Self::Reading,
            cx: &mut Context<'_>,
        ) -> Poll<Result<Self::Held, AuthorizeError>>;

        fn bytes(held: &Self::Held) -> Option<&Bytes>;

        fn try_clone(held: &Self::Held, copies: &Copies) -> Option<Self::Held>;

        fn into_body(held: Self::Held) -> B;
    }
}

impl<B: 'static> sealed::Sealed<B> for Untouched {
    type Held = B;
    type Reading = Infallible;

    fn begin(body: B, _headers: &mut HeaderMap, _how: &HowToRead) -> Begun<B, Infallible> {
        Begun::AtHand(Ok(body))
    }

    fn poll(
        reading: &mut Infallible,
        _cx: &mut Context<'_>,
    ) -> Poll<Result<Self::Held, AuthorizeError>> {
        match *reading {}
    }

    fn bytes(_held: &B) -> Option<&Bytes> {
        None
    }

    fn try_clone(held: &B, copies: &Copies) -> Option<B> {
        copies.try_clone(held)
    }

    fn into_body(held: B) -> B {
        held
    }
}

impl<B> sealed::Sealed<B> for InMemory
where
    B: Body + From<Bytes> + Unpin + 'static,
    B::Error: Into<BoxError>,
{
    type Held = Held<B>;
    type Reading = Collect<B>;

    #[inline]
    fn begin(body: B, headers: &mut HeaderMap, how: &HowToRead) -> Begun<Held<B>, Collect<B>> {
        if !how.is_read {
            return Begun::AtHand(how.admit(&body, headers).map(|()| Held::Unread(body)));
        }
        let mut body = Collect::new(body, how.limit, how.what);
        match body.at_once() {
            Some(bytes) => Begun::AtHand(bytes.map(Held::Read)),
            None => Begun::Reading(body),
        }
    }

    fn poll(
        reading: &mut Collect<B>,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Held<B>, AuthorizeError>> {
        reading.poll(cx).map_ok(Held::Read)
    }

    fn bytes(held: &Held<B>) -> Option<&Bytes> {
        match held {
            Held::Read(bytes) => Some(bytes),
            Held::Unread(_) => None,
        }
    }

    fn try_clone(held: &Held<B>, copies: &Copies) -> Option<Held<B>> {
        match held {
            Held::Read(bytes) => copies.are_made().then(|| Held::Read(bytes.clone())),
            Held::Unread(_) => None,
        }
    }

    fn into_body(held: Held<B>) -> B {
        match held {
            Held::Read(bytes) => B::from(bytes),
            Held::Unread(body) => body,
        }
    }
}

/// Responses of any type are passed on unread: for a credential that learns nothing from them.
#[derive(Clone, Copy, Debug)]
pub enum AnyResponse {}

/// Responses of HTTP, whose head the credential sees.
#[derive(Clone, Copy, Debug)]
pub enum HttpResponse {}

/// What [`AnyResponse`] and [`HttpResponse`] do with responses of type `R`. It is not meant to be implemented.
pub trait SeeResponse<R>: sealed::SealedResponse<R> {}

impl<R> SeeResponse<R> for AnyResponse {}

impl<R> SeeResponse<Response<R>> for HttpResponse {}

impl<R> sealed::SealedResponse<R> for AnyResponse {
    fn head(_response: &R) -> Option<ResponseHead<'_>> {
        None
    }
}

impl<R> sealed::SealedResponse<Response<R>> for HttpResponse {
    fn head(response: &Response<R>) -> Option<ResponseHead<'_>> {
        Some(ResponseHead {
            status: response.status(),
            headers: response.headers(),
        })
    }
}
