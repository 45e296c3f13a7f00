//! Whatever text is given for an argument of a trait arrives as it was given, or is refused before anything is sent; and no text
//! changes the route.
//!
//! The texts are random, with a fixed seed. The local gateway says which operation a request is for; what it carries is decoded by
//! a reader of its own, which shares nothing with the encoder.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod api;
mod headers;
mod path;
mod query;
mod reader;
mod server;
mod texts;
