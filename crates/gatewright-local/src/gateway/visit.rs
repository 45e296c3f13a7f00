//! A request on its way through the gateway.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response};
use http_body_util::Full;

use crate::call::Call;
use crate::integrate::Integration;
use crate::refusal::Refusal;

/// A request with its whole body, when it came, and which one it is.
pub(crate) struct Visit {
    pub(crate) parts: Parts,
    pub(crate) body: Bytes,
    pub(crate) now: SystemTime,
    pub(crate) number: u64,
}

impl Visit {
    pub(crate) fn call(&self) -> Call<'_> {
        Call {
            parts: &self.parts,
            body: &self.body,
            now: self.now,
        }
    }
}

/// What becomes of a request.
pub(crate) enum Next {
    Now(Result<Response<Bytes>, Refusal>),
    Later(Duration, Later),
}

/// What responds where there is time to wait.
pub(crate) enum Later {
    Response(Response<Bytes>),
    Own(Integration, Box<Request<Full<Bytes>>>),
}
