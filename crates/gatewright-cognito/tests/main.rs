//! A session against a user pool and an identity pool in memory, that check every proof and count every call.

#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

mod session;
mod sign_in;
mod support;
