//! A request on its way through the gateway.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response};
use http_body_util::Full;

use crate::call::Call;
use crate::gateway_error::GatewayError;
use crate::integrate::Integration;
use crate::refusal::Refusal;

/// A request with its whole body, when it came, and which one it is.
pub(super) struct Visit {
    pub(super) parts: Parts,
    pub(super) body: Bytes,
    pub(super) now: SystemTime,
    pub(super) number: u64,
}

impl Visit {
    pub(super) fn call(&self) -> Call<'_> {
        Call {
            parts: &self.parts,
            body: &self.body,
            now: self.now,
        }
    }
}

/// What becomes of a request.
pub(super) enum Next {
    Now(Result<Response<Bytes>, Refusal>),
    Later(Duration, Later),
}

/// What responds where there is time to wait.
pub(super) enum Later {
    Response(Response<Bytes>),
    Own(Integration, Box<Request<Full<Bytes>>>),
}

impl Later {
    pub(super) async fn response(self) -> Result<Response<Bytes>, Refusal> {
        let (integration, request) = match self {
            Self::Response(response) => return Ok(response),
            Self::Own(integration, request) => (integration, request),
        };
        integration.call(*request).await.map_err(|why| {
            let reason = format!("the service behind the operation: {why}");
            Refusal::because(GatewayError::IntegrationFailure, reason)
        })
    }
}
