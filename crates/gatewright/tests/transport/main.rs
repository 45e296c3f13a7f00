//! The default transport against servers and proxies on loopback.
//!
//! Loopback itself is never reached through a proxy, so the servers behind one have names such as `api.test`, which only the
//! proxy of the test can look up.
#![cfg(any(feature = "ring", feature = "aws-lc-rs"))]
#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

mod certificate;
mod cryptography;
mod environment;
mod mutual_tls;
mod proxied;
mod proxy;
mod roots;
mod server;
mod socks;
mod versions;

use gatewright::transport::{Builder, Https, Proxy, TransportError, TransportErrorKind};
use gatewright::{Body, BoxError};
use http::Request;
use tower::ServiceExt;

#[test]
fn everything_is_shared_among_threads() {
    fn is_shared<T: Clone + Send + Sync + 'static>() {}
    is_shared::<(Https, Builder, Proxy)>();
    is_shared::<(TransportError, TransportErrorKind)>();
}

/// The text of a response.
async fn get(transport: &Https, target: &str) -> Result<String, BoxError> {
    let request = Request::get(target).body(Body::empty())?;
    let response = transport.clone().oneshot(request).await?;
    let body = response.into_body().into_bytes(10_000).await?;
    Ok(String::from_utf8(body.to_vec())?)
}

/// The reason of the transport, and all texts of the error.
fn reason(error: &BoxError) -> (Option<TransportErrorKind>, String) {
    let text = format!(
        "{:#} {error:?}",
        gatewright::Error::<()>::Transport(error.to_string().into())
    );
    let found = TransportError::find(&**error);
    let full = found.map_or_else(String::new, |error| format!(" {error} {error:#} {error:?}"));
    (found.map(TransportError::kind), text + &full)
}
