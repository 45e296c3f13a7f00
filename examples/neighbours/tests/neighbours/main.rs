//! Each neighbour over loopback, against a server that verifies what is signed; and the page, held against the code.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod axum;
mod grpc;
mod page;
mod server;
mod transports;

use aws_credential_types::Credentials;

/// What the server knows as well.
fn credentials() -> Credentials {
    Credentials::new(server::KEY_ID, server::SECRET, None, None, "neighbours")
}
