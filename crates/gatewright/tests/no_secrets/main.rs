//! Planted secrets are found nowhere: in no `Debug`, no `Display`, no chain of errors, no event at TRACE.
#![cfg(all(
    feature = "bearer",
    feature = "retry",
    feature = "sigv4",
    feature = "tracing",
    feature = "transport"
))]
#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

mod calls;
mod errors;
mod recorder;
mod shown;
mod types;
