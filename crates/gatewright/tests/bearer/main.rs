//! Tokens that a server refuses: dropped, replaced once, and the request sent once more.

#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]
#![cfg(feature = "bearer")]

mod expiry;
mod refusals;
mod replays;
mod support;
