//! Wrong clocks, false dates and processes that freeze, with credentials that end: signed calls work, whatever was learned of the clock.
//!
//! Nothing that is only learned refuses a call before it is sent. The server has the true time, and takes signatures of five
//! minutes to either side of it.

#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]
#![cfg(feature = "sigv4")]

mod dates;
mod frozen;
mod gateway;
mod machine;
mod provider;
mod world;
