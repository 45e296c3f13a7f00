//! What an issuer sends back.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use gatewright::{Body, BoxError};
use http::{Response, StatusCode};
use http_body::Frame;

pub(crate) enum Reply {
    Answer(Response<Body>),
    /// The connection breaks.
    Broken,
    Silence,
}

impl Reply {
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Self::Answer(answer) = &mut self {
            answer.headers_mut().insert(name, value.parse().unwrap());
        }
        self
    }
}

pub(crate) fn reply(status: u16, body: impl Into<Body>) -> Reply {
    let mut answer = Response::new(body.into());
    *answer.status_mut() = StatusCode::from_u16(status).unwrap();
    Reply::Answer(answer)
}

pub(crate) fn html(status: u16) -> Reply {
    reply(status, "<html>hunter2</html>").with("content-type", "text/html")
}

pub(crate) fn json(status: u16, body: impl Into<String>) -> Reply {
    reply(status, body.into()).with("content-type", "application/json; charset=utf-8")
}

pub(crate) fn refusal(code: &str) -> Reply {
    json(400, format!(r#"{{"error":"{code}"}}"#))
}

pub(crate) fn token(secret: &str) -> Reply {
    json(
        200,
        format!(r#"{{"access_token":"{secret}","token_type":"Bearer","expires_in":3600}}"#),
    )
}

/// The connection breaks within the body.
pub(crate) fn truncated() -> Reply {
    reply(200, Body::new(Truncated::Begun))
}

enum Truncated {
    Begun,
    Broken,
}

impl http_body::Body for Truncated {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = match *self {
            Self::Begun => Ok(Frame::data(Bytes::from_static(b"{\"access_tok"))),
            Self::Broken => Err("connection reset".into()),
        };
        *self = Self::Broken;
        Poll::Ready(Some(frame))
    }
}
