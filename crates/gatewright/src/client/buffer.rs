//! Reads a response into memory, within the limits of its call.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::Body as _;

use crate::body::TooLong;
use crate::limits::{Deadline, ResponseLimits};
use crate::pieces::Pieces;
use crate::rt::{Sleep, sleep_until};
use crate::{Body, BoxError};

/// A body that is being read.
pub(super) struct Buffer {
    body: Body,
    read: Pieces,
    limits: ResponseLimits,
    timer: Timer,
}

impl Buffer {
    pub(super) fn new(body: Body, limits: ResponseLimits) -> Self {
        Self {
            body,
            read: Pieces::default(),
            limits,
            timer: Timer::default(),
        }
    }

    /// All bytes of the body.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<Bytes, BoxError>> {
        if let Poll::Ready(bytes) = self.poll_body(cx) {
            return Poll::Ready(bytes);
        }
        self.timer.poll(self.limits.deadline, cx).map(Err)
    }

    fn poll_body(&mut self, cx: &mut Context<'_>) -> Poll<Result<Bytes, BoxError>> {
        while let Some(frame) = ready!(Pin::new(&mut self.body).poll_frame(cx)) {
            let Ok(data) = frame?.into_data() else {
                continue;
            };
            if self.read.len().saturating_add(data.len()) > self.limits.bytes {
                return Poll::Ready(Err(TooLong(self.limits.bytes).into()));
            }
            self.read.push(data);
        }
        Poll::Ready(Ok(self.read.finish()))
    }
}

/// The timer of a deadline. It is made when something has to wait.
#[derive(Default)]
pub(super) struct Timer(Option<Pin<Box<Sleep>>>);

impl Timer {
    /// Ready with an error when the deadline has come; never without one.
    pub(super) fn poll(
        &mut self,
        deadline: Option<Deadline>,
        cx: &mut Context<'_>,
    ) -> Poll<BoxError> {
        let Some(deadline) = deadline else {
            return Poll::Pending;
        };
        let new = || Box::pin(sleep_until(deadline.at()));
        ready!(self.0.get_or_insert_with(new).as_mut().poll(cx));
        Poll::Ready(deadline.timed_out().into())
    }
}
