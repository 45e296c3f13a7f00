//! Providers of tokens against an issuer in the same process: what an app sees of discovery, grants and failures.
#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

mod client_credentials;
mod device;
mod discovery;
mod failures;
mod issuer;
mod refresh;
mod reply;
mod rotation;
mod secrets;
